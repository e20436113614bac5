//! How events become what others see.

use super::view::{
    AuthorView, ChatName, ChatbotRef, OperatorEvent, OperatorEventKind, OperatorRef, PickedAnswer,
    Said, VisitorEvent, VisitorEventKind,
};
use super::{OperatorNames, StoredEvent};
use crate::clock::rfc3339;
use frontdesk_domain::event::{Event, ScriptPart, Scripted};
use frontdesk_domain::message::{Author, Revision};
use frontdesk_domain::{ChatbotId, OperatorId};

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
            Event::MessagePosted { author, client_id, text, revision, scripted } => {
                OperatorEventKind::MessagePosted {
                    author: self.author_view(*author),
                    client_id: client_id.clone(),
                    text: text.clone(),
                    edited: *revision == Some(Revision::Edited),
                    deleted: *revision == Some(Revision::Deleted),
                    said: said(scripted.as_deref()),
                    answer: picked(scripted.as_deref()),
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
                forwarded_by: joining.forwarded_by.clone(),
            },
            Event::StatusChanged { status, .. } => {
                OperatorEventKind::StatusChanged { status: *status, operator: operator() }
            }
            Event::MemberLeft { .. } => OperatorEventKind::MemberLeft { operator: operator() },
            Event::ChatbotRestarted { chatbot } => {
                OperatorEventKind::ChatbotRestarted { chatbot: self.chatbot_ref(*chatbot) }
            }
            Event::Unknown => OperatorEventKind::Unknown,
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
            Event::MessagePosted { author, client_id, text, revision, scripted } => {
                VisitorEventKind::MessagePosted {
                    author: author.kind(),
                    name: author.chatbot().map_or_else(chat_name, |_| Some(self.chatbot_name())),
                    client_id: (*author == Author::Visitor).then(|| client_id.clone()),
                    text: text.clone(),
                    edited: *revision == Some(Revision::Edited),
                    deleted: *revision == Some(Revision::Deleted),
                    said: said(scripted.as_deref()),
                    answer: picked(scripted.as_deref()),
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
            Event::ChatbotRestarted { .. } => {
                VisitorEventKind::ChatbotRestarted { name: self.chatbot_name() }
            }
            Event::Unknown => VisitorEventKind::Unknown,
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
            Author::Chatbot(id) => AuthorView::Chatbot(self.chatbot_ref(id)),
        }
    }

    fn chatbot_ref(&self, id: ChatbotId) -> ChatbotRef {
        ChatbotRef { id, name: self.chatbot_name() }
    }

    fn chatbot_name(&self) -> String {
        self.chatbot.as_ref().map(|it| it.name.clone()).unwrap_or_default()
    }
}

fn said(scripted: Option<&Scripted>) -> Said {
    match scripted {
        Some(Scripted { step, part: ScriptPart::Said { delay, answers }, .. }) => {
            Said { step: Some(*step), delay: Some(*delay), answers: answers.clone() }
        }
        _ => Said::default(),
    }
}

fn picked(scripted: Option<&Scripted>) -> Option<PickedAnswer> {
    let scripted = scripted?;
    match scripted.part {
        ScriptPart::Answered { picked: Some(answer) } => {
            Some(PickedAnswer { step: scripted.step, answer })
        }
        _ => None,
    }
}

fn team_name(names: Option<&OperatorNames>) -> OperatorRef {
    names.map_or(OperatorRef { id: OperatorId(0), name: String::new() }, OperatorRef::from)
}

impl From<&OperatorNames> for OperatorRef {
    fn from(names: &OperatorNames) -> Self {
        Self { id: names.id, name: names.name.clone() }
    }
}
