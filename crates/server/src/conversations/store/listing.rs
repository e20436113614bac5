//! What lists may ask of conversations (D16, M7).

use crate::query::{Field, Join, Kind, Model, Reference};

/// An ended conversation has no status of its own.
const STATUSES: [&str; 4] = ["in_progress", "waiting_for_customer", "looking_for_help", "ended"];
/// Said by the status, whose index finds the few open ones among many.
const OPEN: &str = "coalesce(it.status, 'ended') in
    ('in_progress', 'waiting_for_customer', 'looking_for_help')";
const CHANNEL: Reference = Reference { table: "channel", by_name: true };
const OPERATOR: Reference = Reference { table: "operator", by_name: true };
const VISITOR: Reference = Reference { table: "visitor", by_name: false };

/// All conversations.
pub const LISTED_AS: Model = Model {
    name: "conversations",
    table: "conversation",
    joins: &[Join { table: "visitor", on: "visitor.id = it.visitor_id", key: "visitor" }],
    fields: &[
        Field::new("id", Kind::Integer, "it.id").sorted_by("it.id"),
        Field::new("created_at", Kind::Moment, "it.created_at")
            .sorted_by("it.created_at")
            .grouped(),
        Field::new("ended_at", Kind::Moment, "it.ended_at").or_none(),
        Field::new("open", Kind::Flag, OPEN),
        Field::new("status", Kind::Choice(&STATUSES), "coalesce(it.status, 'ended')").grouped(),
        Field::new("channel", Kind::Reference(CHANNEL), "it.channel_id").grouped(),
        Field::new("operator", Kind::Reference(OPERATOR), "it.operator_id").or_none().grouped(),
        Field::new("visitor", Kind::Reference(VISITOR), "it.visitor_id"),
        // Whoever is or was a member (behaviour: decision 25).
        Field::new(
            "member",
            Kind::Flag,
            "it.id in (select m.conversation_id from member m
            where m.kind = 'operator' and m.person_id = {asker})",
        ),
        Field::new("country", Kind::Word, "visitor.country").of("visitor").or_none(),
        Field::new("language", Kind::Word, "visitor.language").of("visitor").or_none(),
        Field::new("messages", Kind::Integer, "it.message_count"),
        // In milliseconds, of ended ones.
        Field::new("duration", Kind::Integer, "it.ended_at - it.created_at")
            .or_none()
            .sorted_by("coalesce(it.ended_at - it.created_at, -1)"),
    ],
    newest_by: "created_at",
};
