//! The scenario `faults`: something breaks again and again while both sides write, and nothing may be lost.
//!
//! Each fault is a trial: conversations in which visitors and operators write at a given rate, through clients that come
//! back like browsers (`endurance`); so many rounds of the fault, each once the messages flow again; and at the end the
//! checker, as in every other scenario.

mod backing;
mod fault;
mod site;
mod small_disk;
mod strangers;
mod table;
mod trial;
mod wire;

use crate::command_line::FaultsOptions;
use crate::output::{self, note};
use anyhow::{Context, Result};
use fault::{Fault, Place};
use site::Site;
use table::Table;
use trial::Load;

/// Runs the faults that the options name and prints their table; whether every promise was kept.
pub async fn run(options: &FaultsOptions, json: bool) -> Result<bool> {
    let load = if options.short { Load::SHORT } else { Load::LONG };
    let wanted = |it: &Fault| match options.only.as_slice() {
        [] => !it.place().has_to_be_named(),
        names => names.iter().any(|name| name == it.name()),
    };
    let mut table = Table::default();
    for place in Place::ALL {
        let faults: Vec<_> = Fault::ALL.into_iter().filter(|it| it.place() == place).collect();
        let faults: Vec<_> = faults.into_iter().filter(wanted).collect();
        if faults.is_empty() {
            continue;
        }
        note(&format!("{}: getting ready", place.name()));
        let site =
            Site::open(place, &options.server, options.older.as_deref(), load.operators).await;
        let mut site = site.with_context(|| format!("cannot set up {}", place.name()))?;
        for fault in faults {
            note(&format!("{}: {}", place.name(), fault.told()));
            let row = trial::run(&mut site, fault, &load).await;
            table.rows.push(row.with_context(|| fault.name())?);
        }
    }
    output::report(&table, json)?;
    Ok(table.holds())
}
