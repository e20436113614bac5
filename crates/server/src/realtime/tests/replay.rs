//! State equals replay: what a client has applied, event by event, is what a fresh load shows.

use frontdesk_test_support::{Operator, Socket, Talk, TestApp, Value, Visitor, client_id, json};
use std::collections::BTreeSet;

/// Random walks; what fails names its number, which begins the same walk again.
const WALKS: u64 = 6;
const STEPS: u64 = 40;

#[tokio::test]
async fn state_equals_replay_on_both_sides() {
    let app = TestApp::start().await;
    let liv = app.operator("Liv").await;
    let mut talk = app.talk().await;
    for number in 1..=WALKS {
        let mut walk = Walk::begin(number, talk, liv.clone()).await;
        for _ in 0..STEPS {
            walk.step().await;
        }
        talk = walk.arrive().await;
        talk = anew(talk).await;
    }
}

/// The same people in a new conversation.
async fn anew(talk: Talk) -> Talk {
    let visitor = talk.visitor.with_new_conversation();
    visitor.starts("Once more").await.expect_status(201);
    let id = talk.operator.newest().await;
    let mut console = talk.operator.connect().await;
    console.talk_about(id);
    let window = visitor.connect_after(2).await;
    Talk { visitor, window, console, id, ..talk }
}

/// Everything that both sides may do, in any order.
struct Walk {
    number: u64,
    chance: u64,
    talk: Talk,
    liv: Operator,
    /// What the visitor's client has applied.
    window: Vec<Value>,
    /// What the operator's client has applied.
    console: Vec<Value>,
    /// Sent before, and sent again now and then.
    sent: Value,
}

impl Walk {
    async fn begin(number: u64, talk: Talk, liv: Operator) -> Self {
        let window = talk.visitor.log().await;
        let console = talk.operator.log(talk.id).await;
        let sent = json!({"client_id": client_id(), "text": "Again and again"});
        Self { number, chance: number, talk, liv, window, console, sent }
    }

    /// Any number below `end`; always the same ones in the same walk.
    fn any(&mut self, end: u64) -> u64 {
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.chance >> 33) % end
    }

    async fn step(&mut self) {
        let text = format!("step {}", self.any(1000));
        let (visitor, maren) = (self.talk.visitor.clone(), self.talk.operator.clone());
        let id = self.talk.id;
        // Often not a message, or not Maren's: that is refused.
        let some = self.any(self.console.len() as u64) as i64 + 1;
        match self.any(15) {
            0 | 1 => drop(self.talk.window.sends(&text).await),
            2 | 3 => drop(self.talk.console.sends(&text).await),
            4 => drop(visitor.says(&text).await.expect_status(201)),
            5 => drop(visitor.sends(&self.sent).await),
            6 => drop(self.liv.joins(id).await.expect_status(200)),
            7 => drop(self.liv.leaves(id).await.expect_status(200)),
            // Only who takes part may write or leave, so some of these are refused.
            8 => drop(self.liv.answers(id, &text).await),
            9 => drop(maren.leaves(id).await.expect_status(200)),
            10 => drop(maren.joins(id).await.expect_status(200)),
            11 | 12 => drop(maren.edits(id, some, &text).await),
            13 => drop(maren.deletes(id, some).await),
            _ => self.reconnect().await,
        }
    }

    /// What had come and was not applied is lost with the connection.
    async fn reconnect(&mut self) {
        self.talk.window = self.talk.visitor.connect_after(self.window.len() as i64).await;
        self.talk.console = self.talk.operator.connect().await;
        self.talk.console.talk_about(self.talk.id);
        self.talk.console.tells("follow").await;
        self.talk.console.awaits("followed").await;
        let missed = self.talk.operator.log(self.talk.id).await;
        apply(&mut self.console, missed, self.number);
    }

    /// Ends the conversation, lets both clients catch up, and compares.
    async fn arrive(mut self) -> Talk {
        // What was sent last is answered when this one is.
        self.talk.window.says("The visitor's last word").await;
        self.talk.operator.joins(self.talk.id).await.expect_status(200);
        self.talk.console.says("The operator's last word").await;
        self.talk.visitor.ends().await.expect_status(200);
        // The team's log is longer: the visitor does not see where a conversation stands.
        let last = |snapshot: Value| snapshot["conversation"]["last_seq"].as_i64();
        let visitors = last(self.talk.visitor.snapshot().await).expect("a number");
        let teams = last(self.talk.operator.snapshot(self.talk.id).await).expect("a number");
        catch_up(&mut self.window, &mut self.talk.window, (visitors, self.number)).await;
        catch_up(&mut self.console, &mut self.talk.console, (teams, self.number)).await;
        self.compare_with_the_visitors_load(&self.talk.visitor).await;
        self.compare_with_the_operators_load(&self.talk.operator).await;
        self.talk
    }

    async fn compare_with_the_visitors_load(&self, visitor: &Visitor) {
        assert_eq!(self.window, visitor.log().await, "walk {}", self.number);
        let fresh = visitor.snapshot().await;
        let newest = fresh["events"].as_array().cloned().unwrap_or_default();
        assert!(self.window.ends_with(&newest), "walk {}", self.number);
        let last = self.window.last().map(|it| &it["kind"]);
        assert_eq!(last, Some(&json!("conversation.ended")), "walk {}", self.number);
        assert_ne!(fresh["conversation"]["ended_at"], json!(null));
    }

    async fn compare_with_the_operators_load(&self, operator: &Operator) {
        assert_eq!(self.console, operator.log(self.talk.id).await, "walk {}", self.number);
        let fresh = operator.snapshot(self.talk.id).await;
        let taking_part = fresh["operators"].as_array().into_iter().flatten();
        let taking_part: BTreeSet<_> = taking_part.filter_map(|it| it["id"].as_i64()).collect();
        assert_eq!(members(&self.console), taking_part, "walk {}", self.number);
        let texts: Vec<_> =
            self.console.iter().filter(|it| it["kind"] == "message.posted").collect();
        let newest = texts.last().map(|it| &it["text"]);
        assert_eq!(newest, Some(&fresh["conversation"]["last_message"]["text"]));
    }
}

