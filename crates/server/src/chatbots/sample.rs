//! The Welcome Bot that the first start makes (F1).

use super::{digest, store};
use crate::translations;
use frontdesk_db::{Error, Tx};
use frontdesk_domain::Millis;
use frontdesk_domain::chatbot::{WelcomeBotTexts, welcome_bot};

/// Makes the Welcome Bot, in the language of whoever sets up the installation.
pub fn insert(tx: &mut Tx<'_>, language: &str, now: Millis) -> Result<(), Error> {
    let text = |key: &str| translations::text(language, &format!("chatbot.welcome_bot.{key}"));
    let script = welcome_bot(&WelcomeBotTexts {
        welcome: text("welcome"),
        question: text("question"),
        pricing: text("pricing"),
        documentation: text("documentation"),
        just_looking: text("just_looking"),
        checking: text("checking"),
        nobody_free: text("nobody_free"),
        email: text("email"),
        documentation_here: text("documentation_here"),
        hope_it_helps: text("hope_it_helps"),
        look_around: text("look_around"),
    });
    store::insert(tx, text("name"), (&script, &digest(&script)), now).map(drop)
}
