//! Conversations as clients see them.

use super::store::{
    HeadRow, LastMessageRow, RecentRow, SummaryRow, VisitorConversationRow, VisitorRow,
};
use crate::chatbots::ChatbotState;
use crate::clock::rfc3339;
use crate::events::{AuthorView, ChatbotRef, OperatorEvent, OperatorRef, VisitorEvent};
use crate::images;
use frontdesk_domain::conversation::{Marks, Outcome, Status};
use frontdesk_domain::{ChannelId, ConversationId, ExpertiseId, VisitorId};
use serde::Serialize;
use utoipa::ToSchema;

/// Who answers a visitor.
#[derive(Clone, Serialize, ToSchema)]
pub struct Answering {
    /// The chat name.
    pub name: String,
    /// Path of the operator's picture, on this installation.
    #[schema(required)]
    pub avatar: Option<String>,
}

/// A place among those that wait.
#[derive(Serialize, ToSchema)]
pub struct Waiting {
    /// 1: the next one.
    pub position: i64,
}

/// A conversation, as its visitor sees it.
#[derive(Serialize, ToSchema)]
pub struct VisitorConversation {
    /// Client conversation id.
    pub id: String,
    /// Its channel.
    pub channel_id: ChannelId,
    /// Who answers.
    #[schema(required)]
    pub operator: Option<Answering>,
    /// Somebody of the team has it open.
    pub operator_present: bool,
    /// It waits for an operator to become free.
    #[schema(required)]
    pub waiting: Option<Waiting>,
    /// It was left with an e-mail address while nobody was there.
    pub left_message: bool,
    /// The chatbot in whose hands it is; null once an operator took over.
    #[schema(required)]
    pub chatbot: Option<ChatbotState>,
    /// When it was started.
    pub created_at: String,
    /// When it ended.
    #[schema(required)]
    pub ended_at: Option<String>,
    /// The newest number.
    pub last_seq: i64,
    /// How far the team has received and read.
    pub marks: Marks,
    /// How far this visitor has.
    pub own_marks: Marks,
}

/// A conversation with its newest events, as its visitor sees it.
#[derive(Serialize, ToSchema)]
pub struct VisitorSnapshot {
    /// The conversation.
    pub conversation: VisitorConversation,
    /// The newest events, ascending.
    pub events: Vec<VisitorEvent>,
    /// There are older ones.
    pub more: bool,
}

/// A visitor's conversations.
#[derive(Serialize, ToSchema)]
pub struct VisitorConversationList {
    /// Newest first.
    pub conversations: Vec<VisitorConversation>,
}

/// What is known of a visitor.
#[derive(Serialize, ToSchema)]
pub struct VisitorProfile {
    /// The number that operators see where no name is known: "Visitor #12".
    pub id: VisitorId,
    /// The name.
    #[schema(required)]
    pub name: Option<String>,
    /// The e-mail address.
    #[schema(required)]
    pub email: Option<String>,
    /// The browser's language, as a tag.
    #[schema(required)]
    pub language: Option<String>,
    /// The country, as a two-letter code.
    #[schema(required)]
    pub country: Option<String>,
    /// The browser's time zone.
    #[schema(required)]
    pub time_zone: Option<String>,
    /// The visitor has the page open.
    pub present: bool,
}

/// The newest message of a conversation.
#[derive(Serialize, ToSchema)]
pub struct LastMessage {
    /// Its number.
    pub seq: i64,
    /// What; empty where it was deleted.
    pub text: String,
    /// Its author took it back.
    pub deleted: bool,
    /// Who.
    pub author: AuthorView,
    /// When.
    pub at: String,
}

/// A conversation, as the team's lists show it.
#[derive(Serialize, ToSchema)]
pub struct ConversationSummary {
    /// Which.
    pub id: ConversationId,
    /// Its channel.
    pub channel_id: ChannelId,
    /// The channel's name.
    pub channel_name: String,
    /// Its visitor.
    pub visitor: VisitorProfile,
    /// Who answers.
    #[schema(required)]
    pub operator: Option<OperatorRef>,
    /// The chatbot in whose hands it is.
    #[schema(required)]
    pub chatbot: Option<ChatbotRef>,
    /// Where it stands.
    pub status: Status,
    /// When it was started.
    pub created_at: String,
    /// When it ended.
    #[schema(required)]
    pub ended_at: Option<String>,
    /// When something last happened.
    pub last_active_at: String,
    /// The newest number.
    pub last_seq: i64,
    /// The newest message.
    #[schema(required)]
    pub last_message: Option<LastMessage>,
    /// Messages of others that the caller has not read; at most 100.
    pub unread: i64,
    /// The caller takes part.
    pub member: bool,
    /// Since when it waits for an operator.
    #[schema(required)]
    pub waiting_since: Option<String>,
    /// It was left with an e-mail address while nobody was there.
    pub left_message: bool,
    /// How it went, once it has ended.
    #[schema(required)]
    pub outcome: Option<Outcome>,
    /// What whoever takes it should know.
    pub expertise: Vec<ExpertiseId>,
}

