//! What assignment promises: limits hold when many start at once, and the visitor's own operator comes first.

use frontdesk_domain::operator::SEEN_FOR;
use frontdesk_test_support::{Answer, Method, Operator, TestApp, Visitor, json};
use std::time::Duration;

/// Of the University of Vienna.
const AUSTRIAN_ADDRESS: &str = "131.130.1.78";

#[tokio::test]
async fn hundreds_of_starts_at_once_keep_the_limit() {
    let app = TestApp::start().await;
    app.limits_sessions(7).await;
    let nodes: Vec<TestApp> = app.other_nodes().await;
    let nodes: Vec<&TestApp> = std::iter::once(&app).chain(&nodes).collect();
    let team = [app.operator("Maren").await, app.operator("Liv").await, app.operator("Tom").await];
    let mut consoles = Vec::new();
    for operator in &team {
        consoles.push(operator.connect().await);
    }
    let mut visitors = Vec::new();
    for at in 0..200 {
        visitors.push(app.visitor().await.at(nodes[at % nodes.len()]));
    }
    let started = all_at_once(&visitors).await;
    assert_eq!(started.iter().filter(|it| **it).count(), 21);
    for operator in &team {
        assert_eq!(operator.conversations().await.len(), 7);
    }
}

/// Starts all at once: which of them got an operator.
async fn all_at_once(visitors: &[Visitor]) -> Vec<bool> {
    let mut tasks = tokio::task::JoinSet::new();
    for visitor in visitors {
        let visitor = visitor.clone();
        tasks.spawn(async move {
            let started = visitor.starts("Hello").await.expect_status(201).json();
            !started["conversation"]["operator"].is_null()
        });
    }
    tasks.join_all().await
}

#[tokio::test]
async fn the_operator_of_the_last_week_comes_first() {
    let app = TestApp::start().await;
    let (maren, liv) = (app.operator("Maren").await, app.operator("Liv").await);
    let (_marens, _livs) = (maren.connect().await, liv.connect().await);
    let visitor = app.visitor().await;
    let first = answerer(&visitor).await;
    app.visitor().await.starts("Somebody else").await.expect_status(201);
    for _ in 0..3 {
        assert_eq!(answerer(&visitor.with_new_conversation()).await, first);
    }
    let newest = if first == "Maren" { &maren } else { &liv };
    let log = newest.log(newest.newest().await).await;
    assert_eq!(log[0]["why"]["rule"], "previous_operator");

    app.clock.advance(Duration::from_secs(8 * 24 * 3600));
    comes_back(&app, &[&maren, &liv]).await;
    let late = visitor.with_new_conversation();
    late.starts("Me again").await.expect_status(201);
    let of = if maren.newest().await > liv.newest().await { &maren } else { &liv };
    assert_eq!(of.log(of.newest().await).await[0]["why"]["rule"], "least_busy");
}

#[tokio::test]
async fn the_operator_whom_the_window_showed_is_asked_first() {
    let app = TestApp::start().await;
    let (maren, liv) = (app.operator("Maren").await, app.operator("Liv").await);
    let (_marens, _livs) = (maren.connect().await, liv.connect().await);
    for shown in ["Liv", "Liv", "Maren", "Liv"] {
        let visitor = app.visitor().await;
        let message = json!({"client_id": frontdesk_test_support::client_id(), "text": "Hello"});
        let body = json!({"channel_id": visitor.channel, "id": visitor.conversation,
            "message": message, "operator": shown});
        let started = visitor.post("/conversations", &body).await.expect_status(201).json();
        assert_eq!(started["conversation"]["operator"]["name"], shown);
    }
}

#[tokio::test]
async fn what_is_remembered_is_verified() {
    let app = TestApp::start().await;
    let (maren, liv) = (app.operator("Maren").await, app.operator("Liv").await);
    let (_marens, _livs) = (maren.connect().await, liv.connect().await);
    app.visitor().await.starts("Hello").await.expect_status(201);
    // Not announced: the roster learns from the database that one is not seen any more.
    app.clock.advance(SEEN_FOR + Duration::from_millis(1));
    app.sees(&liv).await;
    for _ in 0..3 {
        let started = app.visitor().await.starts("Hello").await.expect_status(201).json();
        assert_eq!(started["conversation"]["operator"]["name"], "Liv");
    }
}

