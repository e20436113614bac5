//! What a website loads, and our own pages that use it.

use frontdesk_test_support::{Answer, Method, TestApp, Value, json};

#[tokio::test]
async fn a_decision_is_small_and_stores_nothing() {
    let app = TestApp::start().await;
    let answer = decide(&app, "en").await.expect_status(200);
    assert!(answer.text.len() <= 1024, "{} bytes", answer.text.len());
    assert_eq!(answer.header("set-cookie"), "");
    let decision = answer.json();
    assert_eq!(decision["action"], "show");
    assert_eq!(decision["available"], false);
    assert_eq!(decision.get("operator"), None);
    assert_eq!(decision["name"], "YourWebsite.com");
    assert_eq!(decision["direction"], "ltr");
    let window = decision["window"].as_str().unwrap_or_default();
    assert!(window.starts_with(&format!("{}/assets/widget/window.", app.url())), "{window}");

    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    let decision = decide(&app, "en").await.json();
    assert_eq!(decision["available"], true);
    assert_eq!(decision["operator"]["name"], "Maren");
    app.visitor().await.starts("Hello").await.expect_status(201);
    let seen = maren.snapshot(maren.newest().await).await;
    // No visitor was stored before the first one wrote.
    assert_eq!(seen["conversation"]["visitor"]["id"], 1);
}

#[tokio::test]
async fn a_decision_is_small_in_every_language() {
    let app = TestApp::start().await;
    for tag in ["ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "tr", "zh"] {
        let answer = decide(&app, tag).await.expect_status(200);
        assert!(answer.text.len() <= 1024, "{tag}: {} bytes", answer.text.len());
        assert_eq!(answer.json()["language"], tag);
        let texts = answer.json()["language_file"].as_str().unwrap_or_default().to_owned();
        let path = texts.trim_start_matches(&app.url()).to_owned();
        app.get(&path).await.expect_status(200);
    }
}

#[tokio::test]
async fn a_decision_speaks_the_language_of_the_page() {
    let app = TestApp::start().await;
    let spoken =
        [("es", "es"), ("es-MX", "es"), ("ES-mx", "es"), ("tlh", "en"), ("", "en"), ("<b>", "en")];
    for (tag, language) in spoken {
        assert_eq!(decide(&app, tag).await.json()["language"], language, "{tag}");
    }
    assert_eq!(decide(&app, "ar").await.json()["direction"], "rtl");
}

#[tokio::test]
async fn a_decision_that_makes_no_sense_is_refused() {
    let app = TestApp::start().await;
    let channel = app.channel().await;
    let ask = |channel: i64, body: String| {
        let path = format!("/api/v1/visitor/channels/{channel}/decision");
        Answer::to(app.request(Method::POST, &path).body(body))
    };
    let sound = json!({"url": "https://shop.example/", "language": "en"}).to_string();
    ask(4711, sound.clone()).await.expect_error(404, "channel_not_found");
    ask(channel, "nonsense".to_owned()).await.expect_error(400, "bad_request");
    let huge = json!({"url": "a".repeat(100_000), "language": "en"}).to_string();
    ask(channel, huge).await.expect_error(413, "body_too_large");
    let long = json!({"url": "a".repeat(2001), "language": "en"}).to_string();
    // Its page gets a button all the same.
    ask(channel, long).await.expect_status(200);
    ask(channel, sound).await.expect_status(200);
}

async fn decide(app: &TestApp, language: &str) -> Answer {
    let path = format!("/api/v1/visitor/channels/{}/decision", app.channel().await);
    let body = json!({"url": "https://shop.example/tea", "language": language});
    // As text, so that the browser asks without a preflight.
    let request = app.request(Method::POST, &path).header("content-type", "text/plain");
    Answer::to(request.body(body.to_string())).await
}

#[tokio::test]
async fn the_loader_knows_its_channel() {
    let app = TestApp::start().await;
    let channel = app.channel().await;
    let loader = app.get(&format!("/embed/{channel}.js")).await.expect_status(200);
    assert!(loader.header("content-type").starts_with("text/javascript"));
    assert!(loader.header("cache-control").contains("max-age=3600"));
    assert_eq!(loader.header("access-control-allow-origin"), "*");
    assert!(!loader.text.contains("__FRONTDESK_CHANNEL__"));
    let alias = app.get(&format!("/im_livechat/loader/{channel}")).await.expect_status(200);
    assert_eq!(alias.text, loader.text);
    let second = app.get("/im_livechat/assets_embed.js").await.expect_status(200);
    assert_eq!(second.text, "");
    for unknown in ["/embed/4711.js", "/embed/one.js", "/embed/1", "/im_livechat/loader/4711"] {
        app.get(unknown).await.expect_error(404, "channel_not_found");
    }
}

