//! Every migration exists for both databases under one name, and says why it is there.

use crate::tree::{File, Finding, Tree, pattern};

const FOLDERS: [&str; 2] = ["migrations/sqlite/", "migrations/postgres/"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let name = pattern(r"^V[1-9][0-9]*__[a-z_]+\.sql$");
    let mut findings = Vec::new();
    for (folder, twins) in [(FOLDERS[0], FOLDERS[1]), (FOLDERS[1], FOLDERS[0])] {
        for file in tree.below(folder, &["sql"]) {
            if tree.find(&format!("{twins}{}", file.name())).is_none() {
                findings.push(file.finding(0, format!("has no twin in {twins}")));
            }
            if !name.is_match(file.name()) {
                findings.push(file.finding(0, "is not named like V7__ratings.sql"));
            }
            findings.extend(missing_reason(file));
        }
    }
    findings
}

fn missing_reason(file: &File) -> Option<Finding> {
    let starts_with_comment = file.text.trim_start().starts_with("--");
    (!starts_with_comment).then(|| file.finding(0, "begins without a comment that says why"))
}

#[test]
fn a_lonely_migration_is_found() {
    let tree = crate::tree::planted(&[
        ("migrations/sqlite/V1__start.sql", "-- The start.\n"),
        ("migrations/postgres/V1__start.sql", "-- The start.\n"),
        ("migrations/sqlite/V2__ratings.sql", "create table rating (id integer);\n"),
        ("migrations/postgres/3-tags.sql", "-- Tags.\n"),
    ]);
    assert_eq!(check(&tree).len(), 4);
}