async fn catch_up(applied: &mut Vec<Value>, socket: &mut Socket, (last, walk): (i64, u64)) {
    while (applied.len() as i64) < last {
        let next = socket.expect_event().await;
        apply(applied, vec![next], walk);
    }
}

/// The one rule of every client: the next one is applied, an older one dropped, and there is never a gap.
fn apply(applied: &mut Vec<Value>, events: Vec<Value>, walk: u64) {
    for event in events {
        let seq = event["seq"].as_u64().expect("a number") as usize;
        match applied.get(seq - 1) {
            Some(known) => assert_eq!(known["kind"], event["kind"], "walk {walk}"),
            None => {
                assert_eq!(seq, applied.len() + 1, "walk {walk}: a gap");
                revise(applied, &event);
                applied.push(event);
            }
        }
    }
}

/// What a revision does to what was applied before: to the message that it names, and to what told of it.
fn revise(applied: &mut [Value], event: &Value) {
    let Some(message) = event["message"].as_i64() else { return };
    let deleted = event["kind"] == "message.deleted";
    for known in applied {
        let is_it = known["seq"] == message;
        if (!is_it && known["message"] != message) || known["deleted"] == true {
            continue;
        }
        if known["text"].is_string() {
            known["text"] = if deleted { json!("") } else { event["text"].clone() };
        }
        if let Some(posted) = known.as_object_mut().filter(|_| is_it) {
            posted.remove("edited");
            posted.insert((if deleted { "deleted" } else { "edited" }).to_owned(), json!(true));
        }
    }
}

/// The operators who take part after these events.
fn members(log: &[Value]) -> BTreeSet<i64> {
    let mut members = BTreeSet::new();
    for event in log {
        let Some(operator) = event["operator"]["id"].as_i64() else { continue };
        match event["kind"].as_str() {
            Some("member.left") => members.remove(&operator),
            Some("conversation.opened" | "member.joined") => members.insert(operator),
            _ => false,
        };
    }
    members
}
