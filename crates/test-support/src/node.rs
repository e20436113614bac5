//! One running server.

use crate::PATIENCE;
use crate::backends::Backends;
use frontdesk_server::App;
use frontdesk_server::clock::Clock;
use frontdesk_server::config::Config;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A server of a story, until it is stopped or dropped.
pub struct Node {
    pub app: App,
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
}

impl Node {
    /// Serves at `config.listen`, where port 0 is any that is free.
    pub async fn start(backends: &Backends, clock: &Clock, mut config: Config) -> Self {
        let listener = TcpListener::bind(config.listen).await.expect("the address is free");
        config.listen = listener.local_addr().expect("an address");
        let address = config.listen;
        let (db, bus) = (backends.open().await, backends.bus().await);
        let app = App::new(db, bus, clock.clone(), config);
        let (stop, stopped) = oneshot::channel();
        let serving = frontdesk_server::serve(app.clone(), listener, async {
            let _ = stopped.await;
        });
        let serving = tokio::spawn(async { serving.await.expect("serves to the end") });
        Self { app, address, stop: Some(stop), serving }
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
            tokio::time::timeout(PATIENCE, &mut self.serving)
                .await
                .expect("stops in time")
                .expect("stops in order");
        }
    }
}
