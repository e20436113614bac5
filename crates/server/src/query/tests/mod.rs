//! Filters mean the same in Rust, on SQLite and on PostgreSQL, and nothing that is sent breaks them.

mod filters;
mod meaning;
mod rows;
