//! The live path: from a commit to the screens, on this node and on the others.

mod connection;
mod cursor;
pub mod frames;
mod head_scan;
mod hint;
mod hub;
mod live;
mod marks;
mod news;
mod operator_socket;
mod presence;
mod relay;
mod signal;
mod socket;
mod stream;
#[cfg(test)]
mod tests;
mod visitor_session;
mod visitor_socket;

pub use connection::{Link, Outgoing, close_code};
pub use cursor::{Beginning, Cursor, Passage};
pub use head_scan::HeadScan;
pub use hint::event_hint;
pub use hub::{Audience, Delivery, Hub};
pub use live::{Live, delivery};
pub use news::tell_news;
pub use operator_socket::routes as operator_routes;
pub use presence::{keep_seen, notice_absence};
pub use relay::relay;
pub use signal::VisitorSignal;
pub use stream::routes as stream_routes;
pub use visitor_socket::routes as visitor_routes;
