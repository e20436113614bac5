//! Settings: from options, environment and file, in this order; every mistake is told, all at once.

use crate::command_line::{ServeOptions, StorageOptions};
use frontdesk_server::config::{Config, Limits, MailConfig, Rate};
use frontdesk_server::countries::Countries;
use frontdesk_server::mail::{MailMistake, Mailer};
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

/// Where things are kept.
pub struct Storage {
    /// The data folder.
    pub data: PathBuf,
    /// The database.
    pub database_url: String,
}

/// Everything that can be set.
pub struct Settings {
    /// Where things are kept.
    pub storage: Storage,
    /// What the server itself uses.
    pub config: Config,
    /// The bus between nodes.
    pub bus_url: Option<String>,
    /// What is logged.
    pub log: String,
}

impl Storage {
    /// From options and file.
    pub fn read(options: &StorageOptions) -> Result<Self, Vec<String>> {
        let mut reader = Reader::new(options.config.as_deref());
        let storage = reader.storage(options);
        reader.finish(storage)
    }
}

impl Settings {
    /// From options and file.
    pub fn read(options: &ServeOptions) -> Result<Self, Vec<String>> {
        let mut reader = Reader::new(options.storage.config.as_deref());
        let storage = reader.storage(&options.storage);
        let config = reader.config(options);
        let bus_url = reader.text("bus_url", options.bus_url.as_ref());
        let log = reader.text("log", options.log.as_ref()).unwrap_or_else(|| "info".to_owned());
        if bus_url.is_some() && storage.database_url.starts_with("sqlite:") {
            reader.mistake("bus-url", "several nodes need PostgreSQL: set --database-url");
        }
        reader.finish(Self { storage, config, bus_url, log })
    }
}

/// Reads settings and collects what is wrong with them.
struct Reader {
    file: toml::Table,
    mistakes: Vec<String>,
}

impl Reader {
    fn new(path: Option<&str>) -> Self {
        let mut reader = Self { file: toml::Table::new(), mistakes: Vec::new() };
        let Some(path) = path else { return reader };
        match std::fs::read_to_string(path) {
            Err(error) => reader.mistakes.push(format!("cannot read {path}: {error}")),
            Ok(text) => match text.parse() {
                Ok(file) => reader.file = file,
                Err(error) => {
                    let reason = error.to_string().replace('\n', " ");
                    reader.mistakes.push(format!("{path} is not TOML: {reason}"));
                }
            },
        }
        reader
    }

    fn storage(&mut self, options: &StorageOptions) -> Storage {
        let data = self.text("data", options.data.as_ref()).unwrap_or_else(|| "./data".to_owned());
        let data = PathBuf::from(data);
        let given = self.text("database_url", options.database_url.as_ref());
        let known = |url: &String| {
            ["sqlite:", "postgres://", "postgresql://"].iter().any(|it| url.starts_with(it))
        };
        if given.as_ref().is_some_and(|url| !known(url)) {
            self.mistake("database-url", "must begin with sqlite: or postgres://");
        }
        let embedded = || format!("sqlite:{}", data.join("frontdesk.db").display());
        let database_url = given.unwrap_or_else(embedded);
        Storage { data, database_url }
    }

    fn config(&mut self, options: &ServeOptions) -> Config {
        let listen = self.text("listen", options.listen.as_ref());
        let mut config = Config::at(self.listen(listen.as_deref().unwrap_or("127.0.0.1:8080")));
        let base_url = self.text("base_url", options.base_url.as_ref());
        config.base_url = base_url.and_then(|url| self.base_url(&url));
        let proxies = self.text("trusted_proxies", options.trusted_proxies.as_ref());
        config.trusted_proxies = self.networks(&proxies.unwrap_or_default());
        let geoip = self.text("geoip", options.geoip.as_ref());
        config.countries = self.countries(geoip.as_deref());
        config.metrics_token = self.text("metrics_token", options.metrics_token.as_ref());
        config.mail = self.mail(options);
        let limits = self.text("limits", options.limits.as_ref());
        config.limits = self.limits(&limits.unwrap_or_default());
        config
    }

    fn mail(&mut self, options: &ServeOptions) -> Option<MailConfig> {
        let smtp_url = self.text("smtp_url", options.smtp_url.as_ref());
        let from = self.text("mail_from", options.mail_from.as_ref());
        let (Some(smtp_url), Some(from)) = (smtp_url.clone(), from.clone()) else {
            if smtp_url.is_some() {
                self.mistake("mail-from", "must be set where --smtp-url is");
            } else if from.is_some() {
                self.mistake("smtp-url", "must be set where --mail-from is");
            }
            return None;
        };
        let mail = MailConfig { smtp_url, from };
        match Mailer::new(Some(&mail)) {
            Ok(_) => return Some(mail),
            Err(MailMistake::SmtpUrl) => self.mistake(
                "smtp-url",
                "is not an address such as smtps://user:password@mail.example.com",
            ),
            Err(MailMistake::From) => self.mistake(
                "mail-from",
                "is not an address such as chat@example.com or Shop <chat@example.com>",
            ),
        }
        None
    }

