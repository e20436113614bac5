//! SQL of the demonstration data: many rows in one statement, on both engines.

use super::phrases::OPERATORS;
use super::story::{Said, Story, What};
use frontdesk_db::{Error, Statement, Tx, Value, params};
use std::sync::LazyLock;

/// Rows of one statement. More gain little, and an engine takes only so many parameters.
const ROWS: usize = 100;

frontdesk_db::statements! {
    CHANNEL = "select min(id) from channel";
    TEAM = "
        select operator_id from channel_operator where channel_id = $1 order by operator_id";
    OPERATOR = "
        insert into operator (email, email_key, name, chat_name, role, language, created_at)
        values ($1, $1, $2, $2, 'operator', 'en', $3)
        on conflict (email_key) do update set name = excluded.name returning id";
    PRESENCE = "
        insert into operator_presence (operator_id, choice, seen_at, active_at)
        values ($1, 'online', 0, 0) on conflict do nothing";
    JOINED = "
        insert into channel_operator (channel_id, operator_id, joined_at) values ($1, $2, $3)
        on conflict do nothing";
    ANSWERS = "update operator_presence set ongoing = ongoing + $2 where operator_id = $1";
}

static VISITORS: LazyLock<Many> = LazyLock::new(|| {
    Many::new("insert into visitor (secret_hash, language, time_zone, created_at)", 4, "id")
});
static CONVERSATIONS: LazyLock<Many> = LazyLock::new(|| {
    let start = "
        insert into conversation (channel_id, visitor_id, client_id, operator_id, status, last_seq,
            last_visitor_seq, last_message_seq, last_active_at, page_url, page_title, created_at,
            ended_at)";
    Many::new(start, 13, "id")
});
static EVENTS: LazyLock<Many> = LazyLock::new(|| {
    let start = "
        insert into event (conversation_id, seq, visitor_seq, kind, author_kind, operator_id,
            client_id, body, created_at)";
    Many::new(start, 9, "seq")
});
static MEMBERS: LazyLock<Many> = LazyLock::new(|| {
    let start = "
        insert into member (conversation_id, kind, person_id, joined_at, listed_until,
            delivered_seq, read_seq)";
    Many::new(start, 7, "person_id")
});

/// Who answers.
pub struct Team {
    channel: i64,
    /// The operators of the channel.
    pub operators: Vec<i64>,
}

/// The first channel and its operators, at least so many; none where there is no channel.
pub fn team(tx: &mut Tx<'_>, amount: usize, now: i64) -> Result<Option<Team>, Error> {
    let Some(channel) = tx.one(&CHANNEL, params![], |row| row.get::<Option<i64>>(0))? else {
        return Ok(None);
    };
    let mut operators = tx.all(&TEAM, params![channel], |row| row.get::<i64>(0))?;
    for number in operators.len()..amount.max(1) {
        let name = format!("{} {}", OPERATORS[number % OPERATORS.len()], number + 1);
        let email = format!("demo{}@load.example", number + 1);
        let id = tx.one(&OPERATOR, params![&email, &name, now], |row| row.get::<i64>(0))?;
        tx.execute(&PRESENCE, params![id])?;
        tx.execute(&JOINED, params![channel, id, now])?;
        operators.push(id);
    }
    Ok(Some(Team { channel, operators }))
}

/// Writes conversations with everything that belongs to them.
pub fn write(tx: &mut Tx<'_>, team: &Team, stories: &[Story]) -> Result<(), Error> {
    let visitors = VISITORS.insert(tx, stories.iter().map(visitor))?;
    let rows = stories.iter().zip(&visitors).map(|(story, visitor)| {
        conversation(story, (team.channel, *visitor, team.operators[story.operator]))
    });
    let ids = CONVERSATIONS.insert(tx, rows)?;
    let events = stories.iter().zip(&ids).flat_map(|(story, id)| {
        let operator = team.operators[story.operator];
        let numbered = (1..).zip(&story.events);
        numbered.map(move |(seq, said)| event((*id, seq, operator), said))
    });
    EVENTS.insert(tx, events)?;
    let members =
        stories.iter().zip(ids.iter().zip(&visitors)).flat_map(|(story, (id, visitor))| {
            let operator = team.operators[story.operator];
            [member(story, (*id, "visitor", *visitor)), member(story, (*id, "operator", operator))]
        });
    MEMBERS.insert(tx, members)?;
    for story in stories.iter().filter(|it| it.ended_at.is_none()) {
        tx.execute(&ANSWERS, params![team.operators[story.operator], 1_i64])?;
    }
    Ok(())
}

