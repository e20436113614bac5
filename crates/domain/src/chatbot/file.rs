//! Scripts as files that people can read, keep and change (F14).
//!
//! A file knows no ids: steps and answers are called by their numbers, and expertises by their names.

use super::script::{Answer, Script, Step, StepKind};
use super::validation::ScriptProblemKind;
use crate::text::name_key;
use crate::{AnswerId, ExpertiseId, StepId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use toml::Spanned;

/// The form of files that this release writes, and the newest that it reads.
pub const FILE_FORMAT: i64 = 1;

const HEAD: &str =
    "# A chatbot of Frontdesk. In `only_if`, 2.1 is the first answer of the second step.\n";

/// A chatbot from a file. Its ids are new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedScript {
    /// What the file calls the chatbot.
    pub name: String,
    /// What it says.
    pub script: Script,
    /// Expertises of the file that nobody has here; its forwards do without them.
    pub unknown_expertises: Vec<String>,
}

/// Why a file was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct FileError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: FileProblem,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// Not TOML, or not the keys of a script.
    #[error("{0}")]
    Syntax(String),
    /// Written by a later release.
    #[error("format {0} is not known, only {FILE_FORMAT}")]
    Format(i64),
    /// No kind of step.
    #[error("`{0}` is no type of step")]
    KindUnknown(String),
    /// The answer does not stand where the condition says.
    #[error("`{0}` is no answer of this file, such as \"2.1: Yes\"")]
    AnswerUnknown(String),
    /// The script could not be stored.
    #[error("{0}")]
    Script(ScriptProblemKind),
}

/// Writes a script, with the names of the expertises that its forwards ask for.
#[must_use]
pub fn export(name: &str, script: &Script, expertises: &BTreeMap<ExpertiseId, String>) -> String {
    let answers = answer_names(script);
    let steps = script.steps.iter().map(|step| WrittenStep {
        kind: step.kind.as_str(),
        message: &step.message,
        only_if: step.only_if.iter().filter_map(|id| answers.get(id)).cloned().collect(),
        expertises: step.expertises.iter().filter_map(|id| expertises.get(id)).collect(),
        answers: step.answers.iter().map(WrittenAnswer::of).collect(),
    });
    let written = WrittenFile { format: FILE_FORMAT, name, steps: steps.collect() };
    let body = toml::to_string_pretty(&written).unwrap_or_else(|_| unreachable!("only texts"));
    format!("{HEAD}{body}")
}

/// How a condition calls each answer: `2.1: Yes`.
fn answer_names(script: &Script) -> HashMap<AnswerId, String> {
    let of_step = |(step, number): (&Step, usize)| {
        let name =
            |(answer, at): (&Answer, usize)| (answer.id, format!("{number}.{at}: {}", answer.text));
        step.answers.iter().zip(1..).map(name).collect::<Vec<_>>()
    };
    script.steps.iter().zip(1..).flat_map(of_step).collect()
}

#[derive(Serialize)]
struct WrittenFile<'a> {
    format: i64,
    name: &'a str,
    #[serde(rename = "step")]
    steps: Vec<WrittenStep<'a>>,
}

#[derive(Serialize)]
struct WrittenStep<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    message: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    only_if: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    expertises: Vec<&'a String>,
    #[serde(rename = "answer", skip_serializing_if = "Vec::is_empty")]
    answers: Vec<WrittenAnswer<'a>>,
}

#[derive(Serialize)]
struct WrittenAnswer<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    link: &'a str,
}

impl<'a> WrittenAnswer<'a> {
    fn of(answer: &'a Answer) -> Self {
        Self { text: &answer.text, link: &answer.link }
    }
}

