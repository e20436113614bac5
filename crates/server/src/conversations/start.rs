//! Starting: the visitor's first message makes visitor and conversation, and finds who answers.

use super::store::{self, NewConversation};
use super::{lists, view::VisitorSnapshot};
use crate::app::App;
use crate::auth::{self, SecretHash, VisitorConversation};
use crate::channels;
use crate::events::{self, OperatorNames, StoredEvent};
use crate::http::origin::Asking;
use crate::messages::{self, NewMessage};
use crate::operators;
use crate::problem::Problem;
use frontdesk_db::Tx;
use frontdesk_domain::assignment::{Candidate, choose_operator};
use frontdesk_domain::country::Country;
use frontdesk_domain::event::Event;
use frontdesk_domain::message::Author;
use frontdesk_domain::text::{PAGE_URL_MAX_CHARS, described};
use frontdesk_domain::visitor::language_tag;
use frontdesk_domain::{ChannelId, ConversationId, Millis, VisitorId};
use serde::Deserialize;
use utoipa::ToSchema;

/// The longest title of a page that is kept, in characters.
const PAGE_TITLE_MAX_CHARS: usize = 200;
/// The longest name of a time zone, in characters.
const TIME_ZONE_MAX_CHARS: usize = 60;

/// A visitor's first message, and where it was written.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct StartRequest {
    /// Which channel.
    pub channel_id: ChannelId,
    /// Client conversation id: a UUID made by the browser.
    pub id: String,
    /// The first message.
    pub message: NewMessage,
    /// Address of the page.
    pub page_url: Option<String>,
    /// Title of the page.
    pub page_title: Option<String>,
    /// The browser's language, as a tag.
    pub language: Option<String>,
    /// The browser's time zone, as in the IANA database.
    pub time_zone: Option<String>,
}

/// Where a start comes from, as the connection tells.
pub struct StartedFrom {
    /// The website.
    pub asking: Asking,
    /// The visitor's country, where it is known.
    pub country: Option<Country>,
}

/// A conversation that was started.
pub struct Started {
    /// As the visitor sees it.
    pub snapshot: VisitorSnapshot,
    /// It was started before.
    pub repeated: bool,
}

/// Starts a conversation, or answers the one that the same request started before.
pub async fn start(
    app: &App,
    secret: SecretHash,
    request: StartRequest,
    from: StartedFrom,
) -> Result<Started, Problem> {
    let channel = channels::known(app, request.channel_id).await?;
    channels::admit(&channel, &from.asking)?;
    let takes = channel.takes_conversations(app.clock.now());
    let plan = Plan { takes, country: from.country, ..Plan::new(app, secret, request)? };
    let outcome = plan.run(app).await?;
    let (conversation, repeated) = match outcome {
        Outcome::Known(conversation) => (conversation, true),
        Outcome::Created(created) => {
            for event in &created.events {
                app.live.announce(created.conversation.id, &plan.client_id, event);
            }
            (created.conversation, false)
        }
    };
    let snapshot = lists::visitor_snapshot(app, &conversation).await?;
    Ok(Started { snapshot, repeated })
}

/// Everything that was decided before the transaction, which may run more than once.
#[derive(Clone)]
struct Plan {
    secret: SecretHash,
    client_id: String,
    message: Event,
    channel: ChannelId,
    page_url: Option<String>,
    page_title: Option<String>,
    language: Option<String>,
    time_zone: Option<String>,
    country: Option<Country>,
    /// The channel is open: outside its business hours nobody counts as available.
    takes: bool,
    now: Millis,
    chance: u64,
}

enum Outcome {
    Known(VisitorConversation),
    Created(Box<Created>),
}

struct Created {
    conversation: VisitorConversation,
    events: [StoredEvent; 2],
}

