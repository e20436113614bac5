//! What sockets, streams and polls promise: every event once, in order, whatever was lost on the way.

mod frames;
mod nodes;
mod replay;
mod resume;
mod slow;
mod streams;
