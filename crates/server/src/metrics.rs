//! Metrics for Prometheus.

use crate::app::App;
use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::time::Duration;

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Bounds of the request times, in seconds.
const SECONDS: [f64; 8] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0];

/// Starts recording; once in a process.
pub fn start() {
    RECORDER.get_or_init(|| {
        let builder = PrometheusBuilder::new().set_buckets(&SECONDS).ok()?;
        builder.install_recorder().ok()
    });
}

/// Counts a request.
pub fn count_request(route: &str, status: u16, took: Duration) {
    let labels = [("route", route.to_owned()), ("status", status.to_string())];
    counter!("frontdesk_http_requests_total", &labels).increment(1);
    histogram!("frontdesk_http_request_seconds", "route" => route.to_owned())
        .record(took.as_secs_f64());
}

/// Counts that hints of other nodes may have been lost, so that the heads are read again.
pub fn count_lag() {
    counter!("frontdesk_bus_lagged_total").increment(1);
}

/// Everything that was recorded, as text.
#[must_use]
pub fn render(app: &App) -> String {
    let counts = app.db.counts();
    let (visitors, operators) = app.live.connection_counts();
    counter!("frontdesk_database_transactions_total").absolute(counts.transactions);
    counter!("frontdesk_database_statements_total").absolute(counts.statements);
    gauge!("frontdesk_connections", "side" => "visitor").set(visitors as f64);
    gauge!("frontdesk_connections", "side" => "operator").set(operators as f64);
    gauge!("frontdesk_bus_connected").set(f64::from(u8::from(app.live.reaches_other_nodes())));
    match RECORDER.get() {
        Some(Some(handle)) => {
            handle.run_upkeep();
            handle.render()
        }
        _ => String::new(),
    }
}
