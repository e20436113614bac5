//! Waiting: conversations that nobody answers find an operator as soon as one becomes free.
//!
//! The longest-waiting ones come first. Somebody becomes free when a conversation ends or is left, when an operator comes
//! or a limit changes; and, since places also become free by time alone, all nodes look every few seconds. Two that look
//! at once do no harm: who gives a conversation to an operator holds its row.

use super::membership::{Moved, come_in};
use super::store::{self, Answered, Unanswered};
use crate::app::App;
use crate::assignment::{self, Found, Roster, Taken, Wish};
use crate::channels;
use crate::problem::Problem;
use crate::realtime::VisitorSignal;
use crate::realtime::frames::Changed;
use frontdesk_db::{Error, Tx};
use frontdesk_domain::event::Joining;
use frontdesk_domain::{ChannelId, ConversationId, Millis};
use std::collections::HashSet;
use std::time::Duration;

/// Places become free by time, without any event.
const OFFER_EVERY: Duration = Duration::from_secs(5);
/// Waiting conversations that are looked at together.
const WAITING_MAX: i64 = 1000;

/// What came of looking for an operator.
pub enum Looked {
    /// Somebody came in.
    Taken(Box<Moved>),
    /// It waits from now on.
    Waits,
    /// Nothing has changed: there is nobody, or it is answered meanwhile.
    Unchanged,
}

/// Offers what waits to whoever has become free, for as long as the node runs.
pub async fn keep_offering(app: App) {
    let mut ticks = tokio::time::interval(OFFER_EVERY);
    loop {
        ticks.tick().await;
        offer(&app, None).await;
    }
}

/// Offers what waits, in a channel or in all, without keeping the caller waiting.
pub fn offer_later(app: &App, channel: Option<ChannelId>) {
    let app = app.clone();
    tokio::spawn(async move { offer(&app, channel).await });
}

/// Looks for an operator for a conversation that nobody answers, without keeping the caller waiting.
pub fn look_later(app: &App, id: ConversationId) {
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(problem) = look(&app, id).await {
            tracing::warn!(error = %problem, "could not look for an operator");
        }
    });
}

async fn offer(app: &App, channel: Option<ChannelId>) {
    if let Err(problem) = try_offer(app, channel).await {
        tracing::warn!(error = %problem, "could not offer what waits; trying again");
    }
}

async fn try_offer(app: &App, channel: Option<ChannelId>) -> Result<(), Problem> {
    let waiting = app.db.read(|tx| store::waiting(tx, WAITING_MAX)).await;
    let waiting = waiting.map_err(|error: Error| Problem::from(error))?;
    let mut full = HashSet::new();
    for (id, at) in waiting {
        let asked = channel.is_none_or(|it| it == at);
        if asked && !full.contains(&at) && !look(app, id).await? {
            full.insert(at);
        }
    }
    Ok(())
}

/// Looks for an operator; whether somebody was found.
async fn look(app: &App, id: ConversationId) -> Result<bool, Problem> {
    let found = app.db.read(move |tx| store::unanswered(tx, id)).await;
    let found = found.map_err(|error: Error| Problem::from(error))?;
    let Some(unanswered) = found.filter(|it| !it.with_chatbot) else {
        return Ok(true);
    };
    let (channel, now) = (unanswered.channel, app.clock.now());
    let open = channels::known(app, channel).await?.takes_conversations(now);
    let wish = Wish { open, ..unanswered.wish(now, rand::random()) };
    assignment::prepare(app, channel).await?;
    let of = app.clone();
    match app.db.write(move |tx| look_in(&of.roster, tx, id, &wish)).await? {
        Looked::Taken(moved) => {
            moved.tell(app, id).await;
            Ok(true)
        }
        Looked::Waits => {
            app.live.changed(Changed::Queue, id.0);
            tell_positions(app, channel).await;
            Ok(false)
        }
        Looked::Unchanged => Ok(false),
    }
}

/// Looks for an operator and lets whoever is found come in.
pub fn look_in(
    roster: &Roster,
    tx: &mut Tx<'_>,
    id: ConversationId,
    wish: &Wish,
) -> Result<Looked, Problem> {
    let Some(held) =
        store::hold_open(tx, id)?.filter(|it| it.operator.is_none() && it.chatbot.is_none())
    else {
        return Ok(Looked::Unchanged);
    };
    match assignment::find(roster, tx, wish)? {
        Found::Operator(choice, Taken { names, .. }) => {
            let joining = Joining { why: Some(choice.why), ..Joining::default() };
            // Coming in counts the conversation, which finding did already.
            crate::operators::answers_less(tx, names.id)?;
            let moved = come_in(tx, (id, &held), &names, &joining, wish.now)?;
            Ok(moved.map_or(Looked::Unchanged, |it| Looked::Taken(Box::new(it))))
        }
        Found::Waits(_) if held.waiting && !held.left_message => Ok(Looked::Unchanged),
        Found::Waits(_) => {
            store::begin_waiting(tx, id, wish.now)?;
            Ok(Looked::Waits)
        }
        Found::Nobody => Ok(Looked::Unchanged),
    }
}

impl Unanswered {
    /// Who is looked for; `chance` decides between equal operators.
    #[must_use]
    pub fn wish(self, now: Millis, chance: u64) -> Wish {
        Wish {
            channel: self.channel,
            language: self.language,
            country: self.country,
            open: true,
            previous: None,
            shown: None,
            left: self.left,
            expertise: self.expertise,
            now,
            chance,
        }
    }
}

/// How many wait before a conversation, itself included; none where it does not wait.
pub(super) fn position(
    tx: &mut Tx<'_>,
    id: ConversationId,
    answered: Answered,
) -> Result<Option<i64>, Error> {
    match answered {
        Answered::Soon => store::position(tx, id),
        Answered::By(_) | Answered::Later | Answered::ByChatbot(_) => Ok(None),
    }
}

/// Tells a visitor that the waiting is over, and those behind how far they have come.
pub(super) async fn tell_over(app: &App, id: ConversationId, channel: ChannelId) {
    app.live.signal_visitor(id, VisitorSignal::Waiting { position: None });
    tell_positions(app, channel).await;
}

async fn tell_positions(app: &App, channel: ChannelId) {
    let waiting: Result<Vec<_>, Error> = app.db.read(|tx| store::waiting(tx, WAITING_MAX)).await;
    match waiting {
        Ok(waiting) => {
            let here = waiting.into_iter().filter(|(_, at)| *at == channel);
            for ((id, _), position) in here.zip(1..) {
                app.live.signal_visitor(id, VisitorSignal::Waiting { position: Some(position) });
            }
        }
        Err(error) => tracing::warn!(%error, "could not tell who waits how far back"),
    }
}
