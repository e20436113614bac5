//! From what was measured to the rows of the table. What each should reach stands in docs/performance.md.

use super::table::{Reach, Row, Table};
use super::{Limits, chat, chatbot, idle, start};
use crate::process::processors;
use std::time::Duration;

/// Everything that the benchmark measured.
pub struct Figures {
    pub limits: Limits,
    pub ready_after: Option<Duration>,
    pub idle_memory: Option<u64>,
    pub saturated: chat::Report,
    pub paced: chat::Report,
    pub started: start::Report,
    pub idle: [idle::Report; 2],
    pub chatbot: chatbot::Report,
}

impl Figures {
    /// The table.
    pub fn table(self) -> Table {
        let mut rows = self.limit_rows();
        rows.extend(self.saturated_rows());
        rows.extend(self.paced_rows());
        rows.extend(self.start_rows());
        rows.extend(self.memory_rows());
        rows.extend(self.chatbot_rows());
        Table {
            processors: processors(),
            rows,
            checked: vec![self.saturated.checked, self.paced.checked, self.started.checked],
        }
    }

    fn limit_rows(&self) -> Vec<Row> {
        let Limits { relay, commit } = &self.limits;
        vec![
            Row::told("raw relay: CPU a message", Some(relay.cpu_us), "us"),
            Row::told("raw relay: messages a second", Some(relay.per_second), ""),
            Row::told("raw group commit: CPU a row", Some(commit.cpu_us), "us"),
            Row::told("raw group commit: rows a second", Some(commit.per_second), ""),
            Row::told("raw commit at 1,000/s: p50", Some(commit.paced.p50_ms), "ms"),
            Row::told("raw commit at 1,000/s: p99", Some(commit.paced.p99_ms), "ms"),
        ]
    }

    fn saturated_rows(&self) -> Vec<Row> {
        let limit = self.limits.relay.cpu_us + self.limits.commit.cpu_us;
        let generator = self.saturated.generator_cpu_us;
        // As many as these processors could do if the server cost no more than relay and commit.
        let possible = processors() as f64 * 1e6 / (limit + generator);
        vec![
            Row::told("message: server CPU", self.saturated.server_cpu_us, "us")
                .against(limit)
                .reaching(Reach::TimesLimit(1.5)),
            Row::told("message: generator CPU", Some(generator), "us"),
            Row::told(
                "messages a second, stored and delivered",
                Some(self.saturated.messages_per_second),
                "",
            )
            .against(possible)
            .reaching(Reach::AtLeast(30_000.0)),
        ]
    }

    fn paced_rows(&self) -> Vec<Row> {
        let (paced, commit) = (&self.paced, &self.limits.commit.paced);
        vec![
            Row::told("message at 1,000/s: delivered, p50", Some(paced.delivered.p50_ms), "ms")
                .against(commit.p50_ms)
                .reaching(Reach::TimesLimit(3.0)),
            Row::told("message at 1,000/s: delivered, p99", Some(paced.delivered.p99_ms), "ms")
                .against(commit.p99_ms)
                .reaching(Reach::TimesLimit(3.0)),
            Row::told("  of which the generator wrote late, p99", Some(paced.written.p99_ms), "ms"),
            Row::told("message at 1,000/s: server CPU", paced.server_cpu_us, "us"),
        ]
    }

    fn start_rows(&self) -> Vec<Row> {
        let started = &self.started;
        vec![
            Row::told("start: server CPU", started.server_cpu_us, "us")
                .reaching(Reach::AtMost(200.0)),
            Row::told("start: answered, p50", Some(started.answered.p50_ms), "ms"),
            Row::told("start: answered, p99", Some(started.answered.p99_ms), "ms"),
            Row::told("start: at the operator, p99", Some(started.delivered.p99_ms), "ms"),
        ]
    }

    fn memory_rows(&self) -> Vec<Row> {
        let [few, more] = &self.idle;
        let each = |report: &idle::Report| {
            let measure = format!("connected visitor: memory ({} of them)", report.visitors);
            Row::told(&measure, report.each().map(|it| it / 1e3), "KB").reaching(Reach::AtMost(8.0))
        };
        let ready = self.ready_after.map(|it| it.as_secs_f64() * 1e3);
        let idle = self.idle_memory.map(|it| it as f64 / 1e6);
        vec![
            each(few),
            each(more),
            Row::told("idle server: memory", idle, "MB").reaching(Reach::AtMost(30.0)),
            Row::told("start to ready, empty database", ready, "ms").reaching(Reach::AtMost(200.0)),
        ]
    }

    fn chatbot_rows(&self) -> Vec<Row> {
        let chatbot = &self.chatbot;
        vec![
            Row::told("chatbot: CPU an input, 9 steps", Some(chatbot.input_us), "us"),
            Row::told("chatbot: CPU an input, 200 steps", Some(chatbot.large_input_us), "us"),
            Row::told("chatbot: analysis and flow, 200 steps", Some(chatbot.analysis_ms), "ms"),
        ]
    }
}
