//! `frontdesk doctor`: looks at what a server would need, and says what is wrong.

use crate::command_line::ServeOptions;
use crate::data_folder::DataFolder;
use crate::output::say;
use crate::settings::Settings;
use crate::{data_folder, database};
use frontdesk_server::jobs::Failure;
use frontdesk_server::mail::Mailer;
use std::process::ExitCode;
use tokio::net::TcpListener;

/// Fewer open files than this are few for live connections.
const FEW_FILES: u64 = 4096;

/// Checks everything, even after something was wrong.
pub async fn doctor(options: ServeOptions) -> Result<ExitCode, Vec<String>> {
    let settings = Settings::read(&options)?;
    let mut report = Report { sound: true };
    report.line("configuration", Ok("no mistakes".to_owned()));
    report.line("data folder", data_folder(&settings));
    report.line("database", database(&settings).await);
    report.line("address", address(&settings).await);
    report.line("mail server", mail_server(&settings).await);
    report.line("open files", open_files());
    Ok(if report.sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

struct Report {
    sound: bool,
}

impl Report {
    fn line(&mut self, what: &str, found: Result<String, String>) {
        let (mark, text) = match found {
            Ok(text) => ("ok     ", text),
            Err(text) => {
                self.sound = false;
                ("PROBLEM", text)
            }
        };
        say(&format!("{mark}  {what:<14} {text}"));
    }
}

fn data_folder(settings: &Settings) -> Result<String, String> {
    let path = &settings.storage.data;
    data_folder::make(path)?;
    match DataFolder::lock(path) {
        Ok(folder) => Ok(format!("{}, no server runs on it", folder.path().display())),
        Err(reason) if reason.starts_with("another") => Ok(reason),
        Err(reason) => Err(reason),
    }
}

async fn database(settings: &Settings) -> Result<String, String> {
    let db = database::open(&settings.storage).await?;
    let checked = db.check().await.map_err(|error| database::chain(&error));
    let engine = format!("{:?} opens, is up to date and answers", db.engine());
    db.close().await;
    checked.map(|()| engine)
}

async fn address(settings: &Settings) -> Result<String, String> {
    let address = settings.config.listen;
    match TcpListener::bind(address).await {
        Ok(_) => Ok(format!("{address} is free")),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            Ok(format!("{address} is taken: by a running Frontdesk, or by another program"))
        }
        Err(error) => Err(format!("cannot listen on {address}: {error}")),
    }
}

async fn mail_server(settings: &Settings) -> Result<String, String> {
    let Ok(mailer) = Mailer::new(settings.config.mail.as_ref()) else {
        return Err("the settings of mail are wrong".to_owned());
    };
    if !mailer.is_set_up() {
        return Ok("none is set: links of invitations are copied by hand".to_owned());
    }
    match mailer.check().await {
        Ok(()) => Ok("it answers and lets us in".to_owned()),
        Err(Failure::Later(why) | Failure::Never(why)) => Err(why),
    }
}

fn open_files() -> Result<String, String> {
    let (_, hard) = rlimit::Resource::NOFILE.get().map_err(|error| error.to_string())?;
    if hard < FEW_FILES {
        return Err(format!("at most {hard} may be open: raise the limit (ulimit -n)"));
    }
    Ok(format!("up to {hard} connections and files"))
}
