//! An operator: a signed-in browser, or a script with a key.

use crate::visitor::message;
use crate::{Answer, Refused, Socket, TestApp, client};
use frontdesk_domain::OperatorId;
use frontdesk_server::auth;
use reqwest::header::SET_COOKIE;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

const BASE: &str = "/api/v1/operator";

/// Somebody who answers visitors.
#[derive(Clone)]
pub struct Operator {
    client: Client,
    url: String,
    /// Who.
    pub id: i64,
    shows: Shows,
}

/// What an operator shows at the door.
#[derive(Clone)]
enum Shows {
    /// A browser's cookie, and the page's origin.
    Cookie { cookie: String, origin: String },
    /// A script's key.
    Key(String),
}

impl Operator {
    /// Whom an answer signed in.
    #[track_caller]
    pub(crate) fn signed_in(app: &TestApp, answer: &Answer) -> Self {
        let cookie = answer.headers.get(SET_COOKIE).expect("a cookie");
        let cookie = cookie.to_str().expect("text").split(';').next();
        Self {
            client: client(),
            url: app.url(),
            id: answer.json()["id"].as_i64().expect("an id"),
            shows: Shows::Cookie {
                cookie: cookie.unwrap_or_default().to_owned(),
                origin: app.url(),
            },
        }
    }

    /// The script of whoever has this key, at the server at `url`.
    pub async fn with_key(url: &str, key: &str) -> Self {
        let nobody = Self {
            client: client(),
            url: url.to_owned(),
            id: 0,
            shows: Shows::Key(key.to_owned()),
        };
        let me = nobody.get("/session").await.expect_status(200).json();
        let id = me["id"].as_i64().expect("an id");
        Self { id, ..nobody }
    }

    /// The same operator in another browser, which `answer` signed in.
    #[track_caller]
    #[must_use]
    pub fn in_another_browser(&self, app: &TestApp, answer: &Answer) -> Self {
        let other = Self::signed_in(app, answer);
        assert_eq!(other.id, self.id);
        other
    }

    /// The same browser on a page of another origin; of none where it is empty.
    #[must_use]
    pub fn from_origin(&self, origin: &str) -> Self {
        let shows = Shows::Cookie { cookie: self.cookie().to_owned(), origin: origin.to_owned() };
        Self { shows, ..self.clone() }
    }

    /// The same operator's script, with an API key.
    pub async fn script(&self, app: &TestApp) -> Self {
        let now = app.clock.now();
        let key = auth::issue_api_key(app.db(), OperatorId(self.id), "a script", now).await;
        Self { shows: Shows::Key(key.expect("a key")), ..self.clone() }
    }

    /// The same operator, whom another node serves.
    #[must_use]
    pub fn at(&self, app: &TestApp) -> Self {
        let there = match &self.shows {
            Shows::Cookie { .. } => self.from_origin(&app.url()),
            Shows::Key(_) => self.clone(),
        };
        Self { url: app.url(), ..there }
    }

    /// Opens the console: the operator is available from now on. The heads are read.
    pub async fn connect(&self) -> Socket {
        let mut socket = self.opens_socket().await.expect("the server upgrades");
        socket.expect("heads").await;
        socket
    }

    /// Opens a socket and reads nothing yet.
    pub async fn opens_socket(&self) -> Result<Socket, Refused> {
        let headers = self.headers();
        let headers: Vec<_> = headers.iter().map(|(name, it)| (*name, it.as_str())).collect();
        Socket::open(&self.url, "/api/v1/operator/socket", &headers, json!(0)).await
    }

    /// The operator's own list.
    pub async fn conversations(&self) -> Vec<Value> {
        let answer = self.get("/conversations").await.expect_status(200).json();
        answer["conversations"].as_array().cloned().unwrap_or_default()
    }

    /// The newest conversation of the operator's own list.
    pub async fn newest(&self) -> i64 {
        let newest = self.conversations().await.into_iter();
        let ids = newest.filter_map(|it| it["id"].as_i64());
        ids.max().expect("a conversation")
    }

    /// A conversation, freshly loaded.
    pub async fn snapshot(&self, conversation: i64) -> Value {
        let answer = self.get(&format!("/conversations/{conversation}")).await;
        answer.expect_status(200).json()
    }

    /// All events of a conversation, page after page.
    pub async fn log(&self, conversation: i64) -> Vec<Value> {
        let mut events: Vec<Value> = Vec::new();
        loop {
            let after = events.len();
            let path = format!("/conversations/{conversation}/events?after={after}&limit=200");
            let page = self.get(&path).await.expect_status(200).json();
            events.extend(page["events"].as_array().cloned().unwrap_or_default());
            if page["more"] != true {
                return events;
            }
        }
    }

