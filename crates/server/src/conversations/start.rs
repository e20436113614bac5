//! Starting: the visitor's first message makes visitor and conversation, and finds who answers.

use super::store::{self, Answered, NewConversation, NewVisitor};
use super::view::{Answering, VisitorConversation as View, VisitorSnapshot, Waiting};
use super::{lists, waiting};
use crate::app::App;
use crate::assignment::{self, Found, Roster, Taken, Wish};
use crate::auth::{self, SecretHash, VisitorConversation};
use crate::channels;
use crate::chatbots::{self, Opening, Told};
use crate::clock::rfc3339;
use crate::events::{self, OperatorNames, PickedAnswer, StoredEvent};
use crate::http::origin::Asking;
use crate::images;
use crate::messages::{self, NewMessage};
use crate::operators;
use crate::page_views::{self, Page};
use crate::problem::{FieldProblem, Problem};
use crate::realtime::frames::Changed;
use frontdesk_db::Tx;
use frontdesk_domain::assignment::Explanation;
use frontdesk_domain::conversation::Marks;
use frontdesk_domain::country::Country;
use frontdesk_domain::event::Event;
use frontdesk_domain::message::Author;
use frontdesk_domain::text::{PAGE_TITLE_MAX_CHARS, PAGE_URL_MAX_CHARS, described, email_key};
use frontdesk_domain::visitor::language_tag;
use frontdesk_domain::{ChannelId, ChatbotId, ConversationId, Millis, VisitorId};
use serde::Deserialize;
use utoipa::ToSchema;

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
    /// E-mail address of the visitor, who leaves a message where nobody is there.
    pub email: Option<String>,
    /// The chat name of the operator that the window showed: asked first, where possible.
    pub operator: Option<String>,
    /// The chatbot that greeted, as decided.
    #[serde(default)]
    pub chatbot: Option<RequestedChatbot>,
}

/// The chatbot that greeted a visitor.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
pub struct RequestedChatbot {
    /// Which.
    id: ChatbotId,
    /// The version of its script.
    version: i64,
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
    let mut plan = Plan::new(secret, request, (app.clock.now(), rand::random()))?;
    plan.records_pages = channel.row.records_page_views;
    plan.wish.open = channel.takes_conversations(plan.wish.now);
    plan.chatbot = plan.chatbot.filter(|_| channel.is_shown());
    plan.wish.country = from.country.map(|it| it.as_str().to_owned());
    assignment::prepare(app, plan.wish.channel).await?;
    match plan.run(app).await? {
        Outcome::Known(conversation) => {
            lists::catch_up(app, conversation.id).await?;
            let snapshot = lists::visitor_snapshot(app, &conversation).await?;
            Ok(Started { snapshot, repeated: true })
        }
        Outcome::Begun(conversation, told) => {
            told.tell(app).await;
            let snapshot = lists::visitor_snapshot(app, &conversation).await?;
            Ok(Started { snapshot, repeated: false })
        }
        Outcome::Created(created) => {
            for event in &created.events {
                app.live.announce(created.id, &plan.client_id, event);
            }
            if created.operator.is_none() {
                app.live.changed(Changed::Queue, created.id.0);
            }
            Ok(Started { snapshot: created.snapshot(&plan), repeated: false })
        }
    }
}

/// Everything that was decided before the transaction, which may run more than once.
#[derive(Clone)]
pub struct Plan {
    secret: SecretHash,
    client_id: String,
    message: Event,
    chatbot: Option<RequestedChatbot>,
    answer: Option<PickedAnswer>,
    wish: Wish,
    page_url: Option<String>,
    page_title: Option<String>,
    time_zone: Option<String>,
    email: Option<String>,
    records_pages: bool,
}

/// What came of a start.
pub enum Outcome {
    /// It was started before.
    Known(VisitorConversation),
    /// With a chatbot.
    Begun(VisitorConversation, Box<Told>),
    /// It is new.
    Created(Box<Created>),
}

/// A conversation that was just made.
pub struct Created {
    /// Its number.
    pub id: ConversationId,
    operator: Option<Taken>,
    left_message: bool,
    position: Option<i64>,
    /// The first two of its log.
    pub events: [StoredEvent; 2],
}

