//! Conversations of all sorts, put into the database past the product.

use super::super::Model;
use crate::clock::rfc3339;
use crate::conversations::LISTED_AS;
use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::Millis;
use frontdesk_test_support::TestApp;
use serde_json::{Value, json};
use std::collections::HashMap;

pub static MODEL: &Model = &LISTED_AS;
pub const ASKER: i64 = 1;
const BEGINNING: i64 = 1_763_600_000_000;
const HOUR: i64 = 3_600_000;

frontdesk_db::statements! {
    CHANNEL = "insert into channel (name, button_background_color, button_text_color,
        header_background_color, title_color, created_at) values ($1, '', '', '', '', 0)";
    OPERATOR = "insert into operator (email, email_key, name, chat_name, role, language, created_at)
        values ($1, $1, $2, $2, 'operator', 'en', 0)";
    OPERATOR_OF_ADDRESS = "insert into operator (email, email_key, name, chat_name, role, language,
        created_at) values ($1, $2, '', '', 'operator', 'en', 0)";
    VISITOR = "insert into visitor (secret_hash, country, language, created_at)
        values ($1, $2, $3, 0)";
    CONVERSATION = "insert into conversation (channel_id, visitor_id, client_id, operator_id,
        status, last_active_at, created_at, ended_at, message_count)
        values ($1, $2, $3, $4, $5, 0, $6, $7, $8)";
    MEMBER = "insert into member (conversation_id, kind, person_id, joined_at, listed_until)
        values ($1, 'operator', $2, 0, 0)";
}

/// What a row has, by field, as filters write it; null: nothing.
pub type Expected = HashMap<&'static str, Value>;

/// Forty conversations and what is to be expected of them. The first channel is the installation's own.
pub async fn plant(app: &TestApp) -> Vec<Expected> {
    let rows: Vec<Expected> = (1..=40).map(expected).collect();
    app.db().write(plant_in).await.expect("the rows are right");
    rows
}

fn plant_in(tx: &mut Tx<'_>) -> Result<(), Error> {
    for name in ["Straße 100%", "ÑANDÚ_x"] {
        tx.execute(&CHANNEL, params![name])?;
        tx.execute(&OPERATOR, params![name, name])?;
    }
    for id in 1..=40 {
        let row = expected(id);
        let text = |field: &str| row[field].as_str().map(ToOwned::to_owned);
        let secret = format!("secret {id}");
        tx.execute(&VISITOR, params![&secret, &text("country"), &text("language")])?;
        let status = text("status").filter(|it| it != "ended");
        tx.execute(
            &CONVERSATION,
            params![
                row["channel"].as_i64(),
                id,
                "c",
                row["operator"].as_i64(),
                &status,
                created(id),
                ended(id),
                row["messages"].as_i64()
            ],
        )?;
        if row["member"] == true {
            tx.execute(&MEMBER, params![id, ASKER])?;
        }
    }
    Ok(())
}

fn expected(id: i64) -> Expected {
    let words = |words: [Option<&str>; 3]| json!(words[usize::try_from(id % 3).unwrap_or(0)]);
    let moment = |at: i64| rfc3339(Millis(at));
    HashMap::from([
        ("id", json!(id)),
        ("created_at", json!(moment(created(id)))),
        ("ended_at", json!(ended(id).map(moment))),
        ("open", json!(ended(id).is_none())),
        (
            "status",
            match (ended(id), id % 2) {
                (Some(_), _) => json!("ended"),
                (None, 0) => json!("in_progress"),
                _ => json!("looking_for_help"),
            },
        ),
        ("channel", json!(1 + id % 3)),
        ("operator", json!([None, Some(1), Some(2)][usize::try_from(id % 3).unwrap_or(0)])),
        ("visitor", json!(id)),
        ("member", json!(id % 5 == 0)),
        ("country", words([None, Some("PT"), Some("DE")])),
        ("language", words([Some("pt"), None, Some("de")])),
        ("messages", json!(id % 7)),
        ("duration", json!(ended(id).map(|at| at - created(id)))),
    ])
}

/// Three at the same moment, so that pages must tell them apart.
const fn created(id: i64) -> i64 {
    BEGINNING + id / 3 * 7 * HOUR
}

const fn ended(id: i64) -> Option<i64> {
    if id % 4 == 0 { None } else { Some(created(id) + id * 60_000) }
}

/// An operator whom nothing but the address tells from others.
pub fn add_operator(tx: &mut Tx<'_>, email: &str) -> Result<(), Error> {
    tx.execute(&OPERATOR_OF_ADDRESS, params![email, &email.to_lowercase()]).map(drop)
}
