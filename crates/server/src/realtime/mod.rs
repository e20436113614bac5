//! The live path: from a commit to the screens, on this node and on the others.

mod connection;
pub mod frames;
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

pub use connection::{Link, close_code};
pub use hub::Hub;
pub use live::Live;
pub use news::tell_news;
pub use operator_socket::routes as operator_routes;
pub use presence::keep_seen;
pub use relay::relay;
pub use signal::VisitorSignal;
pub use stream::routes as stream_routes;
pub use visitor_socket::routes as visitor_routes;
