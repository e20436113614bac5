//! Passwords: argon2id, off the async threads and only a few at a time.

use crate::problem::{FieldProblem, Problem};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use frontdesk_domain::text::{PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARS};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Each hash takes 19 MiB and tens of milliseconds, so signing in must not crowd out everything else.
const AT_ONCE: usize = 2;

/// Checked for unknown addresses too, so that the time taken does not tell who exists.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody").unwrap_or_default());

/// Hashes and verifies passwords.
pub struct Passwords {
    permits: Semaphore,
}

impl Passwords {
    /// A hasher that lets a few work at once.
    #[must_use]
    pub fn new() -> Self {
        Self { permits: Semaphore::new(AT_ONCE) }
    }

    /// The hash of a new password, which must be long enough.
    pub async fn hash(&self, password: String) -> Result<String, Problem> {
        if password.chars().count() < PASSWORD_MIN_CHARS {
            return Err(FieldProblem::PasswordTooShort.into());
        }
        if password.len() > PASSWORD_MAX_BYTES {
            return Err(FieldProblem::PasswordTooLong.into());
        }
        self.apart(move || hash_now(&password)).await?
    }

    /// Whether `password` is the one behind `hash`; with no hash it takes as long and is not.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Problem> {
        if password.len() > PASSWORD_MAX_BYTES {
            return Ok(false);
        }
        self.apart(move || {
            let known = hash.is_some();
            verify_now(&password, hash.as_deref().unwrap_or(&NOBODY)) && known
        })
        .await
    }

    async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let _permit = self.permits.acquire().await.map_err(Problem::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

fn hash_now(password: &str) -> Result<String, Problem> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| Problem::internal(error.to_string()))
}

fn verify_now(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn passwords_are_verified() {
        let passwords = Passwords::new();
        let hash = passwords.hash("correct horse".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(passwords.verify("correct horse".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("wrong horse".to_owned(), Some(hash)).await.unwrap());
        assert!(!passwords.verify("nobody".to_owned(), None).await.unwrap());
    }

    #[tokio::test]
    async fn short_and_endless_passwords_are_refused() {
        let passwords = Passwords::new();
        let short = passwords.hash("123456789".to_owned()).await;
        assert!(matches!(short, Err(Problem::Field(FieldProblem::PasswordTooShort))));
        let endless = passwords.hash("x".repeat(PASSWORD_MAX_BYTES + 1)).await;
        assert!(matches!(endless, Err(Problem::Field(FieldProblem::PasswordTooLong))));
    }
}
