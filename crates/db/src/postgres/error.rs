//! Sorts the errors of the driver by what a caller does about them.

use std::io;

use tokio_postgres::error::SqlState;

use crate::Error;

pub(crate) fn error(cause: tokio_postgres::Error) -> Error {
    let Some(state) = cause.code() else {
        return if is_lost(&cause) { Error::unavailable(cause) } else { Error::driver(cause) };
    };
    match *state {
        SqlState::UNIQUE_VIOLATION => Error::Unique,
        // Another transaction was faster. `Tx` cannot go on, so the closure runs again.
        SqlState::T_R_SERIALIZATION_FAILURE
        | SqlState::T_R_DEADLOCK_DETECTED
        | SqlState::LOCK_NOT_AVAILABLE => Error::Busy,
        // Among the interventions of an operator, but it would be as slow the next time.
        SqlState::QUERY_CANCELED => Error::driver(cause),
        _ if is_away(state) => Error::unavailable(cause),
        _ => Error::driver(cause),
    }
}

fn is_lost(cause: &tokio_postgres::Error) -> bool {
    let source = std::error::Error::source(cause);
    cause.is_closed() || source.is_some_and(|it| it.is::<io::Error>())
}

/// Classes of errors: connection, resources, operator intervention, system; and a server that does not let us in.
fn is_away(state: &SqlState) -> bool {
    ["08", "28", "3D", "53", "57", "58"].iter().any(|class| state.code().starts_with(class))
}
