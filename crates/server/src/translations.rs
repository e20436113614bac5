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

/// The text of a key in a language, in English where the language has none.
#[must_use]
pub fn text(language: &str, key: &'static str) -> &'static str {
    let find = |language: &str| TEXTS.get(language).and_then(|texts| texts.get(key));
    find(language).or_else(|| find("en")).map_or(key, String::as_str)
}