    /// Writes a message.
    pub async fn answers(&self, conversation: i64, text: &str) -> Answer {
        self.sends(conversation, &message(text)).await
    }

    /// Writes a message, whose client id is known.
    pub async fn sends(&self, conversation: i64, message: &Value) -> Answer {
        self.post(&format!("/conversations/{conversation}/messages"), message).await
    }

    /// Writes an own message anew.
    pub async fn edits(&self, conversation: i64, seq: i64, text: &str) -> Answer {
        let path = format!("/conversations/{conversation}/messages/{seq}");
        Answer::to(self.request(Method::PATCH, &path).json(&json!({"text": text}))).await
    }

    /// Takes an own message back.
    pub async fn deletes(&self, conversation: i64, seq: i64) -> Answer {
        self.delete(&format!("/conversations/{conversation}/messages/{seq}")).await
    }

    /// Takes part in a conversation.
    pub async fn joins(&self, conversation: i64) -> Answer {
        let path = format!("/conversations/{conversation}/membership");
        self.put(&path, &json!({})).await
    }

    /// Takes what waits or looks for help, unless a colleague was faster.
    pub async fn takes(&self, conversation: i64) -> Answer {
        let path = format!("/conversations/{conversation}/membership?first=true");
        self.put(&path, &json!({})).await
    }

    /// Brings colleagues in.
    pub async fn invites(&self, conversation: i64, colleagues: &[i64]) -> Answer {
        let path = format!("/conversations/{conversation}/invitations");
        self.post(&path, &json!({"operators": colleagues})).await
    }

    /// Says where a conversation stands.
    pub async fn sets_status(&self, conversation: i64, status: &str) -> Answer {
        let path = format!("/conversations/{conversation}/status");
        self.put(&path, &json!({"status": status})).await
    }

    /// What any operator may take: what waits, and what looks for help.
    pub async fn queue(&self) -> Value {
        self.get("/conversations/queue").await.expect_status(200).json()
    }

    /// Takes part no more.
    pub async fn leaves(&self, conversation: i64) -> Answer {
        self.delete(&format!("/conversations/{conversation}/membership")).await
    }

    /// Ends a conversation.
    pub async fn ends(&self, conversation: i64) -> Answer {
        self.post(&format!("/conversations/{conversation}/closure"), &json!({})).await
    }

    /// Reports marks.
    pub async fn marks(&self, conversation: i64, delivered: i64, read: i64) -> Answer {
        let body = json!({"delivered": delivered, "read": read});
        self.put(&format!("/conversations/{conversation}/marks"), &body).await
    }

    /// Chooses to be online, away, busy or offline.
    pub async fn chooses(&self, presence: &str) -> Answer {
        self.put("/presence", &json!({"choice": presence})).await
    }

    /// Writes one field of the first channel's form.
    pub async fn sets_channel(&self, field: &str, value: Value) -> Answer {
        let channels = self.get("/channels").await.expect_status(200).json();
        let path = format!("/channels/{}/settings", channels["channels"][0]["id"]);
        let mut form = self.get(&path).await.expect_status(200).json();
        form[field] = value;
        self.put(&path, &form).await
    }

    /// Is called by another name from now on, by the team and by visitors.
    pub async fn is_called(&self, name: &str, chat_name: &str) -> Answer {
        let body = json!({"name": name, "chat_name": chat_name, "language": "en"});
        self.put("/profile", &body).await
    }

    /// What a path below the operator's API answers.
    pub async fn get(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::GET, path)).await
    }

    /// What posting to a path below the operator's API answers.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::to(self.request(Method::POST, path).json(body)).await
    }

    /// What putting to a path below the operator's API answers.
    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        Answer::to(self.request(Method::PUT, path).json(body)).await
    }

    /// What deleting a path below the operator's API answers.
    pub async fn delete(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::DELETE, path)).await
    }

    /// A request with cookie and origin, or with the key.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{BASE}{path}", self.url));
        self.headers()
            .into_iter()
            .fold(request, |request, (name, value)| request.header(name, value))
    }

    /// The cookie, as `name=value`; empty for a script.
    #[must_use]
    pub fn cookie(&self) -> &str {
        match &self.shows {
            Shows::Cookie { cookie, .. } => cookie,
            Shows::Key(_) => "",
        }
    }

    fn headers(&self) -> Vec<(&'static str, String)> {
        match &self.shows {
            Shows::Cookie { cookie, origin } => {
                let mut headers = vec![("cookie", cookie.clone())];
                headers.extend((!origin.is_empty()).then(|| ("origin", origin.clone())));
                headers
            }
            Shows::Key(key) => vec![("authorization", format!("Bearer {key}"))],
        }
    }
}
