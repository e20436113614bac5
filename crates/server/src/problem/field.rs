//! What can be wrong with a field of a request.

use frontdesk_domain::rule::OPEN_AFTER_MAX_SECONDS;
use frontdesk_domain::text::{
    MESSAGE_MAX_CHARS, NAME_MAX_CHARS, PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARS, TextError,
};
use frontdesk_domain::visitor::ATTRIBUTE_MAX_CHARS;

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldProblem {
    /// A message without text.
    MessageEmpty,
    /// A message with too much text.
    MessageTooLong,
    /// NUL or another control character.
    ControlCharacters,
    /// Not a name.
    NameInvalid(&'static str),
    /// Not an e-mail address.
    EmailInvalid,
    /// A password that is guessed too quickly.
    PasswordTooShort,
    /// A password that costs too much to hash.
    PasswordTooLong,
    /// Not the password that the operator has.
    CurrentPasswordWrong,
    /// Not a picture, or of a kind that we cannot read.
    ImageInvalid,
    /// A picture with too many pixels or bytes.
    ImageTooLarge,
    /// Not a language, or not one of those enabled.
    LanguageInvalid(&'static str),
    /// Not a visitor's secret.
    SecretInvalid,
    /// Not a UUID.
    ClientIdInvalid(&'static str),
    /// Not a number that is allowed there.
    NumberInvalid(&'static str),
    /// A text with more characters than the limit.
    TextTooLong(&'static str, usize),
    /// A text with control characters.
    TextControlCharacters(&'static str),
    /// Not a colour.
    ColorInvalid(&'static str),
    /// Not a website's origin.
    OriginInvalid,
    /// Not a time zone.
    TimeZoneInvalid(&'static str),
    /// Not parts of days.
    HoursInvalid,
    /// Not days.
    HolidayInvalid,
    /// Not a country's code.
    CountryUnknown(&'static str),
    /// Not a number of seconds within the limit.
    OpenAfterInvalid,
    /// Not signed with the channel's secret, or not any more.
    SignatureInvalid,
    /// Not an attribute of a visitor.
    AttributeInvalid,
    /// No chatbot, or not any more.
    ChatbotUnknown,
    /// More of them than the limit.
    TooMany(&'static str),
}

impl FieldProblem {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::MessageEmpty => "message_empty",
            Self::MessageTooLong => "message_too_long",
            Self::ControlCharacters => "control_characters",
            Self::NameInvalid(_) => "name_invalid",
            Self::EmailInvalid => "email_invalid",
            Self::PasswordTooShort => "password_too_short",
            Self::PasswordTooLong => "password_too_long",
            Self::CurrentPasswordWrong => "current_password_wrong",
            Self::ImageInvalid => "image_invalid",
            Self::ImageTooLarge => "image_too_large",
            Self::LanguageInvalid(_) => "language_invalid",
            Self::SecretInvalid => "secret_invalid",
            Self::ClientIdInvalid(_) => "client_id_invalid",
            Self::NumberInvalid(_) => "number_invalid",
            Self::TextTooLong(..) => "text_too_long",
            Self::TextControlCharacters(_) => "control_characters",
            Self::ColorInvalid(_) => "color_invalid",
            Self::OriginInvalid => "origin_invalid",
            Self::TimeZoneInvalid(_) => "time_zone_invalid",
            Self::HoursInvalid => "hours_invalid",
            Self::HolidayInvalid => "holiday_invalid",
            Self::CountryUnknown(_) => "country_unknown",
            Self::OpenAfterInvalid => "open_after_invalid",
            Self::SignatureInvalid => "signature_invalid",
            Self::AttributeInvalid => "attribute_invalid",
            Self::ChatbotUnknown => "chatbot_unknown",
            Self::TooMany(_) => "too_many",
        }
    }

    pub(super) const fn field(self) -> Option<&'static str> {
        match self {
            Self::MessageEmpty | Self::MessageTooLong | Self::ControlCharacters => Some("text"),
            Self::NameInvalid(field)
            | Self::ClientIdInvalid(field)
            | Self::NumberInvalid(field)
            | Self::LanguageInvalid(field) => Some(field),
            Self::CurrentPasswordWrong => Some("current"),
            Self::ImageInvalid | Self::ImageTooLarge => Some("image"),
            Self::EmailInvalid => Some("email"),
            Self::PasswordTooShort | Self::PasswordTooLong => Some("password"),
            Self::SecretInvalid => None,
            Self::TextTooLong(field, _)
            | Self::TextControlCharacters(field)
            | Self::ColorInvalid(field)
            | Self::TooMany(field) => Some(field),
            Self::OriginInvalid => Some("allowed_origins"),
            Self::SignatureInvalid => Some("signature"),
            Self::AttributeInvalid => Some("attributes"),
            Self::TimeZoneInvalid(field) | Self::CountryUnknown(field) => Some(field),
            Self::HoursInvalid | Self::HolidayInvalid => Some("business_hours"),
            Self::OpenAfterInvalid => Some("open_after"),
            Self::ChatbotUnknown => Some("chatbot"),
        }
    }

    pub(super) fn detail(self) -> String {
        match self {
            Self::MessageEmpty => "a message has at least one character".to_owned(),
            Self::MessageTooLong => format!("a message has at most {MESSAGE_MAX_CHARS} characters"),
            Self::ControlCharacters => {
                "text has no control characters but line feed and tab".to_owned()
            }
            Self::NameInvalid(_) => {
                format!("a name has 1 to {NAME_MAX_CHARS} characters on one line")
            }
            Self::EmailInvalid => "this is not an e-mail address".to_owned(),
            Self::PasswordTooShort => {
                format!("a password has at least {PASSWORD_MIN_CHARS} characters")
            }
            Self::PasswordTooLong => format!("a password has at most {PASSWORD_MAX_BYTES} bytes"),
            Self::CurrentPasswordWrong => "this is not the current password".to_owned(),
            Self::ImageInvalid => "this is not a PNG, JPEG, WebP or GIF picture".to_owned(),
            Self::ImageTooLarge => {
                "a picture has at most 8 MB, 50 megapixels and 10000 pixels on a side".to_owned()
            }
            Self::LanguageInvalid(_) => "this is not one of the enabled languages".to_owned(),
            Self::SecretInvalid => {
                "a visitor's secret is 32 random bytes in base64url, 43 characters".to_owned()
            }
            Self::ClientIdInvalid(_) => "a client id is a UUID, in lower case".to_owned(),
            Self::NumberInvalid(_) => "a whole number from 1 to 1000".to_owned(),
            Self::TextTooLong(_, max) => format!("this text has at most {max} characters"),
            Self::TextControlCharacters(_) => "this text has no control characters".to_owned(),
            Self::ColorInvalid(_) => "a colour is written as #RRGGBB".to_owned(),
            Self::OriginInvalid => {
                "a website is written as https://shop.example, without a path".to_owned()
            }
            Self::TimeZoneInvalid(_) => {
                "a time zone is a name of the IANA database, such as Europe/Madrid".to_owned()
            }
            Self::HoursInvalid => {
                "a span closes after it opens, on a weekday from 0 (Monday) to 6".to_owned()
            }
            Self::HolidayInvalid => "a holiday is a date such as 2026-12-25".to_owned(),
            Self::CountryUnknown(_) => "a country is a code of ISO 3166-1, such as DE".to_owned(),
            Self::OpenAfterInvalid => {
                format!("a window opens after 0 to {OPEN_AFTER_MAX_SECONDS} seconds")
            }
            Self::SignatureInvalid => {
                "this is not signed with the channel's secret, or the token is over".to_owned()
            }
            Self::AttributeInvalid => format!(
                "a key has 1 to 40 letters, digits, _ . or -, and a value at most \
                 {ATTRIBUTE_MAX_CHARS} characters"
            ),
            Self::ChatbotUnknown => "there is no such chatbot".to_owned(),
            Self::TooMany(_) => "that is more than can be kept".to_owned(),
        }
    }
}

impl FieldProblem {
    /// What is wrong with a message's text.
    #[must_use]
    pub const fn of_message(error: TextError) -> Self {
        match error {
            TextError::Empty => Self::MessageEmpty,
            TextError::TooLong(_) => Self::MessageTooLong,
            TextError::ControlCharacters => Self::ControlCharacters,
        }
    }
}
