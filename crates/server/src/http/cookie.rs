//! The session cookie.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

const NAME: &str = "frontdesk_session";

/// The session's token in a request's cookies.
#[must_use]
pub fn read(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == NAME).then_some(value))
}

/// A `Set-Cookie` value: for `max_age` seconds, or until the browser closes.
#[must_use]
pub fn set(token: &str, max_age: Option<u64>, secure: bool) -> String {
    let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let secure = if secure { "; Secure" } else { "" };
    format!("{NAME}={token}; Path=/; HttpOnly; SameSite=Lax{age}{secure}")
}

/// A `Set-Cookie` value that removes it.
#[must_use]
pub fn clear() -> String {
    format!("{NAME}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "a=1; frontdesk_session=tok; b=2".parse().unwrap());
        assert_eq!(read(&headers), Some("tok"));
        assert_eq!(read(&HeaderMap::new()), None);
    }
}
