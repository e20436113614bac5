//! Every operation of the OpenAPI document, by everybody, with whatever comes to mind.

use super::broken::Maker;
use super::promises;
use frontdesk_test_support::{Answer, Method, Operator, RequestBuilder, TestApp, Value, Visitor};

/// Requests to each operation.
const REQUESTS: u64 = 25;

#[tokio::test]
async fn every_answer_is_one_that_is_documented() {
    let app = TestApp::start().await;
    let document = serde_json::to_value(crate::openapi()).expect("JSON");
    let callers = callers(&app).await;
    let mut broken = Vec::new();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        // These wait for news, as they should.
        if path.ends_with("/poll") || path.ends_with("/stream") {
            continue;
        }
        for (method, operation) in operations.as_object().expect("operations") {
            for seed in super::seeds(REQUESTS) {
                let known = [callers.visitor.conversation.as_str(), "1"];
                let mut maker = Maker::new(&document, seed, &known);
                let address = address(&mut maker, path, operation);
                let method = method.to_uppercase().parse().expect("a method");
                let request = callers.request(&mut maker, method, &address);
                let request = with_body(&mut maker, request, operation);
                let shown = format!("{request:?}");
                let answer = Answer::to(request).await;
                let problem = promises::broken_by(&document, operation, &answer);
                broken.extend(
                    problem.map(|it| {
                        format!("{} {:?} {it}\n  to {shown}", answer.status, answer.text)
                    }),
                );
            }
        }
    }
    assert!(broken.is_empty(), "{} answers:\n{}", broken.len(), broken.join("\n"));
    app.get("/readyz").await.expect_status(200);
}

struct Callers<'a> {
    app: &'a TestApp,
    visitor: Visitor,
    operator: Operator,
    administrator: Operator,
}

async fn callers(app: &TestApp) -> Callers<'_> {
    // With keys, so that nobody signs out.
    let administrator = app.administrator().await.script(app).await;
    let talk = app.talk().await;
    Callers { app, operator: talk.operator.script(app).await, visitor: talk.visitor, administrator }
}

impl Callers<'_> {
    fn request(&self, maker: &mut Maker<'_>, method: Method, path: &str) -> RequestBuilder {
        if maker.below(8) == 0 {
            return self.app.request(method, path);
        }
        if let Some(below) = path.strip_prefix("/api/v1/visitor") {
            return self.visitor.request(method, below);
        }
        let below = path.strip_prefix("/api/v1/operator").unwrap_or(path);
        let caller = if maker.below(2) == 0 { &self.operator } else { &self.administrator };
        caller.request(method, below)
    }
}

/// The path with its parameters, and some of the query.
fn address(maker: &mut Maker<'_>, path: &str, operation: &Value) -> String {
    let mut address = path.to_owned();
    let mut query = Vec::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default();
        let value = match maker.below(3) {
            0 => maker.text(),
            _ => plain(&maker.fitting(&parameter["schema"])),
        };
        if parameter["in"] == "path" {
            let value = if value.trim_matches('.').is_empty() { "1".to_owned() } else { value };
            address = address.replace(&format!("{{{name}}}"), &encoded(&value));
        } else if maker.below(2) == 0 {
            query.push(format!("{name}={}", encoded(&value)));
        }
    }
    if query.is_empty() { address } else { format!("{address}?{}", query.join("&")) }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn with_body(maker: &mut Maker<'_>, request: RequestBuilder, operation: &Value) -> RequestBuilder {
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    if schema.is_null() {
        return request;
    }
    let body = maker.fitting(schema);
    match maker.below(8) {
        0..=3 => request.json(&body),
        4 | 5 => request.json(&maker.broken(body)),
        6 => {
            let text = body.to_string();
            let cut = (0..=maker.below(text.len() + 1)).rev().find(|it| text.is_char_boundary(*it));
            let text = text[..cut.unwrap_or_default()].to_owned();
            request.header("content-type", "application/json").body(text)
        }
        _ => request.body(maker.text()),
    }
}
