//! Every module that others see says in its first lines what it promises.

use crate::tree::{File, Finding, Tree, pattern};

pub fn check(tree: &Tree) -> Vec<Finding> {
    let public = pattern(r"(?m)^pub mod ([a-z_0-9]+);");
    let mut findings = Vec::new();
    for file in tree.below("crates/", &["rs"]).filter(|file| file.path.contains("/src/")) {
        if ["lib.rs", "main.rs", "mod.rs"].contains(&file.name()) && !has_doc(file) {
            findings.push(file.finding(0, "begins without a `//!` line"));
        }
        for declared in public.captures_iter(&file.text) {
            let module = child(tree, file, &declared[1]);
            let bare = module.filter(|it| it.name() != "mod.rs" && !has_doc(it));
            findings.extend(bare.map(|it| it.finding(0, "is public and has no `//!` line")));
        }
    }
    findings
}

fn has_doc(file: &File) -> bool {
    file.text.starts_with("//!")
}

fn child<'a>(tree: &'a Tree, parent: &File, name: &str) -> Option<&'a File> {
    let folder = parent.folder();
    let inside = parent.name().trim_end_matches(".rs");
    let base = match inside {
        "lib" | "main" | "mod" => folder.to_owned(),
        inside => format!("{folder}/{inside}"),
    };
    tree.find(&format!("{base}/{name}.rs")).or_else(|| tree.find(&format!("{base}/{name}/mod.rs")))
}

#[test]
fn a_public_module_without_words_is_found() {
    let tree = crate::tree::planted(&[
        ("crates/db/src/lib.rs", "//! The database.\npub mod tx;\nmod pool;\n"),
        ("crates/db/src/tx.rs", "pub struct Tx;\n"),
        ("crates/db/src/pool.rs", "struct Pool;\n"),
        ("crates/bus/src/lib.rs", "pub struct Bus;\n"),
    ]);
    assert_eq!(check(&tree).len(), 2);
}