    fn listen(&mut self, text: &str) -> SocketAddr {
        let address = match text.strip_prefix("localhost:") {
            Some(port) => format!("127.0.0.1:{port}"),
            None => text.to_owned(),
        };
        address.parse().unwrap_or_else(|_| {
            let problem = format!("{text:?} is not an address and port such as 127.0.0.1:8080");
            self.mistake("listen", &problem);
            ([127, 0, 0, 1], 8080).into()
        })
    }

    fn base_url(&mut self, text: &str) -> Option<String> {
        let url = text.trim_end_matches('/');
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        let sound = host.is_some_and(|host| {
            !host.is_empty()
                && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b))
        });
        if !sound {
            let problem = format!(
                "{text:?} is not an address such as https://chat.example.com, without a path"
            );
            self.mistake("base-url", &problem);
        }
        sound.then(|| url.to_owned())
    }

    fn networks(&mut self, text: &str) -> Vec<IpNet> {
        let mut networks = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let single = part.parse::<IpAddr>().map(IpNet::from).ok();
            match part.parse().ok().or(single) {
                Some(network) => networks.push(network),
                None => self.mistake(
                    "trusted-proxies",
                    &format!("{part:?} is not a network such as 10.0.0.0/8"),
                ),
            }
        }
        networks
    }

    fn countries(&mut self, file: Option<&str>) -> Countries {
        let Some(file) = file else { return Countries::bundled() };
        Countries::open(Path::new(file)).unwrap_or_else(|error| {
            self.mistake("geoip", &format!("{file} is not a database of countries: {error}"));
            Countries::bundled()
        })
    }

    fn limits(&mut self, text: &str) -> Limits {
        let mut limits = Limits::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            if part == "off" {
                limits = Limits::off();
                continue;
            }
            let (name, rate) = part.split_once('=').unwrap_or((part, ""));
            match (limit_of(&mut limits, name), Rate::parse(rate)) {
                (Some(limit), Some(rate)) => *limit = rate,
                (None, _) => self.mistake("limits", &format!("there is no limit {name:?}")),
                (_, None) => self.mistake(
                    "limits",
                    &format!("{rate:?} of {name} is not a rate such as 20/60s, or off"),
                ),
            }
        }
        limits
    }

    /// An option or environment variable, else what the file says.
    fn text(&mut self, name: &str, option: Option<&String>) -> Option<String> {
        if let Some(value) = option.filter(|value| !value.is_empty()) {
            return Some(value.clone());
        }
        match self.file.get(name)? {
            toml::Value::String(value) => Some(value.clone()),
            toml::Value::Array(values) => {
                let texts: Option<Vec<_>> = values.iter().map(toml::Value::as_str).collect();
                texts.map(|texts| texts.join(","))
            }
            _ => {
                self.mistakes.push(format!("{name} in the configuration file must be a text"));
                None
            }
        }
    }

    fn mistake(&mut self, option: &str, problem: &str) {
        self.mistakes.push(format!("--{option}: {problem}"));
    }

    fn finish<T>(mut self, value: T) -> Result<T, Vec<String>> {
        const ALL: [&str; 12] = [
            "data",
            "database_url",
            "listen",
            "base_url",
            "bus_url",
            "trusted_proxies",
            "geoip",
            "metrics_token",
            "smtp_url",
            "mail_from",
            "log",
            "limits",
        ];
        for name in self.file.keys().filter(|name| !ALL.contains(&name.as_str())) {
            self.mistakes.push(format!("there is no setting {name:?} (in the configuration file)"));
        }
        if self.mistakes.is_empty() { Ok(value) } else { Err(self.mistakes) }
    }
}

fn limit_of<'a>(limits: &'a mut Limits, name: &str) -> Option<&'a mut Rate> {
    match name {
        "requests" => Some(&mut limits.requests),
        "starts" => Some(&mut limits.starts),
        "messages" => Some(&mut limits.messages),
        "page_views" => Some(&mut limits.page_views),
        "sign_ins" => Some(&mut limits.sign_ins),
        "wrong_passwords" => Some(&mut limits.wrong_passwords),
        "password_links" => Some(&mut limits.password_links),
        "connections" => Some(&mut limits.connections),
        _ => None,
    }
}
