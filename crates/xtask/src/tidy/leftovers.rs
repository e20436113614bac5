//! Nothing unfinished is left behind, no test is switched off, and nothing tells of one machine.

use crate::tree::{File, Finding, Tree, pattern};

const CODE: [&str; 7] = ["rs", "ts", "js", "svelte", "css", "sql", "sh"];
const TEXT: [&str; 12] =
    ["rs", "ts", "js", "svelte", "css", "sql", "sh", "toml", "json", "md", "html", ""];

/// What may not stand in which files, and why.
struct Rule {
    endings: &'static [&'static str],
    pattern: String,
    why: &'static str,
}

/// The patterns are written in pieces, so that this file does not find itself.
fn rules() -> [Rule; 5] {
    [
        Rule {
            endings: &CODE,
            pattern: ["\\bTO", "DO\\b|\\bFIX", "ME\\b"].concat(),
            why: "finish it or open an issue",
        },
        Rule {
            endings: &["rs"],
            pattern: ["#\\[ign", "ore"].concat(),
            why: "a test runs or it goes",
        },
        Rule {
            endings: &["ts", "js"],
            pattern: ["\\b(test|it|describe)\\.(sk", "ip|on", "ly|to", "do)\\b"].concat(),
            why: "a test runs or it goes",
        },
        Rule {
            endings: &TEXT,
            pattern: ["/wo", "rk/|/ro", "ot/|/ho", "me/[a-z]"].concat(),
            why: "is a path of one machine",
        },
        Rule {
            endings: &["json"],
            pattern: ["\"resol", "ved\": \"http"].concat(),
            why: "names the host of a registry",
        },
    ]
}

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules() {
        let wanted = pattern(&rule.pattern);
        for file in tree.below("", rule.endings) {
            let found = wanted.find_iter(&file.text);
            findings
                .extend(found.map(|it| {
                    file.finding(it.start(), format!("`{}`: {}", it.as_str(), rule.why))
                }));
        }
    }
    findings.extend(tree.find("Cargo.lock").map(foreign_sources).unwrap_or_default());
    findings
}

/// Everybody must be able to fetch what Cargo.lock names.
fn foreign_sources(lock: &File) -> Vec<Finding> {
    let source = "source = \"";
    let ours = "registry+https://github.com/rust-lang/crates.io-index\"";
    let sources = lock.text.match_indices(source);
    sources
        .filter(|(at, _)| !lock.text[at + source.len()..].starts_with(ours))
        .map(|(at, _)| lock.finding(at, "comes from elsewhere than crates.io"))
        .collect()
}

#[test]
fn what_is_left_behind_is_found() {
    let unfinished = ["// TO", "DO: later\n"].concat();
    let switched_off = ["test.sk", "ip(\"a\", b)\n"].concat();
    let path = ["see /ro", "ot/notes\n"].concat();
    let tree = crate::tree::planted(&[
        ("a.rs", &unfinished),
        ("b.ts", &switched_off),
        ("c.md", &path),
        ("d.toml", "source = \"registry+https://mirror.example/index\"\n"),
        ("Cargo.lock", "source = \"registry+https://mirror.example/index\"\n"),
    ]);
    assert_eq!(check(&tree).len(), 4);
}
