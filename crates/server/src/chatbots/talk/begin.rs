//! Beginning: a conversation that starts with a chatbot, and the greeting before anything is stored.

use super::record::said;
use super::standing::Standing;
use super::store::{self, RunRow};
use super::turn::{Heard, Told};
use super::view::{Greeting, GreetingChatbot, GreetingMessage};
use crate::app::App;
use crate::chatbots::{self, Greeter};
use crate::events::{self, ChatbotName, PickedAnswer};
use crate::images;
use crate::problem::Problem;
use frontdesk_db::Tx;
use frontdesk_domain::chatbot::{Effect, Turn, begin};
use frontdesk_domain::event::Event;
use frontdesk_domain::{ChannelId, ChatbotId, ConversationId, Millis, StepId, VisitorId};
use std::sync::Arc;

/// A chatbot that begins to talk in a conversation that is about to be made.
pub struct Opening {
    greeter: Greeter,
    id: ChatbotId,
    turn: Turn,
}

/// The chatbot that a page asked for; none where no rule of the channel names it (any more), or it has nothing to say.
pub fn find_opening(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    (id, version): (ChatbotId, i64),
    now: Millis,
) -> Result<Option<Opening>, Problem> {
    if !chatbots::is_in_channel(tx, id, channel)? {
        return Ok(None);
    }
    let found = chatbots::greeter(tx, id, version, now)?;
    Ok(found.map(|greeter| Opening { turn: begin(&greeter.script), greeter, id }))
}

/// How a chatbot greets. Nothing is stored: there is no conversation before the visitor says something.
pub async fn greeting(app: &App, id: ChatbotId, version: i64) -> Result<Greeting, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut Tx<'_>| chatbots::greeter(tx, id, version, now);
    let found =
        app.db.read(read).await.map_err(|error: frontdesk_db::Error| Problem::from(error))?;
    let greeter = found.ok_or(Problem::NotFound)?;
    let Turn { messages, awaits, .. } = begin(&greeter.script);
    let message = |step: StepId, delay| {
        let step = greeter.script.find_step(step)?;
        let (text, answers) = (step.message.clone(), step.answers.clone());
        Some(GreetingMessage { step: step.id, text, delay, answers })
    };
    Ok(Greeting {
        messages: messages.iter().filter_map(|it| message(it.step, it.delay)).collect(),
        awaits,
        chatbot: GreetingChatbot {
            id,
            version: greeter.version,
            avatar: greeter.image.as_deref().map(images::path),
            name: greeter.name,
        },
    })
}

impl Opening {
    /// Who begins to talk.
    pub const fn chatbot(&self) -> ChatbotId {
        self.id
    }

    /// Fills a conversation that was just made: the greeting, the visitor's message, and what follows from it.
    pub fn fill(
        self,
        app: &App,
        tx: &mut Tx<'_>,
        (conversation, client_id, visitor): (ConversationId, &str, VisitorId),
        (message, answer): (Event, Option<PickedAnswer>),
        now: Millis,
    ) -> Result<Told, Problem> {
        let Turn { messages, effect, run, awaits, .. } = self.turn;
        let chatbot = ChatbotName { id: self.id, name: self.greeter.name };
        let (image, version) = (self.greeter.image, self.greeter.version);
        let row = RunRow { chatbot, image, version, run, found_nobody: false };
        let standing = Standing { conversation, row, script: Arc::new(self.greeter.script) };
        store::insert(tx, conversation, &standing.row, awaits)?;
        let mut opening = vec![Event::ConversationOpened { operator: None, why: None }];
        let shown = messages.iter().filter_map(|it| {
            standing.script.find_step(it.step).map(|step| said(&standing, step, it.delay))
        });
        opening.extend(shown);
        let mut heard = hear_first(standing, message, answer)?;
        opening.push(heard.message().clone());
        // A script that asks for nothing is over as soon as the visitor has said something.
        heard.turn.effect = heard.turn.effect.or(effect.filter(|it| *it == Effect::End));
        let appended =
            events::record_opening(tx, conversation, (client_id, visitor), &opening, now)?;
        heard.go_on_after(app, tx, (visitor, now), (appended, opening))
    }
}

/// What the visitor picked may stand in an older version of the script: then it is a text, and the question is still open.
fn hear_first(
    standing: Standing,
    message: Event,
    answer: Option<PickedAnswer>,
) -> Result<Heard, Problem> {
    let offered = |it: &PickedAnswer| {
        let step = standing.script.find_step(it.step);
        standing.row.run.step == Some(it.step)
            && step.is_some_and(|step| step.find_answer(it.answer).is_some())
    };
    let answer = answer.filter(offered);
    Heard::by(standing, message, answer)
}
