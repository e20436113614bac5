//! What chatbots promise to administrators: written whole, never over somebody else, analysed before they are saved.

use frontdesk_test_support::{Operator, TestApp, Value, json};

#[tokio::test]
async fn the_first_start_makes_a_welcome_bot_in_the_language_of_whoever_sets_up() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let list = ada.get("/chatbots").await.expect_status(200).json();
    let bot = &list["chatbots"][0];
    assert_eq!((&bot["name"], &bot["steps"]), (&json!("Welcome Bot"), &json!(9)));
    assert_eq!((&bot["findings"], &bot["first_step_warning"]), (&json!(0), &Value::Null));
    let whole = find(&ada, bot["id"].as_i64().expect("an id")).await;
    assert_eq!(whole["script"]["steps"][1]["answers"][1]["link"], "/");
    assert_eq!((&whole["version"], &whole["next_id"]), (&json!(1), &json!(13)));
}

#[tokio::test]
async fn a_chatbot_is_written_whole_and_over_nobody() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let made = ada.post("/chatbots", &json!({"name": "  Night   porter "})).await;
    let bot = made.expect_status(201).json();
    assert_eq!((&bot["name"], &bot["script"]), (&json!("Night porter"), &json!({"steps": []})));
    let path = format!("/chatbots/{}", bot["id"]);
    let form = json!({"version": 1, "name": "Porter", "script": script("Good evening")});
    let saved = ada.put(&path, &form).await.expect_status(200).json();
    assert_eq!((&saved["version"], &saved["next_id"]), (&json!(2), &json!(4)));
    assert_eq!(saved["script"], script("Good evening"));
    ada.put(&path, &form).await.expect_error(409, "changed_meanwhile");
    // A number that was used once is never free again.
    let form = json!({"version": 2, "name": "Porter", "script": {"steps": []}});
    assert_eq!(ada.put(&path, &form).await.expect_status(200).json()["next_id"], 4);
}

#[tokio::test]
async fn a_script_that_cannot_be_is_refused_with_its_place() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let mut evil = script("Good evening");
    evil["steps"][1]["answers"][0]["link"] = json!("javascript:alert(1)");
    let form = json!({"version": 1, "name": "Welcome Bot", "script": evil});
    let refused = ada.put("/chatbots/1", &form).await.expect_error(422, "script_invalid");
    assert_eq!(refused.json()["errors"][0]["field"], "script.steps.1.answers.0.link");
    let analysed = ada.post("/chatbots/analysis", &json!({"script": evil})).await;
    let findings = analysed.expect_status(200).json()["analysis"]["findings"].clone();
    let kinds: Vec<_> = findings.as_array().into_iter().flatten().map(|it| &it["kind"]).collect();
    assert!(kinds.contains(&&json!("link_invalid")), "{findings}");
    let named = json!({"version": 1, "name": "", "script": {"steps": []}});
    ada.put("/chatbots/1", &named).await.expect_error(422, "name_invalid");
    let endless: Vec<_> = (1..=201).map(|id| step(id, "text", "Hello")).collect();
    let endless = json!({"script": {"steps": endless}});
    ada.post("/chatbots/analysis", &endless).await.expect_error(422, "script_invalid");
}

#[tokio::test]
async fn a_copy_has_a_name_of_its_own_and_the_same_conditions() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let copy = ada.post("/chatbots", &json!({"copy_of": 1})).await.expect_status(201).json();
    assert_eq!(copy["name"], "Welcome Bot (copy)");
    assert_eq!(copy["script"], find(&ada, 1).await["script"]);
    ada.post("/chatbots", &json!({"copy_of": 4711})).await.expect_error(404, "not_found");
}

#[tokio::test]
async fn only_administrators_read_and_write_scripts() {
    let app = TestApp::start().await;
    app.administrator().await;
    let maren = app.operator("Maren").await;
    maren.get("/chatbots").await.expect_error(403, "not_allowed");
    maren.get("/chatbots/1").await.expect_error(403, "not_allowed");
    maren.post("/chatbots", &json!({"name": "Mine"})).await.expect_error(403, "not_allowed");
    maren.put("/chatbots/1/archive", &json!({})).await.expect_error(403, "not_allowed");
    maren.delete("/chatbots/1").await.expect_error(403, "not_allowed");
    let analysis = json!({"script": {"steps": []}});
    maren.post("/chatbots/analysis", &analysis).await.expect_error(403, "not_allowed");
}

