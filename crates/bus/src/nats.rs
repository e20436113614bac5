//! The connection to a NATS broker: hints of this node go out, those of others come in.
//!
//! The client drops messages silently when a subscriber is slow, and those of a broken connection are gone. Both
//! end in [`Received::Lagged`], sent once the subscription is confirmed to be live again.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use async_nats::{
    Client, ConnectError, ConnectErrorKind, ConnectOptions, Event, RequestErrorKind, Subscriber,
    connection,
};
use bytes::Bytes;
use futures_util::StreamExt;
use tokio::{
    sync::{Notify, broadcast, mpsc},
    task::JoinSet,
    time::sleep,
};

use crate::{Error, Received, State, address::Address};

/// How many hints may wait for a broker that is slow or away.
const QUEUE: usize = 4_096;

/// How long the broker may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// The pause before the broker is asked again.
const PAUSE: Duration = Duration::from_millis(500);

#[derive(Clone)]
pub(crate) struct Nats {
    client: Client,
    address: Arc<Address>,
    queue: mpsc::Sender<Outgoing>,
    /// Hints were lost on their way out, and the other nodes do not know yet.
    lost: Arc<AtomicBool>,
    /// End with the last clone.
    _tasks: Arc<JoinSet<()>>,
}

struct Outgoing {
    subject: String,
    payload: Bytes,
}

impl Nats {
    pub(crate) async fn connect(
        url: &str,
        local: broadcast::Sender<Received>,
    ) -> Result<Self, Error> {
        let address = Arc::new(Address::parse(url).map_err(Error::InvalidAddress)?);
        let interrupted = Arc::new(Notify::new());
        let client = client(&address, &interrupted)
            .await
            .map_err(|source| Error::Connect { address: address.shown(), source })?;
        let hints = client.subscribe(address.everything()).await.map_err(Error::Subscribe)?;

        let lost = Arc::new(AtomicBool::new(false));
        let (queue, outgoing) = mpsc::channel(QUEUE);
        let mut tasks = JoinSet::new();
        tasks.spawn(send(client.clone(), Arc::clone(&address), outgoing, Arc::clone(&lost)));
        tasks.spawn(receive(hints, Arc::clone(&address), local.clone()));
        tasks.spawn(recover(client.clone(), Arc::clone(&address), interrupted, local));
        let nats = Self { client, address, queue, lost, _tasks: Arc::new(tasks) };
        nats.confirm().await?;
        Ok(nats)
    }

    pub(crate) fn publish(&self, topic: &str, payload: Bytes) {
        let subject = self.address.hints() + topic;
        if self.queue.try_send(Outgoing { subject, payload }).is_err() {
            self.lost.store(true, Relaxed);
        }
    }

    /// While the broker is away there is nothing to wait for: what comes through it later begins with a lag.
    pub(crate) async fn confirm(&self) -> Result<(), Error> {
        match self.state() {
            State::Connected => confirm(&self.client, &self.address).await,
            State::Disconnected => Ok(()),
        }
    }

    pub(crate) fn state(&self) -> State {
        match self.client.connection_state() {
            connection::State::Connected => State::Connected,
            connection::State::Pending | connection::State::Disconnected => State::Disconnected,
        }
    }
}

/// A connection, which is still being made where the broker is away now. One that does not let us in is an error.
async fn client(address: &Address, interrupted: &Arc<Notify>) -> Result<Client, ConnectError> {
    match options(interrupted).connect(address.servers.as_slice()).await {
        Err(error) if is_away(error.kind()) => {
            tracing::warn!(
                address = address.shown(),
                %error,
                "the broker is away; this node goes on alone until it is there"
            );
            interrupted.notify_one();
            let later = options(interrupted).retry_on_initial_connect();
            later.connect(address.servers.as_slice()).await
        }
        connected => connected,
    }
}

const fn is_away(kind: ConnectErrorKind) -> bool {
    matches!(kind, ConnectErrorKind::Io | ConnectErrorKind::TimedOut | ConnectErrorKind::Dns)
}

fn options(interrupted: &Arc<Notify>) -> ConnectOptions {
    let interrupted = Arc::clone(interrupted);
    ConnectOptions::new()
        .name("frontdesk")
        // Own hints take the short way.
        .no_echo()
        .connection_timeout(PATIENCE)
        .request_timeout(Some(PATIENCE))
        .subscription_capacity(QUEUE)
        .event_callback(move |event| {
            match event {
                Event::Disconnected | Event::SlowConsumer(_) => interrupted.notify_one(),
                Event::ServerError(_) | Event::ClientError(_) => {
                    tracing::warn!(%event, "the broker reported an error");
                }
                _ => {}
            }
            std::future::ready(())
        })
}

/// Waits until the broker has taken in everything that was sent to it before, subscriptions included.
///
/// A flush does not wait for the broker. It answers itself where nobody listens, in the order of what it was sent.
async fn confirm(client: &Client, address: &Address) -> Result<(), Error> {
    match client.request(address.nobody(), Bytes::new()).await {
        Err(error) if error.kind() != RequestErrorKind::NoResponders => {
            Err(Error::Unconfirmed(error))
        }
        _ => Ok(()),
    }
}

async fn send(
    client: Client,
    address: Arc<Address>,
    mut outgoing: mpsc::Receiver<Outgoing>,
    lost: Arc<AtomicBool>,
) {
    while let Some(Outgoing { subject, payload }) = outgoing.recv().await {
        if let Err(error) = client.publish(subject, payload).await {
            tracing::warn!(%error, "a hint could not be published; the other nodes read again");
            lost.store(true, Relaxed);
        }
        if lost.swap(false, Relaxed) && client.publish(address.lost(), Bytes::new()).await.is_err()
        {
            lost.store(true, Relaxed);
        }
    }
}

async fn receive(mut hints: Subscriber, address: Arc<Address>, local: broadcast::Sender<Received>) {
    let prefix = address.hints();
    while let Some(message) = hints.next().await {
        let received = match message.subject.strip_prefix(&prefix) {
            Some(topic) => Received::Message { topic: topic.into(), payload: message.payload },
            None => Received::Lagged,
        };
        // An error means that nobody on this node listens.
        local.send(received).ok();
    }
}

/// After an interruption: waits until the subscription is live again, then has everything read again, by the
/// other nodes too, since what this one said last may have been lost on the wire.
async fn recover(
    client: Client,
    address: Arc<Address>,
    interrupted: Arc<Notify>,
    local: broadcast::Sender<Received>,
) {
    loop {
        interrupted.notified().await;
        tracing::warn!("hints of other nodes may have been lost; reading again");
        while confirm(&client, &address).await.is_err() {
            sleep(PAUSE).await;
        }
        local.send(Received::Lagged).ok();
        client.publish(address.lost(), Bytes::new()).await.ok();
    }
}
