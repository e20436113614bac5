//! Values that fit a schema, and values that do not.

use frontdesk_test_support::{Value, json};

/// Texts that have broken programs before; one that breaks this one is added. `\u{…}` stands for a character.
const CORPUS: &str = include_str!("corpus.txt");

const NUMBERS: [i64; 10] = [0, 1, 2, 3, -1, 200, 201, i64::MAX, i64::MIN, 9_007_199_254_740_993];

/// Makes values; the same ones for the same seed.
pub struct Maker<'d> {
    document: &'d Value,
    state: u64,
    texts: Vec<String>,
}

impl<'d> Maker<'d> {
    /// `known` are texts that mean something to the server, such as ids.
    pub fn new(document: &'d Value, seed: u64, known: &[&str]) -> Self {
        let mut texts: Vec<String> = CORPUS.lines().map(unescaped).collect();
        // What means something comes up as often as everything else together.
        texts.extend(known.iter().cycle().take(texts.len()).map(|it| (*it).to_owned()));
        Self { document, state: seed, texts }
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.state >> 33).unwrap_or_default() % end
    }

    pub fn text(&mut self) -> String {
        let at = self.below(self.texts.len());
        self.texts[at].clone()
    }

    /// A value that fits, but for its texts.
    pub fn fitting(&mut self, schema: &Value) -> Value {
        let schema = resolved(self.document, schema);
        if let Some(values) = schema["enum"].as_array() {
            return values[self.below(values.len())].clone();
        }
        for choice in ["oneOf", "anyOf"] {
            if let Some(choices) = schema[choice].as_array() {
                let at = self.below(choices.len());
                return self.fitting(&choices[at]);
            }
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let parts: Vec<_> = parts.iter().map(|part| self.fitting(part)).collect();
            let fields = parts.iter().filter_map(Value::as_object).flatten();
            return fields.map(|(name, value)| (name.clone(), value.clone())).collect();
        }
        let kinds = kinds(schema);
        match kinds.get(self.below(kinds.len().max(1))).copied() {
            Some("string") => self.text().into(),
            Some("integer" | "number") => NUMBERS[self.below(NUMBERS.len())].into(),
            Some("boolean") => (self.below(2) == 0).into(),
            Some("array") => {
                let items = self.below(3);
                (0..items).map(|_| self.fitting(&schema["items"])).collect()
            }
            Some("object") => self.object(schema),
            _ => Value::Null,
        }
    }

    fn object(&mut self, schema: &Value) -> Value {
        let required: Vec<_> = schema["required"].as_array().into_iter().flatten().collect();
        let mut fields = serde_json::Map::new();
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            if required.iter().any(|it| **it == **name) || self.below(2) == 0 {
                fields.insert(name.clone(), self.fitting(field));
            }
        }
        Value::Object(fields)
    }

    /// The value with one thing in it that does not belong there.
    pub fn broken(&mut self, mut value: Value) -> Value {
        let strangers =
            [json!(null), json!([]), json!({}), json!("text"), json!(-1.5e300), json!(true)];
        let stranger = strangers[self.below(strangers.len())].clone();
        let Some(fields) = value.as_object_mut().filter(|it| !it.is_empty()) else {
            return stranger;
        };
        let names: Vec<String> = fields.keys().cloned().collect();
        let name = &names[self.below(names.len())];
        match self.below(4) {
            0 => drop(fields.remove(name)),
            1 => drop(fields.insert(name.clone(), stranger)),
            2 => drop(fields.insert(self.text(), stranger)),
            _ => {
                let inner = fields[name].clone();
                fields.insert(name.clone(), self.broken(inner));
            }
        }
        value
    }
}

/// The schema that a reference means.
pub fn resolved<'v>(document: &'v Value, schema: &'v Value) -> &'v Value {
    match schema["$ref"].as_str() {
        Some(path) => resolved(document, document.pointer(&path[1..]).expect("it is defined")),
        None => schema,
    }
}

/// The JSON types that a schema allows.
pub fn kinds(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ if schema["properties"].is_object() => vec!["object"],
        _ => Vec::new(),
    }
}

fn unescaped(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\\u{") {
        let (code, after) = after.split_once('}').expect("the corpus is well formed");
        let code = u32::from_str_radix(code, 16).expect("the corpus is well formed");
        text.push_str(before);
        text.extend(char::from_u32(code));
        rest = after;
    }
    text + rest
}
