//! What makes a start impossible is told in one clear line each.

use crate::server::{Installation, frontdesk, said};
use std::fs;
use std::net::TcpListener;

#[tokio::test]
async fn a_second_server_on_the_data_folder_is_refused() {
    let installation = Installation::new().await;
    let server = installation.serve();
    let second = installation.command(&["serve", "--listen", "127.0.0.1:0"]);
    let line = refused(second);
    assert!(line.contains("another Frontdesk already serves the data folder"), "{line}");
    assert!(line.contains(&installation.folder().display().to_string()), "{line}");
    server.stop();
    installation.serve().stop();
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let installation = Installation::new().await;
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let line = refused(installation.command(&["serve", "--listen", &address]));
    assert!(line.contains(&format!("{address} is taken")), "{line}");
}

#[tokio::test]
async fn a_data_folder_that_cannot_be_written_is_named() {
    let installation = Installation::new().await;
    // Below a file there is no folder, whoever asks.
    let file = installation.folder().join("file");
    fs::write(&file, "").expect("writable");
    let folder = file.join("data").display().to_string();
    let line = refused(frontdesk(&["serve", "--data", &folder, "--listen", "127.0.0.1:0"]));
    assert!(line.contains("cannot write to the data folder"), "{line}");
    assert!(line.contains(&folder), "{line}");
}

#[tokio::test]
async fn something_else_in_the_database_file_is_named() {
    let installation = Installation::new().await;
    let folder = installation.folder().join("data");
    fs::create_dir(&folder).expect("writable");
    fs::write(folder.join("frontdesk.db"), "not a database, but long enough to be one".repeat(100))
        .expect("writable");
    let folder = folder.display().to_string();
    let line = refused(frontdesk(&["serve", "--data", &folder, "--listen", "127.0.0.1:0"]));
    assert!(line.contains("is not a SQLite database"), "{line}");
}

#[test]
fn mistakes_of_the_configuration_are_told_all_at_once() {
    let mistakes = [
        ("--listen", "somewhere"),
        ("--base-url", "chat.example.com/path"),
        ("--database-url", "mysql://localhost/frontdesk"),
        ("--trusted-proxies", "10.0.0.0/8,proxy"),
        ("--limits", "starts=often,visits=1/1s"),
    ];
    let mut command = frontdesk(&["serve"]);
    for (option, value) in mistakes {
        command.args([option, value]);
    }
    let (code, printed, told) = said(&mut command);
    assert_eq!((code, printed.as_str()), (Some(1), ""));
    let lines: Vec<_> = told.lines().collect();
    assert_eq!(lines.len(), mistakes.len() + 1, "{told}");
    for (option, _) in mistakes {
        assert!(told.contains(&format!("frontdesk: {option}: ")), "{option} in {told}");
    }
}

#[tokio::test]
async fn mistakes_of_the_configuration_file_are_told_all_at_once() {
    let installation = Installation::new().await;
    let file = installation.folder().join("frontdesk.toml");
    fs::write(&file, "listen = 'somewhere'\ncolour = 'green'\nlog = 3\n").expect("writable");
    let (code, _, told) = said(&mut frontdesk(&["serve", "--config", &file.display().to_string()]));
    assert_eq!(code, Some(1));
    assert_eq!(told.lines().count(), 3, "{told}");
    for mistake in ["--listen: ", "there is no setting \"colour\"", "log in the configuration file"]
    {
        assert!(told.contains(mistake), "{mistake} in {told}");
    }
    let (code, _, told) = said(&mut frontdesk(&["serve", "--config", "/nothing/frontdesk.toml"]));
    assert_eq!((code, told.lines().count()), (Some(1), 1), "{told}");
}

#[test]
fn an_option_that_does_not_exist_is_one_line() {
    for arguments in
        [&["serve", "--colour", "green"][..], &["dance"], &["user", "add", "--email", "a@b.c"]]
    {
        let (code, printed, told) = said(&mut frontdesk(arguments));
        assert_eq!((code, printed.as_str()), (Some(2), ""), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
        assert!(told.starts_with("frontdesk: "), "{told}");
    }
}

#[test]
fn several_nodes_on_sqlite_are_refused() {
    let line = refused(frontdesk(&["serve", "--bus-url", "nats://127.0.0.1:4222"]));
    assert!(line.contains("several nodes need PostgreSQL"), "{line}");
}

fn refused(mut command: std::process::Command) -> String {
    let (code, printed, told) = said(&mut command);
    assert_eq!((code, printed.as_str()), (Some(1), ""), "{told}");
    let mistakes: Vec<_> = told.lines().filter(|it| it.starts_with("frontdesk: ")).collect();
    assert_eq!(mistakes.len(), 1, "{told}");
    mistakes[0].to_owned()
}
