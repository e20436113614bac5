//! Which browser signed in, in words that its owner recognises. No fingerprint: the network without its last part.

use std::net::{IpAddr, Ipv6Addr};

/// A browser, as a list of sessions shows it.
#[derive(Clone, Debug)]
pub struct Browser {
    /// Such as "Firefox, Linux"; none where it does not say.
    pub name: Option<String>,
    /// Such as 203.0.113.0/24.
    pub network: String,
}

/// Others carry the names of those that they imitate, so the order matters.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

impl Browser {
    /// From the `User-Agent` header and the client's address.
    #[must_use]
    pub fn new(user_agent: &str, address: IpAddr) -> Self {
        let find = |names: &[(&str, &'static str)]| {
            names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
        };
        let parts: Vec<_> = [find(&BROWSERS), find(&SYSTEMS)].into_iter().flatten().collect();
        let name = (!parts.is_empty()).then(|| parts.join(", "));
        Self { name, network: network(address) }
    }
}

fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => {
            let site = v6.to_bits() & !(u128::MAX >> 48);
            format!("{}/48", Ipv6Addr::from_bits(site))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(user_agent: &str) -> Option<String> {
        Browser::new(user_agent, IpAddr::from([127, 0, 0, 1])).name
    }

    #[test]
    fn browsers_are_called_by_name() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0";
        assert_eq!(name(edge).as_deref(), Some("Edge, Windows"));
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(name(safari).as_deref(), Some("Safari, iPhone"));
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert_eq!(name(firefox).as_deref(), Some("Firefox, Linux"));
        assert_eq!(name("curl/8"), None);
    }

    #[test]
    fn addresses_lose_their_last_part() {
        assert_eq!(network(IpAddr::from([203, 0, 113, 77])), "203.0.113.0/24");
        let v6: IpAddr = "2001:db8:1:2::5".parse().unwrap();
        assert_eq!(network(v6), "2001:db8:1::/48");
    }
}
