//! Nobody reaches a conversation that is not theirs: it reads as if there were none.

use frontdesk_test_support::{Answer, Method, TestApp, Visitor, client_id, json};

#[tokio::test]
async fn another_visitors_conversation_is_not_found() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    let owner = app.visitor().await;
    owner.starts("Mine").await.expect_status(201);
    let mut known = app.visitor().await;
    known.starts("Also here").await.expect_status(201);
    known.conversation.clone_from(&owner.conversation);
    nothing_is_found(&known).await;
    let mut unknown = app.visitor().await;
    unknown.conversation.clone_from(&owner.conversation);
    nothing_is_found(&unknown).await;
    assert_eq!(owner.log().await.len(), 2);
}

#[tokio::test]
async fn a_conversation_that_never_was_is_not_found() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let mut visitor = talk.visitor.clone();
    for id in ["1", "nonsense", "%00", "..%2F..", "🫖", "0198aaaa-0000-7000-8000-000000000000"] {
        visitor.conversation = id.to_owned();
        nothing_is_found(&visitor).await;
    }
}

async fn nothing_is_found(visitor: &Visitor) {
    let answers = [
        visitor.get(&visitor.path("")).await,
        visitor.get(&visitor.path("/events")).await,
        visitor.get(&visitor.path("/stream")).await,
        visitor.get(&visitor.path("/poll")).await,
        visitor.says("Hello").await,
        visitor.marks(1, 1).await,
        visitor.ends().await,
    ];
    for answer in answers {
        answer.expect_error(404, "not_found");
    }
}

#[tokio::test]
async fn the_socket_refuses_another_visitors_conversation() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let mut other = app.visitor().await;
    other.starts("Me too").await.expect_status(201);
    let mut socket = other.connect().await;
    other.conversation.clone_from(&talk.visitor.conversation);
    for conversation in [talk.visitor.conversation.as_str(), "1", "\0"] {
        for frame in [
            json!({"kind": "subscribe", "conversation": conversation, "after": 0}),
            json!({"kind": "send", "conversation": conversation, "client_id": client_id(), "text": "Hi"}),
            json!({"kind": "mark", "conversation": conversation, "delivered": 1, "read": 1}),
        ] {
            socket.tell(&frame).await;
            let refused = socket.awaits("refused").await;
            assert_eq!(refused["code"], "not_found");
            assert_eq!(refused["conversation"], conversation);
            assert_eq!(refused["retry_after"], json!(null));
        }
    }
}

#[tokio::test]
async fn an_operator_finds_only_what_is_there() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    for id in ["0", "-1", "4711", "nonsense", "%00", "99999999999999999999"] {
        let path = format!("/conversations/{id}");
        let operator = &talk.operator;
        let message = json!({"client_id": client_id(), "text": "Hello"});
        let answers = [
            operator.get(&path).await,
            operator.get(&format!("{path}/events")).await,
            operator.post(&format!("{path}/messages"), &message).await,
            operator.put(&format!("{path}/marks"), &json!({"delivered": 1, "read": 1})).await,
            operator.put(&format!("{path}/membership"), &json!({})).await,
            operator.delete(&format!("{path}/membership")).await,
            operator.post(&format!("{path}/closure"), &json!({})).await,
        ];
        for answer in answers {
            answer.expect_error(404, "not_found");
        }
    }
}

#[tokio::test]
async fn a_page_of_events_is_asked_for_in_one_way() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    for text in ["one", "two", "three"] {
        talk.visitor.says(text).await.expect_status(201);
    }
    let seqs = |answer: Answer| {
        let page = answer.expect_status(200).json();
        let events = page["events"].as_array().cloned().unwrap_or_default();
        let seqs: Vec<_> = events.iter().filter_map(|it| it["seq"].as_i64()).collect();
        (seqs, page["more"] == true)
    };
    let visitor = &talk.visitor;
    let ask = |query: &str| visitor.path(&format!("/events{query}"));
    assert_eq!(seqs(visitor.get(&ask("")).await), (vec![1, 2, 3, 4, 5], false));
    assert_eq!(seqs(visitor.get(&ask("?after=3&limit=1")).await), (vec![4], true));
    assert_eq!(seqs(visitor.get(&ask("?before=4&limit=2")).await), (vec![2, 3], true));
    assert_eq!(seqs(visitor.get(&ask("?before=1")).await), (vec![], false));
    assert_eq!(seqs(visitor.get(&ask("?after=99")).await), (vec![], false));
    for wrong in ["?after=1&before=5", "?limit=0", "?limit=201", "?limit=x", "?after=1e9"] {
        visitor.get(&ask(wrong)).await.expect_error(400, "bad_request");
        let path = format!("/conversations/{}/events{wrong}", talk.id);
        talk.operator.get(&path).await.expect_error(400, "bad_request");
    }
}

#[tokio::test]
async fn the_own_list_is_read_page_by_page() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    for _ in 0..5 {
        app.visitor().await.starts("Hello").await.expect_status(201);
    }
    let mut found = Vec::new();
    let mut path = "/conversations?limit=2".to_owned();
    loop {
        let page = maren.get(&path).await.expect_status(200).json();
        let ids = page["conversations"].as_array().cloned().unwrap_or_default();
        found.extend(ids.iter().filter_map(|it| it["id"].as_i64()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/conversations?limit=2&before={next}");
    }
    assert_eq!(found, [5, 4, 3, 2, 1]);
    for wrong in ["?before=x", "?limit=0", "?limit=201"] {
        let answer = maren.get(&format!("/conversations{wrong}")).await;
        answer.expect_error(400, "bad_request");
    }
}

#[tokio::test]
async fn what_is_no_route_is_not_found() {
    let app = TestApp::start().await;
    for path in ["/api/v1/visitor/nothing", "/api/v2/visitor/conversations", "/nothing", "/embed/"]
    {
        app.get(path).await.expect_error(404, "not_found");
    }
    let wrong_method = Answer::to(app.request(Method::DELETE, "/healthz")).await;
    wrong_method.expect_error(404, "not_found");
}
