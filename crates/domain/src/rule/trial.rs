//! The rule tester: which rule wins on a page, and why each of the others does not.

use super::{Page, Rule, in_order};
use crate::channel::ButtonAction;
use crate::ids::{ChatbotId, RuleId};
use serde::Serialize;
use utoipa::ToSchema;

/// How a page's rule was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Trial {
    /// The rule that applies; null: none, so the plain button.
    pub winner: Option<RuleId>,
    /// What the button does.
    pub action: ButtonAction,
    /// Seconds until the window opens by itself (action `open_automatically`).
    pub open_after: Option<u32>,
    /// Who begins to talk; null: an operator.
    pub chatbot: Option<ChatbotId>,
    /// Every rule: first those that were tried, in the order of trying, then those that were left out.
    pub rules: Vec<RuleReason>,
}

/// What became of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RuleReason {
    /// Which.
    pub rule: RuleId,
    /// Why it applies or does not.
    pub reason: Reason,
    /// It lists the visitor's country, so that it comes before rules for everybody.
    pub lists_country: bool,
}

/// Why a rule applies or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It is the first that fits.
    Applies,
    /// The address does not fit its pattern.
    OtherPage,
    /// It would have fitted, but another rule was tried before.
    NotReached,
    /// It was not reached, and its pattern does not fit either.
    NotReachedOtherPage,
    /// Its chatbot is in the archive, or has nothing to say.
    ChatbotNotReady,
    /// It counts only while an operator can answer, or only while none can.
    ConditionNotMet,
    /// It lists countries, and the visitor is in another one.
    OtherCountry,
    /// It lists countries, and nobody knows where the visitor is.
    CountryUnknown,
}

/// Tries a channel's rules, in their order, on a page.
#[must_use]
pub fn trial(rules: &[Rule], page: Page<'_>) -> Trial {
    let winner = super::winner(rules, page);
    let tried = tried(rules, page);
    let left_out = rules.iter().filter(|rule| !rule.may_apply(page)).map(|rule| RuleReason {
        rule: rule.id,
        reason: page.country.map_or(Reason::CountryUnknown, |_| Reason::OtherCountry),
        lists_country: false,
    });
    let action = winner.map_or(ButtonAction::Show, |rule| rule.action);
    Trial {
        winner: winner.map(|rule| rule.id),
        action,
        open_after: winner.and_then(Rule::opens_after),
        chatbot: winner.and_then(|rule| rule.chatbot).map(|it| it.id),
        rules: tried.chain(left_out).collect(),
    }
}

fn tried<'a>(rules: &'a [Rule], page: Page<'a>) -> impl Iterator<Item = RuleReason> + 'a {
    let mut decided = false;
    in_order(rules, page.country).map(move |rule| {
        let reason = match (decided, rule.obstacle(page)) {
            (false, None) => Reason::Applies,
            (true, None) => Reason::NotReached,
            (true, Some(Reason::OtherPage)) => Reason::NotReachedOtherPage,
            (_, Some(obstacle)) => obstacle,
        };
        decided |= reason == Reason::Applies;
        RuleReason { rule: rule.id, reason, lists_country: !rule.is_for_everybody() }
    })
}

impl Rule {
    fn may_apply(&self, page: Page<'_>) -> bool {
        self.is_for_everybody() || page.country.is_some_and(|country| self.is_for(country))
    }

    /// Seconds until the window opens by itself, where it does.
    #[must_use]
    pub fn opens_after(&self) -> Option<u32> {
        (self.action == ButtonAction::OpenAutomatically).then_some(self.open_after)
    }
}
