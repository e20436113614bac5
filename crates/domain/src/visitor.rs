//! Visitors: people on the website, known or not.

use crate::text::TextError;

/// Characters of a visitor's secret: 32 random bytes in base64url without padding.
pub const SECRET_CHARS: usize = 43;

/// So many attributes a website may tell at once.
pub const ATTRIBUTES_MAX: usize = 20;
/// The longest value of an attribute, in characters.
pub const ATTRIBUTE_MAX_CHARS: usize = 200;
/// Attributes that mean the same on every website.
pub const KNOWN_ATTRIBUTES: [&str; 3] = ["user_id", "name", "email"];

/// Whether `secret` has the form that browsers make.
#[must_use]
pub fn is_secret(secret: &str) -> bool {
    secret.len() == SECRET_CHARS
        && secret.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Whether `key` can be what a website calls an attribute.
#[must_use]
pub fn is_attribute_key(key: &str) -> bool {
    (1..=40).contains(&key.len())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b))
}

/// A language tag that a browser sent (`pt-BR`), or nothing when it is not one.
#[must_use]
pub fn language_tag(text: &str) -> Option<String> {
    let sound = (2..=35).contains(&text.len())
        && text.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        });
    sound.then(|| text.to_owned())
}

/// A visitor's name, where one was given.
pub fn name(text: Option<&str>) -> Result<Option<String>, TextError> {
    match text {
        None => Ok(None),
        Some(text) if text.trim().is_empty() => Ok(None),
        Some(text) => crate::text::name(text).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_have_one_form() {
        assert!(is_secret(&"aZ09-_x".repeat(7)[..43]));
        assert!(!is_secret("short"));
        assert!(!is_secret(&"a".repeat(44)));
        assert!(!is_secret(&"=".repeat(43)));
    }

    #[test]
    fn language_tags_are_checked() {
        for tag in ["en", "pt-BR", "zh-Hant-TW"] {
            assert_eq!(language_tag(tag).as_deref(), Some(tag));
        }
        for wrong in ["", "e", "en_US", "<b>", "abcdefghi", "en--US"] {
            assert_eq!(language_tag(wrong), None, "{wrong}");
        }
    }
}
