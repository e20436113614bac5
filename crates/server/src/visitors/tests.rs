//! What signed identities promise: only what the website's server signed counts as verified.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use frontdesk_test_support::{Answer, Method, Talk, TestApp, Value, Visitor, json};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

#[tokio::test]
async fn what_a_page_says_is_unverified() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let said =
        json!({"channel_id": 1, "user_id": "42", "name": "Ana", "attributes": {"plan": "gold"}});
    identifies(&talk.visitor, &said).await.expect_status(200);
    let known = known(&talk).await;
    assert_eq!(known.as_array().map(Vec::len), Some(3));
    assert!(known.as_array().into_iter().flatten().all(|it| it["verified"] == false));
    assert_eq!(talk.operator.snapshot(talk.id).await["conversation"]["visitor"]["name"], "Ana");
}

#[tokio::test]
async fn what_is_signed_is_verified_and_stays() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let _console = ada.connect().await;
    let channel = app.channel().await;
    let secret = ada.get(&format!("/channels/{channel}/secret")).await.json()["secret"].clone();
    let secret = secret.as_str().expect("a secret");
    let visitor = app.visitor().await;
    visitor.starts("Hello").await.expect_status(201);

    let forged = json!({"channel_id": channel, "user_id": "42", "signature": "00"});
    identifies(&visitor, &forged).await.expect_error(422, "signature_invalid");
    let signed = json!({"channel_id": channel, "user_id": "42", "signature": hex(secret, "42")});
    let known = identifies(&visitor, &signed).await.expect_status(200).json();
    assert_eq!(known["attributes"], json!([{"key": "user_id", "value": "42", "verified": true}]));

    let exp = app.clock.now().0 / 1000 + 300;
    let claims = json!({"sub": "42", "exp": exp, "name": "Ana", "attributes": {"plan": "gold"}});
    let token = json!({"channel_id": channel, "token": token(secret, &claims)});
    identifies(&visitor, &token).await.expect_status(200);
    // The page may say what it likes.
    let said = json!({"channel_id": channel, "name": "The Pope", "attributes": {"plan": "free"}});
    let known = identifies(&visitor, &said).await.expect_status(200).json();
    assert_eq!(value(&known, "name"), ("Ana".to_owned(), true));
    assert_eq!(value(&known, "plan"), ("gold".to_owned(), true));

    // Somebody else signs in on the same browser.
    let other = json!({"channel_id": channel, "user_id": "43", "signature": hex(secret, "43")});
    let known = identifies(&visitor, &other).await.expect_status(200).json();
    assert_eq!(known["attributes"].as_array().map(Vec::len), Some(1));
    assert_eq!(value(&known, "user_id"), ("43".to_owned(), true));
}

#[tokio::test]
async fn what_is_said_has_an_end() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let with = |attributes: Value| json!({"channel_id": 1, "attributes": attributes});
    for wrong in
        [json!({"a b": "1"}), json!({"": "1"}), json!({"name": "1"}), json!({"a": "x".repeat(201)})]
    {
        let refused = identifies(&talk.visitor, &with(wrong)).await;
        refused.expect_error(422, "attribute_invalid");
    }
    let many = |prefix: &str| -> Value {
        (0..20)
            .map(|at| (format!("{prefix}{at}"), json!("1")))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    identifies(&talk.visitor, &with(many("a"))).await.expect_status(200);
    identifies(&talk.visitor, &with(many("b"))).await.expect_status(200);
    identifies(&talk.visitor, &with(many("c"))).await.expect_error(422, "too_many");
    let stranger = app.visitor().await;
    identifies(&stranger, &with(json!({}))).await.expect_error(404, "not_found");
}

async fn identifies(visitor: &Visitor, said: &Value) -> Answer {
    Answer::to(visitor.request(Method::PUT, "/identity").json(said)).await
}

async fn known(talk: &Talk) -> Value {
    let path = format!("/conversations/{}/attributes", talk.id);
    talk.operator.get(&path).await.expect_status(200).json()["attributes"].clone()
}

fn value(known: &Value, key: &str) -> (String, bool) {
    let found = known["attributes"].as_array().into_iter().flatten().find(|it| it["key"] == key);
    let found = found.expect("it is known");
    (found["value"].as_str().unwrap_or_default().to_owned(), found["verified"] == true)
}

fn mac(secret: &str, text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(secret: &str, text: &str) -> String {
    mac(secret, text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn token(secret: &str, claims: &Value) -> String {
    let encoded = |text: String| URL_SAFE_NO_PAD.encode(text);
    let signed =
        format!("{}.{}", encoded(json!({"alg": "HS256"}).to_string()), encoded(claims.to_string()));
    let signature = URL_SAFE_NO_PAD.encode(mac(secret, &signed));
    format!("{signed}.{signature}")
}
