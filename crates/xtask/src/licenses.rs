//! What the product is built from may be passed on, comes from the registries, and none of it is banned.
//!
//! deny.toml is written for `cargo deny`, which takes many minutes to build; this reads the same
//! three sections from `cargo metadata`, and looks at the packages that npm puts in the bundles too.

use crate::spdx;
use crate::tree::{Finding, Tree};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::process::Command;

const POLICY: &str = "deny.toml";
const NPM_LOCK: &str = "package-lock.json";

struct Policy {
    allowed: Vec<String>,
    banned: Vec<String>,
}

pub fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let policy = Policy::read(&tree.find(POLICY).context("deny.toml is missing")?.text)?;
    let mut problems = Vec::new();
    for package in crates(tree)? {
        problems.extend(policy.problems_of_crate(&package));
    }
    let lock = tree.find(NPM_LOCK).context("package-lock.json is missing")?;
    problems.extend(policy.problems_of_bundles(&serde_json::from_str(&lock.text)?));
    let finding = |problem| Finding { path: POLICY.into(), line: 1, problem };
    Ok(problems.into_iter().map(finding).collect())
}

/// All crates that any target of the workspace is built from, our own left out.
fn crates(tree: &Tree) -> Result<Vec<Value>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked"])
        .current_dir(&tree.root)
        .output()
        .context("running cargo metadata")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    Ok(packages.into_iter().filter(|package| !package["source"].is_null()).collect())
}

impl Policy {
    fn read(text: &str) -> Result<Self> {
        let table: toml::Table = text.parse().context("reading deny.toml")?;
        let strings = |value: Option<&toml::Value>| -> Vec<String> {
            let list = value.and_then(toml::Value::as_array).cloned().unwrap_or_default();
            list.iter().filter_map(|it| it.as_str().map(String::from)).collect()
        };
        let banned = table["bans"].get("deny").and_then(toml::Value::as_array);
        let names = banned.into_iter().flatten().filter_map(|it| it.get("crate")?.as_str());
        Ok(Self {
            allowed: strings(table["licenses"].get("allow")),
            banned: names.map(String::from).collect(),
        })
    }

    fn problems_of_crate(&self, package: &Value) -> Vec<String> {
        let name = package["name"].as_str().unwrap_or_default();
        let license = package["license"].as_str().unwrap_or_default();
        let source = package["source"].as_str().unwrap_or_default();
        let mut problems = Vec::new();
        if !spdx::is_allowed(license, &self.allowed) {
            problems.push(format!("crate {name}: licence `{license}` is not allowed"));
        }
        if self.banned.iter().any(|banned| banned == name) {
            problems.push(format!("crate {name} is banned"));
        }
        if !source.starts_with("registry+") {
            problems.push(format!("crate {name} does not come from a registry"));
        }
        problems
    }

    /// Packages for development alone are not part of what we pass on.
    fn problems_of_bundles(&self, lock: &Value) -> Vec<String> {
        let packages = lock["packages"].as_object().into_iter().flatten();
        packages
            .filter(|(path, package)| path.contains("node_modules/") && package["link"] != true)
            .filter(|(_, package)| package["dev"] != true)
            .filter_map(|(path, package)| {
                let license = package["license"].as_str().unwrap_or_default();
                let allowed = spdx::is_allowed(license, &self.allowed);
                (!allowed).then(|| format!("package {path}: licence `{license}` is not allowed"))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn policy() -> Policy {
        let text = "[licenses]\nallow = ['MIT']\n[bans]\ndeny = [{ crate = 'openssl-sys' }]\n";
        Policy::read(text).unwrap()
    }

    #[test]
    fn licence_ban_and_source_are_found() {
        let good = json!({"name": "serde", "license": "MIT", "source": "registry+https://x"});
        let bad = json!({"name": "openssl-sys", "license": null, "source": "git+https://x"});
        assert!(policy().problems_of_crate(&good).is_empty());
        assert_eq!(policy().problems_of_crate(&bad).len(), 3);
    }

    #[test]
    fn only_what_is_bundled_counts() {
        let lock = json!({"packages": {
            "": {"name": "frontdesk"},
            "node_modules/a": {"license": "GPL-3.0-only"},
            "node_modules/b": {"license": "GPL-3.0-only", "dev": true},
            "node_modules/@frontdesk/c": {"link": true},
            "node_modules/d": {"license": "MIT"},
        }});
        assert_eq!(policy().problems_of_bundles(&lock).len(), 1);
    }
}
