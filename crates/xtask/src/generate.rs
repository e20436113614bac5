//! Writes what is generated and committed: the OpenAPI document and the TypeScript types of it.

use crate::tree::{Finding, Tree};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

const FOLDER: &str = "web/protocol";
const DOCUMENT: &str = "openapi.json";
const TYPES: &str = "generated.ts";

/// Writes the files in place.
pub fn write(tree: &Tree) -> Result<()> {
    write_into(tree, &tree.root.join(FOLDER))
}

/// What would be written differs from what is there.
pub fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let folder = tempfile::tempdir()?;
    write_into(tree, folder.path())?;
    let mut findings = Vec::new();
    for name in [DOCUMENT, TYPES] {
        let path = format!("{FOLDER}/{name}");
        let fresh = fs::read_to_string(folder.path().join(name))?;
        if tree.find(&path).is_none_or(|file| file.text != fresh) {
            let problem = "is stale: run `cargo xtask generate`".into();
            findings.push(Finding { path, line: 1, problem });
        }
    }
    Ok(findings)
}

fn write_into(tree: &Tree, folder: &Path) -> Result<()> {
    let document = folder.join(DOCUMENT);
    fs::write(&document, openapi(tree)?).context("writing the OpenAPI document")?;
    let output = Command::new(tree.root.join("node_modules/.bin/openapi-typescript"))
        .arg(&document)
        .args(["--output".as_ref(), folder.join(TYPES).as_os_str()])
        .args(["--root-types", "--root-types-no-schema-prefix"])
        .output()
        .context("running openapi-typescript; `npm ci` brings it")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

/// What the server prints of itself. It is run and not linked, so that the other checks need no server that compiles.
fn openapi(tree: &Tree) -> Result<Vec<u8>> {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--locked", "--package", "frontdesk-server"])
        .args(["--example", "openapi"])
        .current_dir(&tree.root)
        .output()
        .context("running the example openapi of frontdesk-server")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout)
}
