//! Which pages a rule is for: a regular expression, searched for anywhere in the page's address.

use regex::{Regex, RegexBuilder};

/// The longest pattern, in characters.
pub const PATTERN_MAX_CHARS: usize = 500;
/// What a compiled pattern may take. A search takes time in proportion to the address, whatever the pattern.
const COMPILED_MAX_BYTES: usize = 256 * 1024;

/// A pattern that was understood. The empty one fits every page.
#[derive(Clone, Debug)]
pub struct PagePattern(Option<Regex>);

/// Why a pattern was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// More characters than the limit.
    #[error("a pattern has at most {PATTERN_MAX_CHARS} characters")]
    TooLong,
    /// It would take too much memory, such as `(a{1000}){1000}`.
    #[error("the pattern is too large when its repetitions are written out")]
    TooLarge,
    /// It is not a regular expression. The reason is in English.
    #[error("{0}")]
    Invalid(String),
}

impl PagePattern {
    /// Understands a pattern.
    pub fn parse(pattern: &str) -> Result<Self, PatternError> {
        if pattern.chars().count() > PATTERN_MAX_CHARS {
            return Err(PatternError::TooLong);
        }
        if pattern.is_empty() {
            return Ok(Self(None));
        }
        let built = RegexBuilder::new(pattern)
            .size_limit(COMPILED_MAX_BYTES)
            .dfa_size_limit(COMPILED_MAX_BYTES)
            .nest_limit(50)
            .build();
        built.map(|regex| Self(Some(regex))).map_err(|error| PatternError::of(&error))
    }

    /// Whether an address fits. An address that is not known is empty text.
    #[must_use]
    pub fn fits(&self, url: &str) -> bool {
        self.0.as_ref().is_none_or(|regex| regex.is_match(url))
    }
}

impl PatternError {
    fn of(error: &regex::Error) -> Self {
        match error {
            regex::Error::CompiledTooBig(_) => Self::TooLarge,
            other => Self::Invalid(reason(&other.to_string())),
        }
    }
}

/// The last line says what is wrong; those before it draw where, in a font of fixed width.
fn reason(report: &str) -> String {
    let last = report.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_pattern_is_found_anywhere_in_the_address() {
        let url = "https://shop.example/e-bikes/tour?size=M#top";
        let fits = |pattern| PagePattern::parse(pattern).map(|it| it.fits(url));
        for pattern in ["", "/", "/e-bikes", "size=M$|#top$", "^https://shop", "tour.*top"] {
            assert_eq!(fits(pattern), Ok(true), "{pattern}");
        }
        // Case counts, and an anchor is the beginning of the whole address.
        for pattern in ["/E-Bikes", "^/e-bikes", "^$", "/shop/"] {
            assert_eq!(fits(pattern), Ok(false), "{pattern}");
        }
    }

    #[test]
    fn an_unknown_address_is_empty_text() {
        let fits = |pattern| PagePattern::parse(pattern).map(|it| it.fits(""));
        assert_eq!(fits(""), Ok(true));
        assert_eq!(fits(".*"), Ok(true));
        assert_eq!(fits("/"), Ok(false));
    }

    #[test]
    fn a_pattern_is_refused_with_the_reason() {
        let refused = |pattern: &str| PagePattern::parse(pattern).map(drop).unwrap_err();
        assert_eq!(refused("(/shop"), PatternError::Invalid("unclosed group".to_owned()));
        assert_eq!(refused(&"a".repeat(501)), PatternError::TooLong);
        assert_eq!(refused("(a{1000}){1000}"), PatternError::TooLarge);
        assert!(matches!(refused(&"(".repeat(400)), PatternError::Invalid(_)));
        assert!(matches!(refused(r"(a)\1"), PatternError::Invalid(_)));
    }

    #[test]
    fn an_evil_pattern_ends() {
        let pattern = PagePattern::parse("(a+)+$").expect("a pattern");
        assert!(!pattern.fits(&("a".repeat(2000) + "!")));
    }

    proptest! {
        #[test]
        fn any_pattern_is_understood_or_refused(
            parts in prop::collection::vec(prop_oneof![
                prop::sample::select(vec![
                    "(", ")", "(?:", "(?i)", "(?x)", "[", "]", "[^", "-", "{", "}", "{9,999}", "*", "+",
                    "?", "|", "^", "$", "\\", r"\b", r"\pL", r"\p{Greek}", r"\x{10ffff}", r"\u", "&&", ".",
                    "/shop", "é", "\0",
                ]).prop_map(str::to_owned),
                any::<String>(),
            ], 0..12),
            url: String,
        ) {
            let pattern = parts.concat();
            match PagePattern::parse(&pattern) {
                Ok(understood) => drop(understood.fits(&url)),
                Err(refused) => prop_assert!(!refused.to_string().is_empty()),
            }
        }
    }
}
