//! A turn: what a visitor says, what the chatbot does then, and what is told of it after the commit.

use super::record::Recording;
use super::standing::Standing;
use super::view::ChatbotState;
use crate::app::App;
use crate::conversations::{self, Ended, Moved};
use crate::events::{Appended, PickedAnswer, StoredEvent};
use crate::problem::Problem;
use crate::realtime::VisitorSignal;
use frontdesk_db::Tx;
use frontdesk_domain::chatbot::{Input, StepKind, Turn, advance, email_address};
use frontdesk_domain::event::{Event, ScriptPart, Scripted};
use frontdesk_domain::{ConversationId, Millis, VisitorId};

/// A visitor's message, and what it means to the chatbot.
pub struct Heard {
    pub(super) standing: Standing,
    pub(super) turn: Turn,
    message: Event,
}

/// What a turn left behind, to be told after the commit.
pub struct Told {
    /// Where.
    pub conversation: ConversationId,
    /// The visitor's name for it.
    pub client_id: String,
    /// What happened, in its order.
    pub events: Vec<StoredEvent>,
    /// An operator came in.
    pub moved: Option<Moved>,
    /// It is over.
    pub ended: Option<Ended>,
    /// What the chatbot waits for now; none: an operator took over.
    pub state: Option<ChatbotState>,
    /// A job waits for the visitor to pause.
    pub has_job: bool,
}

/// Takes in what a visitor says in a conversation that is held by this transaction. An answer that is picked has to be
/// one to the step at which the conversation stands.
pub fn hear(
    app: &App,
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    (message, answer): (Event, Option<PickedAnswer>),
) -> Result<Heard, Problem> {
    let standing = Standing::read(app, tx, conversation)?.ok_or(Problem::AnswerPassed)?;
    Heard::by(standing, message, answer)
}

impl Heard {
    /// What a message means at a place.
    pub(super) fn by(
        standing: Standing,
        message: Event,
        answer: Option<PickedAnswer>,
    ) -> Result<Self, Problem> {
        let mut message = message;
        let Event::MessagePosted { text, scripted, .. } = &mut message else {
            return Err(Problem::AnswerPassed);
        };
        let input = match answer {
            Some(PickedAnswer { step, answer }) => Input::Answer { step, answer },
            None => Input::Text(text.clone()),
        };
        let turn = advance(&standing.script, &standing.row.run, input)
            .map_err(|_| Problem::AnswerPassed)?;
        if let Some(given) = turn.answered {
            let step = standing.script.find_step(given.step);
            if let Some(picked) = step.zip(given.answer).and_then(|(step, id)| step.find_answer(id))
            {
                text.clone_from(&picked.text);
            }
            let (chatbot, part) =
                (standing.row.chatbot.id, ScriptPart::Answered { picked: given.answer });
            *scripted = Some(Box::new(Scripted { chatbot, step: given.step, part }));
        }
        Ok(Self { standing, turn, message })
    }

    /// The message as it is kept.
    pub const fn message(&self) -> &Event {
        &self.message
    }

    /// Does what the turn asks for. The message has been recorded.
    pub fn go_on(
        self,
        app: &App,
        tx: &mut Tx<'_>,
        (visitor, now): (VisitorId, Millis),
    ) -> Result<Told, Problem> {
        self.go_on_after(app, tx, (visitor, now), (Vec::new(), Vec::new()))
    }

    /// The same, after events that were recorded before and are to be told with what follows.
    pub(super) fn go_on_after(
        self,
        app: &App,
        tx: &mut Tx<'_>,
        (visitor, now): (VisitorId, Millis),
        (appended, events): (Vec<Appended>, Vec<Event>),
    ) -> Result<Told, Problem> {
        if let Some(email) = self.email() {
            conversations::set_visitor_email(tx, visitor, email)?;
        }
        let written = match self.message {
            Event::MessagePosted { text, .. } => text,
            _ => String::new(),
        };
        let mut recording = Recording::new(app, self.standing, written, now);
        recording.keep(appended, events);
        recording.play(tx, self.turn)?;
        recording.finish(tx)
    }

    /// The address that the visitor has just given.
    fn email(&self) -> Option<&str> {
        let step = self.standing.script.find_step(self.turn.answered?.step)?;
        let Event::MessagePosted { text, .. } = &self.message else { return None };
        (step.kind == StepKind::Email).then(|| email_address(text)).flatten()
    }
}

impl Told {
    /// Tells everybody concerned.
    pub async fn tell(&self, app: &App) {
        for event in &self.events {
            app.live.announce(self.conversation, &self.client_id, event);
        }
        if let Some(moved) = &self.moved {
            return moved.tell(app, self.conversation).await;
        }
        if let Some(ended) = &self.ended {
            ended.tell(app, self.conversation).await;
        }
        let chatbot = self.state.clone();
        app.live.signal_visitor(self.conversation, VisitorSignal::Chatbot { chatbot });
        if self.has_job {
            app.wake.up();
        }
    }
}
