//! Who may know whom: the borders of ARCHITECTURE.md that show in `use` and in Cargo.toml.

use super::rust::{is_test, without_comments};
use crate::tree::{File, Finding, Tree, pattern};
use std::collections::BTreeSet;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = domain_is_pure(tree);
    findings.extend(axum_stays_at_the_edge(tree));
    findings.extend(stores_are_private(tree));
    findings
}

/// Crates that would give `domain` a runtime, a driver, the time or chance.
const IMPURE: [&str; 12] = [
    "tokio",
    "axum",
    "tower",
    "tower-http",
    "hyper",
    "reqwest",
    "rusqlite",
    "tokio-postgres",
    "deadpool-postgres",
    "async-nats",
    "rand",
    "getrandom",
];
const TIME_AND_CHANCE: &str =
    r"SystemTime::now|Instant::now|Timestamp::now|Zoned::now|Uuid::now_v7|Uuid::new_v4|rand::";

fn domain_is_pure(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(manifest) = tree.find("crates/domain/Cargo.toml") {
        findings.extend(impure_dependencies(manifest));
    }
    let asks = pattern(TIME_AND_CHANCE);
    for file in tree.below("crates/domain/src/", &["rs"]) {
        let text = without_comments(&file.text);
        findings.extend(asks.find_iter(&text).map(|found| {
            let problem = format!("domain is told the time and chance; no `{}`", found.as_str());
            file.finding(found.start(), problem)
        }));
    }
    findings
}

fn impure_dependencies(manifest: &File) -> Vec<Finding> {
    let table: toml::Table = manifest.text.parse().unwrap_or_default();
    let Some(dependencies) = table.get("dependencies").and_then(toml::Value::as_table) else {
        return Vec::new();
    };
    let is_impure = |name: &&String| IMPURE.contains(&name.as_str()) || name.contains("frontdesk");
    let names = dependencies.keys().filter(is_impure);
    names.map(|name| manifest.finding(0, format!("domain may not depend on {name}"))).collect()
}

fn axum_stays_at_the_edge(tree: &Tree) -> Vec<Finding> {
    let axum = pattern(r"\baxum(_extra)?::");
    let files = tree.below("crates/", &["rs"]).filter(|file| !may_know_axum(&file.path));
    let mut findings = Vec::new();
    for file in files {
        let text = without_comments(&file.text);
        findings.extend(axum.find(&text).map(|found| {
            file.finding(found.start(), "axum belongs in api.rs, page.rs, http/ or realtime/")
        }));
    }
    findings
}

/// The load generator measures what the bare framework can do.
fn may_know_axum(path: &str) -> bool {
    let Some(inside) = path.strip_prefix("crates/server/src/") else {
        return is_test(path)
            || path.starts_with("crates/xtask/")
            || path.starts_with("crates/load/");
    };
    let folder = ["http/", "realtime/"].iter().any(|it| inside.starts_with(it));
    // A slice with two kinds of callers has operator_api.rs and visitor_api.rs.
    let file = ["api.rs", "page.rs", "serve.rs"].iter().any(|it| inside.ends_with(it));
    folder || file || is_test(path)
}

fn stores_are_private(tree: &Tree) -> Vec<Finding> {
    let store = pattern(r"\b([a-z_]+)::store\b(?:::(\w+))?");
    let slices = slices(tree);
    let mut findings = Vec::new();
    for file in tree.below("crates/server/src/", &["rs"]).filter(|file| !is_test(&file.path)) {
        let text = without_comments(&file.text);
        for found in store.captures_iter(&text) {
            let (Some(at), other) = (found.get(0), &found[1]) else {
                continue;
            };
            // The list of all statements, for the test that prepares them.
            let listed = found.get(2).is_some_and(|it| it.as_str() == "STATEMENTS");
            if slices.contains(other) && slice_of(&file.path) != Some(other) && !listed {
                let problem = format!("only {other} may use its store; call one of its verbs");
                findings.push(file.finding(at.start(), problem));
            }
        }
    }
    findings
}

/// Folders of the server that have a store.
fn slices(tree: &Tree) -> BTreeSet<&str> {
    let stores = tree.below("crates/server/src/", &["rs"]);
    stores
        .filter(|file| file.name() == "store.rs" || file.folder().ends_with("/store"))
        .filter_map(|file| slice_of(&file.path))
        .collect()
}

fn slice_of(path: &str) -> Option<&str> {
    path.strip_prefix("crates/server/src/")?.split_once('/').map(|(slice, _)| slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::planted;

    #[test]
    fn a_runtime_in_domain_is_found() {
        let manifest = "[dependencies]\nserde = '1'\ntokio.workspace = true\n";
        let tree = planted(&[("crates/domain/Cargo.toml", manifest)]);
        assert_eq!(check(&tree).len(), 1);
    }

    #[test]
    fn the_clock_in_domain_is_found_but_not_in_a_comment() {
        let text = "// never Instant::now()\nlet now = Timestamp::now();\n";
        let findings = check(&planted(&[("crates/domain/src/rule.rs", text)]));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].line, 2);
    }

    #[test]
    fn axum_is_found_outside_the_edge() {
        let text = "use axum::Router;\n";
        let tree = planted(&[
            ("crates/server/src/messages/mod.rs", text),
            ("crates/server/src/messages/api.rs", text),
            ("crates/server/src/http/router.rs", text),
            ("crates/db/src/lib.rs", text),
        ]);
        assert_eq!(check(&tree).len(), 2);
    }

    #[test]
    fn the_store_of_another_slice_is_found() {
        let tree = planted(&[
            ("crates/server/src/messages/store.rs", ""),
            ("crates/server/src/messages/mod.rs", "use crate::messages::store::insert;\n"),
            ("crates/server/src/channels/mod.rs", "crate::messages::store::insert(tx)?;\n"),
        ]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].path, "crates/server/src/channels/mod.rs");
    }
}
