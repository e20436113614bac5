//! What is stored and sent keeps its form.

use super::*;
use serde_json::json;

#[test]
fn a_script_is_stored_as_the_editor_sends_it() {
    let sent = json!({"steps": [
        {"id": 1, "kind": "text", "message": "Hi"},
        {"id": 2, "kind": "question", "message": "What?",
         "answers": [{"id": 3, "text": "Pricing"}, {"id": 4, "text": "Docs", "link": "/docs"}]},
        {"id": 5, "kind": "forward", "only_if": [3], "expertises": [7]},
        {"id": 6, "kind": "free_input_multi", "message": "Tell us.", "only_if": [3]},
    ]});
    let script: Script = serde_json::from_value(sent).unwrap();
    assert_eq!(script.problems(), []);
    let stored = serde_json::to_value(&script).unwrap();
    assert_eq!(stored["steps"][1]["answers"][0], json!({"id": 3, "text": "Pricing", "link": ""}));
    assert_eq!(serde_json::from_value::<Script>(stored).unwrap(), script);
}

#[test]
fn a_run_is_stored_small_and_read_again() {
    let run = begin(&sample()).run;
    let stored = serde_json::to_string(&run).unwrap();
    assert_eq!(stored, r#"{"step":2,"stage":"waiting","picked":[]}"#);
    assert_eq!(serde_json::from_str::<Run>(&stored).unwrap(), run);
}

#[test]
fn findings_and_pictures_are_sent_as_the_console_reads_them() {
    let script = script(vec![question(&["A"])]);
    let analysis = analysis(&script);
    let picture = serde_json::to_value(flow(&script, &analysis)).unwrap();
    assert_eq!(picture["nodes"][1]["kind"], "dead_end");
    assert_eq!(picture["edges"][0]["answers"], json!([101]));
    let expected = json!({
        "findings": [{"kind": "dead_end", "step": 1, "answer": 101, "path": [{"step": 1, "answer": 101}]}],
        "complete": true,
        "first_step_warning": null,
    });
    assert_eq!(serde_json::to_value(&analysis).unwrap(), expected);
}
