//! What operators are promised: who comes in, what a key may do, and when they count as there.

mod doors;
mod presence;
mod sessions;
