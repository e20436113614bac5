//! The address of a broker, and the subjects that its name leads to.

use std::io;

use async_nats::ServerAddr;

/// The name of an installation that its address does not name.
const NAME: &str = "frontdesk";

/// Where the broker is, and what our hints are called there.
#[derive(Debug)]
pub(crate) struct Address {
    pub(crate) servers: Vec<ServerAddr>,
    name: String,
}

impl Address {
    pub(crate) fn parse(url: &str) -> io::Result<Self> {
        let servers: Vec<ServerAddr> = url.split(',').map(str::parse).collect::<io::Result<_>>()?;
        let names = servers
            .iter()
            .map(|server| server.clone().into_inner().path().trim_matches('/').to_owned());
        let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or(NAME.to_owned());
        if !name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_') {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "a name is letters, digits, - and _",
            ));
        }
        Ok(Self { servers, name })
    }

    /// Host and port, without the password.
    pub(crate) fn shown(&self) -> String {
        let servers = self.servers.iter().map(|it| format!("{}:{}", it.host(), it.port()));
        servers.collect::<Vec<_>>().join(",")
    }

    /// What every node subscribes to.
    pub(crate) fn everything(&self) -> String {
        format!("{}.>", self.name)
    }

    /// What comes before the topic in the subject of a hint.
    pub(crate) fn hints(&self) -> String {
        format!("{}.hint.", self.name)
    }

    /// Tells the other nodes that hints were lost on their way out.
    pub(crate) fn lost(&self) -> String {
        format!("{}.lost", self.name)
    }

    /// Nobody listens there, which the broker answers at once.
    pub(crate) fn nobody(&self) -> String {
        format!("{}-nobody", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn the_name_of_an_installation_is_in_its_address() {
        let named = Address::parse("nats://desk:secret@broker:4223/shop").expect("valid");
        assert_eq!(named.everything(), "shop.>");
        let unnamed = Address::parse("broker").expect("valid");
        assert_eq!(unnamed.hints(), "frontdesk.hint.");
    }

    #[test]
    fn an_address_is_shown_without_its_password() {
        let address = Address::parse("nats://desk:secret@one:4223,nats://two/shop").expect("valid");
        assert_eq!(address.shown(), "one:4223,two:4222");
        assert_eq!(address.lost(), "shop.lost");
    }

    #[test]
    fn a_name_that_would_mean_other_subjects_is_refused() {
        for url in ["nats://broker/shop.*", "nats://broker/a/b", "nats://broker/>", "http://broker"]
        {
            assert!(Address::parse(url).is_err(), "{url}");
        }
    }
}
