//! `tidy`: the conventions that a program can check, so that reviews can be about taste.
//!
//! Each rule is one file with one `check`, and a test that plants what it must find.

mod imports;
mod leftovers;
mod length;
mod links;
mod migrations;
mod module_docs;
mod rust;
mod sql;
mod vocabulary;
mod web_imports;

use crate::tree::{Finding, Tree};

/// Everything that breaks a rule, in order of the files.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let rules = [
        length::check,
        imports::check,
        sql::check,
        web_imports::check,
        migrations::check,
        module_docs::check,
        links::check,
        vocabulary::check,
        leftovers::check,
    ];
    let mut findings: Vec<_> = rules.iter().flat_map(|rule| rule(tree)).collect();
    findings.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    findings
}

#[test]
fn this_repository_is_tidy() {
    let findings = check(&Tree::of_repository().unwrap());
    let findings: Vec<_> = findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}
