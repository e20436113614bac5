//! What stands around every request: limits by whoever asks, and headers that keep browsers from harm.

use frontdesk_test_support::{Answer, Method, Rate, Refused, TestApp, json};

#[tokio::test]
async fn messages_are_limited_by_visitor() {
    let app = TestApp::start_with(|config| config.limits.messages = Rate::new(2, 60)).await;
    let mut talk = app.talk().await;
    let other = app.visitor().await;
    other.starts("Me too").await.expect_status(201);
    talk.visitor.says("one").await.expect_status(201);
    talk.visitor.says("two").await.expect_status(201);
    let slowed = talk.visitor.says("three").await.expect_error(429, "too_many_requests");
    let wait: i64 = slowed.header("retry-after").parse().expect("seconds");
    assert!((1..=31).contains(&wait), "{wait}");
    assert_eq!(slowed.header("access-control-expose-headers"), "retry-after");

    let id = talk.window.sends("three").await;
    let refused = talk.window.awaits("refused").await;
    assert_eq!(
        (&refused["code"], &refused["client_id"]),
        (&json!("too_many_requests"), &json!(id))
    );
    assert!(refused["retry_after"].as_i64().is_some_and(|it| (1..=31).contains(&it)));
    other.says("My own share").await.expect_status(201);
}

#[tokio::test]
async fn asking_a_chatbot_to_go_on_or_to_begin_anew_is_limited_as_messages_are() {
    let app = TestApp::start_with(|config| config.limits.messages = Rate::new(1, 60)).await;
    let visitor = app.talk().await.visitor;
    visitor.says("one").await.expect_status(201);
    for (path, body) in [("continuation", json!({"step": 1})), ("restart", json!({}))] {
        let path = visitor.path(&format!("/chatbot/{path}"));
        visitor.post(&path, &body).await.expect_error(429, "too_many_requests");
    }
}

#[tokio::test]
async fn messages_are_limited_by_operator() {
    let app = TestApp::start_with(|config| config.limits.messages = Rate::new(2, 60)).await;
    let talk = app.talk().await;
    talk.operator.answers(talk.id, "one").await.expect_status(201);
    talk.operator.answers(talk.id, "two").await.expect_status(201);
    let slowed = talk.operator.script(&app).await.answers(talk.id, "three").await;
    slowed.expect_error(429, "too_many_requests");
    talk.visitor.says("My own share").await.expect_status(201);
}

#[tokio::test]
async fn starts_are_limited_by_address() {
    let app = TestApp::start_with(|config| config.limits.starts = Rate::new(2, 60)).await;
    for _ in 0..2 {
        let start = app.visitor().await.starts("Hello").await;
        start.expect_error(409, "no_operator_available");
    }
    let slowed = app.visitor().await.starts("Hello").await;
    slowed.expect_error(429, "too_many_requests");
}

#[tokio::test]
async fn guesses_at_secrets_are_limited_by_address() {
    let app = TestApp::start_with(|config| config.limits.requests = Rate::new(3, 60)).await;
    for _ in 0..3 {
        let guess = app.visitor().await;
        guess.get(&guess.path("")).await.expect_error(404, "not_found");
    }
    let guess = app.visitor().await;
    guess.get(&guess.path("")).await.expect_error(429, "too_many_requests");
    app.get("/api/v1/operator/session").await.expect_error(429, "too_many_requests");
    app.get("/embed/1.js").await.expect_error(429, "too_many_requests");
    app.get("/healthz").await.expect_status(200);
}

#[tokio::test]
async fn connections_are_limited_by_address() {
    let app = TestApp::start_with(|config| config.limits.connections = Rate::new(2, 60)).await;
    let visitor = app.visitor().await;
    let _one = visitor.opens_socket().await.expect("the first");
    let _two = visitor.opens_socket().await.expect("the second");
    assert_eq!(visitor.opens_socket().await.err(), Some(Refused(429)));
    let maren = app.operator("Maren").await;
    assert_eq!(maren.opens_socket().await.err(), Some(Refused(429)));
}

#[tokio::test]
async fn a_client_cannot_choose_its_address() {
    let app = TestApp::start_with(|config| config.limits.requests = Rate::new(1, 60)).await;
    decide(&app, "198.51.100.1").await.expect_status(200);
    decide(&app, "198.51.100.2").await.expect_error(429, "too_many_requests");
}

#[tokio::test]
async fn a_trusted_proxy_tells_the_address() {
    let app = TestApp::start_with(|config| {
        config.limits.requests = Rate::new(1, 60);
        config.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a network")];
    })
    .await;
    decide(&app, "198.51.100.1").await.expect_status(200);
    decide(&app, "198.51.100.2").await.expect_status(200);
    // What the client wrote itself stands before what the proxy added.
    decide(&app, "192.0.2.7, 198.51.100.1").await.expect_error(429, "too_many_requests");
    decide(&app, "2001:db8:1:2::1").await.expect_status(200);
    decide(&app, "2001:db8:1:2::2").await.expect_error(429, "too_many_requests");
}

async fn decide(app: &TestApp, forwarded_for: &str) -> Answer {
    let path = format!("/api/v1/visitor/channels/{}/decision", app.channel().await);
    let request = app
        .request(Method::POST, &path)
        .header("x-forwarded-for", forwarded_for)
        .body(json!({"url": "https://shop.example/", "language": "en"}).to_string());
    Answer::to(request).await
}

#[tokio::test]
async fn every_answer_keeps_browsers_from_harm() {
    let app = TestApp::start().await;
    let paths = ["/healthz", "/api/v1/operator/session", "/nothing", "/console/", "/embed/1.js"];
    for path in paths {
        let answer = app.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
    }
    assert_eq!(app.get("/api/v1/operator/session").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn people_read_a_page_where_scripts_read_an_envelope() {
    let app = TestApp::start().await;
    let page = app
        .request(Method::GET, "/nothing")
        .header("accept", "text/html")
        .header("accept-language", "es-ES,es;q=0.9");
    let page = Answer::to(page).await.expect_status(404);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.text.contains("lang=\"es\""), "{}", page.text);
    assert!(!page.text.contains("page.not_found"), "a text is missing: {}", page.text);
    app.get("/nothing").await.expect_error(404, "not_found");
}

#[tokio::test]
async fn the_document_of_the_api_has_a_page_that_reads_it() {
    let app = TestApp::start().await;
    let page = app.get("/api/docs/").await.expect_status(200);
    for file in ["start.js", "swagger-ui.css", "swagger-ui-bundle.js"] {
        let path = format!("/api/docs/{file}");
        assert!(page.text.contains(&path), "{}", page.text);
        let whole = app.get(&path).await.expect_status(200);
        assert!(whole.header("content-security-policy").contains("script-src 'self'"));
        assert!(whole.text.contains("SwaggerUI") || whole.text.contains(".swagger-ui"), "{file}");
    }
    let script = app.request(Method::GET, "/api/docs/swagger-ui-bundle.js");
    let script = script.header("accept-encoding", "gzip").send().await.expect("the server answers");
    assert_eq!(script.headers()["content-encoding"], "gzip");
    assert!(script.bytes().await.is_ok_and(|it| it.starts_with(&[0x1f, 0x8b])));
}
