//! Rate limits: by visitor or operator where one is known, else by client address.

use crate::config::{Limits, Rate};
use crate::http::ClientAddress;
use crate::problem::Problem;
use frontdesk_domain::{OperatorId, VisitorId};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::time::Duration;

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Asker {
    /// Somebody at this address.
    Address(ClientAddress),
    /// This visitor.
    Visitor(VisitorId),
    /// This operator.
    Operator(OperatorId),
    /// Somebody who tries to sign in with this e-mail address.
    Email(String),
}

impl From<ClientAddress> for Asker {
    fn from(address: ClientAddress) -> Self {
        Self::Address(address)
    }
}

/// One limit per kind of request.
pub struct RateLimits {
    /// Requests of any public kind.
    pub requests: Limit,
    /// Started conversations.
    pub starts: Limit,
    /// Messages.
    pub messages: Limit,
    /// Pages that are looked at.
    pub page_views: Limit,
    /// Attempts to sign in or set up.
    pub sign_ins: Limit,
    /// Wrong passwords for one e-mail address.
    pub wrong_passwords: Limit,
    /// Links by mail for one e-mail address.
    pub password_links: Limit,
    /// New sockets and streams.
    pub connections: Limit,
}

impl RateLimits {
    /// The limits as configured.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self {
            requests: Limit::new(limits.requests),
            starts: Limit::new(limits.starts),
            messages: Limit::new(limits.messages),
            page_views: Limit::new(limits.page_views),
            sign_ins: Limit::new(limits.sign_ins),
            wrong_passwords: Limit::new(limits.wrong_passwords),
            password_links: Limit::new(limits.password_links),
            connections: Limit::new(limits.connections),
        }
    }

    /// Forgets who has not asked for a while, so that memory does not grow with everybody who ever came.
    pub fn forget_old(&self) {
        for limit in [
            &self.requests,
            &self.starts,
            &self.messages,
            &self.page_views,
            &self.sign_ins,
            &self.wrong_passwords,
            &self.password_links,
            &self.connections,
        ] {
            limit.forget_old();
        }
    }
}

/// A limit; none when the rate is zero.
pub struct Limit(Option<DefaultKeyedRateLimiter<Asker>>);

impl Limit {
    fn new(rate: Rate) -> Self {
        Self(quota(rate).map(RateLimiter::dashmap))
    }

    /// Counts one request, or refuses it and says when to come back.
    pub fn check(&self, asker: impl Into<Asker>) -> Result<(), Problem> {
        let Some(limiter) = &self.0 else {
            return Ok(());
        };
        limiter.check_key(&asker.into()).map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            Problem::TooManyRequests { retry_after: wait.as_secs() + 1 }
        })
    }

    fn forget_old(&self) {
        if let Some(limiter) = &self.0 {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

fn quota(rate: Rate) -> Option<Quota> {
    let amount = NonZeroU32::new(rate.amount)?;
    let period = Duration::from_secs(u64::from(rate.seconds)) / rate.amount;
    Quota::with_period(period).map(|quota| quota.allow_burst(amount))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_asker_does_not_use_up_anothers_share() {
        let limit = Limit::new(Rate::new(2, 60));
        let (one, two) = (Asker::Visitor(VisitorId(1)), Asker::Visitor(VisitorId(2)));
        assert!(limit.check(one.clone()).is_ok());
        assert!(limit.check(one.clone()).is_ok());
        let refused = limit.check(one);
        assert!(matches!(refused, Err(Problem::TooManyRequests { retry_after: 1..=31 })));
        assert!(limit.check(two).is_ok());
    }

    #[test]
    fn zero_is_without_limit() {
        let limit = Limit::new(Rate::new(0, 1));
        assert!((0..10_000).all(|_| limit.check(Asker::Visitor(VisitorId(1))).is_ok()));
    }
}
