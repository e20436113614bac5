//! What conversations promise: started once, found by their own people only, and ended for good.

mod access;
mod closure;
mod marks;
mod membership;
mod starting;
mod waiting;
