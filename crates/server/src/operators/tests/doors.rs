//! Who may do what: the cookie only from our own pages, a key from anywhere, a visitor's secret never.

use frontdesk_test_support::{
    Answer, Config, Method, Operator, Refused, RequestBuilder, TestApp, json,
};

/// What an operator can ask, and change.
const READS: [&str; 3] = ["/channels", "/conversations", "/conversations/1"];

#[tokio::test]
async fn without_cookie_or_key_nothing_is_told() {
    let app = TestApp::start().await;
    app.talk().await;
    for path in READS {
        let answer = app.get(&format!("/api/v1/operator{path}")).await;
        answer.expect_error(401, "not_signed_in");
    }
}

#[tokio::test]
async fn a_key_does_everything_that_the_cookie_does() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let script = talk.operator.script(&app).await;
    assert_eq!(script.cookie(), "");
    for path in READS {
        script.get(path).await.expect_status(200);
    }
    script.chooses("online").await.expect_status(200);
    script.is_called("Maren", "Maren").await.expect_status(200);
    script.answers(talk.id, "From a script").await.expect_status(201);
    talk.window.expect("message.posted").await;
    script.marks(talk.id, 3, 3).await.expect_status(204);
    script.leaves(talk.id).await.expect_status(200);
    script.joins(talk.id).await.expect_status(200);
    let channel = format!("/channels/{}/membership", app.channel().await);
    script.delete(&channel).await.expect_status(200);
    script.put(&channel, &json!({})).await.expect_status(200);
    let mut socket = script.connect().await;
    socket.talk_about(talk.id);
    socket.says("From the script's socket").await;
    script.ends(talk.id).await.expect_status(200);
}

#[tokio::test]
async fn a_wrong_key_is_nobodys() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    for key in ["Bearer fdk_nonsense", "Bearer ", "Visitor fdk_nonsense", "fdk_nonsense"] {
        let request = app.request(Method::GET, "/api/v1/operator/session");
        let answer = Answer::to(request.header("authorization", key)).await;
        answer.expect_error(401, "not_signed_in");
    }
    let beside_the_cookie =
        maren.request(Method::GET, "/session").header("authorization", "Bearer fdk_nonsense");
    Answer::to(beside_the_cookie).await.expect_error(401, "not_signed_in");
}

#[tokio::test]
async fn another_origin_changes_nothing_with_the_cookie() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let foreign = ["https://evil.example", "null", "http://localhost", ""];
    for origin in foreign {
        let presence = with_origin(&app, &maren, origin, Method::PUT, "/presence");
        let presence = presence.json(&json!({"choice": "away"}));
        Answer::to(presence).await.expect_error(403, "wrong_origin");
        let out = with_origin(&app, &maren, origin, Method::DELETE, "/session");
        Answer::to(out).await.expect_error(403, "wrong_origin");
    }
    let me = maren.get("/session").await.expect_status(200).json();
    assert_eq!(me["presence_choice"], "online");
}

#[tokio::test]
async fn a_request_without_origin_changes_nothing_with_the_cookie() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let request = app
        .request(Method::PUT, "/api/v1/operator/presence")
        .header("cookie", maren.cookie())
        .json(&json!({"choice": "away"}));
    Answer::to(request).await.expect_error(403, "wrong_origin");
}

#[tokio::test]
async fn signing_in_from_a_page_of_another_origin_is_refused() {
    let app = TestApp::start().await;
    app.operator("Maren").await;
    let request = app
        .request(Method::POST, "/api/v1/operator/session")
        .header("origin", "https://evil.example")
        .json(&json!({"email": "maren@example.com", "password": "correct horse battery"}));
    Answer::to(request).await.expect_error(403, "wrong_origin");
}

#[tokio::test]
async fn a_socket_with_the_cookie_opens_from_our_own_pages_only() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let foreign = maren.from_origin("https://evil.example").opens_socket().await;
    assert_eq!(foreign.err(), Some(Refused(403)));
    let none = maren.from_origin("").opens_socket().await;
    assert_eq!(none.err(), Some(Refused(403)));
    maren.connect().await;
    maren.script(&app).await.connect().await;
}

#[tokio::test]
async fn the_public_address_decides_where_one_is_set() {
    let set = |config: &mut Config| {
        config.base_url = Some("https://chat.example.com".to_owned());
    };
    let app = TestApp::start_with(set).await;
    let body = json!({"token": app.setup_token(), "name": "Ada", "email": "ada@example.com", "password": "correct horse battery"});
    let setup = || app.request(Method::POST, "/api/v1/operator/setup").json(&body);
    let foreign = setup().header("origin", app.url());
    Answer::to(foreign).await.expect_error(403, "wrong_origin");
    let own = Answer::to(setup().header("origin", "https://chat.example.com")).await;
    assert!(own.expect_status(201).header("set-cookie").contains("Secure"));
}

#[tokio::test]
async fn visitor_routes_ignore_cookies() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let request = app
        .request(Method::GET, &format!("/api/v1/visitor{}", talk.visitor.path("")))
        .header("cookie", talk.operator.cookie())
        .header("origin", app.url());
    Answer::to(request).await.expect_error(401, "not_signed_in");
}

#[tokio::test]
async fn operator_routes_ignore_visitor_secrets() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    for path in READS {
        let request = app
            .request(Method::GET, &format!("/api/v1/operator{path}"))
            .header("authorization", format!("Visitor {}", talk.visitor.secret));
        Answer::to(request).await.expect_error(401, "not_signed_in");
    }
}

#[tokio::test]
async fn pages_of_any_origin_may_ask_for_visitors() {
    let app = TestApp::start().await;
    let preflight = app
        .request(Method::OPTIONS, "/api/v1/visitor/conversations")
        .header("origin", "https://shop.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,content-type");
    let allowed = Answer::to(preflight).await.expect_status(200);
    assert_eq!(allowed.header("access-control-allow-origin"), "*");
    assert_eq!(allowed.header("access-control-allow-credentials"), "");
    let refused = app.visitor().await.starts("Hi").await;
    let refused = refused.expect_error(409, "no_operator_available");
    assert_eq!(refused.header("access-control-allow-origin"), "*");
}

fn with_origin(
    app: &TestApp,
    operator: &Operator,
    origin: &str,
    method: Method,
    path: &str,
) -> RequestBuilder {
    app.request(method, &format!("/api/v1/operator{path}"))
        .header("cookie", operator.cookie())
        .header("origin", origin)
}
