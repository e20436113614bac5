//! What is read: heads, lists, snapshots.

use super::store::{self, HeadRow, Marker, SummaryRow};
use super::view::{
    ConversationList, ConversationSummary, OperatorSnapshot, Queue, VisitorConversation as View,
    VisitorConversationList, VisitorSnapshot,
};
use crate::app::App;
use crate::auth::{OperatorConversation, Visitor, VisitorConversation};
use crate::chatbots::ChatbotState;
use crate::events::{self, Range, SNAPSHOT, StoredEvent};
use crate::problem::Problem;
use crate::realtime::frames::Head;
use frontdesk_db::{Error, Tx};
use frontdesk_domain::conversation::Marks;
use frontdesk_domain::{ChannelId, ConversationId, Millis, OperatorId};

/// Conversations that an operator's connection follows by itself.
const LISTED_MAX: i64 = 1000;
/// Conversations of each kind that the queue shows.
const QUEUE_MAX: i64 = 100;

/// How far a conversation is, for its visitor.
pub struct VisitorHead {
    /// The newest number of the visitor's log.
    pub last_visitor_seq: i64,
    /// How far the team has received and read.
    pub team_marks: Marks,
    /// One of the team is there.
    pub operator_present: bool,
    /// The place among those that wait.
    pub waiting: Option<i64>,
    /// In whose hands it is, where not in the team's.
    pub chatbot: Option<ChatbotState>,
}

/// How far a conversation is, for its visitor.
pub async fn visitor_head(app: &App, id: ConversationId) -> Result<VisitorHead, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut Tx<'_>| {
        let (last_visitor_seq, chatbot) = store::last_visitor_seq_and_chatbot(tx, id)?;
        Ok::<_, Problem>(VisitorHead {
            last_visitor_seq,
            chatbot,
            team_marks: store::team_marks(tx, id)?,
            operator_present: store::operator_is_present(tx, id, now)?,
            waiting: store::position(tx, id)?,
        })
    };
    app.db.read(read).await
}

/// The conversations of an operator's own list.
pub async fn listed_ids(app: &App, operator: OperatorId) -> Result<Vec<ConversationId>, Problem> {
    let now = app.clock.now();
    Ok(app.db.read(move |tx| store::listed_ids(tx, operator, now, LISTED_MAX)).await?)
}

/// How far conversations are.
pub async fn heads(app: &App, ids: Vec<ConversationId>) -> Result<Vec<Head>, Problem> {
    let read = move |tx: &mut Tx<'_>| {
        let heads: Result<Vec<_>, Error> =
            ids.iter().filter_map(|id| store::head(tx, *id).transpose()).collect();
        heads
    };
    Ok(app.db.read(read).await?.into_iter().map(Head::from).collect())
}

/// Lets everybody look whom a conversation concerns: perhaps nobody heard of it, since what was committed was not announced.
pub async fn catch_up(app: &App, id: ConversationId) -> Result<(), Problem> {
    let head: Result<_, Error> = app.db.read(move |tx| store::head(tx, id)).await;
    if let Some(head) = head? {
        app.live.catch_up(head.id, head.last_seq, head.operator);
    }
    Ok(())
}

/// How far the conversations are in which something happened since.
pub async fn heads_since(app: &App, since: Millis) -> Result<Vec<HeadRow>, Problem> {
    Ok(app.db.read(move |tx| store::heads_changed_since(tx, since)).await?)
}

/// A page of an operator's own list.
pub async fn own_list(
    app: &App,
    operator: OperatorId,
    before: (i64, i64),
    limit: i64,
) -> Result<ConversationList, Problem> {
    let now = app.clock.now();
    let mut rows =
        app.db.read(move |tx| store::listed(tx, operator, now, before, limit + 1)).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    app.live.ask_for_visitors(|| rows.iter().map(|row| row.id).collect());
    let next = rows.last().filter(|_| more).map(|it| format!("{}.{}", it.last_active_at.0, it.id));
    Ok(ConversationList { conversations: with_presence(app, rows), next })
}