/// A value that a row owns.
enum Owned {
    Null,
    Integer(i64),
    Text(&'static str),
    String(String),
}

fn visitor(story: &Story) -> Vec<Owned> {
    use Owned::{Integer, String, Text};
    // Nobody has the secret to a hash that was not made from one.
    let hash = format!("demo-{}", story.id);
    vec![String(hash), Text(story.language), Text(story.time_zone), Integer(story.began_at)]
}

fn conversation(story: &Story, (channel, visitor, operator): (i64, i64, i64)) -> Vec<Owned> {
    use Owned::{Integer, String, Text};
    let (path, title) = story.page;
    vec![
        Integer(channel),
        Integer(visitor),
        String(story.id.to_string()),
        Integer(operator),
        story.ended_at.map_or(Text("in_progress"), |_| Owned::Null),
        Integer(story.last_seq()),
        Integer(story.last_seq()),
        Integer(story.last_message_seq()),
        Integer(story.last_active_at()),
        String(format!("https://shop.example{path}")),
        Text(title),
        Integer(story.began_at),
        story.ended_at.map_or(Owned::Null, Integer),
    ]
}

fn event((conversation, seq, operator): (i64, i64, i64), said: &Said) -> Vec<Owned> {
    use Owned::{Integer, Null, String, Text};
    let (kind, author, operator, client_id, body) = match &said.what {
        What::Opened => ("conversation.opened", "visitor", Integer(operator), Null, Null),
        What::Visitor(id, text) => {
            ("message.posted", "visitor", Null, String(id.to_string()), Text(text))
        }
        What::Operator(id, text) => {
            ("message.posted", "operator", Integer(operator), String(id.to_string()), Text(text))
        }
        What::Ended => ("conversation.ended", "visitor", Null, Null, Null),
    };
    vec![
        Integer(conversation),
        Integer(seq),
        Integer(seq),
        Text(kind),
        Text(author),
        operator,
        client_id,
        body,
        Integer(said.at),
    ]
}

fn member(story: &Story, (conversation, kind, person): (i64, &'static str, i64)) -> Vec<Owned> {
    use Owned::{Integer, Text};
    vec![
        Integer(conversation),
        Text(kind),
        Integer(person),
        Integer(story.began_at),
        Integer(story.listed_until()),
        Integer(story.last_seq()),
        Integer(story.last_seq()),
    ]
}

/// Inserts many rows with few statements.
struct Many {
    single: Statement,
    full: Statement,
}

impl Many {
    fn new(start: &str, columns: usize, returning: &str) -> Self {
        let of = |rows| statement(start, columns, rows, returning);
        Self { single: of(1), full: of(ROWS) }
    }

    /// Inserts the rows; what the last column of the statement answers for each.
    fn insert(
        &self,
        tx: &mut Tx<'_>,
        rows: impl Iterator<Item = Vec<Owned>>,
    ) -> Result<Vec<i64>, Error> {
        let rows: Vec<_> = rows.collect();
        let mut answers = Vec::with_capacity(rows.len());
        for part in rows.chunks(ROWS) {
            if part.len() == ROWS {
                answers.extend(Self::run(tx, &self.full, part)?);
            } else {
                for row in part.chunks(1) {
                    answers.extend(Self::run(tx, &self.single, row)?);
                }
            }
        }
        Ok(answers)
    }

    fn run(tx: &mut Tx<'_>, statement: &Statement, rows: &[Vec<Owned>]) -> Result<Vec<i64>, Error> {
        let values: Vec<Value<'_>> = rows.iter().flatten().map(Owned::value).collect();
        tx.all(statement, &values, |row| row.get(0))
    }
}

/// A statement of so many rows. It is kept for as long as the program runs.
fn statement(start: &str, columns: usize, rows: usize, returning: &str) -> Statement {
    let row = |row: usize| {
        let places = (1..=columns).map(|column| format!("${}", row * columns + column));
        format!("({})", places.collect::<Vec<_>>().join(", "))
    };
    let rows = (0..rows).map(row).collect::<Vec<_>>().join(", ");
    let postgres = format!("{start} values {rows} returning {returning}");
    let sqlite = postgres.replace('$', "?");
    Statement::from_spellings(postgres.leak(), sqlite.leak().as_bytes())
}

impl Owned {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Integer(number) => Value::Integer(*number),
            Self::Text(text) => Value::Text(text),
            Self::String(text) => Value::Text(text),
        }
    }
}
