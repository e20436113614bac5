//! A mail server of a story: takes every letter and shows it, or refuses as often as it is told.

use crate::PATIENCE;
use frontdesk_server::config::MailConfig;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// A letter as it arrived.
#[derive(Debug)]
pub struct Letter {
    /// Whom it is for.
    pub to: String,
    /// Headers and bodies, without the encoding of lines.
    pub text: String,
}

/// Listens on a port of its own until it is dropped.
pub struct MailServer {
    address: SocketAddr,
    refusals: Arc<AtomicUsize>,
    arrived: mpsc::UnboundedReceiver<Letter>,
}

impl MailServer {
    /// A server that takes everything.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (letters, arrived) = mpsc::unbounded_channel();
        let refusals = Arc::new(AtomicUsize::new(0));
        let left = Arc::clone(&refusals);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, letters.clone(), Arc::clone(&left)));
            }
        });
        Self { address, refusals, arrived }
    }

    /// The settings of a Frontdesk that sends through it.
    #[must_use]
    pub fn settings(&self) -> MailConfig {
        MailConfig {
            smtp_url: format!("smtp://{}", self.address),
            from: "Chat <chat@example.com>".to_owned(),
        }
    }

    /// Refuses the next letters for the moment.
    pub fn refuses(&self, letters: usize) {
        self.refusals.store(letters, Ordering::SeqCst);
    }

    /// How many refusals are left.
    #[must_use]
    pub fn refusals_left(&self) -> usize {
        self.refusals.load(Ordering::SeqCst)
    }

    /// The next letter.
    pub async fn letter(&mut self) -> Letter {
        let letter = tokio::time::timeout(PATIENCE, self.arrived.recv()).await;
        letter.expect("a letter arrives in time").expect("the server runs")
    }
}

impl Letter {
    /// The token of the link in it.
    #[track_caller]
    #[must_use]
    pub fn token(&self) -> String {
        let after = self.text.split_once("token=").expect("a link").1;
        after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
    }
}

async fn serve(
    stream: TcpStream,
    letters: mpsc::UnboundedSender<Letter>,
    refusals: Arc<AtomicUsize>,
) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut to = String::new();
    say(&mut write, "220 ready").await;
    while let Ok(Some(line)) = lines.next_line().await {
        let command = line.to_ascii_uppercase();
        if command.starts_with("MAIL") && refused(&refusals) {
            say(&mut write, "451 not now").await;
            continue;
        }
        if let Some(address) = command.strip_prefix("RCPT TO:") {
            to = address.trim_matches(['<', '>', ' ']).to_ascii_lowercase();
        }
        if command == "DATA" {
            say(&mut write, "354 go on").await;
            let mut text = String::new();
            while let Ok(Some(line)) = lines.next_line().await {
                if line == "." {
                    break;
                }
                text.push_str(&line);
                text.push('\n');
            }
            let text = text.replace("=\n", "").replace("=3D", "=");
            let _ = letters.send(Letter { to: to.clone(), text });
        }
        let end = command == "QUIT";
        say(&mut write, if end { "221 bye" } else { "250 fine" }).await;
        if end {
            return;
        }
    }
}

fn refused(refusals: &AtomicUsize) -> bool {
    refusals.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
}

async fn say(write: &mut OwnedWriteHalf, line: &str) {
    // A client that went away needs no answer.
    let _ = write.write_all(format!("{line}\r\n").as_bytes()).await;
}
