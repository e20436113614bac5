//! What rules promise: they are kept in order, tried without a visitor, and decide what pages show.

use frontdesk_test_support::{Answer, Method, Operator, TestApp, Value, json};

#[tokio::test]
async fn rules_are_kept_in_their_order() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let maren = app.operator("Maren").await;
    let base = format!("/channels/{}/rules", app.channel().await);
    let mut ids = Vec::new();
    for pattern in ["/checkout", "/shop", "/"] {
        let form = json!({"action": "show", "url_regex": pattern, "countries": ["de", "AT"]});
        let rule = maren.post(&base, &form).await.expect_status(201).json();
        assert_eq!(rule["countries"], json!(["AT", "DE"]));
        ids.push(rule["id"].as_i64().unwrap_or_default());
    }
    assert_eq!(patterns(&maren, &base).await, ["/checkout", "/shop", "/"]);
    let order = json!({"rules": [ids[2], ids[0], 4711]});
    maren.put(&format!("{base}/order"), &order).await.expect_status(200);
    assert_eq!(patterns(&maren, &base).await, ["/", "/checkout", "/shop"]);

    let form = json!({"action": "hide", "url_regex": "/basket"});
    maren.put(&format!("{base}/{}", ids[0]), &form).await.expect_status(200);
    ada.delete(&format!("{base}/{}", ids[1])).await.expect_status(204);
    assert_eq!(patterns(&maren, &base).await, ["/", "/basket"]);
    maren.put(&format!("{base}/{}", ids[1]), &form).await.expect_error(404, "not_found");
}

#[tokio::test]
async fn a_rule_that_cannot_be_is_refused_with_its_field() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let base = format!("/channels/{}/rules", app.channel().await);
    for (form, code, field) in [
        (json!({"action": "show", "url_regex": "(/shop"}), "pattern_invalid", "url_regex"),
        (json!({"action": "show", "url_regex": "(a{1000}){1000}"}), "pattern_invalid", "url_regex"),
        (json!({"action": "show", "countries": ["XX"]}), "country_unknown", "countries"),
        (json!({"action": "show", "open_after": -1}), "open_after_invalid", "open_after"),
        (json!({"action": "show", "open_after": 3601}), "open_after_invalid", "open_after"),
    ] {
        let refused = maren.post(&base, &form).await.expect_error(422, code);
        assert_eq!(refused.json()["errors"][0]["field"], field);
    }
    maren.post(&base, &json!({"action": "vanish"})).await.expect_error(400, "bad_request");
    let elsewhere = maren.post("/channels/4711/rules", &json!({"action": "show"})).await;
    elsewhere.expect_error(404, "channel_not_found");
    maren.delete(&format!("{base}/1")).await.expect_error(403, "not_allowed");

    let check = json!({"url_regex": "(/shop", "url": "https://shop.example/shop"});
    let told = maren.post("/pattern/check", &check).await.expect_status(200).json();
    assert_eq!(told, json!({"problem": "unclosed group", "fits": false}));
}

#[tokio::test]
async fn the_winning_rule_decides_what_a_page_shows() {
    let app = TestApp::start_with(behind_a_proxy).await;
    let maren = app.operator("Maren").await;
    let base = format!("/channels/{}/rules", app.channel().await);
    for form in [
        json!({"action": "hide", "url_regex": "/checkout"}),
        json!({"action": "show_with_notification", "url_regex": "/shop", "open_after": 9}),
        json!({"action": "open_automatically", "open_after": 10, "url_regex": "/shop", "countries": ["NL"]}),
    ] {
        maren.post(&base, &form).await.expect_status(201);
    }
    let (nowhere, dutch) = ("10.1.2.3", "193.0.6.139");
    for (url, address, action, open_after) in [
        ("https://a.example/checkout", nowhere, "hide", Value::Null),
        ("https://a.example/shop", nowhere, "show_with_notification", Value::Null),
        ("https://a.example/shop", dutch, "open_automatically", json!(10)),
        ("https://a.example/tea", dutch, "show", Value::Null),
    ] {
        let decision = decide(&app, url, address).await.expect_status(200).json();
        assert_eq!(decision["action"], action, "{url} {address}");
        assert_eq!(decision["open_after"], open_after, "{url} {address}");
    }
    let trial = json!({"url": "https://a.example/shop", "country": "NL"});
    let trial = maren.post(&format!("{base}/trial"), &trial).await.expect_status(200).json();
    assert_eq!(trial["action"], "open_automatically");
    assert_eq!(trial["rules"][0]["reason"], "applies");
    assert_eq!(trial["rules"][2]["reason"], "not_reached");
}

#[tokio::test]
async fn a_changed_rule_counts_at_once_on_every_node() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let rules = format!("/channels/{}/rules", app.channel().await);
    let nodes = app.other_nodes().await;
    for node in nodes.iter().chain([&app]) {
        assert_eq!(decide(node, "https://a.example/", "").await.json()["action"], "show");
    }
    maren.post(&rules, &json!({"action": "hide"})).await.expect_status(201);
    assert_eq!(decide(&app, "https://a.example/", "").await.json()["action"], "hide");
    for node in &nodes {
        node.until(async || {
            decide(node, "https://a.example/", "").await.json()["action"] == "hide"
        })
        .await;
    }
}

fn behind_a_proxy(config: &mut frontdesk_test_support::Config) {
    config.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a network")];
}

async fn patterns(operator: &Operator, base: &str) -> Vec<String> {
    let list = operator.get(base).await.expect_status(200).json();
    let rules = list["rules"].as_array().cloned().unwrap_or_default();
    rules.iter().filter_map(|it| it["url_regex"].as_str().map(str::to_owned)).collect()
}

/// What a page's loader is told, seen through a proxy.
async fn decide(app: &TestApp, url: &str, address: &str) -> Answer {
    let path = format!("/api/v1/visitor/channels/{}/decision", app.channel().await);
    let body = json!({"url": url, "language": "en"}).to_string();
    let request = app.request(Method::POST, &path).header("content-type", "text/plain");
    Answer::to(request.header("x-forwarded-for", address).body(body)).await
}
