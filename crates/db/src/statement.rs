//! SQL written once: `$1` for PostgreSQL becomes `?1` for SQLite while the program is compiled.

/// One SQL statement, in the spelling of both engines.
///
/// Made by [`statements!`](crate::statements); to SQLite `$1` would be a *name*, so binding by position goes wrong with it.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    pub(crate) postgres: &'static str,
    pub(crate) sqlite: &'static str,
}

impl Statement {
    /// A statement from both spellings. For the macro, which computes the second from the first.
    #[doc(hidden)]
    pub const fn from_spellings(postgres: &'static str, sqlite: &'static [u8]) -> Self {
        match std::str::from_utf8(sqlite) {
            Ok(sqlite) => Self { postgres, sqlite },
            Err(_) => panic!("replacing `$` by `?` keeps the text valid"),
        }
    }
}

/// Replaces the `$` of each `$n` outside of quotes by `?`. The length stays, so that it works at compile time.
#[doc(hidden)]
pub const fn spelling_for_sqlite<const LENGTH: usize>(text: &str) -> [u8; LENGTH] {
    let source = text.as_bytes();
    let mut target = [0; LENGTH];
    let mut quote = None;
    let mut at = 0;
    while at < LENGTH {
        let byte = source[at];
        quote = quote_after(quote, byte);
        let starts_parameter =
            quote.is_none() && byte == b'$' && at + 1 < LENGTH && source[at + 1].is_ascii_digit();
        target[at] = if starts_parameter { b'?' } else { byte };
        at += 1;
    }
    target
}

/// The quote that is open after this byte. A doubled quote closes and opens again, which is right.
const fn quote_after(open: Option<u8>, byte: u8) -> Option<u8> {
    match open {
        Some(quote) if quote == byte => None,
        None if byte == b'\'' || byte == b'"' => Some(byte),
        unchanged => unchanged,
    }
}

/// Names SQL statements, and lists them as `STATEMENTS` for the test which prepares every statement.
///
/// ```
/// frontdesk_db::statements! {
///     /// Adds a tag; nothing happens when it exists.
///     INSERT = "insert into tag (name) values ($1) on conflict do nothing";
///     FIND = "select id from tag where name = $1";
/// }
/// assert_eq!(STATEMENTS.len(), 2);
/// ```
#[macro_export]
macro_rules! statements {
    ($($(#[$attribute:meta])* $name:ident = $text:expr;)+) => {
        $(
            $(#[$attribute])*
            const $name: $crate::Statement = {
                const TEXT: &str = $text;
                const SQLITE: [u8; TEXT.len()] = $crate::spelling_for_sqlite(TEXT);
                $crate::Statement::from_spellings(TEXT, &SQLITE)
            };
        )+

        /// Every statement of this module with its name.
        pub const STATEMENTS: &[(&str, $crate::Statement)] = &[$((stringify!($name), $name)),+];

        // Only tests read the list; this keeps the compiler from calling it dead.
        const _: usize = STATEMENTS.len();
    };
}

#[cfg(test)]
mod tests {
    statements! {
        /// Two parameters, one of them twice.
        UPDATE = "update t set a = $1, b = $2 where a <> $1";
        QUOTED = "select '$1', 'it''s $2', \"$3\", $4, '$', $";
        MANY = "values ($10, $9)";
    }

    #[test]
    fn parameters_are_numbered_for_sqlite() {
        assert_eq!(UPDATE.sqlite, "update t set a = ?1, b = ?2 where a <> ?1");
        assert_eq!(MANY.sqlite, "values (?10, ?9)");
    }

    #[test]
    fn quoted_text_stays() {
        assert_eq!(QUOTED.sqlite, "select '$1', 'it''s $2', \"$3\", ?4, '$', $");
    }

    #[test]
    fn the_statements_of_a_module_are_listed() {
        let names: Vec<&str> = STATEMENTS.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["UPDATE", "QUOTED", "MANY"]);
        assert_eq!(UPDATE.postgres, "update t set a = $1, b = $2 where a <> $1");
    }
}
