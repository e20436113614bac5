//! What messages promise: said once, in order, on both sides, kept, and shown as typed.

mod busy;
mod cost;
mod live;
mod once;
mod order;
mod privacy;
mod revisions;
mod texts;
