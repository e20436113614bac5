//! SQL of assignment.

use super::Wish;
use crate::events::OperatorNames;
use crate::operators::{answers_less, sighting};
use crate::problem::Problem;
use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::assignment::{Candidate, Choice, LOAD_FOR, Limits, Load, PLACE_KEPT_FOR};
use frontdesk_domain::operator::{active_since, seen_since};
use frontdesk_domain::{ChannelId, ExpertiseId, Millis, OperatorId};
use std::collections::HashMap;

frontdesk_db::statements! {
    LIMITS = "
        select max_sessions_mode, max_sessions, block_assignment_during_call
        from channel where id = $1";
    CANDIDATES = "
        select co.operator_id, o.chat_name, o.language, o.country, p.choice, p.seen_at, p.active_at
        from channel_operator co
        join operator o on o.id = co.operator_id and o.active = 1
        join operator_presence p on p.operator_id = co.operator_id
        where co.channel_id = $1 order by co.operator_id limit 10000";
    LANGUAGES = "
        select l.operator_id, l.language
        from channel_operator co join operator_language l on l.operator_id = co.operator_id
        where co.channel_id = $1";
    EXPERTISE = "
        select e.operator_id, e.expertise_id
        from channel_operator co join operator_expertise e on e.operator_id = co.operator_id
        where co.channel_id = $1";
    /// The open conversations are few, and each has few operators. Who has left still has the load.
    LOADS = "
        select m.person_id, count(*), max(m.joined_at),
            cast(sum(case when c.channel_id = $1 and c.last_active_at > $3 and m.left_at is null
                then 1 else 0 end) as bigint)
        from conversation c
        join member m on m.conversation_id = c.id and m.kind = 'operator'
        where c.ended_at is null and c.last_active_at > $2
        group by m.person_id";
    /// Verifies that the operator is available, and holds the row: whoever wants the same operator waits here.
    TAKE = "
        update operator_presence set ongoing = ongoing + 1
        where operator_id = $1 and choice = 'online' and seen_at >= $2 and active_at >= $3
            and exists (
                select 1 from channel_operator co
                join operator o on o.id = co.operator_id and o.active = 1
                where co.channel_id = $4 and co.operator_id = $1)
        returning (select o.name from operator o where o.id = $1),
            (select o.chat_name from operator o where o.id = $1),
            (select o.avatar from operator o where o.id = $1)";
    PLACES_TAKEN = "
        select count(*) from member m
        join conversation c on c.id = m.conversation_id
        where m.kind = 'operator' and m.person_id = $1 and m.listed_until > $3
            and m.left_at is null and c.ended_at is null and c.channel_id = $2
            and c.last_active_at > $4";
}

/// A channel's limits and operators.
pub struct Standing {
    /// What it allows.
    pub limits: Limits,
    /// Its operators, available or not.
    pub candidates: Vec<Candidate>,
}

/// An operator who takes a conversation.
pub struct Taken {
    /// Who.
    pub names: OperatorNames,
    /// The picture.
    pub avatar: Option<String>,
}

/// A channel's limits and operators, with what each has to do.
pub fn standing(tx: &mut Tx<'_>, channel: ChannelId, now: Millis) -> Result<Standing, Problem> {
    let limits = limits(tx, channel)?.ok_or(Problem::ChannelNotFound)?;
    let mut loads = loads(tx, channel, now)?;
    let mut candidates = tx.all(&CANDIDATES, params![channel.0], candidate)?;
    let at: HashMap<i64, usize> =
        candidates.iter().enumerate().map(|(at, it)| (it.operator.0, at)).collect();
    for (operator, language) in tx.all(&LANGUAGES, params![channel.0], pair::<String>)? {
        at.get(&operator)
            .into_iter()
            .for_each(|at| candidates[*at].languages.push(language.clone()));
    }
    for (operator, expertise) in tx.all(&EXPERTISE, params![channel.0], pair::<i64>)? {
        let known = ExpertiseId(expertise);
        at.get(&operator).into_iter().for_each(|at| candidates[*at].expertise.push(known));
    }
    for candidate in &mut candidates {
        candidate.load = loads.remove(&candidate.operator).unwrap_or_default();
    }
    Ok(Standing { limits, candidates })
}

fn limits(tx: &mut Tx<'_>, channel: ChannelId) -> Result<Option<Limits>, Error> {
    tx.optional(&LIMITS, params![channel.0], |row| {
        let limited = row.get::<String>(0)? == "limited";
        let max_sessions = limited.then_some(row.get(1)?);
        Ok(Limits { max_sessions, block_during_call: row.get::<i64>(2)? == 1 })
    })
}

fn loads(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    now: Millis,
) -> Result<HashMap<OperatorId, Load>, Error> {
    let params = params![channel.0, now.minus(LOAD_FOR).0, now.minus(PLACE_KEPT_FOR).0];
    let rows = tx.all(&LOADS, params, |row| {
        let newest_at = row.get::<Option<i64>>(2)?.map(Millis);
        let load = Load { channel: row.get(3)?, all: row.get(1)?, newest_at };
        Ok((OperatorId(row.get(0)?), load))
    })?;
    Ok(rows.into_iter().collect())
}

fn candidate(row: &Row<'_>) -> Result<Candidate, Error> {
    Ok(Candidate {
        operator: OperatorId(row.get(0)?),
        chat_name: row.get(1)?,
        sighting: sighting(row, 4)?,
        in_call: false,
        languages: vec![row.get(2)?],
        country: row.get(3)?,
        expertise: Vec::new(),
        load: Load::default(),
    })
}

fn pair<T: frontdesk_db::FromColumn>(row: &Row<'_>) -> Result<(i64, T), Error> {
    Ok((row.get(0)?, row.get(1)?))
}

/// Verifies the chosen operator, alone, and counts the conversation; none when somebody else was faster.
pub fn take(
    tx: &mut Tx<'_>,
    wish: &Wish,
    choice: &Choice,
    limits: Limits,
) -> Result<Option<Taken>, Error> {
    let (id, now) = (choice.operator, wish.now);
    let params = params![id.0, seen_since(now).0, active_since(now).0, wish.channel.0];
    let taken = tx.optional(&TAKE, params, |row| {
        let names = OperatorNames { id, name: row.get(0)?, chat_name: row.get(1)? };
        Ok(Taken { names, avatar: row.get(2)? })
    })?;
    let (true, Some(max)) = (taken.is_some(), limits.max_sessions) else {
        return Ok(taken);
    };
    // Only now: what others gave this operator before they let go of the row is seen by a new statement.
    let since = now.minus(PLACE_KEPT_FOR);
    let places = params![id.0, wish.channel.0, now.0, since.0];
    if tx.one(&PLACES_TAKEN, places, |row| row.get::<i64>(0))? < max {
        return Ok(taken);
    }
    answers_less(tx, id)?;
    Ok(None)
}
