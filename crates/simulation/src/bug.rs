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
}

impl Bug {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::EarlyAcknowledgement,
        Self::LateSubscription,
        Self::ForgottenGap,
        Self::NoHeads,
        Self::NewClientId,
        Self::Overtaking,
    ];
}
