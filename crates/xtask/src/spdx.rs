//! Licence expressions as Cargo and npm write them: `(MIT OR Apache-2.0) AND Unicode-3.0`.

/// Whether the terms can be met with licences of this list alone.
pub fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    // Old manifests write "MIT/Apache-2.0".
    let expression = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = expression.split_whitespace().collect();
    let mut parser = Parser { tokens: &tokens, allowed };
    parser.any() && parser.tokens.is_empty()
}

struct Parser<'a> {
    tokens: &'a [&'a str],
    allowed: &'a [String],
}

impl Parser<'_> {
    /// Parts joined by `OR`: one is enough.
    fn any(&mut self) -> bool {
        let mut met = self.all();
        while self.skip("OR") {
            met |= self.all();
        }
        met
    }

    /// Parts joined by `AND`: every one counts.
    fn all(&mut self) -> bool {
        let mut met = self.one();
        while self.skip("AND") {
            met &= self.one();
        }
        met
    }

    fn one(&mut self) -> bool {
        if self.skip("(") {
            let met = self.any();
            return self.skip(")") && met;
        }
        let Some((license, rest)) = self.tokens.split_first() else {
            return false;
        };
        self.tokens = rest;
        let mut name = (*license).to_owned();
        if self.skip("WITH")
            && let Some((exception, rest)) = self.tokens.split_first()
        {
            name = format!("{name} WITH {exception}");
            self.tokens = rest;
        }
        self.allowed.contains(&name)
    }

    fn skip(&mut self, token: &str) -> bool {
        match self.tokens.split_first() {
            Some((first, rest)) if *first == token => {
                self.tokens = rest;
                true
            }
            _ => false,
        }
    }
}

#[test]
fn expressions_are_met_by_the_allowed_licences() {
    let allowed = ["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"].map(String::from);
    let cases = [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("GPL-3.0-only OR MIT", true),
        ("MIT/GPL-2.0", true),
        ("(MIT OR GPL-3.0-only) AND Unicode-3.0", true),
        ("MIT AND GPL-3.0-only", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0", false),
        ("(MIT", false),
        ("", false),
    ];
    for (expression, expected) in cases {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}
