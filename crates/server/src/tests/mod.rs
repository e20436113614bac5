//! Requests and frames that nobody foresaw: made from the OpenAPI document, broken in every way that comes to mind, and
//! decided by a seed. Nothing is answered with a fault, or with something that is not documented.

mod broken;
mod frames;
mod promises;
mod walk;

/// The seeds of this run: `usual` many, or as many as `FRONTDESK_TEST_SEEDS` says.
#[expect(clippy::disallowed_methods, reason = "whoever has time sets it, and nobody else")]
fn seeds(usual: u64) -> std::ops::Range<u64> {
    let asked = std::env::var("FRONTDESK_TEST_SEEDS").ok();
    0..asked.and_then(|it| it.parse().ok()).unwrap_or(usual)
}
