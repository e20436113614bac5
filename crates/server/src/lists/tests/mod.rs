//! The list of all conversations, by the interface that the console uses.

mod favorites;
mod live;
mod searches;
