//! Countries of addresses (A13): a database is a part of the program, and another one may take its place.
//!
//! The bundled one stays where the program's file is mapped: only the pages that are asked for take memory.

use frontdesk_domain::country::Country;
use maxminddb::Reader;
use serde::Deserialize;
use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

static BUNDLED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/countries.mmdb"));

/// Which country an address belongs to.
#[derive(Clone)]
pub struct Countries(Option<Arc<Reader<Cow<'static, [u8]>>>>);

/// What databases say of an address: the bundled one in one field, those of MaxMind in two.
#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    country_code: Option<&'a str>,
    #[serde(borrow)]
    country: Option<Named<'a>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    iso_code: Option<&'a str>,
}

impl Countries {
    /// The database that is a part of the program.
    #[must_use]
    pub fn bundled() -> Self {
        let reader = Reader::from_source(Cow::Borrowed(BUNDLED));
        if reader.is_err() {
            tracing::warn!(
                "no database of countries was built in: run npm ci before building, or set --geoip"
            );
        }
        Self(reader.ok().map(Arc::new))
    }

    /// Another one: a MaxMind DB file with countries. It is read into memory.
    pub fn open(file: &Path) -> Result<Self, String> {
        let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
        let reader = Reader::from_source(Cow::Owned(bytes)).map_err(|error| error.to_string())?;
        Ok(Self(Some(Arc::new(reader))))
    }

    /// The country of an address, where it is known. Private addresses have none.
    #[must_use]
    pub fn of(&self, address: IpAddr) -> Option<Country> {
        let address = address.to_canonical();
        if is_private(address) {
            return None;
        }
        let found = self.0.as_ref()?.lookup(address).ok()?;
        let record: Record<'_> = found.decode().ok()??;
        let code = record.country_code.or_else(|| record.country?.iso_code)?;
        Country::parse(code)
    }
}

impl fmt::Debug for Countries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Countries" } else { "Countries (none)" })
    }
}

const fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_unspecified()
        }
        IpAddr::V6(v6) => {
            v6.is_unique_local()
                || v6.is_loopback()
                || v6.is_unicast_link_local()
                || v6.is_unspecified()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_country_unless_they_are_private() {
        let countries = Countries::bundled();
        let of = |address: &str| {
            let country = countries.of(address.parse().expect("an address"));
            country.map(|it| it.as_str().to_owned()).unwrap_or_default()
        };
        assert_eq!(of("193.0.6.139"), "NL");
        assert_eq!(of("::ffff:193.0.6.139"), "NL");
        assert_eq!(of("2001:67c:2e8::1"), "NL");
        assert_eq!(of("200.160.2.3"), "BR");
        for private in ["127.0.0.1", "10.1.2.3", "192.168.0.1", "::1", "fd00::1", "fe80::1"] {
            assert_eq!(of(private), "", "{private}");
        }
    }

    #[test]
    fn a_file_that_is_no_database_is_refused() {
        assert!(Countries::open(Path::new("Cargo.toml")).is_err());
        assert!(Countries::open(Path::new("/nowhere")).is_err());
    }
}
