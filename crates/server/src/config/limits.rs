//! How much one visitor, operator or address may ask for.

/// So many in so many seconds; the whole amount may come at once. Zero means without limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub amount: u32,
    /// In how many seconds.
    pub seconds: u32,
}

impl Rate {
    /// So many in so many seconds.
    #[must_use]
    pub const fn new(amount: u32, seconds: u32) -> Self {
        Self { amount, seconds }
    }

    /// As in the configuration: `30/10s`, or `off`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "off" {
            return Some(Self::new(0, 1));
        }
        let (amount, seconds) = text.strip_suffix('s')?.split_once('/')?;
        let rate = Self::new(amount.parse().ok()?, seconds.parse().ok()?);
        (rate.amount > 0 && (1..=86_400).contains(&rate.seconds)).then_some(rate)
    }
}

/// The limits, each by whom it counts.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Requests of any kind, by visitor or operator, else by client address.
    pub requests: Rate,
    /// Started conversations, by client address.
    pub starts: Rate,
    /// Messages, by visitor or operator.
    pub messages: Rate,
    /// Pages that are looked at, by visitor.
    pub page_views: Rate,
    /// Attempts to sign in or set up, by client address.
    pub sign_ins: Rate,
    /// Wrong passwords, by e-mail address.
    pub wrong_passwords: Rate,
    /// Links for whoever forgot the password, by e-mail address.
    pub password_links: Rate,
    /// New sockets and streams, by client address.
    pub connections: Rate,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests: Rate::new(600, 30),
            starts: Rate::new(20, 60),
            messages: Rate::new(30, 15),
            page_views: Rate::new(60, 60),
            sign_ins: Rate::new(20, 60),
            wrong_passwords: Rate::new(10, 300),
            password_links: Rate::new(3, 900),
            connections: Rate::new(120, 60),
        }
    }
}

impl Limits {
    /// No limits at all: for measuring.
    #[must_use]
    pub const fn off() -> Self {
        let off = Rate::new(0, 1);
        Self {
            requests: off,
            starts: off,
            messages: off,
            page_views: off,
            sign_ins: off,
            wrong_passwords: off,
            password_links: off,
            connections: off,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read() {
        assert_eq!(Rate::parse("30/10s"), Some(Rate::new(30, 10)));
        assert_eq!(Rate::parse("off"), Some(Rate::new(0, 1)));
        for wrong in ["", "30", "0/10s", "30/0s", "-1/10s", "30/10", "a/bs"] {
            assert_eq!(Rate::parse(wrong), None, "{wrong}");
        }
    }
}
