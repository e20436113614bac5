//! The rules of live chat, decidable from values alone.
//!
//! Nothing here asks the time, draws a random number, or does input or output: the caller passes those in.

pub mod assignment;
pub mod business_hours;
pub mod channel;
pub mod chatbot;
pub mod conversation;
pub mod country;
pub mod event;
pub mod ids;
pub mod language;
pub mod message;
pub mod operator;
pub mod rule;
pub mod text;
pub mod time;
pub mod visitor;

pub use ids::{
    AnswerId, ChannelId, ChatbotId, ConversationId, ExpertiseId, OperatorId, RuleId, StepId,
    VisitorId,
};
pub use time::Millis;