#[tokio::test]
async fn rules_pass_over_a_chatbot_in_the_archive_and_lose_a_deleted_one() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let rules = format!("/channels/{}/rules", app.channel().await);
    let rule = json!({"action": "show", "chatbot": 1, "chatbot_condition": "only_if_no_operator"});
    ada.post(&rules, &rule).await.expect_status(201);
    let channels = find(&ada, 1).await["channels"].clone();
    assert_eq!(channels[0]["name"], "YourWebsite.com");
    assert_eq!(decision(&app).await["chatbot"], json!({"id": 1, "version": 1}));
    assert_eq!(decision(&app).await["available"], true);

    ada.put("/chatbots/1/archive", &json!({})).await.expect_status(200);
    assert_eq!(decision(&app).await["chatbot"], Value::Null);
    assert_eq!(decision(&app).await["available"], false);
    let trial = json!({"url": "https://a.example/", "operator_available": false});
    let trial = ada.post(&format!("{rules}/trial"), &trial).await.expect_status(200).json();
    assert_eq!(trial["rules"][0]["reason"], "chatbot_not_ready");
    let archived = ada.get("/chatbots?archived=true").await.expect_status(200).json();
    assert_eq!(archived["chatbots"][0]["archived"], true);

    ada.delete("/chatbots/1/archive").await.expect_status(200);
    let _console = ada.connect().await;
    assert_eq!(decision(&app).await["chatbot"], Value::Null);
    ada.delete("/chatbots/1").await.expect_status(204);
    let left = ada.get(&rules).await.expect_status(200).json();
    assert_eq!(left["rules"][0]["chatbot"], Value::Null);
    ada.get("/chatbots/1").await.expect_error(404, "not_found");
    let refused = ada.post(&rules, &rule).await.expect_error(422, "chatbot_unknown");
    assert_eq!(refused.json()["errors"][0]["field"], "chatbot");
}

async fn find(operator: &Operator, id: i64) -> Value {
    operator.get(&format!("/chatbots/{id}")).await.expect_status(200).json()
}

async fn decision(app: &TestApp) -> Value {
    let path = format!("/api/v1/visitor/channels/{}/decision", app.channel().await);
    let body = json!({"url": "https://a.example/", "language": "en"}).to_string();
    let request = app.request(frontdesk_test_support::Method::POST, &path);
    let answer = frontdesk_test_support::Answer::to(request.body(body)).await;
    answer.expect_status(200).json()
}

fn step(id: i64, kind: &str, message: &str) -> Value {
    let lists: Vec<i64> = Vec::new();
    json!({"id": id, "kind": kind, "message": message,
        "answers": lists, "only_if": lists, "expertises": lists})
}

fn script(greeting: &str) -> Value {
    let mut question = step(2, "question", "Who is it?");
    question["answers"] = json!([{"id": 3, "text": "Me", "link": ""}]);
    json!({"steps": [step(1, "text", greeting), question]})
}

#[tokio::test]
async fn a_chatbot_goes_into_a_file_and_comes_back() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let file = ada.get("/chatbots/1/export").await.expect_status(200);
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"welcome-bot.toml\"");
    let made = ada.post("/chatbots/import", &json!({"file": file.text})).await;
    let made = made.expect_status(201).json();
    assert_eq!(made["name"], "Welcome Bot");
    assert_eq!(made["script"]["steps"].as_array().map(Vec::len), Some(9));
    let broken = json!({"file": "format = 1\nname = \"Bot\"\n\n[[step]]\ntype = \"dance\"\nmessage = \"Hi\"\n"});
    let refused = ada.post("/chatbots/import", &broken).await.expect_error(422, "script_invalid");
    let detail = refused.json()["errors"][0]["detail"].clone();
    assert!(detail.as_str().is_some_and(|it| it.starts_with("line 5: ")), "{detail}");
}

#[tokio::test]
async fn a_trial_runs_a_script_and_keeps_nothing() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let script = find(&ada, 1).await["script"].clone();
    let run = async |operator_available: bool, inputs: Value| {
        let request = json!({
            "script": script, "name": "Welcome Bot", "operator_available": operator_available,
            "inputs": inputs,
        });
        ada.post("/chatbots/trial", &request).await
    };
    let pricing = json!({"answer": {"step": 2, "answer": 10}});
    let nobody = run(false, json!([pricing, {"text": "call me"}])).await.expect_status(200).json();
    assert_eq!(
        (&nobody["path"], &nobody["chatbot"]["awaits"]),
        (&json!([1, 2, 3, 4, 5, 6]), &json!("email"))
    );
    let last = nobody["messages"].as_array().and_then(|it| it.last()).expect("a message");
    assert_eq!(last["text"], "“call me” does not look like an e-mail address. Please try again.");
    let somebody = run(true, json!([pricing])).await.expect_status(200).json();
    assert_eq!((&somebody["operator_joined"], &somebody["chatbot"]), (&json!(true), &Value::Null));
    let over = run(true, json!([{"answer": {"step": 2, "answer": 12}}])).await.json();
    assert_eq!(over["chatbot"]["restartable"], true);
    let again = run(true, json!([{"answer": {"step": 2, "answer": 12}}, {"restart": true}])).await;
    assert_eq!(again.expect_status(200).json()["chatbot"]["awaits"], "answer");
    let passed = run(true, json!([{"answer": {"step": 2, "answer": 99}}])).await;
    passed.expect_error(409, "answer_passed");
}
