//! Chatbots: scripts that talk to visitors until an operator is needed (F1 to F17).
//!
//! Only administrators read and write scripts. Each change makes a new version, and a conversation ends with the version
//! with which it began, whatever becomes of the chatbot meanwhile. What a script does is decided in `domain`.

mod api;
mod avatar;
mod figures;
mod file;
mod sample;
mod store;
mod talk;
#[cfg(test)]
mod tests;
mod trial;
mod view;

pub use api::routes;
pub use sample::insert as insert_sample;
use store::{Greeter, greeter, is_in_channel, script};
pub use store::{exists, of_rules};
pub use talk::{
    ChatbotState, Heard, Opening, Scripts, Told, continue_when_quiet, end_forgotten, find_opening,
    hear, visitor_routes,
};

use frontdesk_db::Statement;

/// Every statement of the slice with its name.
pub const STATEMENTS: [&[(&str, Statement)]; 3] =
    [figures::STATEMENTS, store::STATEMENTS, talk::STATEMENTS];

use crate::app::App;
use crate::images;
use crate::operators;
use crate::problem::{FieldProblem, Problem};
use crate::realtime::frames::Changed;
use crate::translations;
use frontdesk_db::Tx;
use frontdesk_domain::chatbot::{
    Analysis, FirstStepWarning, Flow, Script, ScriptProblem, ScriptProblemKind, analysis, flow,
};
use frontdesk_domain::{ChatbotId, OperatorId, text};
use serde::{Deserialize, Serialize};
use store::Digest;
use utoipa::ToSchema;
use view::{Chatbot, ChatbotSummary};

/// A chatbot, as it is written.
#[derive(Deserialize, ToSchema)]
pub struct ChatbotForm {
    /// The version that was read.
    version: i64,
    /// Its name.
    name: String,
    /// What it says.
    script: Script,
}

/// What is known of a script that need not be saved.
#[derive(Serialize, ToSchema)]
pub struct AnalysedScript {
    /// Where visitors get stuck, and what they never see.
    pub analysis: Analysis,
    /// The script as a drawing.
    pub flow: Flow,
}

/// The chatbots, in the archive or not.
pub async fn list(app: &App, archived: bool) -> Result<Vec<ChatbotSummary>, Problem> {
    let read = move |tx: &mut Tx<'_>| {
        let uses = store::uses(tx)?;
        let rows = store::all(tx)?.into_iter().filter(|it| it.archived_at.is_some() == archived);
        Ok(rows.map(|row| ChatbotSummary::new(row, &uses)).collect())
    };
    app.db.read(read).await
}

/// A chatbot with its script.
pub async fn find(app: &App, id: ChatbotId) -> Result<Chatbot, Problem> {
    let read = move |tx: &mut Tx<'_>| {
        let row = store::find(tx, id)?;
        let script = store::script(tx, id, row.version)?;
        Ok(Chatbot::new(row, script, &store::uses(tx)?))
    };
    app.db.read(read).await
}

/// Makes a chatbot that says nothing yet.
pub async fn create(app: &App, name: &str) -> Result<Chatbot, Problem> {
    insert(app, accepted_name(name)?, Script::default()).await
}

/// Makes a chatbot with a script.
async fn insert(app: &App, name: String, script: Script) -> Result<Chatbot, Problem> {
    let (digest, now) = (digest(&script), app.clock.now());
    let made = move |tx: &mut Tx<'_>| store::insert(tx, &name, (&script, &digest), now);
    let id = app.db.write(made).await.map_err(|error: frontdesk_db::Error| Problem::from(error))?;
    app.live.changed(Changed::Chatbot, id.0);
    find(app, id).await
}

/// Makes a chatbot that is like another one (F14).
pub async fn copy(app: &App, id: ChatbotId, by: OperatorId) -> Result<Chatbot, Problem> {
    let now = app.clock.now();
    let copied = move |tx: &mut Tx<'_>| {
        let row = store::find(tx, id)?;
        let script = store::script(tx, id, row.version)?;
        let name = name_of_copy(&row.name, &operators::find(tx, by)?.language);
        let copy = store::insert(tx, &name, (&script, &digest(&script)), now)?;
        if let Some(image) = &row.image {
            let image = images::copy(tx, image, now)?;
            store::show(tx, copy, image.as_deref())?;
        }
        Ok::<_, Problem>(copy)
    };
    let copy = app.db.write(copied).await?;
    app.live.changed(Changed::Chatbot, copy.0);
    find(app, copy).await
}

