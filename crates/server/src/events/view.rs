//! Events as others see them: the team with everything, the visitor with its own numbers and chat names only.

use super::{OperatorNames, StoredEvent};
use crate::clock::rfc3339;
use frontdesk_domain::OperatorId;
use frontdesk_domain::assignment::Explanation;
use frontdesk_domain::conversation::Status;
use frontdesk_domain::event::Event;
use frontdesk_domain::message::{Author, AuthorKind, Revision};
use serde::Serialize;
use utoipa::ToSchema;

/// An operator, as the team names one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OperatorRef {
    /// Who.
    pub id: OperatorId,
    /// The name for the team.
    pub name: String,
}

/// An operator, as visitors see one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChatName {
    /// The chat name.
    pub name: String,
}

/// Who wrote something, as the team sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(as = Author)]
pub enum AuthorView {
    /// The conversation's visitor.
    Visitor,
    /// One of the team.
    Operator(OperatorRef),
}

/// An event of the log, as the team sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OperatorEvent {
    /// Number in the log.
    pub seq: i64,
    /// Number in the visitor's log; null: the visitor never sees it.
    #[schema(required)]
    pub visitor_seq: Option<i64>,
    /// When.
    pub at: String,
    /// What.
    #[serde(flatten)]
    pub what: OperatorEventKind,
}

/// What happened, as the team sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind")]
pub enum OperatorEventKind {
    /// The visitor wrote for the first time.
    #[serde(rename = "conversation.opened")]
    ConversationOpened {
        /// Who was assigned.
        #[schema(required)]
        operator: Option<OperatorRef>,
        /// Why that one.
        #[schema(required)]
        why: Option<Explanation>,
    },
    /// Somebody said something.
    #[serde(rename = "message.posted")]
    MessagePosted {
        /// Who.
        author: AuthorView,
        /// The sender's id of this message.
        client_id: String,
        /// What, as typed.
        text: String,
        /// Its author wrote it anew since; left out where not.
        #[serde(skip_serializing_if = "is_false")]
        #[schema(required = false)]
        edited: bool,
        /// Its author took it back, and its text is empty; left out where not.
        #[serde(skip_serializing_if = "is_false")]
        #[schema(required = false)]
        deleted: bool,
    },
    /// An author wrote a message anew.
    #[serde(rename = "message.edited")]
    MessageEdited {
        /// The message's number.
        message: i64,
        /// How it reads now; empty where it was deleted since.
        text: String,
    },
    /// An author took a message back.
    #[serde(rename = "message.deleted")]
    MessageDeleted {
        /// The message's number.
        message: i64,
    },
    /// An operator came in.
    #[serde(rename = "member.joined")]
    MemberJoined {
        /// Who.
        operator: OperatorRef,
        /// Why assignment chose this one; none who came by hand.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        why: Option<Explanation>,
        /// The colleague who asked.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        invited_by: Option<OperatorId>,
    },
    /// An operator left.
    #[serde(rename = "member.left")]
    MemberLeft {
        /// Who.
        operator: OperatorRef,
    },
    /// It stands elsewhere; the visitor does not see it.
    #[serde(rename = "conversation.status_changed")]
    StatusChanged {
        /// Where it stands now.
        status: Status,
        /// Who said so, or brought it there by coming or leaving.
        operator: OperatorRef,
    },
    /// The conversation is over.
    #[serde(rename = "conversation.ended")]
    ConversationEnded {
        /// Who ended it.
        by: AuthorView,
    },
}

/// An event of the log, as the visitor sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VisitorEvent {
    /// Number in the visitor's log.
    pub seq: i64,
    /// When.
    pub at: String,
    /// What.
    #[serde(flatten)]
    pub what: VisitorEventKind,
}

/// What happened, as the visitor sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind")]
pub enum VisitorEventKind {
    /// The visitor wrote for the first time.
    #[serde(rename = "conversation.opened")]
    ConversationOpened {
        /// Who answers.
        #[schema(required)]
        operator: Option<ChatName>,
    },
    /// Somebody said something.
    #[serde(rename = "message.posted")]
    MessagePosted {
        /// Which side.
        author: AuthorKind,
        /// The author's chat name; none for the visitor.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        name: Option<String>,
        /// The visitor's own id of the message; none for others' messages.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        client_id: Option<String>,
        /// What, as typed.
        text: String,
        /// Its author wrote it anew since; left out where not.
        #[serde(skip_serializing_if = "is_false")]
        #[schema(required = false)]
        edited: bool,
        /// Its author took it back, and its text is empty; left out where not.
        #[serde(skip_serializing_if = "is_false")]
        #[schema(required = false)]
        deleted: bool,
    },
    /// An author wrote a message anew.
    #[serde(rename = "message.edited")]
    MessageEdited {
        /// The message's number in the visitor's log.
        message: i64,
        /// How it reads now; empty where it was deleted since.
        text: String,
    },
    /// An author took a message back.
    #[serde(rename = "message.deleted")]
    MessageDeleted {
        /// The message's number in the visitor's log.
        message: i64,
    },
    /// An operator came in.
    #[serde(rename = "member.joined")]
    MemberJoined {
        /// The chat name.
        name: String,
    },
    /// An operator left.
    #[serde(rename = "member.left")]
    MemberLeft {
        /// The chat name.
        name: String,
    },
    /// The conversation is over.
    #[serde(rename = "conversation.ended")]
    ConversationEnded {
        /// Which side ended it.
        by: AuthorKind,
    },
}