#[tokio::test]
async fn files_are_found_by_their_names_only() {
    let app = TestApp::start().await;
    let unknown = [
        "/assets/widget/nothing.js",
        "/assets/widget/..%2f..%2f..%2fCargo.toml",
        "/assets/widget/%2fetc%2fpasswd",
        "/console/..%2f..%2f..%2fCargo.toml",
        "/console/nothing.js",
        "/demo/..%2f..%2fCargo.toml",
        "/demo/nothing.html",
        "/demo/%00",
    ];
    for path in unknown {
        app.get(path).await.expect_error(404, "not_found");
    }
}

#[tokio::test]
async fn a_file_that_the_browser_has_is_not_sent_again() {
    let app = TestApp::start().await;
    let first = app.get("/console/").await.expect_status(200);
    let again = app.request(Method::GET, "/console/").header("if-none-match", first.header("etag"));
    let again = Answer::to(again).await.expect_status(304);
    assert_eq!(again.text, "");
    let window = decide(&app, "en").await.json()["window"].as_str().unwrap_or_default().to_owned();
    let window = app.get(window.trim_start_matches(&app.url())).await.expect_status(200);
    assert!(window.header("cache-control").contains("immutable"));
    assert_eq!(window.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn our_pages_load_nothing_inline_and_nothing_from_elsewhere() {
    let app = TestApp::start().await;
    let channel = app.channel().await;
    let own = [
        "/console/".to_owned(),
        format!("/chat/{channel}"),
        format!("/im_livechat/support/{channel}"),
    ];
    for path in own {
        let page = strict(app.get(&path).await.expect_status(200));
        let policy = page.header("content-security-policy");
        assert!(policy.contains("script-src 'self';"), "{path}: {policy}");
        let sockets = format!("connect-src 'self' {};", app.url().replacen("http", "ws", 1));
        assert!(policy.contains(&sockets), "{path}: {policy}");
    }
    app.get("/chat/4711").await.expect_error(404, "channel_not_found");
    app.get("/chat/one").await.expect_error(404, "not_found");
}

#[tokio::test]
async fn the_demonstration_site_embeds_the_widget_as_any_website_does() {
    let app = TestApp::start().await;
    let line =
        format!(r#"<script async src="{}/embed/{}.js"></script>"#, app.url(), app.channel().await);
    for path in [
        "/demo/",
        "/demo/index.html",
        "/demo/shop.html",
        "/demo/product.html",
        "/demo/contact.html",
    ] {
        let page = strict(app.get(path).await.expect_status(200));
        assert!(page.text.contains(&line), "{path}");
        let policy = page.header("content-security-policy");
        assert!(policy.contains(&format!("script-src {};", app.url())), "{path}: {policy}");
    }
    assert_eq!(app.get("/demo").await.expect_status(303).header("location"), "/demo/");
    assert_eq!(app.get("/").await.expect_status(303).header("location"), "/console/");
}

/// The page, whose policy and text are strict.
fn strict(page: Answer) -> Answer {
    let policy = page.header("content-security-policy");
    for loose in ["unsafe-inline", "unsafe-eval", "*", "http: ", "https: "] {
        assert!(!policy.contains(loose), "{policy}");
    }
    assert!(page.header("content-type").starts_with("text/html"));
    for inline in ["<script>", "<style", " style=", " onclick=", "javascript:"] {
        assert!(!page.text.contains(inline), "{inline} in {}", page.text);
    }
    page
}

#[tokio::test]
async fn the_api_describes_itself() {
    let app = TestApp::start().await;
    let document = app.get("/api/openapi.json").await.expect_status(200).json();
    let paths = document["paths"].as_object().map(|it| it.len());
    assert!(paths.is_some_and(|it| it > 20), "{paths:?}");
    let described = |path: &str| document["paths"].get(path).map(Value::is_object);
    assert_eq!(described("/api/v1/visitor/conversations/{id}/messages"), Some(true));
    assert_eq!(described("/api/v1/operator/setup"), Some(true));
}
