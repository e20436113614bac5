//! Mistakes that can be planted, each one that somebody could really make.

/// A mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Bug {
    /// The node acknowledges a message before it is on disk.
    EarlyAcknowledgement,
    /// The node reads what is missing before it subscribes.
    LateSubscription,
    /// The node passes an event on although there is a gap before it.
    ForgottenGap,
    /// Nobody reads the heads again, so that a lost hint stays lost.
    NoHeads,
    /// A resend has a new client id.
    NewClientId,
    /// The client sends the second message before the first is acknowledged, and the first again later.
    Overtaking,
    /// The node looks whether a conversation is open when it hears a message, and not when it stores it.
    CheckedTooEarly,
    /// A page that fills a gap brings new messages, and leaves the known ones as they were.
    ForgottenRevisions,
    /// A conversation is given to whom the node remembers as free.
    UncountedPlaces,
    /// What waits is offered when somebody becomes free, and not again.
    OfferedOnce,
    /// A start that is repeated has a new id.
    StartedAnew,
}

impl Bug {
    /// Every one.
    pub const ALL: [Self; 11] = [
        Self::EarlyAcknowledgement,
        Self::LateSubscription,
        Self::ForgottenGap,
        Self::NoHeads,
        Self::NewClientId,
        Self::Overtaking,
        Self::CheckedTooEarly,
        Self::ForgottenRevisions,
        Self::UncountedPlaces,
        Self::OfferedOnce,
        Self::StartedAnew,
    ];
}
