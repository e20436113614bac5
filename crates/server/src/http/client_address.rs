//! The address that a request comes from, seen through trusted proxies only.

use crate::app::App;
use crate::config::Config;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Once;

/// Where a request comes from. An IPv6 client owns its whole /64, so the rest of the address is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<App> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::seen_through(&app.config, peer(parts), &parts.headers))
    }
}

/// The scheme that the client used: what a trusted proxy says in `X-Forwarded-Proto`, else plain HTTP.
pub fn scheme(app: &App, parts: &Parts) -> &'static str {
    let said = parts.headers.get("x-forwarded-proto").is_some_and(|value| value == "https");
    if said && is_trusted(&app.config, peer(parts).to_canonical()) { "https" } else { "http" }
}

fn peer(parts: &Parts) -> IpAddr {
    let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    connected.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip())
}

fn is_trusted(config: &Config, ip: IpAddr) -> bool {
    config.trusted_proxies.iter().any(|net| net.contains(&ip))
}

impl ClientAddress {
    fn seen_through(config: &Config, peer: IpAddr, headers: &HeaderMap) -> Self {
        let peer = peer.to_canonical();
        let trusted = |ip: &IpAddr| is_trusted(config, *ip);
        let forwarded = forwarded_for(headers);
        if !trusted(&peer) {
            if !forwarded.is_empty() {
                report_untrusted_proxy();
            }
            return Self(network(peer));
        }
        // The nearest address that is not one of our proxies is the last that somebody trusted wrote down.
        let client = forwarded.into_iter().rev().find(|ip| !trusted(ip)).unwrap_or(peer);
        Self(network(client))
    }

    /// Whether the request comes from this computer.
    #[must_use]
    pub const fn is_loopback(&self) -> bool {
        self.0.is_loopback()
    }
}

fn forwarded_for(headers: &HeaderMap) -> Vec<IpAddr> {
    headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|part| part.trim().parse::<IpAddr>().ok())
        .map(|ip| ip.to_canonical())
        .collect()
}

fn network(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V6(v6) if !v6.is_loopback() => {
            IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)))
        }
        other => other,
    }
}

fn report_untrusted_proxy() {
    static REPORTED: Once = Once::new();
    REPORTED.call_once(|| {
        tracing::warn!(
            "X-Forwarded-For from an address that is not a trusted proxy is ignored; \
             set --trusted-proxies if there is a proxy in front"
        );
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(proxies: &str, peer: &str, forwarded: &str) -> String {
        let mut config = Config::at(([127, 0, 0, 1], 0).into());
        config.trusted_proxies = proxies.split_whitespace().map(|it| it.parse().unwrap()).collect();
        let mut headers = HeaderMap::new();
        if !forwarded.is_empty() {
            headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        }
        ClientAddress::seen_through(&config, peer.parse().unwrap(), &headers).0.to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        assert_eq!(seen("", "203.0.113.9", "198.51.100.1"), "203.0.113.9");
        assert_eq!(seen("10.0.0.0/8", "10.1.1.1", "198.51.100.1"), "198.51.100.1");
        assert_eq!(seen("10.0.0.0/8", "10.1.1.1", ""), "10.1.1.1");
    }

    #[test]
    fn what_the_client_wrote_itself_is_not_believed() {
        assert_eq!(
            seen("10.0.0.0/8", "10.1.1.1", "1.2.3.4, 198.51.100.1, 10.2.2.2"),
            "198.51.100.1"
        );
        assert_eq!(seen("10.0.0.0/8", "10.1.1.1", "nonsense"), "10.1.1.1");
    }

    #[test]
    fn an_ipv6_client_is_its_network() {
        assert_eq!(seen("", "2001:db8:1:2:3:4:5:6", ""), "2001:db8:1:2::");
        assert_eq!(seen("", "::ffff:203.0.113.9", ""), "203.0.113.9");
    }
}
