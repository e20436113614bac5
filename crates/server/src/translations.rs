//! The server's own texts: what a channel says unless somebody wrote better (every language of the widget), and the
//! pages for errors (every language of the console).

use rust_embed::RustEmbed;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../../translations"]
#[include = "*/server.json"]
#[include = "*/channel.json"]
struct Catalogue;

type Texts = HashMap<String, String>;

static TEXTS: LazyLock<HashMap<String, Texts>> = LazyLock::new(|| {
    let mut languages: HashMap<String, Texts> = HashMap::new();
    for path in Catalogue::iter() {
        let Some((language, _)) = path.split_once('/') else { continue };
        let texts = Catalogue::get(&path).map(|file| serde_json::from_slice::<Texts>(&file.data));
        if let Some(Ok(texts)) = texts {
            languages.entry(language.to_owned()).or_default().extend(texts);
        }
    }
    languages
});

/// The text of a key in a language, in English where the language has none; nothing where nobody wrote it.
#[must_use]
pub fn text(language: &str, key: &str) -> &'static str {
    let find = |language: &str| TEXTS.get(language).and_then(|texts| texts.get(key));
    find(language).or_else(|| find("en")).map_or("", String::as_str)
}

/// The first language of an `Accept-Language` header that pages are written in; else English.
#[must_use]
pub fn best(accepted: &str) -> &'static str {
    accepted
        .split(',')
        .filter_map(|part| part.split(['-', ';']).next())
        .find_map(|tag| TEXTS.get_key_value(tag.trim()))
        .filter(|(_, texts)| texts.contains_key("page.console"))
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
        assert_eq!(text("de", "page.console"), "Go to the console");
        assert_eq!(text("de", "channel.welcome"), "Wie kann ich Ihnen helfen?");
    }
}
