//! A broker that goes away and comes back.

use bytes::Bytes;
use frontdesk_bus::{Bus, Error, Received, State};
use tokio::{io::AsyncWriteExt, net::TcpListener};

use crate::{broker_url, next_text, proxy::Proxy};

#[tokio::test]
async fn a_node_that_was_cut_off_hears_that_it_lags() {
    let Some(url) = broker_url() else { return };
    let mut proxy = Proxy::start(&url).await;
    let near = Bus::nats(&proxy.url).await.expect("the broker runs");
    let far = Bus::nats(&url).await.expect("the broker runs");
    let mut subscription = near.subscribe().await.expect("connected");
    let mut others = far.subscribe().await.expect("connected");

    proxy.cut();
    while near.state() == State::Connected {
        tokio::task::yield_now().await;
    }
    proxy.restore();
    assert_eq!(subscription.next().await, Some(Received::Lagged));
    assert_eq!(near.state(), State::Connected);
    // What the node said last may have been lost on the wire.
    assert_eq!(others.next().await, Some(Received::Lagged));

    far.publish("heard", Bytes::from_static(b"back again"));
    assert_eq!(next_text(&mut subscription).await, "back again");
}

#[tokio::test]
async fn a_node_hears_itself_while_the_broker_is_away() {
    let Some(url) = broker_url() else { return };
    let mut proxy = Proxy::start(&url).await;
    let near = Bus::nats(&proxy.url).await.expect("the broker runs");
    let mut subscription = near.subscribe().await.expect("connected");
    proxy.cut();
    near.publish("own", Bytes::from_static(b"to myself"));
    assert_eq!(next_text(&mut subscription).await, "to myself");
}

#[tokio::test]
async fn hints_that_find_no_room_make_the_other_nodes_lag() {
    let Some(url) = broker_url() else { return };
    let near = Bus::nats(&url).await.expect("the broker runs");
    let far = Bus::nats(&url).await.expect("the broker runs");
    let mut subscription = far.subscribe().await.expect("connected");
    // This thread never waits in between, so that nothing leaves the queue.
    for number in 0..5_000 {
        near.publish("flood", Bytes::from(number.to_string()));
    }
    while subscription.next().await != Some(Received::Lagged) {}
}

#[tokio::test]
async fn installations_with_different_names_do_not_hear_each_other() {
    let (Some(url), Some(other)) = (broker_url(), broker_url()) else {
        return;
    };
    let ours = Bus::nats(&url).await.expect("the broker runs");
    let theirs = Bus::nats(&other).await.expect("the broker runs");
    let mut subscription = theirs.subscribe().await.expect("connected");
    ours.publish("secret", Bytes::from_static(b"ours"));
    ours.subscribe().await.expect("the broker has taken the hint");
    theirs.publish("own", Bytes::from_static(b"theirs"));
    assert_eq!(next_text(&mut subscription).await, "theirs");
}

#[tokio::test]
async fn a_node_starts_while_the_broker_is_away_and_hears_the_others_when_it_comes() {
    let Some(url) = broker_url() else { return };
    let far = Bus::nats(&url).await.expect("the broker runs");
    let mut others = far.subscribe().await.expect("connected");
    let mut proxy = Proxy::start(&url).await;
    proxy.close().await;
    let near = Bus::nats(&proxy.url).await.expect("it is waited for");
    assert_eq!(near.state(), State::Disconnected);
    let mut subscription = near.subscribe().await.expect("its own hints");
    near.publish("own", Bytes::from_static(b"to myself"));
    assert_eq!(next_text(&mut subscription).await, "to myself");

    proxy.open(&url).await;
    assert_eq!(subscription.next().await, Some(Received::Lagged));
    assert_eq!(near.state(), State::Connected);
    while others.next().await != Some(Received::Lagged) {}
    far.publish("heard", Bytes::from_static(b"there at last"));
    assert_eq!(next_text(&mut subscription).await, "there at last");
}

#[tokio::test]
async fn a_broker_that_does_not_let_us_in_is_named_without_the_password() {
    let stranger = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = stranger.local_addr().expect("bound");
    let refuse = tokio::spawn(async move {
        let (mut wire, _) = stranger.accept().await.expect("a client");
        let hello = "INFO {\"server_id\":\"x\",\"version\":\"2.10.0\",\"max_payload\":1024,\"proto\":1,\"auth_required\":true}\r\n";
        wire.write_all(hello.as_bytes()).await.expect("heard");
        wire.write_all(b"-ERR 'Authorization Violation'\r\n").await.expect("heard");
        wire
    });
    let refused = Bus::nats(&format!("nats://desk:secret@{address}/name")).await;
    let refused = refused.err().expect("refused");
    assert_eq!(refused.to_string(), format!("cannot connect to the broker at {address}"));
    refuse.await.expect("it ran");
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    let refused = Bus::nats("https://broker").await.err().expect("refused");
    assert!(matches!(refused, Error::InvalidAddress(_)), "{refused:?}");
}
