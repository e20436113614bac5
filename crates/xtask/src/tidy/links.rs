//! Links between the documents lead somewhere, down to the heading.

use crate::tree::{File, Finding, Tree, pattern};

pub fn check(tree: &Tree) -> Vec<Finding> {
    let link = pattern(r"\]\(([^)\s]+)\)");
    let mut findings = Vec::new();
    for file in tree.below("", &["md"]) {
        for found in link.captures_iter(&file.text) {
            let target = &found[1];
            let elsewhere =
                ["http://", "https://", "mailto:"].iter().any(|it| target.starts_with(it));
            if !elsewhere && !leads_somewhere(tree, file, target) {
                let at = found.get(0).map_or(0, |it| it.start());
                findings.push(file.finding(at, format!("the link {target} leads nowhere")));
            }
        }
    }
    findings
}

fn leads_somewhere(tree: &Tree, file: &File, target: &str) -> bool {
    let (path, heading) = target.split_once('#').unwrap_or((target, ""));
    let path = if path.is_empty() { file.path.clone() } else { joined(file.folder(), path) };
    match tree.find(&path) {
        Some(document) => heading.is_empty() || has_heading(document, heading),
        // Folders and pictures are not among the texts.
        None => heading.is_empty() && tree.root.join(&path).exists(),
    }
}

fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

fn has_heading(document: &File, heading: &str) -> bool {
    document.text.lines().filter(|line| line.starts_with('#')).any(|line| anchor(line) == heading)
}

/// The name under which a heading can be linked to.
fn anchor(line: &str) -> String {
    let words = line.trim_start_matches('#').trim().to_lowercase();
    words
        .chars()
        .filter(|it| it.is_alphanumeric() || [' ', '-', '_'].contains(it))
        .map(|it| if it == ' ' { '-' } else { it })
        .collect()
}

#[test]
fn a_broken_link_is_found() {
    let tree = crate::tree::planted(&[
        ("README.md", "[a](docs/a.md) [b](docs/b.md) [c](docs/a.md#the-end) [d](https://x.org)\n"),
        ("docs/a.md", "# A\n## The `start`!\n[here](#the-start) [up](../README.md)\n"),
    ]);
    let findings = check(&tree);
    assert_eq!(findings.len(), 2, "{findings:?}");
}
