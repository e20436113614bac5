//! Kinds of work.

use super::{Failure, store};
use crate::app::App;
use crate::problem::Problem;
use crate::{auth, chatbots, conversations, invitations, page_views};
use frontdesk_domain::{ConversationId, OperatorId, StepId};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Jobs that were put aside are kept for so long.
const DEAD_FOR: Duration = Duration::from_secs(30 * 24 * 3600);

/// What a job does.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Work {
    /// Mails an operator the link of an invitation.
    MailInvitation {
        /// Whom.
        operator: OperatorId,
        /// Name of who invites.
        from: String,
    },
    /// Mails whoever signs in with an address a link to choose another password.
    MailPasswordLink {
        /// The address as compared.
        email_key: String,
    },
    /// Lets an operator who may not come in any more leave all conversations.
    LeaveConversations {
        /// Who.
        operator: OperatorId,
    },
    /// A visitor who writes several messages to a chatbot has paused, if nothing came meanwhile.
    ContinueChatbot {
        /// Where.
        conversation: ConversationId,
        /// The step that they answer.
        step: StepId,
    },
    /// Removes what has expired.
    Sweep,
}

impl Work {
    /// As stored.
    #[must_use]
    pub fn encoded(&self) -> String {
        // Plain data with string keys always serialises.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Does it.
    pub async fn run(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::MailInvitation { operator, from } => {
                invitations::mail_invitation(app, operator, from).await
            }
            Self::MailPasswordLink { email_key } => {
                invitations::mail_password_link(app, email_key).await
            }
            Self::LeaveConversations { operator } => {
                Ok(conversations::leave_all(app, operator).await?)
            }
            Self::ContinueChatbot { conversation, step } => {
                Ok(chatbots::continue_when_quiet(app, conversation, step).await?)
            }
            Self::Sweep => Ok(sweep(app).await?),
        }
    }
}

async fn sweep(app: &App) -> Result<(), Problem> {
    auth::forget_expired(app).await?;
    invitations::forget_expired(app).await?;
    chatbots::end_forgotten(app).await?;
    page_views::forget_old(app).await?;
    let long_ago = app.clock.now().minus(DEAD_FOR);
    Ok(app.db.write(move |tx| store::forget_dead(tx, long_ago)).await?)
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        problem.log();
        Self::Later(problem.to_string())
    }
}
