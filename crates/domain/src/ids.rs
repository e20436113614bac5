//! Ids: small numbers that people read aloud ("Visitor #58"), one type per noun so that they cannot be mixed up.

/// Makes a newtype around a database id.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
        #[serde(transparent)]
        #[schema(value_type = i64)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id! {
    /// A channel: a configured entry point for visitors.
    ChannelId
}
id! {
    /// A chatbot, whatever its script says today.
    ChatbotId
}
id! {
    /// A conversation between a visitor and the team.
    ConversationId
}
id! {
    /// Something that operators know and conversations need.
    ExpertiseId
}
id! {
    /// A person who signs in and answers.
    OperatorId
}
id! {
    /// A rule of a channel.
    RuleId
}
id! {
    /// A step of a chatbot's script; unique within the script, also among its answers.
    StepId
}
id! {
    /// An answer that a question offers; unique within the script, also among its steps.
    AnswerId
}
id! {
    /// A person on the website.
    VisitorId
}
