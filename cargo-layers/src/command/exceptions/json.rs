//! The ledger for programs. `docs/exceptions.md` describes it.

use jiff::civil::Date;
use layers_rules::exceptions::{ExceptionKind, LedgerEntry};
use serde::Serialize;

use super::{Totals, age_in_days};
use crate::command::terminal;
use crate::report::Sources;

/// Version of the JSON document; a new field is no new version.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    exceptions: Vec<Entry<'a>>,
    totals: Totals,
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    kind: ExceptionKind,
    file: &'a str,
    line: u32,
    column: u32,
    covers: &'a str,
    reason: Option<&'a str>,
    owner: Option<&'a str>,
    since: Option<String>,
    age_in_days: Option<i32>,
    until: Option<String>,
    expired: bool,
    findings: Option<usize>,
    needed: Option<bool>,
}

pub(super) fn render(entries: &[&LedgerEntry], sources: &Sources, today: Date) -> String {
    terminal::json(&Document {
        version: VERSION,
        exceptions: entries.iter().map(|entry| of(entry, sources, today)).collect(),
        totals: Totals::of(entries),
    })
}

fn of<'a>(entry: &'a LedgerEntry, sources: &Sources, today: Date) -> Entry<'a> {
    let start = sources.range(&entry.location).start;
    Entry {
        rule: &entry.rule,
        kind: entry.kind,
        file: &entry.location.file,
        line: start.line,
        column: start.column,
        covers: &entry.subject,
        reason: entry.reason.as_deref(),
        owner: entry.owner.as_deref(),
        since: entry.since.map(|date| date.to_string()),
        age_in_days: entry.since.map(|since| age_in_days(since, today)),
        until: entry.until.map(|date| date.to_string()),
        expired: entry.expired,
        findings: entry.findings,
        needed: entry.is_needed(),
    }
}
