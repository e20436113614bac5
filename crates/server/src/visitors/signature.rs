//! Signatures of a website's server: an HMAC of a user id, or a JWT. The key is the channel's secret, as it is shown.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use frontdesk_domain::Millis;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;
use std::collections::BTreeMap;
use std::time::Duration;

/// A token is for one page load; whoever finds an old one in a log should not get far.
const TOKEN_LASTS_MAX: Duration = Duration::from_secs(3600);
/// Clocks of two servers differ a little.
const CLOCKS_DIFFER_MAX: Duration = Duration::from_secs(60);

/// What somebody claims of a visitor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Claims {
    /// The website's own id.
    #[serde(rename = "sub")]
    pub user_id: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Anything else.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
}

#[derive(Deserialize)]
struct Token {
    /// In seconds.
    exp: i64,
    #[serde(flatten)]
    claims: Claims,
}

/// Whether `signature` (hexadecimal) is that of `user_id`.
#[must_use]
pub fn signs(secret: &str, user_id: &str, signature: &str) -> bool {
    bytes_of_hex(signature).is_some_and(|signature| is_signed(secret, user_id, &signature))
}

/// What a JWT claims; none when it is not signed with the secret, is over, or lasts too long.
#[must_use]
pub fn claims(secret: &str, token: &str, now: Millis) -> Option<Claims> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, payload) = signed.split_once('.')?;
    let header: Header = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    // Naming the algorithm is not the token's business: there is one.
    if header.alg != "HS256" || !is_signed(secret, signed, &URL_SAFE_NO_PAD.decode(signature).ok()?)
    {
        return None;
    }
    let token: Token = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    let ends = Millis(token.exp.checked_mul(1000)?);
    let latest = now.plus(TOKEN_LASTS_MAX + CLOCKS_DIFFER_MAX);
    let holds = ends > now.minus(CLOCKS_DIFFER_MAX) && ends <= latest;
    (holds && token.claims.user_id.is_some()).then_some(token.claims)
}

/// Compares in constant time.
fn is_signed(secret: &str, text: &str, signature: &[u8]) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(text.as_bytes());
    mac.verify_slice(signature).is_ok()
}

fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(pair[0])? << 4 | digit(*pair.get(1)?)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_763_600_000_000);

    fn token(secret: &str, header: &str, payload: &str) -> String {
        let encoded = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let signed = format!("{}.{}", encoded(header), encoded(payload));
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
        mac.update(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    #[test]
    fn a_signature_is_that_of_the_usual_tools() {
        // printf 42 | openssl dgst -sha256 -hmac secret
        let signature = "b8f1d6a0d64a6ab17ae4b0c1b3a7ccb2";
        assert!(!signs("secret", "42", signature));
        let known = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8";
        // The example of RFC 4231's kind: key "key", this text.
        let text = "The quick brown fox jumps over the lazy dog";
        assert!(signs("key", text, known));
        assert!(signs("key", text, &known.to_uppercase()));
        assert!(!signs("other", text, known));
        for wrong in ["", "f", "zz", &known[..62]] {
            assert!(!signs("key", text, wrong), "{wrong}");
        }
    }

    #[test]
    fn a_token_counts_while_it_lasts() {
        let header = r#"{"alg":"HS256","typ":"JWT"}"#;
        let at =
            |exp: i64| token("s", header, &format!(r#"{{"sub":"7","name":"Ana","exp":{exp}}}"#));
        let seconds = NOW.0 / 1000;
        let known = claims("s", &at(seconds + 300), NOW).expect("claims");
        assert_eq!((known.user_id.as_deref(), known.name.as_deref()), (Some("7"), Some("Ana")));
        assert!(claims("other", &at(seconds + 300), NOW).is_none());
        for exp in [seconds - 61, seconds + 3661, i64::MAX, 0] {
            assert!(claims("s", &at(exp), NOW).is_none(), "{exp}");
        }
    }

    #[test]
    fn a_token_does_not_choose_how_it_is_checked() {
        let payload = format!(r#"{{"sub":"7","exp":{}}}"#, NOW.0 / 1000 + 60);
        for header in [r#"{"alg":"none"}"#, r#"{"alg":"HS512"}"#, "{}", "nonsense"] {
            assert!(claims("s", &token("s", header, &payload), NOW).is_none(), "{header}");
        }
        let unsigned = token("s", r#"{"alg":"HS256"}"#, &payload);
        let (signed, _) = unsigned.rsplit_once('.').expect("two dots");
        for wrong in [format!("{signed}."), signed.to_owned(), "..".to_owned(), String::new()] {
            assert!(claims("s", &wrong, NOW).is_none(), "{wrong}");
        }
    }
}