/// Writes name and script anew. Conversations that have begun go on with the version of then.
pub async fn save(app: &App, id: ChatbotId, form: ChatbotForm) -> Result<Chatbot, Problem> {
    let (name, script) = (accepted_name(&form.name)?, accepted_script(form.script)?);
    let (version, digest, now) = (form.version, digest(&script), app.clock.now());
    change(app, id, move |tx| {
        let saved = store::save(tx, (id, version), &name, (&script, &digest), now)?;
        saved.then_some(()).ok_or(Problem::ChangedMeanwhile)
    })
    .await?;
    find(app, id).await
}

/// Puts a chatbot into the archive, or takes it out again. Rules that name it are passed over meanwhile.
pub async fn archive(app: &App, id: ChatbotId, archived: bool) -> Result<Chatbot, Problem> {
    let at = archived.then(|| app.clock.now());
    change(app, id, move |tx| Ok(store::archive(tx, id, at)?)).await?;
    find(app, id).await
}

/// Deletes a chatbot. Rules lose it; its conversations go on, and still name it.
pub async fn delete(app: &App, id: ChatbotId) -> Result<(), Problem> {
    let now = app.clock.now();
    change(app, id, move |tx| Ok(store::delete(tx, id, now)?)).await
}

/// What a script would do, saved or not (F10).
pub fn analysed(script: &Script) -> Result<AnalysedScript, Problem> {
    refused_if_too_long(script)?;
    let analysis = analysis(script);
    let flow = flow(script, &analysis);
    Ok(AnalysedScript { analysis, flow })
}

async fn change(
    app: &App,
    id: ChatbotId,
    write: impl Fn(&mut Tx<'_>) -> Result<(), Problem> + Send + Sync + 'static,
) -> Result<(), Problem> {
    app.db
        .write(move |tx| match exists(tx, id)? {
            true => write(tx),
            false => Err(Problem::NotFound),
        })
        .await?;
    app.live.changed(Changed::Chatbot, id.0);
    Ok(())
}

/// In the language of whoever copies, and no longer than a name may be.
fn name_of_copy(name: &str, language: &str) -> String {
    let pattern = translations::text(language, "chatbot.copy");
    let room = text::NAME_MAX_CHARS.saturating_sub(pattern.chars().count());
    pattern.replace("{name}", &name.chars().take(room).collect::<String>())
}

fn accepted_name(name: &str) -> Result<String, FieldProblem> {
    text::name(name).map_err(|_| FieldProblem::NameInvalid("name"))
}

/// What else is wrong is still being written; this would take too long to look at.
fn refused_if_too_long(script: &Script) -> Result<(), Problem> {
    let is_too_long = |it: &ScriptProblem| it.kind == ScriptProblemKind::TooManySteps;
    let problem = script.problems().into_iter().find(is_too_long);
    problem.map_or(Ok(()), |problem| Err(Problem::ScriptInvalid(problem)))
}

fn accepted_script(script: Script) -> Result<Script, Problem> {
    match script.problems().into_iter().next() {
        Some(problem) => Err(Problem::ScriptInvalid(problem)),
        None => Ok(script),
    }
}

/// What lists show of a script.
fn digest(script: &Script) -> Digest {
    let analysis = analysis(script);
    Digest {
        steps: i64::try_from(script.steps.len()).unwrap_or(i64::MAX),
        next_id: script.highest_id().saturating_add(1),
        findings: i64::try_from(analysis.findings.len()).unwrap_or(i64::MAX),
        first_step_warning: analysis.first_step_warning.map(|it| match it {
            FirstStepWarning::FirstStepOperator => "first_step_operator",
            FirstStepWarning::FirstStepInvalid => "first_step_invalid",
        }),
    }
}
