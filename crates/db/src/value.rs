//! Parameters: what a statement is given.

/// A parameter of a statement. Borrows, so that [`params!`](crate::params) allocates nothing.
///
/// Integers and flags are `bigint` in the database, whatever they are in Rust.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// SQL `null`.
    Null,
    /// `bigint`.
    Integer(i64),
    /// `double precision`.
    Real(f64),
    /// `text`.
    Text(&'a str),
    /// `bytea` or `blob`.
    Bytes(&'a [u8]),
}

/// The parameters of a statement, by position: `params![id, &text, note.as_deref()]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::Value::from($value)),*] as &[$crate::Value<'_>]
    };
}

macro_rules! value_from {
    ($($type:ty: $value:ident => $parameter:expr;)+) => {
        $(
            impl<'a> From<$type> for Value<'a> {
                fn from($value: $type) -> Self {
                    $parameter
                }
            }

            impl<'a> From<Option<$type>> for Value<'a> {
                fn from(value: Option<$type>) -> Self {
                    value.map_or(Self::Null, Self::from)
                }
            }
        )+
    };
}

value_from! {
    i64: value => Self::Integer(value);
    &'a i64: value => Self::Integer(*value);
    bool: value => Self::Integer(i64::from(value));
    f64: value => Self::Real(value);
    &'a str: value => Self::Text(value);
    &'a String: value => Self::Text(value);
    &'a [u8]: value => Self::Bytes(value);
    &'a Vec<u8>: value => Self::Bytes(value);
}

impl<'a, const LENGTH: usize> From<&'a [u8; LENGTH]> for Value<'a> {
    fn from(value: &'a [u8; LENGTH]) -> Self {
        Self::Bytes(value)
    }
}

impl<'a> From<&'a Option<String>> for Value<'a> {
    fn from(value: &'a Option<String>) -> Self {
        Self::from(value.as_deref())
    }
}

impl<'a> From<&'a Option<Vec<u8>>> for Value<'a> {
    fn from(value: &'a Option<Vec<u8>>) -> Self {
        Self::from(value.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn parameters_are_taken_by_value_and_by_reference() {
        let (text, note, none) = (String::from("hello"), Some(String::from("aside")), None::<i64>);
        let params = params![1, &2_i64, true, 0.5, "a", &text, note.as_deref(), &note, none, b"\0"];
        let expected = [
            Value::Integer(1),
            Value::Integer(2),
            Value::Integer(1),
            Value::Real(0.5),
            Value::Text("a"),
            Value::Text("hello"),
            Value::Text("aside"),
            Value::Text("aside"),
            Value::Null,
            Value::Bytes(b"\0"),
        ];
        assert_eq!(params, expected);
    }
}
