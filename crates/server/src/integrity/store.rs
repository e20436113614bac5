//! SQL that finds what cannot be. Each statement answers the conversations of a page that are wrong.

use frontdesk_db::{Error, Statement, Tx, params};

/// Of one kind of mistake, so many are told of each page.
const TOLD: i64 = 20;

frontdesk_db::statements! {
    PAGE = "
        select max(id), count(*) from (
            select id from conversation where id > $1 order by id limit $2) page";
    GAPS = "
        select conversation_id from (
            select conversation_id, seq,
                row_number() over (partition by conversation_id order by seq) as place
            from event where conversation_id > $1 and conversation_id <= $2) numbered
        where seq <> place group by conversation_id order by conversation_id limit $3";
    VISITOR_GAPS = "
        select conversation_id from (
            select conversation_id, visitor_seq,
                row_number() over (partition by conversation_id order by seq) as place
            from event
            where conversation_id > $1 and conversation_id <= $2 and visitor_seq is not null) numbered
        where visitor_seq <> place group by conversation_id order by conversation_id limit $3";
    HEADS = "
        select c.id from conversation c left join (
            select conversation_id, max(seq) as seq, max(visitor_seq) as visitor_seq
            from event where conversation_id > $1 and conversation_id <= $2
            group by conversation_id) e on e.conversation_id = c.id
        where c.id > $1 and c.id <= $2
            and (c.last_seq <> coalesce(e.seq, 0) or c.last_visitor_seq <> coalesce(e.visitor_seq, 0))
        order by c.id limit $3";
    LAST_MESSAGE = "
        select c.id from conversation c
        where c.id > $1 and c.id <= $2 and c.last_message_seq is not null and not exists (
            select 1 from event e where e.conversation_id = c.id and e.seq = c.last_message_seq
                and e.kind = 'message.posted')
        order by c.id limit $3";
    OPENING = "
        select c.id from conversation c
        where c.id > $1 and c.id <= $2 and not exists (
            select 1 from event e
            where e.conversation_id = c.id and e.seq = 1 and e.kind = 'conversation.opened')
        order by c.id limit $3";
    ENDING = "
        select c.id from conversation c left join (
            select conversation_id,
                sum(case when kind = 'conversation.ended' then 1 else -1 end) as times
            from event
            where conversation_id > $1 and conversation_id <= $2
                and kind in ('conversation.ended', 'chatbot.restarted')
            group by conversation_id) e on e.conversation_id = c.id
        where c.id > $1 and c.id <= $2
            and (case when c.ended_at is null then 0 else 1 end) <> coalesce(e.times, 0)
        order by c.id limit $3";
    VISITOR_MEMBER = "
        select c.id from conversation c
        where c.id > $1 and c.id <= $2 and not exists (
            select 1 from member m where m.conversation_id = c.id and m.kind = 'visitor'
                and m.person_id = c.visitor_id)
        order by c.id limit $3";
    OPERATOR_MEMBER = "
        select c.id from conversation c
        where c.id > $1 and c.id <= $2 and c.ended_at is null and c.operator_id is not null
            and not exists (
                select 1 from member m where m.conversation_id = c.id and m.kind = 'operator'
                    and m.person_id = c.operator_id and m.left_at is null)
        order by c.id limit $3";
    MARKS = "
        select c.id from conversation c join member m on m.conversation_id = c.id
        where c.id > $1 and c.id <= $2
            and (m.read_seq < 0 or m.read_seq > m.delivered_seq or m.delivered_seq > c.last_visitor_seq)
        group by c.id order by c.id limit $3";
    CHATBOT = "
        select c.id from conversation c
        where c.id > $1 and c.id <= $2 and c.chatbot_id is not null and not exists (
            select 1 from chatbot_run r
            where r.conversation_id = c.id and r.chatbot_id = c.chatbot_id)
        order by c.id limit $3";
    WRONG_COUNTERS = "
        select p.operator_id, p.ongoing, coalesce(c.open, 0) from operator_presence p left join (
            select operator_id, count(*) as open from conversation
            where ended_at is null and operator_id is not null
            group by operator_id) c on c.operator_id = p.operator_id
        where p.ongoing <> coalesce(c.open, 0) order by p.operator_id limit $1";
    COUNT_ONGOING = "
        update operator_presence set ongoing = (
            select count(*) from conversation c
            where c.operator_id = operator_presence.operator_id and c.ended_at is null)
        where ongoing <> (
            select count(*) from conversation c
            where c.operator_id = operator_presence.operator_id and c.ended_at is null)";
}

/// What is asked of each page, and what it means when there is an answer.
pub const CHECKS: [(&Statement, &str); 10] = [
    (&GAPS, "its log has a gap, or a number twice"),
    (&VISITOR_GAPS, "the visitor's numbers have a gap, or are out of order"),
    (&HEADS, "its head is not its newest event"),
    (&LAST_MESSAGE, "what it calls its last message is none"),
    (&OPENING, "its log does not begin with its opening"),
    (&ENDING, "it ended without an event that says so, or the other way round"),
    (&VISITOR_MEMBER, "its visitor is no member of it"),
    (&OPERATOR_MEMBER, "the operator who answers it is no member of it"),
    (&MARKS, "somebody has read further than it goes"),
    (&CHATBOT, "its chatbot stands nowhere in the script"),
];

/// The last conversation of the page after `after`, and how many the page has.
pub fn page(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Option<(i64, i64)>, Error> {
    tx.one(&PAGE, params![after, limit], |row| {
        let last: Option<i64> = row.get(0)?;
        let conversations = row.get(1)?;
        Ok(last.map(|last| (last, conversations)))
    })
}

/// The conversations of a page that a check finds.
pub fn wrong(tx: &mut Tx<'_>, check: &Statement, after: i64, last: i64) -> Result<Vec<i64>, Error> {
    tx.all(check, params![after, last, TOLD], |row| row.get(0))
}

/// Operators whose counter is wrong: who, what it says, what it should say.
pub fn wrong_counters(tx: &mut Tx<'_>) -> Result<Vec<(i64, i64, i64)>, Error> {
    tx.all(&WRONG_COUNTERS, params![TOLD], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// Counts the conversations of every operator again.
pub fn count_ongoing(tx: &mut Tx<'_>) -> Result<u64, Error> {
    tx.execute(&COUNT_ONGOING, &[])
}