impl Plan {
    fn new(app: &App, secret: SecretHash, request: StartRequest) -> Result<Self, Problem> {
        let cut = |text: Option<String>, max| text.and_then(|text| described(&text, max));
        Ok(Self {
            secret,
            client_id: messages::client_id(&request.id, "id")?,
            message: messages::accepted(Author::Visitor, &request.message)?,
            channel: request.channel_id,
            page_url: cut(request.page_url, PAGE_URL_MAX_CHARS),
            page_title: cut(request.page_title, PAGE_TITLE_MAX_CHARS),
            language: request.language.as_deref().and_then(language_tag),
            time_zone: cut(request.time_zone, TIME_ZONE_MAX_CHARS),
            country: None,
            takes: true,
            now: app.clock.now(),
            chance: rand::random(),
        })
    }

    async fn run(&self, app: &App) -> Result<Outcome, Problem> {
        let plan = self.clone();
        app.db.write(move |tx| plan.in_transaction(tx)).await
    }

    fn in_transaction(&self, tx: &mut Tx<'_>) -> Result<Outcome, Problem> {
        let known = auth::find_visitor(tx, &self.secret.0)?;
        if let Some(visitor) = known
            && let Some(outcome) = self.known(tx, visitor)?
        {
            return Ok(outcome);
        }
        let candidates = self.candidates(tx)?;
        let choice =
            choose_operator(&candidates, self.chance).ok_or(Problem::NoOperatorAvailable)?;
        let operator = choice.operator;
        let visitor = self.visitor(tx, known)?;
        let Some(id) = store::insert_conversation(tx, &self.row(visitor), operator, self.now)?
        else {
            // The same start on another connection has just committed.
            return self.known(tx, visitor)?.ok_or(Problem::Busy);
        };
        let opened = Event::ConversationOpened { operator: Some(operator), why: Some(choice.why) };
        let names = Some(operators::names(tx, operator)?);
        let events = [self.stored(1, opened, names), self.stored(2, self.message.clone(), None)];
        for event in &events {
            let numbers = (event.seq, event.seq);
            events::record_numbered(tx, id, numbers, &event.event, self.now)?;
        }
        store::insert_members(tx, id, visitor, operator, self.now)?;
        Ok(Outcome::Created(Box::new(Created {
            conversation: self.conversation(id, visitor),
            events,
        })))
    }

    fn known(&self, tx: &mut Tx<'_>, visitor: VisitorId) -> Result<Option<Outcome>, Problem> {
        let found = auth::find_visitor_conversation(tx, visitor, &self.client_id)?;
        Ok(found.map(|id| Outcome::Known(self.conversation(id, visitor))))
    }

    fn visitor(&self, tx: &mut Tx<'_>, known: Option<VisitorId>) -> Result<VisitorId, Problem> {
        if let Some(visitor) = known {
            return Ok(visitor);
        }
        let country = self.country.as_ref().map(Country::as_str);
        let from = (self.language.as_deref(), self.time_zone.as_deref(), country);
        match store::insert_visitor(tx, &self.secret.0, from, self.now)? {
            Some(visitor) => Ok(visitor),
            // Another connection has just made the same visitor.
            None => auth::find_visitor(tx, &self.secret.0)?.ok_or(Problem::Busy),
        }
    }

    fn candidates(&self, tx: &mut Tx<'_>) -> Result<Vec<Candidate>, Problem> {
        if !channels::exists(tx, self.channel)? {
            return Err(Problem::ChannelNotFound);
        }
        if !self.takes {
            return Ok(Vec::new());
        }
        Ok(operators::candidates(tx, self.channel, self.now)?)
    }

    fn conversation(&self, id: ConversationId, visitor: VisitorId) -> VisitorConversation {
        VisitorConversation { id, client_id: self.client_id.clone(), visitor }
    }

    fn row(&self, visitor: VisitorId) -> NewConversation<'_> {
        NewConversation {
            channel: self.channel,
            visitor,
            client_id: &self.client_id,
            page_url: self.page_url.as_deref(),
            page_title: self.page_title.as_deref(),
        }
    }

    const fn stored(&self, seq: i64, event: Event, operator: Option<OperatorNames>) -> StoredEvent {
        StoredEvent { seq, visitor_seq: Some(seq), at: self.now, event, operator }
    }
}
