//! Preferences: language, expertise and country, in the order in which they are asked for.

use super::{AssignmentRequest, AssignmentRule, Candidate};

use AssignmentRule::{
    AllExpertise, Country, Language, LanguageAndAllExpertise, LanguageAndSomeExpertise, LeastBusy,
    SomeExpertise,
};

const WITH_EXPERTISE: [AssignmentRule; 4] =
    [LanguageAndAllExpertise, LanguageAndSomeExpertise, AllExpertise, SomeExpertise];
const ALWAYS: [AssignmentRule; 2] = [Language, Country];

/// The first preference that somebody fits, with those who do. Everybody fits the last one.
pub(super) fn first(
    request: &AssignmentRequest<'_>,
    candidates: &[Candidate],
    available: &[usize],
) -> (AssignmentRule, Vec<usize>) {
    let by_expertise = WITH_EXPERTISE.iter().filter(|_| !request.expertise.is_empty());
    for rule in by_expertise.chain(&ALWAYS) {
        let fits = |at: &usize| fits(*rule, &candidates[*at], request);
        let fitting: Vec<_> = available.iter().copied().filter(fits).collect();
        if !fitting.is_empty() {
            return (*rule, fitting);
        }
    }
    (LeastBusy, available.to_vec())
}

fn fits(rule: AssignmentRule, candidate: &Candidate, request: &AssignmentRequest<'_>) -> bool {
    match rule {
        LanguageAndAllExpertise => speaks(candidate, request) && knows_all(candidate, request),
        LanguageAndSomeExpertise => speaks(candidate, request) && knows_some(candidate, request),
        AllExpertise => knows_all(candidate, request),
        SomeExpertise => knows_some(candidate, request),
        Language => speaks(candidate, request),
        Country => request.country.is_some() && candidate.country.as_deref() == request.country,
        _ => true,
    }
}

/// `de-CH` is `de`: whoever speaks a language is understood wherever it is spoken.
fn speaks(candidate: &Candidate, request: &AssignmentRequest<'_>) -> bool {
    request.language.is_some_and(|wanted| {
        let wanted = base(wanted);
        candidate.languages.iter().any(|it| base(it).eq_ignore_ascii_case(wanted))
    })
}

fn base(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

fn knows_all(candidate: &Candidate, request: &AssignmentRequest<'_>) -> bool {
    request.expertise.iter().all(|it| candidate.expertise.contains(it))
}

fn knows_some(candidate: &Candidate, request: &AssignmentRequest<'_>) -> bool {
    request.expertise.iter().any(|it| candidate.expertise.contains(it))
}
