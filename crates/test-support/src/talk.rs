//! The scene of most stories: an operator at the console, a visitor in the window.

use crate::{Operator, Socket, TestApp, Visitor};

/// A conversation that has begun, with both sides connected.
pub struct Talk {
    /// Who asks.
    pub visitor: Visitor,
    /// The visitor's socket, which has applied the first two events.
    pub window: Socket,
    /// Who answers: Maren Holm for the team, Maren for visitors.
    pub operator: Operator,
    /// The operator's socket, which has applied the first two events.
    pub console: Socket,
    /// The operator's number of the conversation.
    pub id: i64,
}

impl Talk {
    pub(crate) async fn begin(app: &TestApp) -> Self {
        let operator = app.operator("Maren").await;
        let named = operator.is_called("Maren Holm", "Maren").await;
        named.expect_status(200);
        let mut console = operator.connect().await;
        let visitor = app.visitor().await;
        visitor.starts("Hello").await.expect_status(201);
        console.expect("conversation.opened").await;
        let first = console.expect("message.posted").await;
        let id = first["conversation"].as_i64().expect("an id");
        console.talk_about(id);
        Self { window: visitor.connect_after(2).await, visitor, operator, console, id }
    }
}
