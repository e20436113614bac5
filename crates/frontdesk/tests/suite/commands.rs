//! The commands beside `serve`.

use crate::server::{Installation, frontdesk, said, said_with};

#[tokio::test]
async fn an_operator_is_added_and_gets_a_key() {
    let installation = Installation::new().await;
    let add = [
        "user",
        "add",
        "--email",
        "Ada@example.com",
        "--name",
        "Ada",
        "--administrator",
        "--password-stdin",
    ];
    let (code, told, _) = said_with(&mut installation.command(&add), "correct horse battery");
    assert_eq!((code, told.trim()), (Some(0), "added Ada@example.com as administrator"));

    let key_add = ["key", "add", "--user", "ada@example.com", "--name", "reports"];
    let (code, key, told) = said(&mut installation.command(&key_add));
    assert_eq!((code, told.as_str()), (Some(0), ""));
    assert_eq!(key.lines().count(), 1, "nothing but the key: {key}");
    assert!(key.starts_with("fdk_"));
    assert_eq!(key.trim().len(), 47);

    let server = installation.serve();
    assert!(!server.greeting.iter().any(|line| line.contains("token=")));
    let ada = frontdesk_test_support::Operator::with_key(&server.url, key.trim()).await;
    let me = ada.get("/session").await.expect_status(200).json();
    assert_eq!((&me["name"], &me["role"]), (&"Ada".into(), &"administrator".into()));
    server.stop();
}

#[tokio::test]
async fn an_operator_is_added_beside_a_running_server() {
    let installation = Installation::new().await;
    let server = installation.serve();
    let maren = installation.operator(&server, "maren").await;
    let _console = maren.connect().await;
    server.visitor().starts("Hello").await.expect_status(201);
    assert_eq!(maren.conversations().await.len(), 1);
    server.stop();
}

#[tokio::test]
async fn an_operator_who_cannot_be_is_refused() {
    let installation = Installation::new().await;
    let refused = |email: &str, name: &str, password: &str| {
        let add = ["user", "add", "--email", email, "--name", name, "--password-stdin"];
        let (code, _, told) = said_with(&mut installation.command(&add), password);
        assert_eq!((code, told.lines().count()), (Some(1), 1), "{told}");
        told
    };
    assert!(refused("ada", "Ada", "correct horse battery").contains("e-mail address"));
    assert!(refused("ada@example.com", " ", "correct horse battery").contains("name"));
    assert!(refused("ada@example.com", "Ada", "short").contains("at least 10"));
    let add = ["user", "add", "--email", "ada@example.com", "--name", "Ada", "--password-stdin"];
    let (code, ..) = said_with(&mut installation.command(&add), "correct horse battery");
    assert_eq!(code, Some(0));
    assert!(
        refused("ADA@example.com", "Ada", "correct horse battery").contains("another operator")
    );
}

#[tokio::test]
async fn a_key_of_nobody_is_refused() {
    let installation = Installation::new().await;
    let key_add = ["key", "add", "--user", "nobody@example.com", "--name", "reports"];
    let (code, key, told) = said(&mut installation.command(&key_add));
    assert_eq!((code, key.as_str()), (Some(1), ""));
    assert!(told.contains("nobody signs in with nobody@example.com"), "{told}");
}

#[tokio::test]
async fn the_doctor_finds_what_is_wrong() {
    let installation = Installation::new().await;
    let (code, told, _) = said(&mut installation.command(&["doctor", "--listen", "127.0.0.1:0"]));
    assert_eq!(code, Some(0), "{told}");
    for checked in ["configuration", "data folder", "database", "address", "open files"] {
        assert!(told.lines().any(|it| it.starts_with("ok") && it.contains(checked)), "{told}");
    }
    let server = installation.serve();
    let (code, told, _) =
        said(&mut installation.command(&["doctor", "--listen", server.address()]));
    assert_eq!(code, Some(0), "{told}");
    server.stop();

    let nowhere = ["doctor", "--database-url", "postgres://nobody@127.0.0.1:1/nothing"];
    let (code, told, _) = said(&mut installation.command(&nowhere));
    assert_eq!(code, Some(1), "{told}");
    assert!(told.lines().any(|it| it.starts_with("PROBLEM") && it.contains("database")), "{told}");
    assert!(told.contains("127.0.0.1:1"), "{told}");
}

#[test]
fn help_and_version_are_answers() {
    let (code, told, _) = said(&mut frontdesk(&["--version"]));
    assert_eq!((code, told.trim()), (Some(0), concat!("frontdesk ", env!("CARGO_PKG_VERSION"))));
    let (code, told, _) = said(&mut frontdesk(&["serve", "--help"]));
    assert_eq!(code, Some(0));
    for option in ["--listen", "--data", "--database-url", "--base-url", "--config"] {
        assert!(told.contains(option), "{told}");
    }
}
