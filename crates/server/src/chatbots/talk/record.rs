//! Recording a turn: its messages become events, and its effects happen, all in one transaction.

use super::standing::Standing;
use super::store;
use super::turn::Told;
use crate::app::App;
use crate::conversations::{self, Ended, Moved};
use crate::events::{self, Appended, StoredEvent};
use crate::jobs::{self, Work};
use crate::problem::Problem;
use crate::translations;
use frontdesk_db::Tx;
use frontdesk_domain::chatbot::{
    Awaits, Effect, Input, Stage, Step, StepMessage, TYPING, Turn, advance,
};
use frontdesk_domain::event::{Event, ScriptPart, Scripted};
use frontdesk_domain::message::Author;
use frontdesk_domain::{ExpertiseId, Millis, StepId};
use std::time::Duration;

/// The server takes it as a pause by itself, should the visitor's page be gone.
const PAUSED_AFTER: Duration = Duration::from_secs(60);
/// So much of what is no e-mail address is quoted, in characters.
const QUOTED_MAX: usize = 100;

/// A turn while it is recorded.
pub struct Recording<'a> {
    app: &'a App,
    standing: Standing,
    /// What the visitor has just written.
    written: String,
    now: Millis,
    awaits: Awaits,
    stage_before: Stage,
    pending: Vec<Event>,
    events: Vec<StoredEvent>,
    client_id: String,
    moved: Option<Moved>,
    ended: Option<Ended>,
    has_job: bool,
}

impl<'a> Recording<'a> {
    /// Nothing is recorded yet.
    pub fn new(app: &'a App, standing: Standing, written: String, now: Millis) -> Self {
        Self {
            app,
            stage_before: standing.row.run.stage,
            standing,
            written,
            now,
            awaits: Awaits::Nothing,
            pending: Vec::new(),
            events: Vec::new(),
            client_id: String::new(),
            moved: None,
            ended: None,
            has_job: false,
        }
    }

    /// Adds an event that comes before what the turn brings.
    pub fn add(&mut self, event: Event) {
        self.pending.push(event);
    }

    /// Does what a turn asks for, and what follows from that, until the visitor or an operator goes on.
    pub fn play(&mut self, tx: &mut Tx<'_>, turn: Turn) -> Result<(), Problem> {
        let mut turn = turn;
        loop {
            self.take(&turn);
            turn = match turn.effect.take() {
                Some(Effect::Forward { expertises, .. }) => {
                    let found = self.forward(tx, &expertises)?;
                    self.standing.row.found_nobody |= !found;
                    if found {
                        return Ok(());
                    }
                    self.advanced(Input::Forwarded { found: false })?
                }
                Some(Effect::RetryEmail) => return self.ask_again(tx),
                Some(Effect::End) => return self.end(tx),
                None => return Ok(()),
            }
        }
    }

    fn take(&mut self, turn: &Turn) {
        self.standing.row.run = turn.run.clone();
        self.awaits = turn.awaits;
        let said: Vec<_> = turn.messages.iter().filter_map(|it| self.said(*it)).collect();
        self.pending.extend(said);
    }

    fn said(&self, message: StepMessage) -> Option<Event> {
        let step = self.standing.script.find_step(message.step)?;
        Some(said(&self.standing, step, message.delay))
    }

    fn advanced(&self, input: Input) -> Result<Turn, Problem> {
        advance(&self.standing.script, &self.standing.row.run, input).map_err(Problem::internal)
    }

    /// Looks for an operator; where one is found, the chatbot introduces the operator and is out of it.
    fn forward(&mut self, tx: &mut Tx<'_>, needed: &[ExpertiseId]) -> Result<bool, Problem> {
        let (app, id, now) = (self.app, self.standing.conversation, self.now);
        let Some(successor) = conversations::find_operator(app, tx, id, (needed, now))? else {
            return Ok(false);
        };
        let turn = self.advanced(Input::Forwarded { found: true })?;
        self.take(&turn);
        self.record(tx)?;
        let name = self.standing.row.chatbot.name.clone();
        self.moved = conversations::hand_over(tx, id, successor, (&name, needed, now))?;
        Ok(true)
    }

