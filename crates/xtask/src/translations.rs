//! Every language says everything that English says, with the same placeholders, and every error has a text.

use crate::tree::{File, Finding, Tree, pattern};
use std::collections::{BTreeMap, BTreeSet};

const SOURCE: &str = "translations/en/";
/// What visitors read is there in every language; what the team reads, in these.
const VISITOR_FILES: [&str; 2] = ["widget.json", "channel.json"];
const TEAM_LANGUAGES: [&str; 1] = ["es"];
const ERRORS: &str = "translations/en/errors.json";
const PROTOCOL: &str = "docs/protocol.md";

type Texts = BTreeMap<String, String>;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.below(SOURCE, &["json"]) {
        let for_visitors = VISITOR_FILES.contains(&source.name());
        let wanted = |it: &String| for_visitors || TEAM_LANGUAGES.contains(&it.as_str());
        for language in languages(tree).into_iter().filter(wanted) {
            findings.extend(differences(tree, source, &language));
        }
    }
    findings.extend(strays(tree));
    findings.extend(errors_without_text(tree));
    findings
}

/// Folders of `translations` beside English.
fn languages(tree: &Tree) -> BTreeSet<String> {
    let files = tree.below("translations/", &["json"]);
    let folders = files.filter_map(|file| file.path.split('/').nth(1));
    folders.filter(|language| *language != "en").map(String::from).collect()
}

fn differences(tree: &Tree, source: &File, language: &str) -> Vec<Finding> {
    let path = format!("translations/{language}/{}", source.name());
    let Some(file) = tree.find(&path) else {
        return vec![source.finding(0, format!("is missing in {language}"))];
    };
    let (english, translated) = match (texts(source), texts(file)) {
        (Ok(english), Ok(translated)) => (english, translated),
        (Err(finding), _) | (_, Err(finding)) => return vec![finding],
    };
    let mut findings = Vec::new();
    for (key, text) in &english {
        match translated.get(key) {
            None => findings.push(file.finding(0, format!("{key} is missing"))),
            Some(other) if other.trim().is_empty() => {
                findings.push(file.finding(0, format!("{key} is empty")));
            }
            Some(other) if placeholders(other) != placeholders(text) => {
                findings
                    .push(file.finding(0, format!("{key} has other placeholders than English")));
            }
            Some(_) => {}
        }
    }
    let unknown = translated.keys().filter(|key| !english.contains_key(*key));
    findings.extend(unknown.map(|key| file.finding(0, format!("{key} is not in English"))));
    findings
}

/// Catalogues that exist in another language alone.
fn strays(tree: &Tree) -> Vec<Finding> {
    let files = tree.below("translations/", &["json"]);
    files
        .filter(|file| tree.find(&format!("{SOURCE}{}", file.name())).is_none())
        .map(|file| file.finding(0, "is not there in English"))
        .collect()
}

/// The table of error codes in the protocol and the catalogue name the same codes.
fn errors_without_text(tree: &Tree) -> Vec<Finding> {
    let (Some(catalogue), Some(protocol)) = (tree.find(ERRORS), tree.find(PROTOCOL)) else {
        return Vec::new();
    };
    let texts = texts(catalogue).unwrap_or_default();
    let codes = error_codes(&protocol.text);
    let silent = codes.iter().filter(|code| !texts.contains_key(*code));
    silent.map(|code| catalogue.finding(0, format!("the error {code} has no text"))).collect()
}

/// Codes stand in the first column of the rows whose second column is a status.
fn error_codes(protocol: &str) -> BTreeSet<String> {
    let row = pattern(r"(?m)^\| ([^|]+)\| [45]\d\d \|");
    let code = pattern("`([a-z_]+)`");
    let rows: Vec<String> = row.captures_iter(protocol).map(|it| it[1].to_owned()).collect();
    rows.iter().flat_map(|row| code.captures_iter(row).map(|it| it[1].to_owned())).collect()
}

fn texts(file: &File) -> Result<Texts, Finding> {
    serde_json::from_str(&file.text)
        .map_err(|error| file.finding(0, format!("is not a flat list of texts: {error}")))
}

fn placeholders(text: &str) -> BTreeSet<String> {
    pattern(r"\{\w+\}").find_iter(text).map(|it| it.as_str().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::planted;

    #[test]
    fn missing_keys_and_other_placeholders_are_found() {
        let tree = planted(&[
            ("translations/en/widget.json", r#"{"a": "{n} left", "b": "Send", "c": "Close"}"#),
            ("translations/es/widget.json", r#"{"a": "quedan {m}", "b": "Enviar", "d": "?"}"#),
            ("translations/en/console.json", "{}"),
        ]);
        let problems: Vec<_> = check(&tree).into_iter().map(|it| it.problem).collect();
        assert_eq!(
            problems,
            [
                "a has other placeholders than English",
                "c is missing",
                "d is not in English",
                "is missing in es",
            ]
        );
    }

    #[test]
    fn an_error_without_a_text_is_found() {
        let table =
            "| code | status |\n|---|---|\n| `busy` | 503 | again |\n| `a`, `b` | 422 | no |\n";
        let tree = planted(&[
            ("docs/protocol.md", table),
            ("translations/en/errors.json", r#"{"busy": "Try again.", "a": "No."}"#),
            ("translations/es/errors.json", r#"{"busy": "Pruebe de nuevo.", "a": "No."}"#),
        ]);
        assert_eq!(check(&tree).len(), 1);
    }
}
