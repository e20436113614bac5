//! The application: everything that a request needs, built once and cheap to clone.

use crate::assignment::Roster;
use crate::auth::passwords::Passwords;
use crate::channels;
use crate::chatbots::Scripts;
use crate::clock::Clock;
use crate::config::Config;
use crate::embed::assets::Assets;
use crate::http::rate_limit::RateLimits;
use crate::jobs::Wake;
use crate::mail::Mailer;
use crate::realtime::Live;
use frontdesk_bus::Bus;
use frontdesk_db::Db;
use std::ops::Deref;
use std::sync::Arc;

/// A handle to the application's parts.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What the application is made of.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// What was set at the start.
    pub config: Config,
    /// Live connections, of this node and through the bus of the others.
    pub live: Live,
    /// Who could take conversations, as this node remembers it.
    pub roster: Roster,
    /// Who asks too often.
    pub limits: RateLimits,
    /// Hashing of passwords, a few at a time.
    pub passwords: Passwords,
    /// Channels that pages asked for lately.
    pub channels: channels::Shelf,
    /// Scripts that conversations went through lately.
    pub scripts: Scripts,
    /// Websites that loaded the widget lately.
    pub installations: channels::installations::Written,
    /// Wakes the worker of this node.
    pub wake: Wake,
    /// Sends mail, where a server is set.
    pub mailer: Mailer,
    /// The built widget.
    pub assets: Assets,
}

impl App {
    /// Puts the parts together. Nothing runs yet: see [`crate::serve`].
    #[must_use]
    pub fn new(db: Db, bus: Bus, clock: Clock, config: Config) -> Self {
        Self(Arc::new(Parts {
            db,
            clock,
            live: Live::new(bus),
            roster: Roster::default(),
            limits: RateLimits::new(&config.limits),
            passwords: Passwords::new(),
            channels: channels::Shelf::default(),
            scripts: Scripts::default(),
            installations: channels::installations::Written::default(),
            wake: Wake::default(),
            mailer: mailer(&config),
            assets: Assets::load(),
            config,
        }))
    }
}

/// Settings of mail were checked where they were read.
fn mailer(config: &Config) -> Mailer {
    Mailer::new(config.mail.as_ref()).unwrap_or_else(|mistake| {
        tracing::error!(?mistake, "mail is not set up");
        Mailer::none()
    })
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
