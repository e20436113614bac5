//! Prints the OpenAPI document of the API: what `cargo xtask generate` writes into web/protocol.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    let document = serde_json::to_string_pretty(&frontdesk_server::openapi())?;
    writeln!(std::io::stdout(), "{document}")
}