/// The conversations that any operator may take.
pub async fn queue(app: &App, operator: OperatorId) -> Result<Queue, Problem> {
    let read = move |tx: &mut Tx<'_>| {
        Ok::<_, Problem>((
            store::waiting_list(tx, operator, QUEUE_MAX)?,
            store::help_list(tx, operator, QUEUE_MAX)?,
        ))
    };
    let (waiting, help) = app.db.read(read).await?;
    app.live.ask_for_visitors(|| waiting.iter().chain(&help).map(|row| row.id).collect());
    let looking_for_help = with_presence(app, help);
    Ok(Queue { waiting: with_presence(app, waiting), looking_for_help })
}

fn with_presence(app: &App, rows: Vec<SummaryRow>) -> Vec<ConversationSummary> {
    let summary = |row: SummaryRow| {
        let present = app.live.visitor_is_present(row.id);
        ConversationSummary::new(row, present)
    };
    rows.into_iter().map(summary).collect()
}

/// One conversation as the list shows it.
pub async fn summary(
    app: &App,
    operator: OperatorId,
    id: ConversationId,
) -> Result<ConversationSummary, Problem> {
    let row = app.db.read(move |tx| store::summary(tx, operator, id)).await?;
    Ok(ConversationSummary::new(row, app.live.visitor_is_present(id)))
}

/// A conversation with its newest events, for an operator.
pub async fn operator_snapshot(
    app: &App,
    conversation: OperatorConversation,
) -> Result<OperatorSnapshot, Problem> {
    let OperatorConversation { id, operator, .. } = conversation;
    let present = app.live.visitor_is_present(id);
    app.live.ask_for_visitors(|| vec![id]);
    let read = move |tx: &mut Tx<'_>| {
        let summary = store::summary(tx, operator, id)?;
        let (page_url, page_title) = store::page(tx, id)?;
        let (stored, more) = events::read(tx, id, newest(summary.last_seq))?;
        Ok::<_, Problem>(OperatorSnapshot {
            conversation: ConversationSummary::new(summary, present),
            page_url,
            page_title,
            operators: store::operators(tx, id)?,
            visitor_marks: store::visitor_marks(tx, id)?,
            own_marks: store::marks(tx, id, Marker::Operator(operator))?.unwrap_or_default(),
            recent: store::recent(tx, id)?.into_iter().map(Into::into).collect(),
            events: stored.iter().map(StoredEvent::for_operators).collect(),
            more,
        })
    };
    app.db.read(read).await
}

/// A conversation with its newest events, for its visitor.
pub async fn visitor_snapshot(
    app: &App,
    conversation: &VisitorConversation,
) -> Result<VisitorSnapshot, Problem> {
    let (id, visitor, now) = (conversation.id, conversation.visitor, app.clock.now());
    let read = move |tx: &mut Tx<'_>| {
        let conversation = visitor_view(tx, id, Marker::Visitor(visitor), now)?;
        let range = Range::VisitorBefore(conversation.last_seq + 1, SNAPSHOT);
        let (stored, more) = events::read(tx, id, range)?;
        let events = stored.iter().filter_map(StoredEvent::for_visitor).collect();
        Ok::<_, Problem>(VisitorSnapshot { conversation, events, more })
    };
    app.db.read(read).await
}

/// A visitor's newest conversations in a channel.
pub async fn visitor_list(
    app: &App,
    visitor: Option<Visitor>,
    channel: ChannelId,
) -> Result<VisitorConversationList, Problem> {
    let Some(Visitor { id: visitor }) = visitor else {
        return Ok(VisitorConversationList { conversations: Vec::new() });
    };
    let now = app.clock.now();
    let read = move |tx: &mut Tx<'_>| {
        let found = store::visitor_conversations(tx, visitor, channel)?;
        let views: Result<Vec<_>, Error> = found
            .into_iter()
            .map(|id| visitor_view(tx, id, Marker::Visitor(visitor), now))
            .collect();
        views
    };
    Ok(VisitorConversationList { conversations: app.db.read(read).await? })
}

fn visitor_view(
    tx: &mut Tx<'_>,
    id: ConversationId,
    marker: Marker,
    now: Millis,
) -> Result<View, Error> {
    let row = store::visitor_conversation(tx, id)?;
    let present = store::operator_is_present(tx, id, now)?;
    let team = store::team_marks(tx, id)?;
    let own = store::marks(tx, id, marker)?.unwrap_or_default();
    Ok(View::new(row, present, (team, own)))
}

const fn newest(last_seq: i64) -> Range {
    Range::Before(last_seq + 1, SNAPSHOT)
}
