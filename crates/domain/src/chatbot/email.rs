//! What a chatbot accepts as an e-mail address (F6).

use crate::text::email_key;

/// An address that a letter from anywhere could reach, as typed but for white space around it. Letters of any script
/// may occur in it.
#[must_use]
pub fn email_address(text: &str) -> Option<&str> {
    let text = text.trim();
    email_key(text)?;
    let (local, host) = text.rsplit_once('@')?;
    (is_local_part(local) && is_public_host(host)).then_some(text)
}

fn is_local_part(local: &str) -> bool {
    let dots_are_inside = local.split('.').all(|part| !part.is_empty());
    dots_are_inside && !local.contains(|c: char| "()<>[]:;@\\,\"".contains(c))
}

/// At least two labels: somebody who leaves out the ending has not finished typing.
fn is_public_host(host: &str) -> bool {
    host.contains('.') && host.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let sound = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || c == '-';
    (1..=63).contains(&label.chars().count())
        && label.chars().all(sound)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_whole_world_are_accepted() {
        for address in [
            "ana@example.com",
            "Ana.Díaz+shop@example.co.uk",
            "o'neil@example.ie",
            "用户@例子.公司",
            "квіточка@пошта.укр",
            "अजय@डाटा.भारत",
            "a@xn--bcher-kva.example",
        ] {
            assert_eq!(email_address(&format!(" {address}\n")), Some(address));
        }
    }

    #[test]
    fn what_no_letter_would_reach_is_refused() {
        for text in [
            "",
            "@",
            "hannah@lindqvist",
            "ana@example.",
            "ana@.com",
            "ana@exa mple.com",
            "ana@-a.com",
            ".ana@example.com",
            "ana..b@example.com",
            "ana@b@example.com",
            "Ana <ana@example.com>",
            "ana@example.com, bo@example.com",
            "mailto:ana@example.com",
            "ana@example.com\0",
        ] {
            assert_eq!(email_address(text), None, "{text}");
        }
    }

    #[test]
    fn a_long_text_is_no_address() {
        assert_eq!(email_address(&format!("{}@example.com", "a".repeat(300))), None);
    }
}
