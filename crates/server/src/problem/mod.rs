//! Problems: every reason for which Frontdesk refuses something, with its code on the wire.
//!
//! Verbs return a `Problem`; the HTTP shell turns it into a status and the sockets into a `refused` frame. The codes
//! stand in docs/protocol.md and have texts in the translation catalogue.

mod field;

pub use field::FieldProblem;

use frontdesk_domain::chatbot::{FileError, ScriptProblem};
use frontdesk_domain::rule::PatternError;
use http::StatusCode;
use std::borrow::Cow;

/// Why something was refused. The text is the English detail for developers.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The request cannot be read.
    #[error("{0}")]
    BadRequest(String),
    /// No valid session, key or visitor secret.
    #[error("sign in, or send a valid key or secret")]
    NotSignedIn,
    /// E-mail address or password is wrong.
    #[error("the e-mail address or the password is wrong")]
    WrongCredentials,
    /// An unsafe request from a page of another origin.
    #[error("requests that change something must come from this installation's own pages")]
    WrongOrigin,
    /// Only members write.
    #[error("join the conversation first")]
    NotAMember,
    /// Only administrators may.
    #[error("only an administrator may do this")]
    NotAllowed,
    /// Only its author changes a message.
    #[error("this is another author's message")]
    NotTheAuthor,
    /// There is no such thing, or the caller may not see it.
    #[error("there is no such thing, or you may not see it")]
    NotFound,
    /// The channel lists the websites that may load its widget, and this is none of them.
    #[error("this website may not load the channel's widget; an administrator can allow it")]
    OriginNotAllowed,
    /// Somebody else saved since this was read.
    #[error("somebody else has saved since this was read; read it again")]
    ChangedMeanwhile,
    /// A rule's pattern is not a regular expression.
    #[error("the pattern is not a regular expression: {0}")]
    PatternInvalid(PatternError),
    /// A chatbot's script cannot be kept as it is.
    #[error("{}", .0.kind)]
    ScriptInvalid(ScriptProblem),
    /// A file is no chatbot.
    #[error("{0}")]
    FileInvalid(FileError),
    /// There is no such channel.
    #[error("there is no such channel")]
    ChannelNotFound,
    /// The operator keeps as many favorites of a list as one may.
    #[error("remove a favorite first")]
    TooManyFavorites,
    /// A list was asked for in a way that it does not understand.
    #[error("{0}")]
    QueryInvalid(crate::query::QueryProblem),
    /// The setup link is unknown, used or expired.
    #[error("the setup link is unknown, used or expired; restart the server to get a new one")]
    SetupLinkInvalid,
    /// The link of an invitation is unknown, used or expired.
    #[error("the link is unknown, used or expired; ask an administrator for a new one")]
    LinkInvalid,
    /// There is no mail server.
    #[error("no mail server is set up; ask an administrator for a link")]
    MailNotSetUp,
    /// Nobody else could administer.
    #[error("somebody must be an administrator; make another one first")]
    LastAdministrator,
    /// One does not lock oneself out.
    #[error("another administrator has to do this to your account")]
    OwnAccount,
    /// Nobody can take the conversation.
    #[error("no operator is available now; nothing was created")]
    NoOperatorAvailable,
    /// The conversation is over.
    #[error("the conversation is over")]
    ConversationEnded,
    /// A chatbot's question that the conversation has left behind.
    #[error("the conversation has passed this question")]
    AnswerPassed,
    /// A message that was taken back stays so.
    #[error("the message was deleted")]
    MessageDeleted,
    /// A colleague was faster.
    #[error("somebody else has come first")]
    AlreadyTaken,
    /// The client id names somebody else's message.
    #[error("this client id names another author's message")]
    ClientIdTaken,
    /// There is an expertise of this name.
    #[error("there is an expertise of this name")]
    ExpertiseNameTaken,
    /// Another operator has this address.
    #[error("another operator has this e-mail address")]
    EmailTaken,
    /// The body is larger than the limit.
    #[error("the body is larger than {0} bytes")]
    BodyTooLarge(usize),
    /// The body is not JSON.
    #[error("the body must be JSON, with content-type application/json")]
    UnsupportedMediaType,
    /// A field of the request is not acceptable.
    #[error("{}", .0.detail())]
    Field(FieldProblem),
    /// Too many requests; come back after some seconds.
    #[error("too many requests; try again in {retry_after} s")]
    TooManyRequests {
        /// Seconds.
        retry_after: u64,
    },
    /// The database has too much to do, or is away.
    #[error("busy; try again")]
    Busy,
    /// Our fault. Logged where it is answered, with its chain.
    #[error("something went wrong on our side; it has been logged")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Problem {
    /// The stable code on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BadRequest(_) => "bad_request",
            Self::NotSignedIn => "not_signed_in",
            Self::WrongCredentials => "wrong_credentials",
            Self::WrongOrigin => "wrong_origin",
            Self::NotAMember => "not_a_member",
            Self::NotAllowed => "not_allowed",
            Self::NotTheAuthor => "not_the_author",
            Self::NotFound => "not_found",
            Self::OriginNotAllowed => "origin_not_allowed",
            Self::ChangedMeanwhile => "changed_meanwhile",
            Self::PatternInvalid(_) => "pattern_invalid",
            Self::ChannelNotFound => "channel_not_found",
            Self::SetupLinkInvalid => "setup_link_invalid",
            Self::LinkInvalid => "link_invalid",
            Self::MailNotSetUp => "mail_not_set_up",
            Self::LastAdministrator => "last_administrator",
            Self::OwnAccount => "own_account",
            Self::NoOperatorAvailable => "no_operator_available",
            Self::ConversationEnded => "conversation_ended",
            Self::AnswerPassed => "answer_passed",
            Self::MessageDeleted => "message_deleted",
            Self::AlreadyTaken => "already_taken",
            Self::ClientIdTaken => "client_id_taken",
            Self::ExpertiseNameTaken => "expertise_name_taken",
            Self::EmailTaken => "email_taken",
            Self::BodyTooLarge(_) => "body_too_large",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::TooManyFavorites => "too_many_favorites",
            Self::QueryInvalid(_) => "query_invalid",
            Self::ScriptInvalid(_) | Self::FileInvalid(_) => "script_invalid",
            Self::Field(field) => field.code(),
            Self::TooManyRequests { .. } => "too_many_requests",
            Self::Busy => "busy",
            Self::Internal(_) => "internal",
        }
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::NotSignedIn | Self::WrongCredentials => StatusCode::UNAUTHORIZED,
            Self::WrongOrigin
            | Self::NotAMember
            | Self::NotAllowed
            | Self::NotTheAuthor
            | Self::OriginNotAllowed => StatusCode::FORBIDDEN,
            Self::NotFound | Self::ChannelNotFound => StatusCode::NOT_FOUND,
            Self::SetupLinkInvalid | Self::LinkInvalid => StatusCode::GONE,
            Self::NoOperatorAvailable
            | Self::ConversationEnded
            | Self::AnswerPassed
            | Self::MessageDeleted
            | Self::AlreadyTaken
            | Self::ClientIdTaken
            | Self::ChangedMeanwhile
            | Self::MailNotSetUp
            | Self::LastAdministrator
            | Self::OwnAccount
            | Self::ExpertiseNameTaken
            | Self::EmailTaken
            | Self::TooManyFavorites => StatusCode::CONFLICT,
            Self::BodyTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::QueryInvalid(_)
            | Self::Field(_)
            | Self::PatternInvalid(_)
            | Self::ScriptInvalid(_)
            | Self::FileInvalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The request's field that is to blame.
    #[must_use]
    pub fn field(&self) -> Option<Cow<'static, str>> {
        match self {
            Self::Field(field) => field.field().map(Cow::Borrowed),
            Self::ScriptInvalid(problem) => Some(format!("script.{}", problem.field).into()),
            Self::FileInvalid(_) => Some("file".into()),
            Self::ExpertiseNameTaken => Some("name".into()),
            Self::EmailTaken => Some("email".into()),
            Self::PatternInvalid(_) => Some("url_regex".into()),
            _ => None,
        }
    }

    /// Seconds after which the same may be tried again; none where that would be in vain.
    #[must_use]
    pub const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooManyRequests { retry_after } => Some(*retry_after),
            Self::Busy => Some(1),
            Self::Internal(_) => Some(5),
            _ => None,
        }
    }

    /// An error of ours, with its chain.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }

    /// Logs what is our fault, once, with the chain of causes.
    pub fn log(&self) {
        if let Self::Internal(source) = self {
            let mut chain = source.to_string();
            let mut cause = source.source();
            while let Some(next) = cause {
                chain.push_str(": ");
                chain.push_str(&next.to_string());
                cause = next.source();
            }
            tracing::error!(error = %chain, "a request failed");
        }
    }
}

impl From<frontdesk_db::Error> for Problem {
    fn from(error: frontdesk_db::Error) -> Self {
        match error {
            frontdesk_db::Error::NoRow => Self::NotFound,
            frontdesk_db::Error::Busy | frontdesk_db::Error::Unavailable(_) => Self::Busy,
            other => Self::internal(other),
        }
    }
}

impl From<FieldProblem> for Problem {
    fn from(problem: FieldProblem) -> Self {
        Self::Field(problem)
    }
}