    /// What the visitor wrote is no e-mail address.
    fn ask_again(&mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let (id, chatbot) = (self.standing.conversation, self.standing.row.chatbot.id);
        let language = store::language(tx, id)?.unwrap_or_default();
        let (language, _) = self.app.assets.language(&language);
        let text = email_retry(&language, &self.written);
        let step = self.standing.row.run.step.unwrap_or(StepId(0));
        let delay = u32::try_from(TYPING.as_millis()).unwrap_or_default();
        let part = ScriptPart::Said { delay, answers: Vec::new() };
        let scripted = Some(Box::new(Scripted { chatbot, step, part }));
        self.pending.push(message(Author::Chatbot(chatbot), text, scripted));
        Ok(())
    }

    fn end(&mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        self.record(tx)?;
        let (id, chatbot) = (self.standing.conversation, self.standing.row.chatbot.clone());
        self.ended = conversations::end_in(tx, id, Author::Chatbot(chatbot.id), self.now)?;
        if let Some(ended) = &mut self.ended {
            ended.event.chatbot = Some(chatbot);
        }
        Ok(())
    }

    /// Appends what is pending, at once.
    fn record(&mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let events = std::mem::take(&mut self.pending);
        if events.is_empty() {
            return Ok(());
        }
        let id = self.standing.conversation;
        let appended = events::record_of_chatbot(tx, id, &events, self.now)?;
        self.keep(appended, events);
        Ok(())
    }

    /// Keeps events that were appended, to be told.
    pub fn keep(&mut self, appended: Vec<Appended>, events: Vec<Event>) {
        for (numbers, event) in appended.into_iter().zip(events) {
            let mut stored = numbers.event(event, self.now, None);
            stored.chatbot = Some(self.standing.row.chatbot.clone());
            self.client_id = numbers.client_conversation_id;
            self.events.push(stored);
        }
    }

    /// Writes what is left, and where the conversation stands now.
    pub fn finish(mut self, tx: &mut Tx<'_>) -> Result<Told, Problem> {
        self.record(tx)?;
        store::save(tx, self.standing.conversation, &self.standing.row, self.awaits)?;
        self.wait_for_pause(tx)?;
        let state = self.moved.is_none().then(|| self.standing.state(self.awaits));
        Ok(Told {
            conversation: self.standing.conversation,
            client_id: self.client_id,
            events: self.events,
            moved: self.moved,
            ended: self.ended,
            state,
            has_job: self.has_job,
        })
    }

    /// The first of several messages has come: the job outlives the page and this node.
    fn wait_for_pause(&mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let run = &self.standing.row.run;
        let (Stage::Writing, Some(step)) = (run.stage, run.step) else {
            return Ok(());
        };
        if self.stage_before != Stage::Writing {
            let work = Work::ContinueChatbot { conversation: self.standing.conversation, step };
            jobs::add_later(tx, &work, self.now, self.now.plus(PAUSED_AFTER))?;
            self.has_job = true;
        }
        Ok(())
    }
}

/// What a chatbot says of what is no e-mail address.
pub fn email_retry(language: &str, written: &str) -> String {
    let quoted: String = written.chars().take(QUOTED_MAX).collect();
    translations::text(language, "chatbot.email_retry").replace("{text}", &quoted)
}

/// A step as the chatbot's message.
pub fn said(standing: &Standing, step: &Step, delay: u32) -> Event {
    let chatbot = standing.row.chatbot.id;
    let part = ScriptPart::Said { delay, answers: step.answers.clone() };
    let scripted = Some(Box::new(Scripted { chatbot, step: step.id, part }));
    message(Author::Chatbot(chatbot), step.message.clone(), scripted)
}

const fn message(author: Author, text: String, scripted: Option<Box<Scripted>>) -> Event {
    Event::MessagePosted { author, client_id: String::new(), text, revision: None, scripted }
}
