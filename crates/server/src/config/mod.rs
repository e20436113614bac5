//! What can be set at the start. Names, defaults and environment variables stand at the fields; the binary reads them.

mod limits;

pub use limits::{Limits, Rate};

use crate::countries::Countries;
use ipnet::IpNet;
use std::net::SocketAddr;

/// The settings that the server itself uses.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// The public address without a slash at the end, where one is set.
    pub base_url: Option<String>,
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Which country an address belongs to.
    pub countries: Countries,
    /// Bearer token that may read `/metrics` from elsewhere than the loopback.
    pub metrics_token: Option<String>,
    /// The mail server, where one is set.
    pub mail: Option<MailConfig>,
    /// How much one visitor, operator or address may ask.
    pub limits: Limits,
}

/// How mail is sent.
#[derive(Clone, Debug)]
pub struct MailConfig {
    /// `smtps://user:password@host`, or `smtp://…?tls=required`.
    pub smtp_url: String,
    /// Who mails are from: an address, or a name and an address.
    pub from: String,
}

impl Config {
    /// Defaults for a server at `listen`.
    #[must_use]
    pub fn at(listen: SocketAddr) -> Self {
        Self {
            listen,
            base_url: None,
            trusted_proxies: Vec::new(),
            countries: Countries::bundled(),
            metrics_token: None,
            mail: None,
            limits: Limits::default(),
        }
    }

    /// The public address: as set, else where the server listens.
    #[must_use]
    pub fn public_url(&self) -> String {
        self.base_url.clone().unwrap_or_else(|| {
            let port = self.listen.port();
            match self.listen.ip() {
                ip if ip.is_unspecified() => format!("http://127.0.0.1:{port}"),
                std::net::IpAddr::V6(ip) => format!("http://[{ip}]:{port}"),
                std::net::IpAddr::V4(ip) => format!("http://{ip}:{port}"),
            }
        })
    }

    /// The demonstration site, on another origin than the console where that is possible.
    #[must_use]
    pub fn demo_url(&self) -> String {
        let base = self.public_url();
        let other = base
            .strip_prefix("http://127.0.0.1:")
            .map(|port| format!("http://localhost:{port}"))
            .or_else(|| {
                base.strip_prefix("http://localhost:")
                    .map(|port| format!("http://127.0.0.1:{port}"))
            });
        format!("{}/demo/", other.unwrap_or(base))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demonstration_site_is_on_another_origin() {
        let mut config = Config::at(([127, 0, 0, 1], 8080).into());
        assert_eq!(config.public_url(), "http://127.0.0.1:8080");
        assert_eq!(config.demo_url(), "http://localhost:8080/demo/");
        config.base_url = Some("http://localhost:9000".to_owned());
        assert_eq!(config.demo_url(), "http://127.0.0.1:9000/demo/");
        config.base_url = Some("https://chat.example".to_owned());
        assert_eq!(config.demo_url(), "https://chat.example/demo/");
    }
}
