//! What a database promises, told once and run on every engine at hand.
//!
//! Always on SQLite; on PostgreSQL too when `FRONTDESK_TEST_DATABASE_URL` names a server on which databases may
//! be created.

mod database;
mod durability;
mod gate;
mod opening;
mod reading;
mod statements;
mod transfer;
mod writing;
