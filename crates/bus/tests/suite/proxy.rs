//! A wire to the broker that a test can cut.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};

pub struct Proxy {
    /// The address to use instead of the broker's.
    pub url: String,
    whole: watch::Sender<bool>,
    wires: Arc<Mutex<JoinSet<()>>>,
    listener: JoinSet<()>,
}

impl Proxy {
    pub async fn start(url: &str) -> Self {
        let (broker, name) = url.trim_start_matches("nats://").split_once('/').expect("an address");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("nats://{}/{name}", listener.local_addr().expect("bound"));
        let wires = Arc::new(Mutex::new(JoinSet::new()));
        let whole = watch::Sender::new(true);
        let mut tasks = JoinSet::new();
        tasks.spawn(listen(listener, broker.to_owned(), whole.subscribe(), Arc::clone(&wires)));
        Self { url, whole, wires, listener: tasks }
    }

    /// Breaks all connections, and lets none be made.
    pub fn cut(&mut self) {
        self.whole.send_replace(false);
        self.wires.lock().unwrap_or_else(PoisonError::into_inner).abort_all();
    }

    /// Listens no longer: connections are refused.
    pub async fn close(&mut self) {
        self.listener.shutdown().await;
    }

    /// Listens again after [`Proxy::close`].
    pub async fn open(&mut self, url: &str) {
        let here = self.url.trim_start_matches("nats://").split_once('/').expect("an address").0;
        let listener = TcpListener::bind(here).await.expect("still free");
        let broker = url.trim_start_matches("nats://").split_once('/').expect("an address").0;
        let wires = Arc::clone(&self.wires);
        self.listener.spawn(listen(listener, broker.to_owned(), self.whole.subscribe(), wires));
    }

    /// Lets connections be made again.
    pub fn restore(&self) {
        self.whole.send_replace(true);
    }
}

async fn listen(
    listener: TcpListener,
    broker: String,
    mut whole: watch::Receiver<bool>,
    wires: Arc<Mutex<JoinSet<()>>>,
) {
    while let Ok((mut near, _)) = listener.accept().await {
        if whole.wait_for(|whole| *whole).await.is_err() {
            return;
        }
        let broker = broker.clone();
        wires.lock().unwrap_or_else(PoisonError::into_inner).spawn(async move {
            let mut far = TcpStream::connect(broker).await.expect("the broker runs");
            tokio::io::copy_bidirectional(&mut near, &mut far).await.ok();
        });
    }
}