#[tokio::test]
async fn a_conversation_that_waits_goes_to_whoever_knows_what_it_needs() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    ada.sets_channel("max_sessions", json!(1)).await.expect_status(200);
    let talk = app.talk().await;
    let second = app.visitor().await;
    second.starts("My battery switches off").await.expect_status(201);
    let queued = talk.operator.queue().await["waiting"][0]["id"].as_i64().expect("an id");
    let batteries = json!({"name": "Batteries"});
    let batteries = ada.post("/expertise", &batteries).await.expect_status(201).json();
    let path = format!("/conversations/{queued}/expertise");
    let needs = json!({"expertise": [batteries["id"], batteries["id"]]});
    let needing = talk.operator.put(&path, &needs).await.expect_status(200).json();
    assert_eq!(needing["expertise"], json!([batteries["id"]]));
    let nothing = json!({"expertise": [4711]});
    talk.operator.put(&path, &nothing).await.expect_error(404, "not_found");

    let team = [app.operator("Liv").await, app.operator("Tom").await];
    let tom = team[1].id;
    ada.put(
        &format!("/expertise/{}", batteries["id"]),
        &json!({"name": "Batteries", "operators": [tom]}),
    )
    .await
    .expect_status(200);
    for operator in &team {
        app.sees(operator).await;
    }
    let console = team[1].connect().await;
    app.until(async || second.snapshot().await["conversation"]["operator"]["name"] == "Tom").await;
    let why = &team[1].log(queued).await[2]["why"];
    assert_eq!(why["rule"], "all_expertise");
    console.close().await;

    ada.delete(&format!("/expertise/{}", batteries["id"])).await.expect_status(204);
    assert_eq!(team[1].snapshot(queued).await["conversation"]["expertise"], json!([]));
}

#[tokio::test]
async fn a_visitor_goes_to_somebody_of_the_same_country() {
    let app = TestApp::start_with(|config| {
        config.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a network")];
    })
    .await;
    let (maren, liv) = (app.operator("Maren").await, app.operator("Liv").await);
    let (_marens, _livs) = (maren.connect().await, liv.connect().await);
    let profile = json!({"name": "Liv", "chat_name": "Liv", "language": "en", "country": "at"});
    let me = liv.put("/profile", &profile).await.expect_status(200).json();
    assert_eq!(me["country"], "AT");
    let nowhere = json!({"name": "Liv", "chat_name": "Liv", "language": "en", "country": "XX"});
    liv.put("/profile", &nowhere).await.expect_error(422, "country_unknown");

    let visitor = app.visitor().await;
    let message = json!({"client_id": frontdesk_test_support::client_id(), "text": "Servus"});
    let body =
        json!({"channel_id": visitor.channel, "id": visitor.conversation, "message": message});
    let request = visitor.request(Method::POST, "/conversations").json(&body);
    let started = Answer::to(request.header("X-Forwarded-For", AUSTRIAN_ADDRESS)).await;
    let started = started.expect_status(201).json();
    assert_eq!(started["conversation"]["operator"]["name"], "Liv");
    assert_eq!(liv.log(liv.newest().await).await[0]["why"]["rule"], "country");
}

async fn answerer(visitor: &Visitor) -> String {
    let started = visitor.starts("Hello").await.expect_status(201).json();
    started["conversation"]["operator"]["name"].as_str().unwrap_or_default().to_owned()
}

async fn comes_back(app: &TestApp, team: &[&Operator]) {
    for operator in team {
        app.sees(operator).await;
        let mut console = operator.connect().await;
        console.tells("activity").await;
        console.tells("ping").await;
        console.awaits("pong").await;
    }
}
