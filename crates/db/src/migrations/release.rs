//! The number of a release.

use std::fmt;

/// A release such as 0.3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Release([u32; 3]);

impl Release {
    /// The release that this binary belongs to.
    pub(super) fn this() -> Self {
        Self::parse(env!("CARGO_PKG_VERSION"))
    }

    /// Reads `major.minor.patch`. What cannot be read is newer than anything, to be on the safe side.
    pub(super) fn parse(text: &str) -> Self {
        let numbers: Option<Vec<u32>> = text.split('.').map(|part| part.parse().ok()).collect();
        Self(numbers.and_then(|it| it.try_into().ok()).unwrap_or([u32::MAX; 3]))
    }
}

impl fmt::Display for Release {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([major, minor, patch]) = self;
        write!(formatter, "{major}.{minor}.{patch}")
    }
}

#[cfg(test)]
mod tests {
    use super::Release;

    #[test]
    fn releases_compare_by_number_not_by_letter() {
        assert!(Release::parse("0.10.0") > Release::parse("0.9.9"));
        assert!(Release::parse("1.0.0") > Release::parse("0.99.99"));
        assert_eq!(Release::parse("0.3.1").to_string(), "0.3.1");
    }

    #[test]
    fn what_cannot_be_read_is_newer() {
        assert!(Release::parse("next") > Release::this());
    }
}
