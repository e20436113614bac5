//! The roster: who could take conversations, as this node remembers it for a moment.

use super::Wish;
use super::store::{self, Standing};
use crate::app::App;
use crate::problem::Problem;
use frontdesk_domain::assignment::{Assignment, AssignmentRequest, Limits, Load, assign};
use frontdesk_domain::{ChannelId, Millis, OperatorId};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Other nodes and passing time change loads without telling; this old, they are read again.
const REMEMBERED_FOR: Duration = Duration::from_secs(2);

/// The operators of each channel. A guess, so it may be changed by a transaction that is rolled back later.
#[derive(Default)]
pub struct Roster {
    channels: Mutex<HashMap<ChannelId, Remembered>>,
    /// Held while reading, so that many starts at once read once.
    reading: tokio::sync::Mutex<()>,
}

struct Remembered {
    read_at: Millis,
    /// How many announcements there had been: channels and operators change with one.
    changes: u64,
    standing: Standing,
}

impl Roster {
    /// Reads a channel again where it is too old.
    pub(super) async fn refresh(&self, app: &App, channel: ChannelId) -> Result<(), Problem> {
        if self.is_fresh(channel, app.clock.now(), app.live.team_changes()) {
            return Ok(());
        }
        let _reading = self.reading.lock().await;
        let (now, changes) = (app.clock.now(), app.live.team_changes());
        if self.is_fresh(channel, now, changes) {
            return Ok(());
        }
        let standing = app.db.read(move |tx| store::standing(tx, channel, now)).await?;
        self.keep(channel, now, changes, standing);
        Ok(())
    }

    /// Whether a channel need not be read again.
    pub(super) fn is_fresh(&self, channel: ChannelId, now: Millis, changes: u64) -> bool {
        self.lock().get(&channel).is_some_and(|it| {
            it.changes == changes && it.read_at <= now && now < it.read_at.plus(REMEMBERED_FOR)
        })
    }

    /// Remembers a channel.
    pub(super) fn keep(
        &self,
        channel: ChannelId,
        read_at: Millis,
        changes: u64,
        standing: Standing,
    ) {
        self.lock().insert(channel, Remembered { read_at, changes, standing });
    }

    /// Remembers what a transaction read. Changes that were announced since it began make it stale.
    pub(super) fn renew(&self, channel: ChannelId, read_at: Millis, standing: Standing) {
        let changes = self.lock().get(&channel).map_or(0, |it| it.changes);
        self.keep(channel, read_at, changes, standing);
    }

    /// Chooses among those who are remembered, and counts the conversation for the chosen one.
    pub(super) fn choose(&self, wish: &Wish) -> Option<(Assignment, Limits)> {
        let mut channels = self.lock();
        let standing = &channels.get(&wish.channel)?.standing;
        let limits = standing.limits;
        let assignment = standing.assign(wish);
        if let Assignment::Chosen(choice) = &assignment {
            count(&mut channels, choice.operator, |channel, load| {
                load.all += 1;
                load.channel += i64::from(channel == wish.channel);
                load.newest_at = Some(wish.now);
            });
        }
        Some((assignment, limits))
    }

    /// An operator came into a conversation by hand.
    pub fn came(&self, operator: OperatorId, channel: ChannelId, now: Millis) {
        count(&mut self.lock(), operator, |at, load| {
            load.all += 1;
            load.channel += i64::from(at == channel);
            load.newest_at = Some(now);
        });
    }

    /// An operator left a conversation, which stays a load but takes no place any more.
    pub fn went(&self, operator: OperatorId, channel: ChannelId) {
        count(&mut self.lock(), operator, |at, load| {
            load.channel = (load.channel - i64::from(at == channel)).max(0);
        });
    }

    /// A conversation ended, into which these operators had come.
    pub fn ended(&self, operators: &[OperatorId], channel: ChannelId) {
        let mut channels = self.lock();
        for operator in operators {
            count(&mut channels, *operator, |at, load| {
                load.all = (load.all - 1).max(0);
                load.channel = (load.channel - i64::from(at == channel)).max(0);
                if load.all == 0 {
                    load.newest_at = None;
                }
            });
        }
    }

    // A panic while the lock was held leaves at worst a wrong count, which is a guess anyway.
    fn lock(&self) -> MutexGuard<'_, HashMap<ChannelId, Remembered>> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Standing {
    fn assign(&self, wish: &Wish) -> Assignment {
        let request = AssignmentRequest {
            now: wish.now,
            limits: self.limits,
            language: wish.language.as_deref(),
            country: wish.country.as_deref(),
            expertise: &wish.expertise,
            previous: wish.previous,
            shown: wish.shown.as_deref().and_then(|it| self.shown(it)),
            left: &wish.left,
        };
        assign(&request, &self.candidates, wish.chance)
    }

    fn shown(&self, chat_name: &str) -> Option<OperatorId> {
        self.candidates.iter().find(|it| it.chat_name == chat_name).map(|it| it.operator)
    }
}

fn count(
    channels: &mut HashMap<ChannelId, Remembered>,
    operator: OperatorId,
    change: impl Fn(ChannelId, &mut Load),
) {
    for (channel, remembered) in channels {
        let found = remembered.standing.candidates.iter_mut().find(|it| it.operator == operator);
        found.into_iter().for_each(|it| change(*channel, &mut it.load));
    }
}
