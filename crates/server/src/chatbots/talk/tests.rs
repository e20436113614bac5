//! What chatbots promise in conversations: each answer counts once, nothing is lost, and people can take over.

use frontdesk_test_support::{Answer, Method, Operator, TestApp, Value, Visitor, client_id, json};
use std::time::Duration;

/// Answers of the Welcome Bot's question.
const PRICING: i64 = 10;
const JUST_LOOKING: i64 = 12;

/// A channel whose only rule brings the Welcome Bot, and its administrator.
async fn welcomed() -> (TestApp, Operator) {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let rules = format!("/channels/{}/rules", app.channel().await);
    let rule = json!({"action": "show", "chatbot": 1});
    ada.post(&rules, &rule).await.expect_status(201);
    (app, ada)
}

/// The same with a script of one's own in place of the Welcome Bot's.
async fn scripted(script: &Value) -> (TestApp, Operator) {
    let (app, ada) = welcomed().await;
    let form = json!({"version": 1, "name": "Bot", "script": script});
    ada.put("/chatbots/1", &form).await.expect_status(200);
    (app, ada)
}

fn step(id: i64, kind: &str, message: &str) -> Value {
    json!({"id": id, "kind": kind, "message": message})
}

fn answer(step: i64, answer: i64) -> Value {
    json!({"client_id": client_id(), "text": "?", "answer": {"step": step, "answer": answer}})
}

fn text(text: &str) -> Value {
    json!({"client_id": client_id(), "text": text})
}

async fn starts(visitor: &Visitor, message: &Value) -> Answer {
    let body = json!({
        "channel_id": visitor.channel, "id": visitor.conversation, "message": message,
        "chatbot": {"id": 1, "version": 0}, "language": "es",
    });
    visitor.post("/conversations", &body).await
}

/// What each event of a log is, or says.
fn told(log: &[Value]) -> Vec<String> {
    let word = |it: &Value| it["text"].as_str().or(it["kind"].as_str()).map(str::to_owned);
    log.iter().filter_map(word).collect()
}

#[tokio::test]
async fn a_chatbot_greets_before_anything_is_stored() {
    let (app, ada) = welcomed().await;
    let greeting = app.get("/api/v1/visitor/chatbots/1/greeting?version=1").await;
    let greeting = greeting.expect_status(200).json();
    assert_eq!(greeting["chatbot"]["name"], "Welcome Bot");
    assert_eq!(greeting["messages"][0]["delay"], 0);
    assert_eq!(greeting["messages"][1]["answers"][2]["id"], JUST_LOOKING);
    assert_eq!(greeting["awaits"], "answer");
    let missing = app.get("/api/v1/visitor/chatbots/2/greeting?version=1").await;
    missing.expect_error(404, "not_found");
    // What no website shows is nobody's business.
    let rules = format!("/channels/{}/rules", app.channel().await);
    let rule = ada.get(&rules).await.json()["rules"][0]["id"].clone();
    ada.delete(&format!("{rules}/{rule}")).await.expect_status(204);
    let hidden = app.get("/api/v1/visitor/chatbots/1/greeting?version=1").await;
    hidden.expect_error(404, "not_found");
}

