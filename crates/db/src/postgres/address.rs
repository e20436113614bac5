//! The address of a server, and what it says about encryption.

use std::{fmt, path::PathBuf, str::FromStr, sync::Arc, time::Duration};

use tokio_postgres::{Config, config::Host};

use crate::OpenError;

/// How long a server may stay silent before its connection counts as lost.
const SILENCE: Duration = Duration::from_secs(30);

/// `postgres://user:password@host:port/database?sslmode=…`, as libpq reads it.
pub(crate) struct Address {
    pub(super) config: Config,
    pub(super) certificates: Certificates,
}

/// Whose certificates a server may show.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Certificates {
    /// Anybody's: encrypted, but not proof against an impostor. This is what libpq does by default.
    Any,
    /// Those of this very host, signed by an authority that this machine trusts.
    Trusted,
    /// Those of this very host, signed by an authority in this file.
    SignedBy(PathBuf),
}

impl Address {
    pub(crate) fn parse(url: &str) -> Result<Self, OpenError> {
        let (url, certificates) = take_certificates(url);
        let config = Config::from_str(&url);
        let mut config = config.map_err(|cause| OpenError::InvalidAddress(Arc::new(cause)))?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(super::CONNECT_TIMEOUT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(SILENCE);
        }
        config.keepalives_idle(SILENCE).application_name("frontdesk");
        Ok(Self { config, certificates })
    }
}

/// The driver does not know `verify-full`, `verify-ca` and `sslrootcert`.
fn take_certificates(url: &str) -> (String, Certificates) {
    let Some((start, query)) = url.split_once('?') else {
        return (url.to_owned(), Certificates::Any);
    };
    let (mut verify, mut authority, mut rest) = (false, None, Vec::new());
    for pair in query.split('&') {
        match pair.split_once('=') {
            Some(("sslmode", "verify-full" | "verify-ca")) => {
                verify = true;
                rest.push("sslmode=require");
            }
            Some(("sslrootcert", "system")) => verify = true,
            Some(("sslrootcert", path)) => authority = Some(PathBuf::from(path)),
            _ => rest.push(pair),
        }
    }
    let certificates = match authority {
        Some(path) => Certificates::SignedBy(path),
        None if verify => Certificates::Trusted,
        None => Certificates::Any,
    };
    (format!("{start}?{}", rest.join("&")), certificates)
}

/// Where the server is, without the password.
impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = match self.config.get_hosts().first() {
            Some(Host::Tcp(name)) => name.clone(),
            Some(Host::Unix(folder)) => folder.display().to_string(),
            None => String::from("localhost"),
        };
        let port = self.config.get_ports().first().copied().unwrap_or(5432);
        write!(formatter, "{host}:{port}/{}", self.config.get_dbname().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use tokio_postgres::config::SslMode;

    use super::*;

    fn address(url: &str) -> Address {
        Address::parse(url).expect("valid")
    }

    #[test]
    fn an_address_is_shown_without_its_password() {
        let shown = address("postgres://desk:secret@db.example:5433/frontdesk").to_string();
        assert_eq!(shown, "db.example:5433/frontdesk");
    }

    #[test]
    fn certificates_are_checked_when_the_address_asks_for_it() {
        let plain = address("postgres://desk@db.example/frontdesk");
        assert_eq!(plain.certificates, Certificates::Any);
        assert_eq!(plain.config.get_ssl_mode(), SslMode::Prefer);

        let full = address("postgres://desk@db.example/frontdesk?sslmode=verify-full");
        assert_eq!(full.certificates, Certificates::Trusted);
        assert_eq!(full.config.get_ssl_mode(), SslMode::Require);

        let own = address("postgres://desk@db/frontdesk?sslmode=verify-ca&sslrootcert=/etc/ca.pem");
        assert_eq!(own.certificates, Certificates::SignedBy("/etc/ca.pem".into()));
    }

    #[test]
    fn an_address_with_an_unknown_mode_is_refused() {
        let refused = Address::parse("postgres://desk@db/frontdesk?sslmode=perhaps");
        assert!(matches!(refused, Err(OpenError::InvalidAddress(_))));
    }
}
