//! Each sentence of how rules match, and that the tester tells the same.

use super::*;
use crate::ChatbotId;
use proptest::prelude::*;

fn rule(id: i64, pages: &str, countries: &[&str]) -> Rule {
    Rule {
        id: RuleId(id),
        action: ButtonAction::Show,
        open_after: 0,
        pages: PagePattern::parse(pages).expect("a pattern"),
        countries: countries.iter().filter_map(|code| Country::parse(code)).collect(),
        chatbot: None,
        chatbot_condition: ChatbotCondition::Always,
    }
}

fn winning(rules: &[Rule], url: &str, country: &str) -> Option<i64> {
    winner(rules, page(url, Country::parse(country))).map(|rule| rule.id.0)
}

const fn page(url: &str, country: Option<Country>) -> Page<'_> {
    Page { url, country, operator_available: true }
}

#[test]
fn the_first_rule_that_fits_wins() {
    let rules = [rule(1, "/checkout", &[]), rule(2, "/shop", &[]), rule(3, "/", &[])];
    assert_eq!(winning(&rules, "https://a.example/checkout/shop", "DE"), Some(1));
    assert_eq!(winning(&rules, "https://a.example/shop", "DE"), Some(2));
    assert_eq!(winning(&rules, "https://a.example", ""), Some(3));
    assert_eq!(winning(&rules[..2], "https://a.example", ""), None);
}

#[test]
fn a_rule_of_the_country_comes_before_rules_for_everybody() {
    let rules = [rule(1, "/", &[]), rule(2, "/shop", &["DE", "AT"]), rule(3, "", &["AT"])];
    assert_eq!(winning(&rules, "https://a.example/shop", "AT"), Some(2));
    assert_eq!(winning(&rules, "https://a.example/tea", "AT"), Some(3));
    assert_eq!(winning(&rules, "https://a.example/tea", "DE"), Some(1));
}

#[test]
fn without_a_country_rules_with_countries_are_left_out() {
    let rules = [rule(1, "", &["DE"]), rule(2, "", &[])];
    assert_eq!(winning(&rules, "https://a.example/", ""), Some(2));
    assert_eq!(winning(&rules[..1], "https://a.example/", ""), None);
}

#[test]
fn the_trial_tells_why_each_rule_did_not_win() {
    let rules = [
        rule(1, "/checkout", &[]),
        rule(2, "/e-bikes", &["DE", "AT"]),
        rule(3, "/e-bikes", &[]),
        rule(4, "", &["ES"]),
        rule(5, "/cargo", &["AT"]),
    ];
    let page = |country| page("https://a.example/e-bikes/tour", country);
    let told = |trial: Trial| -> Vec<(i64, Reason)> {
        trial.rules.iter().map(|it| (it.rule.0, it.reason)).collect()
    };
    let at = trial(&rules, page(Country::parse("AT")));
    assert_eq!(at.winner, Some(RuleId(2)));
    assert_eq!(
        told(at),
        [
            (2, Reason::Applies),
            (5, Reason::NotReachedOtherPage),
            (1, Reason::NotReachedOtherPage),
            (3, Reason::NotReached),
            (4, Reason::OtherCountry),
        ]
    );
    let nowhere = told(trial(&rules, page(None)));
    assert_eq!(nowhere[..2], [(1, Reason::OtherPage), (3, Reason::Applies)]);
    assert!(nowhere[2..].iter().all(|it| it.1 == Reason::CountryUnknown));
}

#[test]
fn no_rule_is_a_plain_button() {
    let trial = trial(&[], page("", None));
    assert_eq!((trial.winner, trial.action), (None, ButtonAction::Show));
}

/// A rule for every page that brings a chatbot.
fn with_chatbot(id: i64, chatbot_condition: ChatbotCondition, is_ready: bool) -> Rule {
    let chatbot = Some(RuleChatbot { id: ChatbotId(7), version: 3, is_ready });
    Rule { chatbot, chatbot_condition, ..rule(id, "", &[]) }
}

#[test]
fn a_rule_whose_chatbot_is_not_ready_is_passed_over() {
    let rules = [with_chatbot(1, ChatbotCondition::Always, false), rule(2, "", &[])];
    assert_eq!(winning(&rules, "https://a.example/", ""), Some(2));
    let trial = trial(&rules, page("", None));
    assert_eq!((trial.winner, trial.chatbot), (Some(RuleId(2)), None));
    assert_eq!(trial.rules[0].reason, Reason::ChatbotNotReady);
}

#[test]
fn the_condition_is_tested_with_and_without_a_chatbot() {
    use ChatbotCondition::{Always, OnlyIfNoOperator, OnlyIfOperator};
    for (condition, with_operator, without) in
        [(Always, true, true), (OnlyIfNoOperator, false, true), (OnlyIfOperator, true, false)]
    {
        let plain = Rule { chatbot_condition: condition, ..rule(1, "", &[]) };
        for rule in [with_chatbot(1, condition, true), plain] {
            for (operator_available, applies) in [(true, with_operator), (false, without)] {
                let page = Page { url: "", country: None, operator_available };
                let told = trial(std::slice::from_ref(&rule), page);
                let reason = if applies { Reason::Applies } else { Reason::ConditionNotMet };
                assert_eq!(told.rules[0].reason, reason, "{condition:?} {operator_available}");
                assert_eq!(told.chatbot.is_some(), applies && rule.chatbot.is_some());
            }
        }
    }
}

fn some_rules() -> impl Strategy<Value = Vec<Rule>> {
    let pages = prop::sample::select(vec!["", "/", "/shop", "/tea$", "^x"]);
    let countries = prop::sample::subsequence(vec!["DE", "AT", "ES"], 0..=3);
    prop::collection::vec((pages, countries), 0..8).prop_map(|made| {
        let numbered = (1..).zip(made);
        numbered.map(|(id, (pages, countries))| rule(id, pages, &countries)).collect()
    })
}

proptest! {
    #[test]
    fn a_trial_names_every_rule_once_and_the_winner(
        rules in some_rules(),
        url in "(https://a\\.example)?(/shop)?(/tea)?",
        country in prop::option::of(prop::sample::select(vec!["DE", "AT", "FR"])),
    ) {
        let page = page(&url, country.and_then(Country::parse));
        let trial = trial(&rules, page);
        let mut named: Vec<_> = trial.rules.iter().map(|it| it.rule.0).collect();
        named.sort_unstable();
        prop_assert_eq!(named, (1..=rules.len() as i64).collect::<Vec<_>>());
        prop_assert_eq!(trial.winner, winner(&rules, page).map(|rule| rule.id));
        let applying = trial.rules.iter().filter(|it| it.reason == Reason::Applies);
        prop_assert_eq!(applying.map(|it| it.rule).next(), trial.winner);
    }

    #[test]
    fn no_text_makes_a_pattern_panic(pattern in ".{0,60}", url in ".{0,200}") {
        if let Ok(pattern) = PagePattern::parse(&pattern) {
            let _ = pattern.fits(&url);
        }
    }
}
