//! One letter: what it says comes from the translations, how it looks from two templates.

use crate::translations;
use minijinja::{Environment, context};
use std::sync::LazyLock;

/// A short letter with a link to follow.
pub struct Letter<'a> {
    /// Language of the reader.
    pub language: &'a str,
    /// Which texts of the catalogue: `mail.<kind>.subject` and so on.
    pub kind: &'a str,
    /// What stands for `{name}` and the like in the texts.
    pub words: &'a [(&'a str, &'a str)],
    /// Where the button leads.
    pub link: &'a str,
}

/// HTML is escaped by the name's ending.
static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    let added = templates
        .add_template("letter.html", include_str!("letter.html"))
        .and_then(|()| templates.add_template("letter.txt", include_str!("letter.txt")));
    debug_assert!(added.is_ok(), "the templates are sound");
    templates
});

impl Letter<'_> {
    /// What the list of mails shows.
    #[must_use]
    pub fn subject(&self) -> String {
        self.text("subject")
    }

    /// As text, and as HTML.
    pub fn bodies(&self) -> Result<(String, String), minijinja::Error> {
        let values = context! {
            language => self.language,
            subject => self.subject(),
            text => self.text("text"),
            button => self.text("button"),
            footer => self.text("footer"),
            link => self.link,
        };
        let rendered = |name: &str| TEMPLATES.get_template(name)?.render(&values);
        Ok((rendered("letter.txt")?, rendered("letter.html")?))
    }

    fn text(&self, part: &str) -> String {
        let text = translations::text(self.language, &format!("mail.{}.{part}", self.kind));
        let put = |text: String, (word, value): &(&str, &str)| {
            text.replace(&format!("{{{word}}}"), value)
        };
        self.words.iter().fold(text.to_owned(), put)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_written_in_the_readers_language_and_escaped() {
        let words = [("name", "<b>Ada</b>"), ("site", "chat.example")];
        let link = "https://chat.example/console/#/invitation?token=a";
        for (language, hello) in [("en", "invites you"), ("es", "te invita")] {
            let letter = Letter { language, kind: "invitation", words: &words, link };
            let (text, html) = letter.bodies().expect("the templates are sound");
            assert!(letter.subject().contains(hello), "{}", letter.subject());
            assert!(text.contains("<b>Ada</b>") && text.contains(link));
            assert!(html.contains("&lt;b&gt;Ada") && !html.contains("<b>Ada"));
            assert!(html.contains(&format!("<html lang=\"{language}\">")));
        }
    }
}
