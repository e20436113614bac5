//! Languages that people answer in: regions and scripts do not matter there, so `pt-BR` is `pt`.

/// Languages that may be enabled at once, and that one operator may answer in.
pub const LANGUAGES_MAX: usize = 100;

/// The language of a tag: its first part, in lower case. None when it cannot be one.
#[must_use]
pub fn base(tag: &str) -> Option<String> {
    let base = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
    let sound = (2..=3).contains(&base.len()) && base.bytes().all(|b| b.is_ascii_lowercase());
    sound.then_some(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_do_not_matter() {
        for (tag, language) in [("pt-BR", "pt"), ("EN", "en"), ("zh-Hant-TW", "zh"), ("gsw", "gsw")]
        {
            assert_eq!(base(tag).as_deref(), Some(language));
        }
        for wrong in ["", "e", "english", "e1", "ñ", "<b>"] {
            assert_eq!(base(wrong), None, "{wrong}");
        }
    }
}