/// The conversations that any operator may take, the oldest first.
#[derive(Serialize, ToSchema)]
pub struct Queue {
    /// Those that wait for an operator, left messages among them; at most 100.
    pub waiting: Vec<ConversationSummary>,
    /// Those whose operators look for help, or that were left alone; at most 100.
    pub looking_for_help: Vec<ConversationSummary>,
}

/// The caller's list of conversations.
#[derive(Serialize, ToSchema)]
pub struct ConversationList {
    /// Last active first.
    pub conversations: Vec<ConversationSummary>,
    /// `before` of the next page.
    #[schema(required)]
    pub next: Option<String>,
}

/// An earlier conversation of the same visitor.
#[derive(Serialize, ToSchema)]
pub struct RecentConversation {
    /// Which.
    pub id: ConversationId,
    /// When it was started.
    pub created_at: String,
    /// When it ended.
    #[schema(required)]
    pub ended_at: Option<String>,
    /// What the visitor first wrote.
    pub first_text: String,
}

/// A conversation with its newest events, as the team sees it.
#[derive(Serialize, ToSchema)]
pub struct OperatorSnapshot {
    /// The conversation.
    pub conversation: ConversationSummary,
    /// Address of the page where it was started.
    #[schema(required)]
    pub page_url: Option<String>,
    /// Title of that page.
    #[schema(required)]
    pub page_title: Option<String>,
    /// The operators who take part.
    pub operators: Vec<OperatorRef>,
    /// How far the visitor has received and read.
    pub visitor_marks: Marks,
    /// How far the caller has.
    pub own_marks: Marks,
    /// Earlier conversations of the same visitor, newest first, at most 5.
    pub recent: Vec<RecentConversation>,
    /// The newest events, ascending.
    pub events: Vec<OperatorEvent>,
    /// There are older ones.
    pub more: bool,
}

impl ConversationSummary {
    /// The view of a row; `present`: its visitor has the page open.
    #[must_use]
    pub fn new(row: SummaryRow, present: bool) -> Self {
        Self {
            id: row.id,
            channel_id: row.channel.0,
            channel_name: row.channel.1,
            visitor: VisitorProfile::new(row.visitor, present),
            operator: row.operator,
            chatbot: row.chatbot,
            status: row.status.unwrap_or(Status::InProgress),
            created_at: rfc3339(row.created_at),
            ended_at: row.ended_at.map(rfc3339),
            last_active_at: rfc3339(row.last_active_at),
            last_seq: row.last_seq,
            last_message: row.last_message.map(LastMessage::from),
            unread: row.unread,
            member: row.member,
            waiting_since: row.waiting_since.map(rfc3339),
            left_message: row.left_message,
            outcome: row.outcome,
            expertise: row.expertise,
        }
    }
}

impl From<LastMessageRow> for LastMessage {
    fn from(row: LastMessageRow) -> Self {
        let LastMessageRow { seq, text, deleted, author, at } = row;
        Self { seq, text, deleted, author, at: rfc3339(at) }
    }
}

impl VisitorProfile {
    fn new(row: VisitorRow, present: bool) -> Self {
        Self {
            id: row.id,
            name: row.name,
            email: row.email,
            language: row.language,
            country: row.country,
            time_zone: row.time_zone,
            present,
        }
    }
}

impl VisitorConversation {
    /// The view of a row, with the marks of the team and of the visitor.
    #[must_use]
    pub fn new(row: VisitorConversationRow, present: bool, (team, own): (Marks, Marks)) -> Self {
        Self {
            id: row.client_id,
            channel_id: row.channel,
            operator: row
                .chat_name
                .map(|name| Answering { name, avatar: row.avatar.as_deref().map(images::path) }),
            operator_present: present,
            waiting: row.position.map(|position| Waiting { position }),
            left_message: row.left_message,
            chatbot: row.chatbot,
            created_at: rfc3339(row.created_at),
            ended_at: row.ended_at.map(rfc3339),
            last_seq: row.last_visitor_seq,
            marks: team,
            own_marks: own,
        }
    }
}

impl From<RecentRow> for RecentConversation {
    fn from(row: RecentRow) -> Self {
        Self {
            id: row.id,
            created_at: rfc3339(row.created_at),
            ended_at: row.ended_at.map(rfc3339),
            first_text: row.first_text,
        }
    }
}

impl From<HeadRow> for crate::realtime::frames::Head {
    fn from(row: HeadRow) -> Self {
        Self { id: row.id, last_seq: row.last_seq }
    }
}
