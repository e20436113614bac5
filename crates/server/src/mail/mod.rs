//! Mail: letters in the reader's language, as text and as HTML, through the SMTP server of the settings.

mod letter;

pub use letter::Letter;

use crate::config::MailConfig;
use crate::jobs::Failure;
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport, Message, Tokio1Executor};
use std::time::Duration;

/// A server that says nothing for so long is away.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends mail, where a server is set.
pub struct Mailer(Option<Outgoing>);

/// Which setting is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailMistake {
    /// The address of the server.
    SmtpUrl,
    /// Who mails are from.
    From,
}

struct Outgoing {
    from: Mailbox,
    server: AsyncSmtpTransport<Tokio1Executor>,
}

impl Mailer {
    /// A mailer by the settings; without them it sends nothing.
    pub fn new(config: Option<&MailConfig>) -> Result<Self, MailMistake> {
        let Some(config) = config else { return Ok(Self(None)) };
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(&config.smtp_url);
        let server = server.map_err(|_| MailMistake::SmtpUrl)?.timeout(Some(PATIENCE)).build();
        let from = config.from.parse().map_err(|_| MailMistake::From)?;
        Ok(Self(Some(Outgoing { from, server })))
    }

    /// A mailer that sends nothing.
    #[must_use]
    pub const fn none() -> Self {
        Self(None)
    }

    /// Whether a mail server is set.
    #[must_use]
    pub const fn is_set_up(&self) -> bool {
        self.0.is_some()
    }

    /// Whether the mail server answers and lets us in.
    pub async fn check(&self) -> Result<(), Failure> {
        let outgoing = self.outgoing()?;
        let answered = outgoing.server.test_connection().await.map_err(failure)?;
        answered.then_some(()).ok_or_else(|| Failure::Later("it refuses us".to_owned()))
    }

    /// Sends a letter.
    pub async fn send(&self, to: &str, letter: &Letter<'_>) -> Result<(), Failure> {
        let outgoing = self.outgoing()?;
        let never = |error: &dyn std::error::Error| Failure::Never(error.to_string());
        let to: Mailbox =
            to.parse().map_err(|error: lettre::address::AddressError| never(&error))?;
        let (text, html) = letter.bodies().map_err(|error| never(&error))?;
        let message = Message::builder()
            .from(outgoing.from.clone())
            .to(to)
            .subject(letter.subject())
            .multipart(MultiPart::alternative_plain_html(text, html))
            .map_err(|error| never(&error))?;
        outgoing.server.send(message).await.map(drop).map_err(failure)
    }

    fn outgoing(&self) -> Result<&Outgoing, Failure> {
        self.0.as_ref().ok_or_else(|| Failure::Later("no mail server is set".to_owned()))
    }
}

/// Addresses stand in what servers answer, so that only the status is told.
fn failure(error: lettre::transport::smtp::Error) -> Failure {
    let why = match error.status() {
        Some(code) => format!("the mail server answers {code}"),
        None if error.is_timeout() => "the mail server does not answer".to_owned(),
        None if error.is_tls() => "the mail server's certificate cannot be trusted".to_owned(),
        None => "the mail server cannot be reached".to_owned(),
    };
    if error.is_permanent() { Failure::Never(why) } else { Failure::Later(why) }
}
