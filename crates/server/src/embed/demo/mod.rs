//! The demonstration site: a small shop that embeds the widget exactly as a stranger's site would (L1).

mod page;

pub use page::{escaped, routes};