impl Plan {
    /// The plan for a request of this moment; `chance` decides between equal operators.
    pub fn new(
        secret: SecretHash,
        request: StartRequest,
        (now, chance): (Millis, u64),
    ) -> Result<Self, Problem> {
        let cut = |text: Option<String>, max| text.and_then(|text| described(&text, max));
        let email = request.email.filter(|it| !it.trim().is_empty());
        if email.as_deref().is_some_and(|it| email_key(it).is_none()) {
            return Err(FieldProblem::EmailInvalid.into());
        }
        Ok(Self {
            secret,
            client_id: messages::client_id(&request.id, "id")?,
            message: messages::accepted(Author::Visitor, &request.message)?,
            chatbot: request.chatbot,
            answer: request.message.answer,
            wish: Wish {
                channel: request.channel_id,
                language: request.language.as_deref().and_then(language_tag),
                country: None,
                open: true,
                previous: None,
                shown: request.operator,
                left: Vec::new(),
                expertise: Vec::new(),
                now,
                chance,
            },
            page_url: cut(request.page_url, PAGE_URL_MAX_CHARS),
            page_title: cut(request.page_title, PAGE_TITLE_MAX_CHARS),
            time_zone: cut(request.time_zone, TIME_ZONE_MAX_CHARS),
            email: email.map(|it| it.trim().to_owned()),
            records_pages: false,
        })
    }

    async fn run(&self, app: &App) -> Result<Outcome, Problem> {
        let (plan, of) = (self.clone(), app.clone());
        app.db.write(move |tx| plan.in_transaction(&of, tx)).await
    }

    fn in_transaction(&self, app: &App, tx: &mut Tx<'_>) -> Result<Outcome, Problem> {
        let known = auth::find_visitor(tx, &self.secret.0)?;
        if let Some(outcome) = self.started_before(tx, known)? {
            return Ok(outcome);
        }
        match self.find_opening(tx)? {
            Some(opening) => self.begin(app, tx, known, opening),
            None => self.create(&app.roster, tx, known),
        }
    }

    /// Starts it where no chatbot has greeted, unless it was started before.
    pub fn without_chatbot(&self, roster: &Roster, tx: &mut Tx<'_>) -> Result<Outcome, Problem> {
        let known = auth::find_visitor(tx, &self.secret.0)?;
        match self.started_before(tx, known)? {
            Some(outcome) => Ok(outcome),
            None => self.create(roster, tx, known),
        }
    }

    fn started_before(
        &self,
        tx: &mut Tx<'_>,
        known: Option<VisitorId>,
    ) -> Result<Option<Outcome>, Problem> {
        known.map_or(Ok(None), |visitor| self.known(tx, visitor))
    }

    fn create(
        &self,
        roster: &Roster,
        tx: &mut Tx<'_>,
        known: Option<VisitorId>,
    ) -> Result<Outcome, Problem> {
        let (operator, why) = self.find_operator(roster, tx, known)?;
        let left_message = operator.is_none() && why.is_none();
        let answered = match &operator {
            Some(taken) => Answered::By(taken.names.id),
            None if left_message => Answered::Later,
            None => Answered::Soon,
        };
        let visitor = self.visitor(tx, known)?;
        let row = self.row(visitor);
        let Some(id) = store::insert_conversation(tx, &row, answered, self.wish.now)? else {
            // The same start on another connection has just committed.
            operator.map_or(Ok(()), |it| operators::answers_less(tx, it.names.id))?;
            return self.known(tx, visitor)?.ok_or(Problem::Busy);
        };
        let names = operator.as_ref().map(|it| it.names.clone());
        let chosen = names.as_ref().map(|it| it.id);
        let opened = Event::ConversationOpened { operator: chosen, why };
        events::record_first(tx, id, [&opened, &self.message], self.wish.now)?;
        store::insert_members(tx, id, visitor, chosen, self.wish.now)?;
        self.record_page(tx, visitor)?;
        let events = [self.stored(1, opened, names), self.stored(2, self.message.clone(), None)];
        let position = waiting::position(tx, id, answered)?;
        let created = Created { id, operator, left_message, position, events };
        Ok(Outcome::Created(Box::new(created)))
    }

    fn known(&self, tx: &mut Tx<'_>, visitor: VisitorId) -> Result<Option<Outcome>, Problem> {
        let found = auth::find_visitor_conversation(tx, visitor, &self.client_id)?;
        Ok(found.map(|id| {
            let client_id = self.client_id.clone();
            Outcome::Known(VisitorConversation { id, client_id, visitor })
        }))
    }

    /// The chatbot that greeted, where it may still talk here.
    fn find_opening(&self, tx: &mut Tx<'_>) -> Result<Option<Opening>, Problem> {
        let Some(RequestedChatbot { id, version }) = self.chatbot else {
            return Ok(None);
        };
        chatbots::find_opening(tx, self.wish.channel, (id, version), self.wish.now)
    }

