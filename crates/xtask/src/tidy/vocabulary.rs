//! Names of tables, routes, events and the types of `domain` are built from the words of VOCABULARY.md.

use crate::tree::{File, Finding, Tree, pattern};
use std::collections::{BTreeMap, BTreeSet};

/// The listed words, and for each word never to be used the one that we use.
struct Vocabulary {
    words: BTreeSet<String>,
    never: BTreeMap<String, String>,
}

/// Names of files that say nothing about what is inside.
const EMPTY_NAMES: [&str; 9] =
    ["util", "utils", "helper", "helpers", "common", "misc", "manager", "service", "processor"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let Some(document) = tree.find("VOCABULARY.md") else {
        return Vec::new();
    };
    let vocabulary = Vocabulary::read(&document.text);
    let mut findings = Vec::new();
    for (file, at, name) in names(tree) {
        let problem = vocabulary.problem(&name);
        findings.extend(problem.map(|problem| file.finding(at, format!("`{name}`: {problem}"))));
    }
    findings.extend(empty_names(tree));
    findings
}

/// Every name to be checked: table, route, event, public type of `domain`.
fn names(tree: &Tree) -> Vec<(&File, usize, String)> {
    let places: [(&str, &[&str], &str); 4] = [
        ("migrations/", &["sql"], r"(?i)create table (?:if not exists )?(\w+)"),
        ("docs/protocol.md", &["md"], r"`(?:GET|POST|PUT|PATCH|DELETE) (/[^`?\s]*)"),
        ("crates/domain/src/event.rs", &["rs"], r#""([a-z_]+\.[a-z_]+)""#),
        ("crates/domain/src/", &["rs"], r"(?m)^pub (?:struct|enum|trait|type) (\w+)"),
    ];
    let mut names = Vec::new();
    for (folder, endings, wanted) in places {
        let wanted = pattern(wanted);
        for file in tree.below(folder, endings) {
            let found = wanted.captures_iter(&file.text).filter_map(|it| it.get(1));
            names.extend(found.map(|it| (file, it.start(), it.as_str().to_owned())));
        }
    }
    names
}

impl Vocabulary {
    /// Bold words of the tables and words in backticks under "Plain words" may be used.
    fn read(document: &str) -> Self {
        let bold = pattern(r"\*\*([^*]+)\*\*");
        let (tables, plain) = document.split_once("## Plain words").unwrap_or((document, ""));
        let mut vocabulary = Self { words: quoted_words(plain), never: BTreeMap::new() };
        for row in tables.lines().filter(|line| line.starts_with("| **")) {
            let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
            let (ours, never) = (cells[0], cells.last().copied().unwrap_or(""));
            for term in bold.captures_iter(row) {
                vocabulary.words.extend(parts(&term[1]));
            }
            let ours = ours.replace("**", "").trim().to_owned();
            let never = quoted_words(never).into_iter().map(|word| (word, ours.clone()));
            vocabulary.never.extend(never);
        }
        vocabulary
    }

    fn problem(&self, name: &str) -> Option<String> {
        let parts = parts(name);
        let unknown = parts.iter().find(|part| !self.words.contains(part.as_str()))?;
        Some(match self.never.get(unknown) {
            Some(ours) => format!("say {ours}, not {unknown}"),
            None => format!("{unknown} is not in VOCABULARY.md"),
        })
    }
}

fn quoted_words(text: &str) -> BTreeSet<String> {
    pattern("`([^`]+)`").captures_iter(text).flat_map(|quoted| parts(&quoted[1])).collect()
}

/// The words of a name, in lower case and singular: `VisitorEvents` is `visitor`, `event`.
fn parts(name: &str) -> Vec<String> {
    let placeholders = pattern(r"\{[^}]*\}").replace_all(name, "");
    pattern(r"[A-Z]?[a-z0-9]+|[A-Z]+")
        .find_iter(&placeholders)
        .map(|part| singular(&part.as_str().to_lowercase()))
        .collect()
}

fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let keeps_its_s = ["ss", "us", "is", "as"].iter().any(|end| word.ends_with(end));
    let stem = if keeps_its_s { None } else { word.strip_suffix('s') };
    stem.unwrap_or(word).to_owned()
}

fn empty_names(tree: &Tree) -> Vec<Finding> {
    let files = tree.files.iter().filter(|file| {
        let stem = file.name().split('.').next().unwrap_or("");
        EMPTY_NAMES.contains(&stem)
            || EMPTY_NAMES.iter().any(|name| file.folder().ends_with(&format!("/{name}")))
    });
    files.map(|file| file.finding(0, "the name does not say what is inside")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::planted;

    const WORDS: &str = "# Words\n\
        | Our word | Means | Never in code |\n|---|---|---|\n\
        | **conversation** | an exchange | `chat`, `thread` |\n\
        | **page view** | a page | `visit` |\n\
        ## Plain words\n`id`, `open`, `opened`\n";

    fn problems(path: &str, text: &str) -> Vec<String> {
        let tree = planted(&[("VOCABULARY.md", WORDS), (path, text)]);
        check(&tree).into_iter().map(|finding| finding.problem).collect()
    }

    #[test]
    fn names_of_listed_words_pass() {
        assert!(problems("migrations/sqlite/V1__a.sql", "create table page_view (").is_empty());
        assert!(problems("docs/protocol.md", "`GET /conversations/{thread}`").is_empty());
        assert!(problems("crates/domain/src/a.rs", "pub struct ConversationId(i64);").is_empty());
        assert!(problems("crates/domain/src/event.rs", "\"conversation.opened\"").is_empty());
    }

    #[test]
    fn a_synonym_names_the_word_that_we_use() {
        let found = problems("crates/domain/src/a.rs", "pub enum ChatId {}");
        assert_eq!(found, ["`ChatId`: say conversation, not chat"]);
    }

    #[test]
    fn an_unlisted_word_and_an_empty_name_are_found() {
        assert_eq!(problems("migrations/sqlite/V1__a.sql", "create table gadget (").len(), 1);
        assert_eq!(problems("crates/server/src/utils.rs", "").len(), 1);
    }
}
