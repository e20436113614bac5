//! What is promised about answers: in the OpenAPI document, and in the table of errors of docs/protocol.md.

use super::broken::{kinds, resolved};
use frontdesk_test_support::{Answer, Value};

const PROTOCOL: &str = include_str!("../../../../docs/protocol.md");

/// What is wrong with an answer to this operation.
pub fn broken_by(document: &Value, operation: &Value, answer: &Answer) -> Option<String> {
    let documented = &operation["responses"][answer.status.to_string()];
    if answer.status < 400 {
        if documented.is_null() {
            return Some("is not documented".to_owned());
        }
        let schema = &documented["content"]["application/json"]["schema"];
        let Ok(body) = serde_json::from_str(&answer.text) else {
            return (!schema.is_null()).then(|| "is not JSON".to_owned());
        };
        let fits = schema.is_null() || fits(document, schema, &body);
        return (!fits).then(|| "is not what is documented".to_owned());
    }
    let body: Value = serde_json::from_str(&answer.text).unwrap_or_default();
    let Some(code) = body["errors"][0]["code"].as_str() else {
        return Some("has no code".to_owned());
    };
    let is_known = answer.status < 500 && is_error(code, answer.status);
    (!is_known).then(|| "is no error that is documented".to_owned())
}

/// Whether the table has a row with this code and status.
fn is_error(code: &str, status: u16) -> bool {
    let (code, status) = (format!("`{code}`"), status.to_string());
    PROTOCOL.lines().any(|line| {
        let mut cells = line.split('|').skip(1);
        let codes = cells.next().unwrap_or_default();
        codes.contains(&code) && cells.next().is_some_and(|it| it.trim() == status)
    })
}

fn fits(document: &Value, schema: &Value, value: &Value) -> bool {
    let schema = resolved(document, schema);
    if let Some(values) = schema["enum"].as_array() {
        return values.contains(value);
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[choice].as_array() {
            return choices.iter().any(|it| fits(document, it, value));
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return parts.iter().all(|it| fits(document, it, value));
    }
    let kinds = kinds(schema);
    if !kinds.is_empty() && !kinds.iter().any(|kind| is_of_kind(kind, value)) {
        return false;
    }
    fields_fit(document, schema, value) && items_fit(document, schema, value)
}

fn is_of_kind(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => value.is_null(),
    }
}

fn fields_fit(document: &Value, schema: &Value, value: &Value) -> bool {
    let Some(fields) = value.as_object() else {
        return true;
    };
    let required: Vec<_> = schema["required"].as_array().into_iter().flatten().collect();
    let has_all = required.iter().filter_map(|it| it.as_str()).all(|it| fields.contains_key(it));
    let properties = schema["properties"].as_object();
    has_all
        && fields.iter().all(|(name, value)| {
            let property = properties.and_then(|it| it.get(name));
            property.is_none_or(|property| fits(document, property, value))
        })
}

fn items_fit(document: &Value, schema: &Value, value: &Value) -> bool {
    let Some(items) = value.as_array() else {
        return true;
    };
    schema["items"].is_null() || items.iter().all(|it| fits(document, &schema["items"], it))
}
