//! Starting a conversation, and who gets it.

use crate::assignment::Roster;
use crate::auth::SecretHash;
use crate::conversations::{Outcome, Plan};
use frontdesk_db::Tx;
use frontdesk_test_support::{TestApp, Value, Visitor, client_id, json};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

#[tokio::test]
async fn a_first_message_starts_a_conversation() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let seen = talk.visitor.snapshot().await;
    assert_eq!(seen["conversation"]["id"], talk.visitor.conversation);
    assert_eq!(seen["conversation"]["operator"], json!({"name": "Maren", "avatar": null}));
    assert_eq!(seen["conversation"]["last_seq"], 2);
    assert_eq!(seen["events"][0]["kind"], "conversation.opened");
    assert_eq!(seen["events"][1]["text"], "Hello");

    let seen = talk.operator.snapshot(talk.id).await;
    assert_eq!(seen["page_url"], "https://shop.example/tea?cup=1");
    assert_eq!(seen["page_title"], "Tea");
    assert_eq!(seen["conversation"]["visitor"]["language"], "de-CH");
    assert_eq!(seen["conversation"]["visitor"]["time_zone"], "Europe/Zurich");
    assert_eq!(seen["conversation"]["visitor"]["present"], true);
    assert_eq!(seen["conversation"]["member"], true);
    assert_eq!(seen["conversation"]["unread"], 1);
    assert_eq!(seen["conversation"]["last_message"]["text"], "Hello");
    let why = &seen["events"][0]["why"];
    assert_eq!((&why["rule"], &why["candidates"]), (&json!("least_busy"), &json!(1)));
    let chosen = json!([{"operator": talk.operator.id, "reason": "chosen", "ongoing": 0}]);
    assert_eq!(why["considered"], chosen);
}

#[tokio::test]
async fn where_nobody_is_available_nothing_is_created() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let visitor = app.visitor().await;
    let start = visitor.starts("Hello").await;
    start.expect_error(409, "no_operator_available");

    let known = format!("/conversations?channel_id={}", visitor.channel);
    let list = visitor.get(&known).await.expect_status(200).json();
    assert_eq!(list, json!({"conversations": []}));
    let _console = maren.connect().await;
    visitor.starts("Hello again").await.expect_status(201);
    let first = maren.snapshot(maren.newest().await).await;
    // The numbers have no gap: neither visitor nor conversation was stored before.
    assert_eq!(first["conversation"]["visitor"]["id"], 1);
    assert_eq!(first["conversation"]["id"], 1);
}

#[tokio::test]
async fn a_start_that_is_sent_twice_makes_one_conversation() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    let visitor = app.visitor().await;
    let first = visitor.starts("Hello").await.expect_status(201).json();
    let second = visitor.starts("Hello").await.expect_status(200).json();
    assert_eq!(first["events"], second["events"]);
    assert_eq!(maren.conversations().await.len(), 1);
}

#[tokio::test]
async fn two_starts_at_the_same_instant_make_one_conversation() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    for _ in 0..5 {
        let visitor = app.visitor().await;
        let message = json!({"client_id": client_id(), "text": "Hello"});
        let (one, two, three) = tokio::join!(
            visitor.starts_with(&message),
            visitor.starts_with(&message),
            visitor.starts_with(&message)
        );
        let mut statuses = [one.status, two.status, three.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 200, 201]);
        assert_eq!(one.json()["events"], two.json()["events"]);
        assert_eq!(two.json()["events"], three.json()["events"]);
    }
    assert_eq!(maren.conversations().await.len(), 5);
}

#[tokio::test]
async fn a_start_is_found_again_when_nobody_is_available_any_more() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    talk.operator.chooses("offline").await.expect_status(200);
    talk.visitor.starts("Hello").await.expect_status(200);
    let another = talk.visitor.with_new_conversation();
    another.starts("Hello").await.expect_error(409, "no_operator_available");
}

#[tokio::test]
async fn the_least_busy_operator_gets_the_next_conversation() {
    let app = TestApp::start().await;
    let (maren, liv) = (app.operator("Maren").await, app.operator("Liv").await);
    let (_marens, _livs) = (maren.connect().await, liv.connect().await);
    for round in 1..=3 {
        for _ in 0..2 {
            app.visitor().await.starts("Hello").await.expect_status(201);
        }
        assert_eq!(maren.conversations().await.len(), round);
        assert_eq!(liv.conversations().await.len(), round);
    }
    liv.ends(liv.newest().await).await.expect_status(200);
    let next = app.visitor().await.starts("Hello").await;
    assert_eq!(next.expect_status(201).json()["conversation"]["operator"]["name"], "Liv");
}