/// Reads a script that can be stored. Expertises are found by their names, whatever their case.
pub fn import(
    text: &str,
    expertises: &BTreeMap<ExpertiseId, String>,
) -> Result<ImportedScript, FileError> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let by_name = expertises.iter().map(|(id, name)| (name_key(name), *id)).collect();
    let reader = Reader { text: &text, expertises: by_name, unknown: Vec::new() };
    let file: ReadFile = toml::from_str(&text).map_err(|error| {
        let at = error.span().unwrap_or(0..0);
        reader.error(&at, FileProblem::Syntax(error.message().to_owned()))
    })?;
    reader.read(&file)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadFile {
    format: Spanned<i64>,
    name: String,
    #[serde(default, rename = "step")]
    steps: Vec<ReadStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadStep {
    #[serde(rename = "type")]
    kind: Spanned<String>,
    message: Option<Spanned<String>>,
    #[serde(default)]
    only_if: Vec<Spanned<String>>,
    #[serde(default)]
    expertises: Vec<String>,
    #[serde(default, rename = "answer")]
    answers: Vec<ReadAnswer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadAnswer {
    text: Spanned<String>,
    link: Option<Spanned<String>>,
}

struct Reader<'a> {
    text: &'a str,
    expertises: HashMap<String, ExpertiseId>,
    unknown: Vec<String>,
}

impl Reader<'_> {
    fn read(mut self, file: &ReadFile) -> Result<ImportedScript, FileError> {
        if *file.format.get_ref() != FILE_FORMAT {
            let problem = FileProblem::Format(*file.format.get_ref());
            return Err(self.error(&file.format.span(), problem));
        }
        let mut script = Script::default();
        let mut ids = 1..;
        for step in &file.steps {
            let step = self.step(step, &script, &mut ids)?;
            script.steps.push(step);
        }
        if let Some(problem) = script.problems().into_iter().next() {
            let at = place(file, &problem.field);
            return Err(self.error(&at, FileProblem::Script(problem.kind)));
        }
        Ok(ImportedScript { name: file.name.clone(), script, unknown_expertises: self.unknown })
    }

    fn step(
        &mut self,
        read: &ReadStep,
        before: &Script,
        ids: &mut impl Iterator<Item = i64>,
    ) -> Result<Step, FileError> {
        let name = read.kind.get_ref();
        let kind = StepKind::parse(name)
            .ok_or_else(|| self.error(&read.kind.span(), FileProblem::KindUnknown(name.clone())))?;
        let only_if = read.only_if.iter().map(|name| self.answer(name, before));
        let only_if = only_if.collect::<Result<_, _>>()?;
        let mut next = || ids.next().unwrap_or(i64::MAX);
        Ok(Step {
            id: StepId(next()),
            kind,
            message: owned(read.message.as_ref()),
            answers: read.answers.iter().map(|it| it.answer(AnswerId(next()))).collect(),
            only_if,
            expertises: read.expertises.iter().filter_map(|it| self.expertise(it)).collect(),
        })
    }

    /// The answer that is called so; what follows its numbers must be its text, or somebody has moved it.
    fn answer(&self, name: &Spanned<String>, before: &Script) -> Result<AnswerId, FileError> {
        let (numbers, text) = name.get_ref().split_once(':').unwrap_or((name.get_ref(), ""));
        let found = numbers.split_once('.').and_then(|(step, answer)| {
            let step = before.steps.get(number(step)?)?;
            step.answers.get(number(answer)?)
        });
        let fits = |answer: &&Answer| text.is_empty() || text.trim() == answer.text.trim();
        found.filter(fits).map(|answer| answer.id).ok_or_else(|| {
            self.error(&name.span(), FileProblem::AnswerUnknown(name.get_ref().clone()))
        })
    }

    fn expertise(&mut self, name: &str) -> Option<ExpertiseId> {
        let found = self.expertises.get(&name_key(name)).copied();
        if found.is_none() && !self.unknown.iter().any(|it| it == name) {
            self.unknown.push(name.to_owned());
        }
        found
    }

    fn error(&self, at: &Range<usize>, problem: FileProblem) -> FileError {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        FileError { line: before.matches('\n').count() + 1, problem }
    }
}

impl ReadAnswer {
    fn answer(&self, id: AnswerId) -> Answer {
        Answer { id, text: self.text.get_ref().clone(), link: owned(self.link.as_ref()) }
    }
}

fn owned(text: Option<&Spanned<String>>) -> String {
    text.map(|it| it.get_ref().clone()).unwrap_or_default()
}

/// A position from 0, of a number from 1.
fn number(text: &str) -> Option<usize> {
    text.trim().parse::<usize>().ok()?.checked_sub(1)
}

/// Where a field of the script stands in the file: itself, or what it belongs to.
fn place(file: &ReadFile, field: &str) -> Range<usize> {
    let parts: Vec<&str> = field.split('.').collect();
    let at = |part: usize| parts.get(part).and_then(|it| it.parse::<usize>().ok());
    let Some(step) = at(1).and_then(|at| file.steps.get(at)) else {
        return 0..0;
    };
    let answer = at(3).and_then(|at| step.answers.get(at));
    let found = match (parts.get(2).copied(), answer) {
        (Some("message"), _) => step.message.as_ref(),
        (Some("only_if"), _) => step.only_if.first(),
        (_, Some(answer)) if parts.last() == Some(&"link") => answer.link.as_ref(),
        (_, Some(answer)) => Some(&answer.text),
        _ => None,
    };
    found.unwrap_or(&step.kind).span()
}
