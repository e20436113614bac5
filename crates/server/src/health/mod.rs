//! Health: is the process alive, can it serve, and what is it doing.

mod api;
#[cfg(test)]
mod tests;

pub use api::routes;
