//! Texts that people type: checked once, at the edge.

/// The longest message, in characters (Unicode scalar values).
pub const MESSAGE_MAX_CHARS: usize = 8000;
/// The longest name of a person or thing, in characters.
pub const NAME_MAX_CHARS: usize = 100;
/// The shortest password, in characters.
pub const PASSWORD_MIN_CHARS: usize = 10;
/// The longest password, in bytes: hashing costs grow with it.
pub const PASSWORD_MAX_BYTES: usize = 1000;
/// The longest address of a page that is kept, in characters; what is longer is cut.
pub const PAGE_URL_MAX_CHARS: usize = 2000;
/// The longest title of a page that is kept, in characters; what is longer is cut.
pub const PAGE_TITLE_MAX_CHARS: usize = 200;

/// Why a text was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// More than the limit, in characters.
    #[error("the text has more than {0} characters")]
    TooLong(usize),
    /// NUL or another control character than line feed and tab.
    #[error("the text holds a control character")]
    ControlCharacters,
}

/// A message's text: line ends become line feeds, white space around it goes, everything else stays as typed.
pub fn message(text: &str) -> Result<String, TextError> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    bounded(text, MESSAGE_MAX_CHARS)?;
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(TextError::ControlCharacters);
    }
    Ok(text.to_owned())
}

/// A name on one line: white space runs become one space.
pub fn name(text: &str) -> Result<String, TextError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    bounded(&text, NAME_MAX_CHARS)?;
    if text.chars().any(char::is_control) {
        return Err(TextError::ControlCharacters);
    }
    Ok(text)
}

/// A name as compared, where two that differ in case only are the same.
#[must_use]
pub fn name_key(name: &str) -> String {
    name.to_lowercase()
}

/// A text that describes (a page's title or address): control characters go, what is too long is cut. Never refused.
#[must_use]
pub fn described(text: &str, max_chars: usize) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_control()).take(max_chars).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// An e-mail address as compared: trimmed and in lower case. None when it cannot be one.
#[must_use]
pub fn email_key(text: &str) -> Option<String> {
    let key = text.trim().to_lowercase();
    let (local, host) = key.rsplit_once('@')?;
    let plain = !key.chars().any(|c| c.is_whitespace() || c.is_control());
    let host_is_sound = host.split('.').all(|label| !label.is_empty());
    (plain && !local.is_empty() && host_is_sound && key.len() <= 254).then_some(key)
}

fn bounded(text: &str, max_chars: usize) -> Result<(), TextError> {
    if text.chars().count() > max_chars {
        return Err(TextError::TooLong(max_chars));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_keeps_what_was_typed() {
        for text in ["<b>hi</b>", "👩‍👩‍👧‍👦 ok", "a\n\tb", "שלום"] {
            assert_eq!(message(text).as_deref(), Ok(text));
        }
        assert_eq!(message(" a\r\nb \n").as_deref(), Ok("a\nb"));
    }

    #[test]
    fn a_message_is_refused_with_the_reason() {
        assert_eq!(message(" \n"), Err(TextError::Empty));
        assert_eq!(message("a\0b"), Err(TextError::ControlCharacters));
        assert_eq!(message("a\u{1b}[31m"), Err(TextError::ControlCharacters));
        let longest = "é".repeat(MESSAGE_MAX_CHARS);
        assert!(message(&longest).is_ok());
        assert_eq!(message(&(longest + "é")), Err(TextError::TooLong(MESSAGE_MAX_CHARS)));
    }

    #[test]
    fn names_are_one_line() {
        assert_eq!(name("  Ana \n Díaz ").as_deref(), Ok("Ana Díaz"));
        assert_eq!(name("\t"), Err(TextError::Empty));
        assert_eq!(name("a\0"), Err(TextError::ControlCharacters));
    }

    #[test]
    fn email_addresses_compare_without_case() {
        assert_eq!(email_key(" Ana@Example.com ").as_deref(), Some("ana@example.com"));
        assert_eq!(email_key("ana@localhost").as_deref(), Some("ana@localhost"));
        for wrong in ["", "ana", "@example.com", "ana@", "ana@ex..com", "a b@example.com"] {
            assert_eq!(email_key(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn descriptions_are_cut_and_cleaned() {
        assert_eq!(described("a\u{0}bc", 2).as_deref(), Some("ab"));
        assert_eq!(described(" \n", 10), None);
    }
}
