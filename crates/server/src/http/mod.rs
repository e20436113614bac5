//! The HTTP shell: routes, errors, extractors and what stands around every request.

mod api_reader;
mod client_address;
pub mod cookie;
pub mod doors;
mod error;
mod error_page;
pub mod extract;
pub mod headers;
pub mod origin;
pub mod rate_limit;
mod router;
#[cfg(test)]
mod tests;

pub use client_address::ClientAddress;
pub use router::{openapi, router};
