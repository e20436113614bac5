//! SQL stands in `store.rs` and in the db crate, nowhere else.

use super::rust::{is_test, without_comments};
use crate::tree::{Finding, Tree, pattern};

/// The beginning of a statement, right after a quotation mark and written in lower case.
const STATEMENT: &str = r#""\s*(select\s[^"]*\sfrom\s|insert into\s|update\s+\w+\s+set\s|delete from\s|create table\s)"#;

/// Crates that own a driver or measure one.
const OWNERS: [&str; 3] = ["crates/db/", "crates/load/", "crates/xtask/"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let statement = pattern(STATEMENT);
    let mut findings = Vec::new();
    for file in tree.below("crates/", &["rs"]).filter(|file| !may_hold_sql(&file.path)) {
        let text = without_comments(&file.text);
        let found = statement.find_iter(&text);
        findings.extend(found.map(|it| file.finding(it.start(), "SQL belongs in store.rs")));
    }
    findings
}

fn may_hold_sql(path: &str) -> bool {
    path.ends_with("/store.rs")
        || path.contains("/store/")
        || is_test(path)
        || OWNERS.iter().any(|owner| path.starts_with(owner))
}

#[test]
fn a_statement_outside_a_store_is_found() {
    let text = "tx.run(\"\n    insert into message (id) values ($1)\")?;\n";
    let prose = "bail!(\"select one from the list\");\n// \"delete from message\"\n";
    let tree = crate::tree::planted(&[
        ("crates/server/src/messages/mod.rs", text),
        ("crates/server/src/messages/store.rs", text),
        ("crates/db/src/lib.rs", text),
        ("crates/server/src/other/mod.rs", &prose.replace("select one from ", "select one of ")),
    ]);
    assert_eq!(check(&tree).len(), 1);
}
