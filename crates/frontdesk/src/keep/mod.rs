//! Keeping: `frontdesk backup`, `restore` and `move`.
//!
//! A backup is one file with everything: the tables as they were at one moment, and what else lies in the data folder.
//! It can be restored on either engine. What was restored or moved is compared with what was sent before it is served.

mod archive;
mod backup;
mod files;
mod progress;
mod relocation;
mod restore;

pub use backup::backup;
pub use relocation::relocate;
pub use restore::restore;