    /// Begins with a chatbot, without looking for an operator.
    fn begin(
        &self,
        app: &App,
        tx: &mut Tx<'_>,
        known: Option<VisitorId>,
        opening: Opening,
    ) -> Result<Outcome, Problem> {
        let now = self.wish.now;
        let visitor = self.visitor(tx, known)?;
        let answered = Answered::ByChatbot(opening.chatbot());
        let made = store::insert_conversation(tx, &self.row(visitor), answered, now)?;
        let Some(id) = made else {
            // The same start on another connection has just committed.
            return self.known(tx, visitor)?.ok_or(Problem::Busy);
        };
        store::insert_members(tx, id, visitor, None, now)?;
        self.record_page(tx, visitor)?;
        let client_id = self.client_id.clone();
        let message = (self.message.clone(), self.answer);
        let told = opening.fill(app, tx, (id, &client_id, visitor), message, now)?;
        Ok(Outcome::Begun(VisitorConversation { id, client_id, visitor }, Box::new(told)))
    }

    /// Who answers, and why; without operator, why it waits. Neither: the visitor leaves a message.
    fn find_operator(
        &self,
        roster: &Roster,
        tx: &mut Tx<'_>,
        known: Option<VisitorId>,
    ) -> Result<(Option<Taken>, Option<Explanation>), Problem> {
        let mut wish = self.wish.clone();
        if let Some(visitor) = known {
            wish.previous = store::previous_operator(tx, visitor, wish.now)?;
        }
        match assignment::find(roster, tx, &wish)? {
            Found::Operator(choice, taken) => Ok((Some(taken), Some(choice.why))),
            Found::Waits(why) => Ok((None, Some(why))),
            Found::Nobody if self.email.is_some() => Ok((None, None)),
            Found::Nobody => Err(Problem::NoOperatorAvailable),
        }
    }

    fn visitor(&self, tx: &mut Tx<'_>, known: Option<VisitorId>) -> Result<VisitorId, Problem> {
        if let Some(visitor) = known {
            let email = self.email.as_deref();
            email.map_or(Ok(()), |email| store::set_visitor_email(tx, visitor, email))?;
            return Ok(visitor);
        }
        let new = NewVisitor {
            secret_hash: &self.secret.0,
            email: self.email.as_deref(),
            language: self.wish.language.as_deref(),
            country: self.wish.country.as_deref(),
            time_zone: self.time_zone.as_deref(),
        };
        match store::insert_visitor(tx, &new, self.wish.now)? {
            Some(visitor) => Ok(visitor),
            // Another connection has just made the same visitor.
            None => auth::find_visitor(tx, &self.secret.0)?.ok_or(Problem::Busy),
        }
    }

    fn record_page(&self, tx: &mut Tx<'_>, visitor: VisitorId) -> Result<(), Problem> {
        let (url, title) = (self.page_url.as_deref(), self.page_title.as_deref());
        let page = Page::of(self.wish.channel, url, title).filter(|_| self.records_pages);
        Ok(page.map_or(Ok(()), |page| page_views::record(tx, visitor, &page, self.wish.now))?)
    }

    fn row(&self, visitor: VisitorId) -> NewConversation<'_> {
        NewConversation {
            channel: self.wish.channel,
            visitor,
            client_id: &self.client_id,
            page_url: self.page_url.as_deref(),
            page_title: self.page_title.as_deref(),
        }
    }

    const fn stored(&self, seq: i64, event: Event, operator: Option<OperatorNames>) -> StoredEvent {
        StoredEvent {
            seq,
            visitor_seq: Some(seq),
            at: self.wish.now,
            event,
            operator,
            chatbot: None,
        }
    }
}

impl Created {
    /// What the visitor's snapshot of a moment later would be, without reading it.
    fn snapshot(&self, plan: &Plan) -> VisitorSnapshot {
        let conversation = View {
            id: plan.client_id.clone(),
            channel_id: plan.wish.channel,
            operator: self.operator.as_ref().map(|it| Answering {
                name: it.names.chat_name.clone(),
                avatar: it.avatar.as_deref().map(images::path),
            }),
            // Whoever was chosen was verified to be there.
            operator_present: self.operator.is_some(),
            waiting: self.position.map(|position| Waiting { position }),
            left_message: self.left_message,
            chatbot: None,
            created_at: rfc3339(plan.wish.now),
            ended_at: None,
            last_seq: 2,
            marks: Marks::default(),
            own_marks: Marks::default(),
        };
        let events = self.events.iter().filter_map(StoredEvent::for_visitor).collect();
        VisitorSnapshot { conversation, events, more: false }
    }
}
