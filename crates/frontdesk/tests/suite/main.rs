//! Stories of the binary, as its own process: starting, stopping, dying, and its commands.

mod commands;
mod keep;
mod refusals;
mod server;
mod survival;
