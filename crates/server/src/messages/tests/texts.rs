//! Any text is kept as typed, or refused with the reason.

use frontdesk_test_support::{Answer, Method, TestApp};

#[tokio::test]
async fn a_text_is_shown_as_typed() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let texts = [
        "<script>alert(1)</script> & \"quoted\" 'text'",
        "👩‍👩‍👧‍👦 👍🏽 🇨🇭 e\u{301} ﷽ \u{202e}tfel ot thgir",
        "line one\n\tline two",
        "'; drop table event; -- $1 ?1 %s {name}",
        "null",
        "\u{feff}\u{200b}z̸̡̢͔a̵l̶g̷o̸",
    ];
    for text in texts {
        talk.window.says(text).await;
        assert_eq!(talk.console.expect("message.posted").await["event"]["text"], text);
        talk.operator.answers(talk.id, text).await.expect_status(201);
        talk.console.expect("message.posted").await;
    }
    let kept = talk.visitor.log().await;
    let kept: Vec<_> = kept[2..].iter().filter_map(|it| it["text"].as_str()).collect();
    assert_eq!(kept, texts.iter().flat_map(|it| [*it, *it]).collect::<Vec<_>>());
}

#[tokio::test]
async fn white_space_around_a_text_goes() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let said = talk.visitor.says("  one\r\ntwo \n ").await.expect_status(201);
    assert_eq!(said.json()["text"], "one\ntwo");
}

#[tokio::test]
async fn an_empty_text_is_refused() {
    everybody_is_refused("", "message_empty").await;
    everybody_is_refused(" \n\t\u{3000} ", "message_empty").await;
}

#[tokio::test]
async fn a_text_has_at_most_8000_characters() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let longest = "👋".repeat(8000);
    talk.window.says(&longest).await;
    assert_eq!(talk.console.expect("message.posted").await["event"]["text"], longest);
    everybody_is_refused(&"a".repeat(8001), "message_too_long").await;
}

#[tokio::test]
async fn control_characters_are_refused() {
    for text in ["a\0b", "\u{1b}[31mred", "bell\u{7}", "\u{85}next\u{9f}line"] {
        everybody_is_refused(text, "control_characters").await;
    }
}

async fn everybody_is_refused(text: &str, code: &str) {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let answers: [Answer; 3] = [
        talk.visitor.says(text).await,
        talk.operator.answers(talk.id, text).await,
        talk.visitor.with_new_conversation().starts(text).await,
    ];
    for answer in answers {
        let refused = answer.expect_error(422, code).json();
        assert_eq!(refused["errors"][0]["field"], "text");
    }
    for socket in [&mut talk.window, &mut talk.console] {
        let id = socket.sends(text).await;
        let refused = socket.awaits("refused").await;
        assert_eq!((&refused["code"], &refused["client_id"]), (&code.into(), &id.into()));
    }
    assert_eq!(talk.visitor.log().await.len(), 2);
}

#[tokio::test]
async fn a_message_of_1_mb_is_refused_unread() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let huge = "a".repeat(1024 * 1024);
    talk.visitor.says(&huge).await.expect_error(413, "body_too_large");
    talk.operator.answers(talk.id, &huge).await.expect_error(413, "body_too_large");
    talk.visitor.with_new_conversation().starts(&huge).await.expect_error(413, "body_too_large");
    assert_eq!(talk.visitor.log().await.len(), 2);
}

#[tokio::test]
async fn a_body_that_is_no_message_is_refused() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let path = talk.visitor.path("/messages");
    let post = || talk.visitor.request(Method::POST, &path);
    for body in ["", "{", "[]", "null", "{\"text\":\"hi\"}", "{\"client_id\":1,\"text\":2}"] {
        let request = post().header("content-type", "application/json").body(body);
        Answer::to(request).await.expect_error(400, "bad_request");
    }
    let invalid_utf8 =
        post().header("content-type", "application/json").body(vec![b'"', 0xff, b'"']);
    Answer::to(invalid_utf8).await.expect_error(400, "bad_request");
    let not_json = post().header("content-type", "text/plain").body("{}");
    Answer::to(not_json).await.expect_error(415, "unsupported_media_type");
    let no_type = post().body("{}");
    Answer::to(no_type).await.expect_error(415, "unsupported_media_type");
}
