//! Handing over: a chatbot looks for an operator who goes on in its place, within the transaction of its turn.

use super::membership::{Moved, come_in};
use super::store;
use crate::app::App;
use crate::assignment::{self, Found, Taken, Wish};
use crate::problem::Problem;
use crate::{channels, expertise, operators};
use frontdesk_db::Tx;
use frontdesk_domain::assignment::Choice;
use frontdesk_domain::event::Joining;
use frontdesk_domain::{ConversationId, ExpertiseId, Millis};

/// An operator who was found and is counted, but has not come in yet.
pub struct Successor {
    choice: Choice,
    taken: Taken,
}

/// Looks for an operator who knows something, for a conversation that nobody of the team has been in.
pub fn find_operator(
    app: &App,
    tx: &mut Tx<'_>,
    id: ConversationId,
    (needed, now): (&[ExpertiseId], Millis),
) -> Result<Option<Successor>, Problem> {
    let Some(unanswered) = store::unanswered(tx, id)? else {
        return Ok(None);
    };
    let wish = Wish {
        channel: unanswered.channel,
        language: unanswered.language,
        country: unanswered.country,
        open: channels::takes_conversations(tx, unanswered.channel, now)?,
        previous: None,
        shown: None,
        left: unanswered.left,
        expertise: needed.to_vec(),
        now,
        chance: rand::random(),
    };
    match assignment::find_afresh(&app.roster, tx, &wish)? {
        Found::Operator(choice, taken) => Ok(Some(Successor { choice, taken })),
        Found::Waits(_) | Found::Nobody => Ok(None),
    }
}

/// The operator comes in, and the chatbot, whose name is given, is out of it. What was needed stays known.
pub fn hand_over(
    tx: &mut Tx<'_>,
    id: ConversationId,
    Successor { choice, taken }: Successor,
    (chatbot, needed, now): (&str, &[ExpertiseId], Millis),
) -> Result<Option<Moved>, Problem> {
    for expertise in needed {
        expertise::need(tx, id, *expertise)?;
    }
    let Some(held) = store::hold_open(tx, id)? else {
        return Ok(None);
    };
    let forwarded_by = Some(chatbot.to_owned());
    let joining = Joining { why: Some(choice.why), forwarded_by, ..Joining::default() };
    // Coming in counts the conversation, which finding did already.
    operators::answers_less(tx, taken.names.id)?;
    come_in(tx, (id, &held), &taken.names, &joining, now)
}
