//! What goes wrong with a broker.

/// Why a broker cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address cannot be read, or the name in it holds something else than letters, digits, `-` and `_`.
    #[error("the address of the broker is not valid")]
    InvalidAddress(#[source] std::io::Error),
    /// The broker does not let us in, or is none.
    #[error("cannot connect to the broker at {address}")]
    Connect {
        /// Where: host and port, without the password.
        address: String,
        /// Why.
        source: async_nats::ConnectError,
    },
    /// The broker did not take the subscription.
    #[error("the broker does not accept subscriptions")]
    Subscribe(#[source] async_nats::SubscribeError),
    /// The broker did not answer when it was asked whether the subscription is live.
    #[error("the broker does not confirm the subscription")]
    Unconfirmed(#[source] async_nats::RequestError),
}