#[tokio::test]
async fn a_visitor_sees_its_own_conversations_newest_first() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    let mut visitor = app.visitor().await;
    let mut started = Vec::new();
    for _ in 0..11 {
        visitor = visitor.with_new_conversation();
        visitor.starts("Hello").await.expect_status(201);
        started.insert(0, json!(visitor.conversation));
    }
    let path = format!("/conversations?channel_id={}", visitor.channel);
    let list = visitor.get(&path).await.expect_status(200).json();
    let listed: Vec<_> = list["conversations"].as_array().into_iter().flatten().collect();
    let ids: Vec<_> = listed.iter().map(|it| it["id"].clone()).collect();
    assert_eq!(ids, started[..10]);
    let recent = &maren.snapshot(maren.newest().await).await["recent"];
    assert_eq!(recent.as_array().map(Vec::len), Some(5));
    assert_eq!(recent[0]["first_text"], "Hello");
}

#[tokio::test]
async fn a_conversation_id_has_one_spelling() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.visitor.conversation = talk.visitor.conversation.to_uppercase();
    talk.visitor.says("Hello").await.expect_error(404, "not_found");
    let refused = talk.visitor.starts("Hello").await;
    refused.expect_error(422, "client_id_invalid");
}

#[tokio::test]
async fn a_start_that_makes_no_sense_is_refused() {
    let app = TestApp::start().await;
    let mut visitor = app.visitor().await;
    visitor.conversation = "1".to_owned();
    let refused = visitor.starts("Hello").await.expect_error(422, "client_id_invalid");
    assert_eq!(refused.json()["errors"][0]["field"], "id");
    visitor.secret = "short".to_owned();
    visitor.starts("Hello").await.expect_error(422, "secret_invalid");
    let body = json!({"channel_id": "one", "id": client_id(), "message": {}});
    let visitor = app.visitor().await;
    visitor.post("/conversations", &body).await.expect_error(400, "bad_request");
}

#[tokio::test]
async fn what_is_known_of_a_page_is_cut_and_cleaned_but_never_refused() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    let visitor = app.visitor().await;
    let body = json!({
        "channel_id": visitor.channel,
        "id": visitor.conversation,
        "message": {"client_id": client_id(), "text": "Hello"},
        "page_url": format!("https://shop.example/{}", "é".repeat(3000)),
        "page_title": "a\u{0}b\u{1b}[31m",
        "language": "<script>",
        "time_zone": "\u{0}",
    });
    visitor.post("/conversations", &body).await.expect_status(201);
    let seen = maren.snapshot(maren.newest().await).await;
    let url = seen["page_url"].as_str().unwrap_or_default();
    assert_eq!(url.chars().count(), 2000);
    assert_eq!(seen["page_title"], "ab[31m");
    assert_eq!(seen["conversation"]["visitor"]["language"], json!(null));
    assert_eq!(seen["conversation"]["visitor"]["time_zone"], json!(null));
}

#[tokio::test]
async fn a_start_costs_one_transaction_of_six_statements() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    let mut cheapest = (u64::MAX, u64::MAX);
    for _ in 0..5 {
        let visitor = app.visitor().await;
        let before = app.counts();
        visitor.starts("Hello").await.expect_status(201);
        let after = app.counts();
        let transactions = after.transactions - before.transactions;
        cheapest = cheapest.min((transactions, after.statements - before.statements));
    }
    // Visitor looked up, operator verified and held, visitor, conversation, two events, two members.
    assert_eq!(cheapest, (1, 6));
}

#[tokio::test]
async fn a_start_that_nobody_heard_of_is_told_when_it_is_repeated() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let mut console = maren.connect().await;
    let visitor = app.visitor().await;
    let message = json!({"client_id": client_id(), "text": "Hello"});
    stored_and_not_announced(&app, &visitor, &message).await;

    visitor.starts_with(&message).await.expect_status(200);
    console.expect("conversation.opened").await;
    assert_eq!(console.expect("message.posted").await["event"]["text"], "Hello");
}

/// The node breaks off between commit and announcement.
async fn stored_and_not_announced(app: &TestApp, visitor: &Visitor, message: &Value) {
    let body =
        json!({"channel_id": visitor.channel, "id": visitor.conversation, "message": message});
    let request = serde_json::from_value(body).expect("a start");
    let secret = SecretHash::of(&visitor.secret).expect("a secret");
    let plan = Plan::new(secret, request, (app.clock.now(), 0)).expect("acceptable");
    let store = move |tx: &mut Tx<'_>| plan.without_chatbot(&Roster::default(), tx);
    assert!(matches!(app.db().write(store).await, Ok(Outcome::Created(_))));
}

#[tokio::test]
async fn a_visitor_who_writes_and_leaves_at_once_is_heard() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let mut console = maren.connect().await;
    let url = app.url();
    for _ in 0..5 {
        let visitor = app.visitor().await;
        let body = json!({"channel_id": visitor.channel, "id": visitor.conversation,
            "message": {"client_id": client_id(), "text": "Hello"}});
        let request = format!(
            "POST /api/v1/visitor/conversations HTTP/1.1\r\nhost: desk.example\r\n\
             authorization: Visitor {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            visitor.secret,
            body.to_string().len()
        );
        let mut page = TcpStream::connect(url.trim_start_matches("http://"))
            .await
            .expect("the server listens");
        page.write_all(request.as_bytes()).await.expect("sent");
        drop(page);
        console.expect("conversation.opened").await;
        console.expect("message.posted").await;
    }
}
