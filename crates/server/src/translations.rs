//! The server's own texts, in the languages of the catalogue.

use rust_embed::RustEmbed;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../../translations"]
#[include = "*/server.json"]
struct Catalogue;

type Texts = HashMap<String, String>;

static TEXTS: LazyLock<HashMap<String, Texts>> = LazyLock::new(|| {
    Catalogue::iter()
        .filter_map(|path| {
            let language = path.split('/').next()?.to_owned();
            let file = Catalogue::get(&path)?;
            Some((language, serde_json::from_slice(&file.data).ok()?))
        })
        .collect()
});

/// The text of a key in a language, in English where the language has none; nothing where nobody wrote it.
#[must_use]
pub fn text(language: &str, key: &str) -> &'static str {
    let find = |language: &str| TEXTS.get(language).and_then(|texts| texts.get(key));
    find(language).or_else(|| find("en")).map_or("", String::as_str)
}

/// The first language of an `Accept-Language` header that there are texts in; else English.
#[must_use]
pub fn best(accepted: &str) -> &'static str {
    accepted
        .split(',')
        .filter_map(|part| part.split(['-', ';']).next())
        .find_map(|tag| TEXTS.get_key_value(tag.trim()))
        .map_or("en", |(language, _)| language.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_language_is_the_first_that_is_spoken() {
        assert_eq!(best("tlh,es-MX;q=0.9,en;q=0.8"), "es");
        assert_eq!(best("tlh"), "en");
        assert_eq!(best(""), "en");
    }

    #[test]
    fn texts_fall_back_to_english() {
        assert_eq!(text("es", "page.console"), "Ir a la consola");
        assert_eq!(text("tlh", "page.console"), "Go to the console");
    }
}
