//! Rules of a channel: what the button does, by page and country (A8 to A12).
//!
//! Rules for the visitor's country are tried before those for everybody, each group in the order of the list; the first
//! that fits wins. A visitor whose country is not known meets only the rules for everybody.
//! A rule may bring a chatbot. One that is not ready to talk, or whose condition does not hold, has its rule passed over.

mod chatbot;
mod page_pattern;
mod trial;

pub use chatbot::{ChatbotCondition, RuleChatbot};
pub use page_pattern::{PagePattern, PatternError};
pub use trial::{Reason, RuleReason, Trial, trial};

use crate::channel::ButtonAction;
use crate::country::Country;
use crate::ids::RuleId;

/// The longest time until the window opens by itself, in seconds: an hour.
pub const OPEN_AFTER_MAX_SECONDS: i64 = 3600;
/// So many rules a channel may have.
pub const RULES_MAX: usize = 200;

/// A rule, ready to be matched.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Which.
    pub id: RuleId,
    /// What the button does.
    pub action: ButtonAction,
    /// Seconds until the window opens by itself.
    pub open_after: u32,
    /// The pages that it is for.
    pub pages: PagePattern,
    /// The countries that it is for; none: all.
    pub countries: Vec<Country>,
    /// Who begins to talk; none: an operator.
    pub chatbot: Option<RuleChatbot>,
    /// When the rule counts, also where it brings no chatbot.
    pub chatbot_condition: ChatbotCondition,
}

/// What a page's rule is chosen by.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Its address.
    pub url: &'a str,
    /// Where the visitor is, where that is known.
    pub country: Option<Country>,
    /// An operator of the channel can answer now.
    pub operator_available: bool,
}

/// The rule of a page, among a channel's rules in their order; none: a plain button.
#[must_use]
pub fn winner<'a>(rules: &'a [Rule], page: Page<'_>) -> Option<&'a Rule> {
    in_order(rules, page.country).find(|rule| rule.obstacle(page).is_none())
}

/// The rules that may apply to somebody in `country`, in the order in which they are tried.
fn in_order(rules: &[Rule], country: Option<Country>) -> impl Iterator<Item = &Rule> {
    let here = rules.iter().filter(move |rule| country.is_some_and(|it| rule.is_for(it)));
    here.chain(rules.iter().filter(|rule| rule.is_for_everybody()))
}

impl Rule {
    fn is_for(&self, country: Country) -> bool {
        self.countries.contains(&country)
    }

    const fn is_for_everybody(&self) -> bool {
        self.countries.is_empty()
    }

    /// What keeps it from applying, where its countries do not.
    fn obstacle(&self, page: Page<'_>) -> Option<Reason> {
        if !self.pages.fits(page.url) {
            return Some(Reason::OtherPage);
        }
        if self.chatbot.is_some_and(|it| !it.is_ready) {
            return Some(Reason::ChatbotNotReady);
        }
        (!self.chatbot_condition.holds(page.operator_available)).then_some(Reason::ConditionNotMet)
    }
}

#[cfg(test)]
mod tests;
