//! The limits of this machine, measured with nothing of Frontdesk in the way: what the server is compared with.

pub mod commit;
pub mod relay;