#[tokio::test]
async fn a_script_ends_and_begins_anew() {
    let (app, ada) = welcomed().await;
    let visitor = app.visitor().await;
    let started = starts(&visitor, &answer(2, JUST_LOOKING)).await.expect_status(201).json();
    let log = visitor.log().await;
    assert_eq!(
        told(&log),
        [
            "conversation.opened",
            "Welcome! 👋",
            "What brings you here?",
            "I am just looking around",
            "Please do! Have a nice day.",
            "conversation.ended",
        ]
    );
    assert_eq!((&log[2]["author"], &log[2]["step"]), (&json!("chatbot"), &json!(2)));
    assert_eq!(log[3]["answer"], json!({"step": 2, "answer": JUST_LOOKING}));
    assert_eq!((&log[4]["name"], &log[4]["delay"]), (&json!("Welcome Bot"), &json!(400)));
    assert_eq!(log[5]["by"], "chatbot");
    let state = &started["conversation"]["chatbot"];
    assert_eq!((&state["restartable"], &state["awaits"]), (&json!(true), &json!("nothing")));
    visitor.sends(&text("Wait!")).await.expect_error(409, "conversation_ended");

    for _ in 0..2 {
        let again = visitor.post(&visitor.path("/chatbot/restart"), &json!({})).await;
        let again = again.expect_status(200).json();
        assert_eq!(
            (&again["ended_at"], &again["chatbot"]["awaits"]),
            (&Value::Null, &json!("answer"))
        );
    }
    let log = visitor.log().await;
    assert_eq!(told(&log[6..]), ["chatbot.restarted", "Welcome! 👋", "What brings you here?"]);
    visitor.sends(&answer(2, JUST_LOOKING)).await.expect_status(201);
    let list = ada.post("/lists/conversations/search", &json!({"limit": 10})).await;
    let id = list.expect_status(200).json()["rows"][0]["id"].as_i64().expect("an id");
    let summary = ada.snapshot(id).await["conversation"].clone();
    assert_eq!(
        (&summary["outcome"], &summary["chatbot"]["name"]),
        (&json!("success"), &json!("Welcome Bot"))
    );
    assert_eq!(
        crate::integrity::check(app.db()).await.expect("readable").findings,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn only_an_address_goes_on_and_the_team_reads_the_answers() {
    let (app, ada) = welcomed().await;
    let visitor = app.visitor().await;
    starts(&visitor, &text("Hello?")).await.expect_status(201);
    let before = visitor.snapshot().await["conversation"]["chatbot"].clone();
    assert_eq!((&before["step"], &before["awaits"]), (&json!(2), &json!("answer")));
    visitor.sends(&answer(2, PRICING)).await.expect_status(201);
    // Nobody is there, so the script goes on behind the forward.
    let after = visitor.snapshot().await["conversation"]["chatbot"].clone();
    assert_eq!((&after["step"], &after["awaits"]), (&json!(6), &json!("email")));
    visitor.sends(&text("call me")).await.expect_status(201);
    let retry = visitor.log().await.pop().expect("an event");
    assert_eq!(
        retry["text"],
        "«call me» no parece una dirección de correo electrónico. Inténtalo de nuevo."
    );
    visitor.sends(&text("ana@exämple.com")).await.expect_status(201);
    let snapshot = visitor.snapshot().await;
    assert_ne!(snapshot["conversation"]["ended_at"], Value::Null);

    let list = ada.post("/lists/conversations/search", &json!({"limit": 10})).await;
    let id = list.expect_status(200).json()["rows"][0]["id"].as_i64().expect("an id");
    let known = ada.snapshot(id).await;
    assert_eq!(known["conversation"]["outcome"], "no_one_available");
    assert_eq!(known["conversation"]["visitor"]["email"], "ana@exämple.com");
    let answers = ada.get(&format!("/conversations/{id}/chatbot-answers")).await;
    let answers = answers.expect_status(200).json();
    let given: Vec<_> =
        answers["answers"].as_array().into_iter().flatten().map(|it| &it["answer"]).collect();
    assert_eq!(given, ["I have a question about prices", "ana@exämple.com"]);
    assert_eq!(answers["answers"][0]["question"], "What brings you here?");
}

#[tokio::test]
async fn a_forward_brings_an_operator_who_reads_everything() {
    let (app, _) = welcomed().await;
    let maren = app.operator("Maren").await;
    let mut console = maren.connect().await;
    let visitor = app.visitor().await;
    starts(&visitor, &answer(2, PRICING)).await.expect_status(201);
    let joined = console.expect("member.joined").await;
    assert_eq!(joined["event"]["forwarded_by"], "Welcome Bot");
    assert_eq!(joined["event"]["why"]["rule"], "least_busy");
    let id = maren.newest().await;
    let log = maren.log(id).await;
    assert_eq!(log[1]["author"], json!({"kind": "chatbot", "id": 1, "name": "Welcome Bot"}));
    let snapshot = visitor.snapshot().await["conversation"].clone();
    assert_eq!(snapshot["chatbot"], Value::Null);
    assert_eq!(snapshot["operator"]["name"], "Maren");
    maren.answers(id, "The tea is 4 €").await.expect_status(201);
    visitor.sends(&text("Thank you")).await.expect_status(201);
    assert_eq!(told(&visitor.log().await).last().map(String::as_str), Some("Thank you"));
    maren.ends(id).await.expect_status(200);
    assert_eq!(
        crate::integrity::check(app.db()).await.expect("readable").findings,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn an_operator_who_joins_takes_over() {
    let (app, ada) = welcomed().await;
    let visitor = app.visitor().await;
    starts(&visitor, &text("Hello?")).await.expect_status(201);
    let mut window = visitor.connect().await;
    let first = window.awaits("chatbot").await;
    assert_eq!(first["chatbot"]["awaits"], "answer");
    assert_eq!(ada.queue().await["waiting"], json!([]));
    let id = ada.post("/lists/conversations/search", &json!({"limit": 1})).await.json()["rows"][0]
        ["id"]
        .as_i64()
        .expect("an id");
    ada.joins(id).await.expect_status(200);
    assert_eq!(window.awaits("chatbot").await["chatbot"], Value::Null);
    visitor.sends(&answer(2, PRICING)).await.expect_error(409, "answer_passed");
    visitor.sends(&text("Are you there?")).await.expect_status(201);
    assert_eq!(told(&visitor.log().await).last().map(String::as_str), Some("Are you there?"));
    let restart = visitor.post(&visitor.path("/chatbot/restart"), &json!({})).await;
    restart.expect_error(404, "not_found");
}

#[tokio::test]
async fn of_two_answers_at_the_same_moment_one_counts() {
    let (app, _) = welcomed().await;
    let visitor = app.visitor().await;
    starts(&visitor, &text("Hello?")).await.expect_status(201);
    let nodes = app.other_nodes().await;
    let elsewhere = nodes.first().map_or_else(|| visitor.clone(), |node| visitor.at(node));
    let (one, other) = (answer(2, PRICING), answer(2, JUST_LOOKING));
    let (first, second) = tokio::join!(visitor.sends(&one), elsewhere.sends(&other));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    let log = visitor.log().await;
    assert_eq!(log.iter().filter(|it| it["answer"].is_object()).count(), 1);
    // What was answered is answered again, though the conversation has gone on.
    let accepted = if first.status == 201 { &one } else { &other };
    let again = visitor.sends(accepted).await.expect_status(200).json();
    assert_eq!(again["answer"]["step"], 2);
    assert_eq!(visitor.log().await, log);
}

#[tokio::test]
async fn nobody_answers_in_anothers_conversation() {
    let (app, _) = welcomed().await;
    let (visitor, mut stranger) = (app.visitor().await, app.visitor().await);
    starts(&visitor, &text("Hello?")).await.expect_status(201);
    starts(&stranger, &text("Hello?")).await.expect_status(201);
    stranger.conversation.clone_from(&visitor.conversation);
    stranger.sends(&answer(2, PRICING)).await.expect_error(404, "not_found");
    let (restart, go_on) =
        (visitor.path("/chatbot/restart"), visitor.path("/chatbot/continuation"));
    stranger.post(&restart, &json!({})).await.expect_error(404, "not_found");
    stranger.post(&go_on, &json!({"step": 2})).await.expect_error(404, "not_found");
}

#[tokio::test]
async fn a_conversation_ends_with_the_version_with_which_it_began() {
    let (app, ada) = welcomed().await;
    let visitor = app.visitor().await;
    starts(&visitor, &text("Hello?")).await.expect_status(201);
    let form =
        json!({"version": 1, "name": "Renamed", "script": {"steps": [step(20, "text", "New")]}});
    ada.put("/chatbots/1", &form).await.expect_status(200);
    ada.put("/chatbots/1/archive", &json!({})).await.expect_status(200);
    ada.delete("/chatbots/1").await.expect_status(204);
    visitor.sends(&answer(2, JUST_LOOKING)).await.expect_status(201);
    let log = visitor.log().await;
    assert_eq!(told(&log)[5], "Please do! Have a nice day.");
    assert_eq!(log[5]["name"], "Renamed");
    // Nobody starts with it any more, and nobody else is there.
    starts(&app.visitor().await, &text("Hello?")).await.expect_error(409, "no_operator_available");
}

#[tokio::test]
async fn several_messages_are_one_answer_until_the_visitor_pauses() {
    let script = json!({"steps": [
        step(1, "text", "Hello"), step(2, "free_input_multi", "Tell us more"), step(3, "phone", "Your number?"),
    ]});
    let (app, _) = scripted(&script).await;
    let visitor = app.visitor().await;
    starts(&visitor, &text("It is")).await.expect_status(201);
    visitor.sends(&text("about tea")).await.expect_status(201);
    let go_on = visitor.path("/chatbot/continuation");
    for _ in 0..2 {
        let state = visitor.post(&go_on, &json!({"step": 2})).await.expect_status(200).json();
        assert_eq!(state["chatbot"]["awaits"], "phone");
    }
    assert_eq!(told(&visitor.log().await).last().map(String::as_str), Some("Your number?"));

    let gone = app.visitor().await;
    starts(&gone, &text("It is")).await.expect_status(201);
    app.clock.advance(Duration::from_secs(59));
    gone.sends(&text("about cups")).await.expect_status(201);
    app.clock.advance(Duration::from_secs(2));
    app.runs_jobs().await;
    assert_eq!(gone.snapshot().await["conversation"]["chatbot"]["awaits"], "texts");
    app.clock.advance(Duration::from_secs(60));
    app.runs_jobs().await;
    assert_eq!(gone.snapshot().await["conversation"]["chatbot"]["awaits"], "phone");
}

#[tokio::test]
async fn what_visitors_leave_with_a_chatbot_ends_after_a_day() {
    let (app, _) = welcomed().await;
    let visitor = app.visitor().await;
    starts(&visitor, &text("Hello?")).await.expect_status(201);
    app.clock.advance(Duration::from_secs(23 * 3600));
    app.runs_jobs().await;
    assert_eq!(visitor.snapshot().await["conversation"]["ended_at"], Value::Null);
    app.clock.advance(Duration::from_secs(2 * 3600));
    app.runs_jobs().await;
    let log = visitor.log().await;
    assert_eq!(
        log.last().map(|it| (&it["kind"], &it["by"])),
        Some((&json!("conversation.ended"), &json!("chatbot")))
    );
    let state = visitor.snapshot().await["conversation"]["chatbot"].clone();
    assert_eq!((&state["awaits"], &state["restartable"]), (&json!("nothing"), &json!(false)));
}

#[tokio::test]
async fn a_start_that_is_repeated_begins_once() {
    let (app, _) = welcomed().await;
    let visitor = app.visitor().await;
    let message = answer(2, PRICING);
    let (one, other) = tokio::join!(starts(&visitor, &message), starts(&visitor, &message));
    assert!(one.status < 300 && other.status < 300);
    let log = visitor.log().await;
    assert_eq!(log.iter().filter(|it| it["author"] == "visitor").count(), 1);
    assert_eq!(told(&log).iter().filter(|it| *it == "Welcome! 👋").count(), 1);
    let forged = Answer::to(visitor.request(Method::POST, "/conversations").json(&json!({
        "channel_id": visitor.channel, "id": client_id(), "message": answer(6, PRICING),
        "chatbot": {"id": 1, "version": 99},
    })));
    // An answer that the script does not have is a text; the question is still open.
    let snapshot = forged.await.expect_status(201).json();
    assert_eq!(snapshot["conversation"]["chatbot"]["awaits"], "answer");
}

#[tokio::test]
async fn figures_tell_where_visitors_leave() {
    let (app, ada) = welcomed().await;
    let (done, left, undecided) = (app.visitor().await, app.visitor().await, app.visitor().await);
    starts(&done, &answer(2, JUST_LOOKING)).await.expect_status(201);
    starts(&left, &answer(2, PRICING)).await.expect_status(201);
    left.ends().await.expect_status(200);
    starts(&undecided, &text("Hello?")).await.expect_status(201);
    let figures = async || ada.get("/chatbots/1/figures").await.expect_status(200).json();
    let of = |figures: Value, step: i64| {
        let steps = figures["steps"].as_array().cloned().unwrap_or_default();
        steps.into_iter().find(|it| it["step"] == step).unwrap_or_default()
    };
    let question = of(figures().await, 2);
    assert_eq!(question, json!({"step": 2, "shown": 3, "answered": 2, "left": 0}));
    assert_eq!(of(figures().await, 6), json!({"step": 6, "shown": 1, "answered": 0, "left": 1}));
    app.clock.advance(Duration::from_secs(31 * 60));
    assert_eq!(of(figures().await, 2)["left"], 1);
}

#[tokio::test]
async fn what_a_window_and_a_console_have_heard_is_what_a_fresh_load_shows() {
    let (app, ada) = welcomed().await;
    let visitor = app.visitor().await;
    starts(&visitor, &text("Hello?")).await.expect_status(201);
    let mut window = visitor.connect().await;
    let list = ada.post("/lists/conversations/search", &json!({"limit": 1})).await;
    let id = list.json()["rows"][0]["id"].as_i64().expect("an id");
    let mut console = ada.connect().await;
    console.talk_about(id);
    console.tells("follow").await;
    console.awaits("followed").await;
    let seen = ada.log(id).await.len();
    visitor.sends(&answer(2, JUST_LOOKING)).await.expect_status(201);
    visitor.post(&visitor.path("/chatbot/restart"), &json!({})).await.expect_status(200);
    visitor.sends(&text("Hm")).await.expect_status(201);
    visitor.sends(&answer(2, PRICING)).await.expect_status(201);
    ada.joins(id).await.expect_status(200);
    let (visitors, teams) = (visitor.log().await, ada.log(id).await);
    assert_eq!(window.events_to(visitors.len() as i64).await, visitors);
    assert_eq!(console.events_to(teams.len() as i64).await, teams[seen..]);
    assert_eq!(visitor.snapshot().await["conversation"]["chatbot"], Value::Null);
}
