//! Backing up, restoring, checking and moving.

use crate::server::{Installation, Server, said};
use frontdesk_db::{Db, Statement};
use frontdesk_test_support::Value;
use std::fs;
use std::path::Path;

frontdesk_db::statements! {
    MISCOUNT = "update operator_presence set ongoing = 5";
    LOSE_AN_EVENT = "delete from event where seq = 2";
}

/// An installation in which Maren answered a visitor; the log of their conversation.
async fn talk(installation: &Installation) -> (Server, Vec<Value>) {
    let server = installation.serve();
    let maren = installation.operator(&server, "maren").await;
    let mut console = maren.connect().await;
    let visitor = server.visitor();
    visitor.starts("Hello").await.expect_status(201);
    console.talk_about(maren.newest().await);
    console.says("Grüß dich 💬").await;
    (server, visitor.log().await)
}

/// What a command says that goes well.
fn done(installation: &Installation, arguments: &[&str]) -> String {
    let (code, told, problem) = said(&mut installation.command(arguments));
    assert_eq!((code, problem.as_str()), (Some(0), ""), "{told}");
    told
}

/// The line of a command that does not.
fn refused(installation: &Installation, arguments: &[&str]) -> String {
    let (code, told, problem) = said(&mut installation.command(arguments));
    assert_eq!((code, told.as_str(), problem.lines().count()), (Some(1), "", 1), "{problem}");
    problem
}

fn text(path: &Path) -> &str {
    path.to_str().expect("text")
}

#[tokio::test]
async fn a_backup_made_beside_a_running_server_is_restored_elsewhere() {
    let (here, elsewhere) = (Installation::new().await, Installation::new().await);
    let (server, _) = talk(&here).await;
    let visitor = server.visitor();
    visitor.starts("Another one").await.expect_status(201);
    let log = visitor.log().await;
    fs::create_dir_all(here.folder().join("images/a")).expect("writable");
    fs::write(here.folder().join("images/a/face.png"), b"\x89PNG\0").expect("writable");

    let file = here.folder().join("monday.backup");
    let told = done(&here, &["backup", text(&file)]);
    assert!(told.contains("rows and 1 files"), "{told}");
    assert!(refused(&here, &["backup", text(&file)]).contains("exists already"));
    // The backup of tomorrow does not hold the one of today.
    let next = here.folder().join("tuesday.backup");
    assert!(done(&here, &["backup", text(&next)]).contains("and 1 files"));
    server.stop();

    done(&elsewhere, &["restore", text(&file)]);
    let image = fs::read(elsewhere.folder().join("images/a/face.png")).expect("restored");
    assert_eq!(image, b"\x89PNG\0");
    assert!(done(&elsewhere, &["check"]).contains("2 conversations, 0 problems"));
    let server = elsewhere.serve();
    let there = visitor.moved_to(&server.url);
    assert_eq!(there.log().await, log);
    server.stop();
}

#[tokio::test]
async fn people_are_replaced_only_when_told_and_never_below_a_server() {
    let installation = Installation::new().await;
    let (server, log) = talk(&installation).await;
    let file = installation.folder().join("a.backup");
    done(&installation, &["backup", text(&file)]);
    let running = refused(&installation, &["restore", text(&file), "--replace"]);
    assert!(running.contains("another Frontdesk already serves"), "{running}");
    server.stop();

    assert!(refused(&installation, &["restore", text(&file)]).contains("--replace"));
    let told = done(&installation, &["restore", text(&file), "--replace"]);
    assert!(told.starts_with("restored "), "{told}");
    assert_eq!(log.len(), 3);
    assert!(done(&installation, &["check"]).contains("1 conversations, 0 problems"));
}

#[tokio::test]
async fn a_backup_that_is_damaged_changes_nothing() {
    let (here, elsewhere) = (Installation::new().await, Installation::new().await);
    let (server, _) = talk(&here).await;
    let file = here.folder().join("a.backup");
    done(&here, &["backup", text(&file)]);
    server.stop();
    let whole = fs::read(&file).expect("written");

    let cases: [(Vec<u8>, &str); 4] = [
        (whole[..whole.len() / 2].to_vec(), "ends too early"),
        (whole[..whole.len() - 1].to_vec(), "ends too early"),
        (flipped(&whole, whole.len() / 2), "is damaged"),
        (b"Dear diary".to_vec(), "is not a Frontdesk backup"),
    ];
    for (bytes, expected) in cases {
        fs::write(&file, bytes).expect("writable");
        let problem = refused(&elsewhere, &["restore", text(&file)]);
        assert!(problem.contains(expected), "{problem}");
    }
    let nowhere = refused(&elsewhere, &["restore", "nowhere.backup"]);
    assert!(nowhere.contains("nowhere.backup"), "{nowhere}");
    fs::write(&file, &whole).expect("writable");
    done(&elsewhere, &["restore", text(&file)]);
}

async fn damage(installation: &Installation, statement: &'static Statement) {
    let db = Db::open(&installation.database_url()).await.expect("it opens");
    let changed = db.write(|tx| tx.execute(statement, &[])).await;
    assert!(changed.expect("possible") > 0);
    db.close().await;
}

fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at] ^= 1;
    bytes
}

#[tokio::test]
async fn a_problem_is_told_and_the_exit_code_says_so() {
    let installation = Installation::new().await;
    let (server, _) = talk(&installation).await;
    assert_eq!(done(&installation, &["check"]), "1 conversations, 0 problems\n");
    damage(&installation, &MISCOUNT).await;
    let (code, told, _) = said(&mut installation.command(&["check"]));
    assert_eq!(code, Some(1));
    assert!(told.contains("PROBLEM  operator 1: counted as answering 5"), "{told}");
    let told = done(&installation, &["check", "--repair"]);
    assert!(told.starts_with("counted again: 1 counters were wrong"), "{told}");
    damage(&installation, &LOSE_AN_EVENT).await;
    let (code, told, _) = said(&mut installation.command(&["check"]));
    assert_eq!(code, Some(1));
    assert!(told.contains("PROBLEM  conversation 1: its log has a gap"), "{told}");
    server.stop();
}

#[tokio::test]
async fn what_cannot_be_moved_says_why() {
    let installation = Installation::new().await;
    let to = ["move", "--to", "sqlite:other.db"];
    let problem = refused(&installation, &to);
    let expected = if installation.is_on_postgres() { "PostgreSQL already" } else { "--to: must" };
    assert!(problem.contains(expected), "{problem}");
}

#[tokio::test]
async fn a_file_is_moved_to_postgres() {
    let (file, database) = (Installation::on_sqlite(), Installation::new().await);
    if !database.is_on_postgres() {
        return;
    }
    let (server, _) = talk(&file).await;
    let visitor = server.visitor();
    visitor.starts("Another one").await.expect_status(201);
    let log = visitor.log().await;
    let url = database.database_url();
    let running = refused(&file, &["move", "--to", &url]);
    assert!(running.contains("another Frontdesk already serves"), "{running}");
    server.stop();

    assert!(done(&file, &["move", "--to", &url]).contains("and compared them"));
    assert!(refused(&file, &["move", "--to", &url]).contains("--replace"));
    let server = database.serve();
    assert_eq!(visitor.moved_to(&server.url).log().await, log);
    server.stop();
}
