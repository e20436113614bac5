//! The widget and the console share `web/protocol` and never import each other; the loader imports nothing.

use crate::tree::{File, Finding, Tree, pattern};

const IMPORT: &str = r#"(?m)^\s*(?:import|export)\b(\s+type\b)?[^"'\n;]*["']([^"']+)["']|\bimport\(["']()([^"']+)["']\)"#;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let import = pattern(IMPORT);
    let mut findings = Vec::new();
    for file in tree.below("web/", &["ts", "svelte", "js"]) {
        for found in import.captures_iter(&file.text) {
            let (Some(all), Some(from)) = (found.get(0), found.get(2).or(found.get(4))) else {
                continue;
            };
            let is_type = found.get(1).is_some();
            if let Some(problem) = problem(file, from.as_str(), is_type) {
                findings.push(file.finding(all.start(), problem));
            }
        }
    }
    findings
}

fn problem(file: &File, from: &str, is_type: bool) -> Option<&'static str> {
    let target = resolved(file.folder(), from);
    let widget = file.path.starts_with("web/widget/");
    let console = file.path.starts_with("web/console/");
    if widget && (target.starts_with("web/console/") || target.ends_with("/console")) {
        return Some("the widget may not import the console");
    }
    if console && (target.starts_with("web/widget/") || target.ends_with("/widget")) {
        return Some("the console may not import the widget");
    }
    let loader = widget && file.path.contains("/loader/") && !file.path.contains(".test.");
    if loader && !is_type && !from.starts_with('.') {
        return Some("the loader has no dependencies");
    }
    None
}

/// The path that a relative import means; the name of a package stays as it is.
fn resolved(folder: &str, from: &str) -> String {
    if !from.starts_with('.') {
        return from.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in from.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[test]
fn imports_over_the_border_are_found() {
    let tree = crate::tree::planted(&[
        ("web/widget/src/a.ts", "import { b } from \"../../console/src/b\"\n"),
        ("web/console/src/c.ts", "import type { D } from \"@frontdesk/widget\"\n"),
        ("web/console/src/d.ts", "import type { Me } from \"@frontdesk/protocol\"\n"),
        ("web/widget/src/loader/e.ts", "import { x } from \"uuid\"\nimport { f } from \"./f\"\n"),
        ("web/widget/src/loader/g.ts", "import type { D } from \"@frontdesk/protocol\"\n"),
    ]);
    let paths: Vec<_> = check(&tree).into_iter().map(|finding| finding.path).collect();
    assert_eq!(
        paths,
        ["web/widget/src/a.ts", "web/console/src/c.ts", "web/widget/src/loader/e.ts"]
    );
}
