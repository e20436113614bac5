//! The repository's own files, read once, so that every rule is a function from text to findings.

use anyhow::{Context, Result};
use regex::Regex;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// A text file; its path is relative to the root and uses `/`.
pub struct File {
    pub path: String,
    pub text: String,
}

/// All text files of the repository, without what is built or fetched.
pub struct Tree {
    pub root: PathBuf,
    pub files: Vec<File>,
}

/// One thing to put right.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    pub path: String,
    pub line: usize,
    pub problem: String,
}

/// Folders that hold nothing of our own.
const SKIPPED: [&str; 7] =
    ["target", "node_modules", "dist", "data", "screenshots", ".git", "test-results"];

impl Tree {
    /// Reads the repository in which this program was built.
    pub fn of_repository() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
        let mut files = Vec::new();
        read_folder(&root, &root, &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { root, files })
    }

    /// The file at this path, if there is one.
    pub fn find(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Files below a folder, with one of these endings.
    pub fn below<'a>(
        &'a self,
        folder: &'a str,
        endings: &'a [&'a str],
    ) -> impl Iterator<Item = &'a File> {
        self.files
            .iter()
            .filter(move |file| file.path.starts_with(folder))
            .filter(move |file| endings.contains(&file.ending()))
    }
}

impl File {
    /// What stands after the last dot: `rs`.
    pub fn ending(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, ending)| ending)
    }

    /// The last part of the path: `store.rs`.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The folder, without a slash at the end; empty at the root.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// A finding at this byte of the text.
    pub fn finding(&self, at: usize, problem: impl Into<String>) -> Finding {
        let line = self.text[..at].matches('\n').count() + 1;
        Finding { path: self.path.clone(), line, problem: problem.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.problem)
    }
}

fn read_folder(root: &Path, folder: &Path, files: &mut Vec<File>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        if SKIPPED.iter().any(|skipped| name == *skipped) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            read_folder(root, &entry.path(), files)?;
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            // What is not UTF-8 is a picture, and no rule reads pictures.
            files.push(File { path: relative(root, &entry.path()), text });
        }
    }
    Ok(())
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.components().map(|it| it.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A pattern that is written in this program, and therefore right.
pub fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("patterns are constants")
}

/// A tree made of texts, for the tests of the rules.
#[cfg(test)]
pub fn planted(files: &[(&str, &str)]) -> Tree {
    let files =
        files.iter().map(|(path, text)| File { path: (*path).into(), text: (*text).into() });
    Tree { root: PathBuf::new(), files: files.collect() }
}
