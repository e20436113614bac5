//! What a bus promises, told once and run on every kind at hand.
//!
//! Always in memory; through NATS too when `FRONTDESK_TEST_BUS_URL` names a broker.

mod broker;
mod conformance;
mod proxy;

use frontdesk_bus::{Bus, Received, Subscription};

/// Two nodes that share a bus.
struct Nodes {
    one: Bus,
    two: Bus,
}

/// One pair of each kind, with nobody else on its bus.
async fn pairs_of_nodes() -> Vec<Nodes> {
    let memory = Bus::memory();
    let mut pairs = vec![Nodes { one: memory.clone(), two: memory }];
    if let Some(url) = broker_url() {
        let one = Bus::nats(&url).await.expect("the broker runs");
        let two = Bus::nats(&url).await.expect("the broker runs");
        pairs.push(Nodes { one, two });
    }
    pairs
}

/// The address of the test broker, with a name that nobody else uses.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
fn broker_url() -> Option<String> {
    let broker = std::env::var("FRONTDESK_TEST_BUS_URL").ok()?;
    Some(format!("{}/{}", broker.trim_end_matches('/'), uuid::Uuid::now_v7()))
}

/// The payload of the next hint, as text.
async fn next_text(subscription: &mut Subscription) -> String {
    match subscription.next().await {
        Some(Received::Message { payload, .. }) => String::from_utf8_lossy(&payload).into_owned(),
        other => panic!("expected a hint, got {other:?}"),
    }
}