/// Some events, ascending.
#[derive(Serialize, ToSchema)]
pub struct EventPage {
    /// The events.
    pub events: Vec<OperatorEvent>,
    /// There are more in that direction.
    pub more: bool,
}

/// Some events, ascending, as the visitor sees them.
#[derive(Serialize, ToSchema)]
pub struct VisitorEventPage {
    /// The events.
    pub events: Vec<VisitorEvent>,
    /// There are more in that direction.
    pub more: bool,
}

impl StoredEvent {
    /// As the team sees it.
    #[must_use]
    pub fn for_operators(&self) -> OperatorEvent {
        let operator = || team_name(self.operator.as_ref());
        let what = match &self.event {
            Event::ConversationOpened { why, .. } => OperatorEventKind::ConversationOpened {
                operator: self.operator.as_ref().map(OperatorRef::from),
                why: why.clone(),
            },
            Event::MessagePosted { author, client_id, text, revision } => {
                OperatorEventKind::MessagePosted {
                    author: self.author_view(*author),
                    client_id: client_id.clone(),
                    text: text.clone(),
                    edited: *revision == Some(Revision::Edited),
                    deleted: *revision == Some(Revision::Deleted),
                }
            }
            Event::MessageEdited { message, text, .. } => {
                OperatorEventKind::MessageEdited { message: message.seq, text: text.clone() }
            }
            Event::MessageDeleted { message, .. } => {
                OperatorEventKind::MessageDeleted { message: message.seq }
            }
            Event::MemberJoined { joining, .. } => OperatorEventKind::MemberJoined {
                operator: operator(),
                why: joining.why.clone(),
                invited_by: joining.invited_by,
            },
            Event::StatusChanged { status, .. } => {
                OperatorEventKind::StatusChanged { status: *status, operator: operator() }
            }
            Event::MemberLeft { .. } => OperatorEventKind::MemberLeft { operator: operator() },
            Event::ConversationEnded { by } => {
                OperatorEventKind::ConversationEnded { by: self.author_view(*by) }
            }
        };
        OperatorEvent { seq: self.seq, visitor_seq: self.visitor_seq, at: rfc3339(self.at), what }
    }

    /// As the visitor sees it; none when the visitor never does.
    #[must_use]
    pub fn for_visitor(&self) -> Option<VisitorEvent> {
        let seq = self.visitor_seq?;
        let chat_name = || self.operator.as_ref().map(|it| it.chat_name.clone());
        let what = match &self.event {
            Event::ConversationOpened { .. } => VisitorEventKind::ConversationOpened {
                operator: chat_name().map(|name| ChatName { name }),
            },
            Event::MessagePosted { author, client_id, text, revision } => {
                VisitorEventKind::MessagePosted {
                    author: author.kind(),
                    name: chat_name(),
                    client_id: (*author == Author::Visitor).then(|| client_id.clone()),
                    text: text.clone(),
                    edited: *revision == Some(Revision::Edited),
                    deleted: *revision == Some(Revision::Deleted),
                }
            }
            Event::MessageEdited { message, text, .. } => VisitorEventKind::MessageEdited {
                message: message.visitor_seq?,
                text: text.clone(),
            },
            Event::MessageDeleted { message, .. } => {
                VisitorEventKind::MessageDeleted { message: message.visitor_seq? }
            }
            Event::MemberJoined { .. } => {
                VisitorEventKind::MemberJoined { name: chat_name().unwrap_or_default() }
            }
            Event::StatusChanged { .. } => return None,
            Event::MemberLeft { .. } => {
                VisitorEventKind::MemberLeft { name: chat_name().unwrap_or_default() }
            }
            Event::ConversationEnded { by } => {
                VisitorEventKind::ConversationEnded { by: by.kind() }
            }
        };
        Some(VisitorEvent { seq, at: rfc3339(self.at), what })
    }

    fn author_view(&self, author: Author) -> AuthorView {
        match author {
            Author::Visitor => AuthorView::Visitor,
            Author::Operator(_) => AuthorView::Operator(team_name(self.operator.as_ref())),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

fn team_name(names: Option<&OperatorNames>) -> OperatorRef {
    names.map_or(OperatorRef { id: OperatorId(0), name: String::new() }, OperatorRef::from)
}

impl From<&OperatorNames> for OperatorRef {
    fn from(names: &OperatorNames) -> Self {
        Self { id: names.id, name: names.name.clone() }
    }
}
