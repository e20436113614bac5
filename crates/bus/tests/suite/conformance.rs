//! What holds on every bus.

use bytes::Bytes;
use frontdesk_bus::{Bus, Received, State};

use crate::{next_text, pairs_of_nodes};

#[tokio::test]
async fn a_hint_reaches_every_node_and_its_own() {
    for nodes in pairs_of_nodes().await {
        let mut here = nodes.one.subscribe().await.expect("connected");
        let mut there = nodes.two.subscribe().await.expect("connected");
        nodes.one.publish("conversation.7", Bytes::from_static(b"hello"));
        let expected = Received::Message {
            topic: "conversation.7".into(),
            payload: Bytes::from_static(b"hello"),
        };
        assert_eq!(here.next().await, Some(expected.clone()));
        assert_eq!(there.next().await, Some(expected));
    }
}

#[tokio::test]
async fn hints_of_one_node_stay_in_order_and_come_once() {
    for nodes in pairs_of_nodes().await {
        let mut here = nodes.one.subscribe().await.expect("connected");
        let mut there = nodes.two.subscribe().await.expect("connected");
        for number in 0..1_000 {
            nodes.one.publish("order", Bytes::from(number.to_string()));
        }
        for number in 0..1_000 {
            assert_eq!(next_text(&mut here).await, number.to_string());
            assert_eq!(next_text(&mut there).await, number.to_string());
        }
    }
}

#[tokio::test]
async fn a_subscription_is_live_when_it_is_answered() {
    for nodes in pairs_of_nodes().await {
        for number in 0..50 {
            let mut there = nodes.two.subscribe().await.expect("connected");
            nodes.one.publish("live", Bytes::from(number.to_string()));
            assert_eq!(next_text(&mut there).await, number.to_string());
        }
    }
}

#[tokio::test]
async fn a_subscription_that_falls_behind_hears_that_it_lags() {
    for nodes in pairs_of_nodes().await {
        let mut slow = nodes.one.subscribe().await.expect("connected");
        for number in 0..5_000 {
            nodes.one.publish("flood", Bytes::from(number.to_string()));
        }
        assert_eq!(slow.next().await, Some(Received::Lagged));
        // It goes on with what is still there.
        let mut last = next_text(&mut slow).await;
        while last != "4999" {
            last = next_text(&mut slow).await;
        }
    }
}

#[tokio::test]
async fn a_bus_knows_whether_it_is_shared_and_connected() {
    assert!(!Bus::memory().is_shared());
    for nodes in pairs_of_nodes().await {
        assert_eq!(nodes.one.state(), State::Connected);
    }
}

#[tokio::test]
async fn a_subscription_ends_with_its_bus() {
    let bus = Bus::memory();
    let mut subscription = bus.subscribe().await.expect("in memory");
    drop(bus);
    assert_eq!(subscription.next().await, None);
}
