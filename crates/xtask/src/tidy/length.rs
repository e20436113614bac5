//! No file is too long to be read in one go.

use crate::tree::{Finding, Tree};

const MOST_LINES: usize = 400;
const ENDINGS: [&str; 4] = ["rs", "ts", "svelte", "css"];
const GENERATED: &str = "web/protocol/generated.ts";

pub fn check(tree: &Tree) -> Vec<Finding> {
    let files = tree.below("", &ENDINGS).filter(|file| file.path != GENERATED);
    files
        .filter_map(|file| {
            let lines = file.text.lines().count();
            (lines > MOST_LINES)
                .then(|| file.finding(0, format!("{lines} lines; split it ({MOST_LINES} at most)")))
        })
        .collect()
}

#[test]
fn a_long_file_is_found() {
    let long = "let a = 1;\n".repeat(MOST_LINES + 1);
    let tree = crate::tree::planted(&[("a.ts", &long), ("b.rs", "fn b() {}\n"), ("c.md", &long)]);
    assert_eq!(check(&tree).len(), 1);
}
