//! SQL of the team.

use super::TeamMember;
use crate::images;
use crate::operators::sighting;
use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::operator::Role;
use frontdesk_domain::{ExpertiseId, Millis, OperatorId};
use std::collections::HashMap;

frontdesk_db::statements! {
    ALL = "
        select o.id, o.name, o.chat_name, o.email, o.role, o.avatar, o.active,
            case when o.password_hash is null then 1 else 0 end, o.language, p.ongoing, p.choice,
            p.seen_at, p.active_at
        from operator o join operator_presence p on p.operator_id = o.id
        order by o.active desc, o.name, o.id limit 5000";
    LANGUAGES = "
        select operator_id, language from operator_language
        order by operator_id, language limit 50000";
    EXPERTISE = "
        select operator_id, expertise_id from operator_expertise
        order by operator_id, expertise_id limit 50000";
    UPDATE = "update operator set name = $2, chat_name = $3, role = $4 where id = $1";
    SET_ACTIVE = "update operator set active = $2 where id = $1";
    /// An update of nothing: it holds the rows of those who could administer.
    HOLD_ADMINISTRATORS = "
        update operator set role = role
        where role = 'administrator' and active = 1 and password_hash is not null returning id";
}

/// Everybody, those who may come in first.
pub fn all(tx: &mut Tx<'_>, now: Millis) -> Result<Vec<TeamMember>, Error> {
    let mut languages = gathered(tx.all(&LANGUAGES, params![], |row| pair(row, |it| it))?);
    let mut expertise = gathered(tx.all(&EXPERTISE, params![], |row| pair(row, ExpertiseId))?);
    let mut team = tx.all(&ALL, params![], |row| member(row, now))?;
    for it in &mut team {
        it.languages.extend(languages.remove(&it.id).unwrap_or_default());
        it.expertise = expertise.remove(&it.id).unwrap_or_default();
    }
    Ok(team)
}

fn member(row: &Row<'_>, now: Millis) -> Result<TeamMember, Error> {
    Ok(TeamMember {
        id: OperatorId(row.get(0)?),
        name: row.get(1)?,
        chat_name: row.get(2)?,
        email: row.get(3)?,
        role: Role::parse(&row.get::<String>(4)?).unwrap_or(Role::Operator),
        avatar: row.get::<Option<String>>(5)?.as_deref().map(images::path),
        active: row.get(6)?,
        invited: row.get(7)?,
        languages: vec![row.get(8)?],
        ongoing: row.get(9)?,
        presence: sighting(row, 10)?.presence(now),
        expertise: Vec::new(),
    })
}

fn pair<C: frontdesk_db::FromColumn, T>(
    row: &Row<'_>,
    of: impl FnOnce(C) -> T,
) -> Result<(OperatorId, T), Error> {
    Ok((OperatorId(row.get(0)?), of(row.get(1)?)))
}

fn gathered<T>(pairs: Vec<(OperatorId, T)>) -> HashMap<OperatorId, Vec<T>> {
    let mut gathered: HashMap<_, Vec<_>> = HashMap::new();
    for (operator, it) in pairs {
        gathered.entry(operator).or_default().push(it);
    }
    gathered
}

/// Changes names and role; false when there is no such operator.
pub fn update(
    tx: &mut Tx<'_>,
    id: OperatorId,
    (name, chat_name): (&str, &str),
    role: Role,
) -> Result<bool, Error> {
    Ok(tx.execute(&UPDATE, params![id.0, name, chat_name, role.as_str()])? > 0)
}

/// Lets an operator in, or not; false when there is no such operator.
pub fn set_active(tx: &mut Tx<'_>, id: OperatorId, active: bool) -> Result<bool, Error> {
    Ok(tx.execute(&SET_ACTIVE, params![id.0, active])? > 0)
}

/// Those who could administer; nobody changes them within this transaction.
pub fn hold_administrators(tx: &mut Tx<'_>) -> Result<Vec<OperatorId>, Error> {
    tx.all(&HOLD_ADMINISTRATORS, params![], |row| Ok(OperatorId(row.get(0)?)))
}
