//! The server of a story, and who comes to it.

use crate::backends::Backends;
use crate::node::Node;
use crate::{Answer, Operator, PATIENCE, Talk, Visitor, client};
use frontdesk_db::{Counts, Db};
use frontdesk_domain::operator::Role;
use frontdesk_domain::{Millis, OperatorId};
use frontdesk_server::clock::Clock;
use frontdesk_server::config::{Config, Limits};
use frontdesk_server::operators::Newcomer;
use frontdesk_server::{auth, channels, jobs, operators, setup};
use reqwest::{Client, RequestBuilder};
use serde_json::json;
use std::sync::Arc;

/// Every password in stories: hashing it takes long enough once.
pub const PASSWORD: &str = "correct horse battery";
/// When stories begin.
const BEGINNING: Millis = Millis(1_763_600_000_000);

/// A server of a story, with a clock that moves by hand and without limits unless asked.
pub struct TestApp {
    node: Node,
    backends: Arc<Backends>,
    client: Client,
    /// The time, which stands still until it is moved.
    pub clock: Clock,
    /// What the first start printed.
    pub setup_link: Option<String>,
}

impl TestApp {
    /// A first start on an empty database.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// The same, with other settings.
    pub async fn start_with(set: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::at(([127, 0, 0, 1], 0).into());
        config.limits = Limits::off();
        set(&mut config);
        let backends = Arc::new(Backends::create().await);
        Self::serve(backends, Clock::manual(BEGINNING), config).await
    }

    async fn serve(backends: Arc<Backends>, clock: Clock, config: Config) -> Self {
        let node = Node::start(&backends, &clock, config).await;
        let setup_link = setup::first_start(&node.app).await.expect("the first start succeeds");
        Self { node, backends, client: client(), clock, setup_link }
    }

    /// Stops the server and starts another one on the same database, at the same address.
    pub async fn restart(&mut self) {
        let config = self.node.app.config.clone();
        self.node.stop().await;
        let (backends, clock) = (Arc::clone(&self.backends), self.clock.clone());
        *self = Self::serve(backends, clock, config).await;
    }

    /// Asks the server to stop and waits until it has.
    pub async fn stop(&mut self) {
        self.node.stop().await;
    }

    /// The nodes of this installation besides this one: one where database and bus can be shared, else none.
    pub async fn other_nodes(&self) -> Vec<Self> {
        if !self.backends.are_shared() {
            return Vec::new();
        }
        let mut config = self.node.app.config.clone();
        config.listen.set_port(0);
        vec![Self::serve(Arc::clone(&self.backends), self.clock.clone(), config).await]
    }

    /// Waits for something that is announced to nobody.
    pub async fn until(&self, mut is_so: impl AsyncFnMut() -> bool) {
        let waiting = async {
            while !is_so().await {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.expect("it becomes so");
    }

    /// The address, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.node.address)
    }

    /// The database, past the server.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.node.app.db
    }

    /// What the database was asked so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.db().counts()
    }

    /// The channel that the first start made.
    pub async fn channel(&self) -> i64 {
        let first = self.db().read(channels::first).await;
        first.expect("readable").expect("the default channel").0
    }

    /// A request of nobody in particular.
    pub fn request(&self, method: reqwest::Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url()))
    }

    /// What a page or file answers.
    pub async fn get(&self, path: &str) -> Answer {
        Answer::to(self.request(reqwest::Method::GET, path)).await
    }

    /// The first administrator, Ada, who came in through the setup link.
    pub async fn administrator(&self) -> Operator {
        let answer = self.set_up("Ada", "ada@example.com").await;
        Operator::signed_in(self, &answer.expect_status(201))
    }

    /// What setting up with the printed link answers.
    pub async fn set_up(&self, name: &str, email: &str) -> Answer {
        let body = json!({"token": self.setup_token(), "name": name, "email": email, "password": PASSWORD});
        let request = self.request(reqwest::Method::POST, "/api/v1/operator/setup");
        Answer::to(request.json(&body)).await
    }

    /// The token of the printed link.
    #[must_use]
    pub fn setup_token(&self) -> String {
        let link = self.setup_link.as_deref().unwrap_or_default();
        link.split_once("token=").map(|(_, token)| token.to_owned()).unwrap_or_default()
    }

    /// Allows each operator so many conversations of the channel at a time.
    pub async fn limits_sessions(&self, max: i64) {
        let administrator = self.administrator().await;
        administrator.sets_channel("max_sessions", json!(max)).await.expect_status(200);
    }

    /// An operator whom the command line added, signed in and joined to the channel.
    pub async fn operator(&self, name: &str) -> Operator {
        self.add_operator(name).await;
        let operator = self.sign_in(name, PASSWORD).await.expect_status(201);
        let operator = Operator::signed_in(self, &operator);
        let path = format!("/channels/{}/membership", self.channel().await);
        operator.put(&path, &json!({})).await.expect_status(200);
        operator
    }

    async fn add_operator(&self, name: &str) {
        let newcomer = Newcomer {
            name: name.to_owned(),
            email: email(name),
            password: PASSWORD.to_owned(),
            role: Role::Operator,
            language: "en".to_owned(),
        };
        let passwords = &self.node.app.passwords;
        setup::add_operator(self.db(), passwords, newcomer, self.clock.now())
            .await
            .expect("the name is new");
    }

    /// What a node tells the database of an operator whose console it holds, every 20 seconds.
    pub async fn sees(&self, operator: &Operator) {
        let seen = vec![OperatorId(operator.id)];
        operators::saw(&self.node.app, seen, self.clock.now()).await.expect("the database answers");
    }

    /// What a node looks after every minute.
    pub async fn minute_passes(&self) {
        let app = &self.node.app;
        auth::forget_expired(app).await.expect("the database answers");
        auth::close_ended(app).await.expect("the database answers");
    }

    /// Runs the jobs that are due.
    pub async fn runs_jobs(&self) {
        jobs::run_due(&self.node.app).await.expect("the database answers");
    }

    /// Waits until no job is due or under way.
    pub async fn jobs_rest(&self) {
        let rest = async {
            while jobs::is_busy(&self.node.app).await.expect("the database answers") {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, rest).await.expect("jobs end in time");
    }

    /// What signing in answers.
    pub async fn sign_in(&self, name: &str, password: &str) -> Answer {
        let body = json!({"email": email(name), "password": password, "remember": true});
        let request = self.request(reqwest::Method::POST, "/api/v1/operator/session");
        Answer::to(request.json(&body)).await
    }

    /// A visitor who has not written yet.
    pub async fn visitor(&self) -> Visitor {
        Visitor::of(&self.url(), self.channel().await)
    }

    /// Maren at her console and a visitor in the window, who wrote "Hello".
    pub async fn talk(&self) -> Talk {
        Talk::begin(self).await
    }
}

fn email(name: &str) -> String {
    format!("{}@example.com", name.to_lowercase())
}
