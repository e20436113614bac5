//! What a profile promises: an operator's own preferences, picture and password.

mod avatar;
mod password;
mod preferences;
