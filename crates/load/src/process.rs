//! What a process has used, as the system tells it in /proc.

use anyhow::{Context, Result};
use std::fs;
use std::time::Duration;

/// Linux counts processor time for programs in hundredths of a second, whatever its own clock is.
const TICK: Duration = Duration::from_millis(10);

/// A process of this computer.
#[derive(Clone, Copy, Debug)]
pub struct Process(pub u32);

impl Process {
    /// This program.
    pub fn own() -> Self {
        Self(std::process::id())
    }

    /// Processor time that it has used, in user and kernel mode.
    pub fn cpu(self) -> Result<Duration> {
        let stat = self.read("stat")?;
        cpu_of(&stat).with_context(|| format!("/proc/{}/stat cannot be understood", self.0))
    }

    /// Memory that it would free by ending (PSS: shared pages count in parts), in bytes.
    pub fn memory(self) -> Result<u64> {
        let rollup = self.read("smaps_rollup")?;
        memory_of(&rollup)
            .with_context(|| format!("/proc/{}/smaps_rollup cannot be understood", self.0))
    }

    fn read(self, file: &str) -> Result<String> {
        let path = format!("/proc/{}/{file}", self.0);
        fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))
    }
}

/// Processor time that the calling thread has used.
pub fn thread_cpu() -> Result<Duration> {
    let path = "/proc/thread-self/schedstat";
    let stat = fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
    let nanos = stat.split(' ').next().and_then(|it| it.parse().ok());
    nanos.map(Duration::from_nanos).with_context(|| format!("{path} cannot be understood"))
}

/// Processors that this program may use.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn cpu_of(stat: &str) -> Option<Duration> {
    // The name stands in parentheses and may hold blanks and parentheses itself.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    Some(TICK * (user + system))
}

fn memory_of(rollup: &str) -> Option<u64> {
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_user_and_system() {
        let stat = "12 (a) b (c) S 1 12 12 0 -1 4194560 500 0 0 0 250 150 0 0 20 0 4 0 99 1 2";
        assert_eq!(cpu_of(stat), Some(Duration::from_secs(4)));
        assert_eq!(cpu_of("nonsense"), None);
    }

    #[test]
    fn memory_is_the_proportional_share() {
        let rollup = "00400000-7ffe [rollup]\nRss:  9000 kB\nPss:    1234 kB\nPss_Dirty: 5 kB\n";
        assert_eq!(memory_of(rollup), Some(1234 * 1024));
        assert_eq!(memory_of("Rss: 1 kB"), None);
    }

    #[test]
    fn this_process_can_be_read() {
        assert!(Process::own().cpu().is_ok());
        assert!(Process::own().memory().is_ok_and(|bytes| bytes > 0));
        assert!(thread_cpu().is_ok());
    }
}
