//! What those who run it may ask, and that every statement suits the engine at hand.

use frontdesk_test_support::{Answer, Method, TestApp, json};

#[tokio::test]
async fn the_process_is_alive_and_ready() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/healthz").await.expect_status(200).text, "ok\n");
    let ready = app.get("/readyz").await.expect_status(200).json();
    assert_eq!(ready, json!({"ready": true, "database": "ok", "bus": "ok"}));
}

#[tokio::test]
async fn without_its_database_it_is_not_ready() {
    let app = TestApp::start().await;
    app.db().close().await;
    app.get("/healthz").await.expect_status(200);
    let ready = app.get("/readyz").await.expect_status(503).json();
    assert_eq!(ready["database"], "unavailable");
    let start = app.request(Method::GET, "/api/v1/operator/session");
    let busy = Answer::to(start.header("authorization", "Bearer fdk_any")).await;
    let busy = busy.expect_error(503, "busy");
    assert_eq!(busy.header("retry-after"), "1");
}

#[tokio::test]
async fn metrics_are_told_on_this_computer() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.window.says("Count me").await;
    let metrics = app.get("/metrics").await.expect_status(200).text;
    for line in [
        "frontdesk_connections{side=\"visitor\"} 1",
        "frontdesk_connections{side=\"operator\"} 1",
        "frontdesk_database_transactions_total",
        "frontdesk_http_requests_total{route=\"/api/v1/visitor/conversations\",status=\"201\"} 1",
    ] {
        assert!(metrics.contains(line), "{line} is not in {metrics}");
    }
    assert!(!metrics.contains(&talk.visitor.conversation));
}

#[tokio::test]
async fn metrics_are_not_told_to_those_whom_a_proxy_lets_through() {
    let app = TestApp::start().await;
    metrics_through_a_proxy(&app, "").await.expect_error(404, "not_found");
    let trusting = TestApp::start_with(|config| {
        config.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a network")];
    })
    .await;
    metrics_through_a_proxy(&trusting, "").await.expect_error(404, "not_found");
}

#[tokio::test]
async fn metrics_are_told_to_those_who_have_the_token() {
    let app = TestApp::start_with(|config| {
        config.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a network")];
        config.metrics_token = Some("let me see".to_owned());
    })
    .await;
    metrics_through_a_proxy(&app, "Bearer let me see").await.expect_status(200);
    for wrong in ["", "Bearer ", "Bearer let me", "Bearer let me see it", "let me see"] {
        metrics_through_a_proxy(&app, wrong).await.expect_error(404, "not_found");
    }
}

async fn metrics_through_a_proxy(app: &TestApp, authorization: &str) -> Answer {
    let request = app
        .request(Method::GET, "/metrics")
        .header("x-forwarded-for", "203.0.113.9")
        .header("authorization", authorization);
    Answer::to(request).await
}

#[tokio::test]
async fn every_statement_is_prepared_by_the_engine() {
    let app = TestApp::start().await;
    let statements = crate::statements();
    assert!(statements.len() > 40, "{}", statements.len());
    if let Err((name, error)) = app.db().prepare_all(&statements).await {
        panic!("{name}: {error:?}");
    }
}
