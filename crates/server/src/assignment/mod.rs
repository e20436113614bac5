//! Assignment: finds the operator who takes a conversation, within the transaction that gives it.
//!
//! Who could take it is remembered by each node for a moment (the roster), so that a start reads and checks one operator
//! instead of all. What is remembered is a guess: the chosen operator is verified and held in the transaction, and where
//! the guess was wrong everybody is read there. So limits hold, also when conversations start at once on several nodes.

mod api;
mod roster;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use api::routes;
pub use roster::Roster;
pub use store::{STATEMENTS, Taken};

use crate::app::App;
use crate::problem::Problem;
use frontdesk_db::Tx;
use frontdesk_domain::assignment::{Assignment, Choice, Explanation};
use frontdesk_domain::{ChannelId, ExpertiseId, Millis, OperatorId};
use view::ChannelLimits;

/// Another transaction may take the last place while this one looks: then it looks again, so many times.
const ATTEMPTS: usize = 8;

/// Who is looked for.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Among the operators of this channel.
    pub channel: ChannelId,
    /// The visitor's language, as a tag.
    pub language: Option<String>,
    /// The visitor's country, as a two-letter code.
    pub country: Option<String>,
    /// The channel takes conversations now; otherwise nobody counts as available.
    pub open: bool,
    /// Whom the visitor talked with before.
    pub previous: Option<OperatorId>,
    /// The chat name that the visitor was shown; it counts where the previous operator is not available.
    pub shown: Option<String>,
    /// What the operator should know.
    pub expertise: Vec<ExpertiseId>,
    /// Who has left the conversation.
    pub left: Vec<OperatorId>,
    /// When.
    pub now: Millis,
    /// Decides between equals.
    pub chance: u64,
}

/// What came of looking.
pub enum Found {
    /// This operator, for whom the conversation is counted from now on.
    Operator(Choice, Taken),
    /// Those who are there have no place.
    Waits(Explanation),
    /// Nobody is there.
    Nobody,
}

/// Brings what is remembered of a channel up to date; to be called before a transaction that looks for somebody.
pub async fn prepare(app: &App, channel: ChannelId) -> Result<(), Problem> {
    app.roster.refresh(app, channel).await
}

/// The same within a transaction, where there is no reading beside it: what is remembered becomes `changes` announcements new.
pub fn remember(
    roster: &Roster,
    tx: &mut Tx<'_>,
    (channel, now, changes): (ChannelId, Millis, u64),
) -> Result<(), Problem> {
    if !roster.is_fresh(channel, now, changes) {
        roster.keep(channel, now, changes, store::standing(tx, channel, now)?);
    }
    Ok(())
}

/// Finds somebody and holds that operator's row until the transaction ends.
pub fn find(roster: &Roster, tx: &mut Tx<'_>, wish: &Wish) -> Result<Found, Problem> {
    if wish.open
        && let Some((Assignment::Chosen(choice), limits)) = roster.choose(wish)
        && let Some(taken) = store::take(tx, wish, &choice, limits)?
    {
        return Ok(Found::Operator(choice, taken));
    }
    find_afresh(roster, tx, wish)
}

/// The same, from what the database says: for who looks seldom, and has not brought the memory up to date.
pub fn find_afresh(roster: &Roster, tx: &mut Tx<'_>, wish: &Wish) -> Result<Found, Problem> {
    if !wish.open {
        return Ok(Found::Nobody);
    }
    for _ in 0..ATTEMPTS {
        let standing = store::standing(tx, wish.channel, wish.now)?;
        let limits = standing.limits;
        roster.renew(wish.channel, wish.now, standing);
        match roster.choose(wish).map(|(assignment, _)| assignment) {
            Some(Assignment::Chosen(choice)) => {
                if let Some(taken) = store::take(tx, wish, &choice, limits)? {
                    return Ok(Found::Operator(choice, taken));
                }
            }
            Some(Assignment::Waits(why)) => return Ok(Found::Waits(why)),
            Some(Assignment::Nobody) | None => return Ok(Found::Nobody),
        }
    }
    Err(Problem::Busy)
}

/// What a channel allows.
async fn limits(app: &App, channel: ChannelId) -> Result<ChannelLimits, Problem> {
    let now = app.clock.now();
    app.db.read(move |tx| Ok(view::limits(&store::standing(tx, channel, now)?))).await
}
