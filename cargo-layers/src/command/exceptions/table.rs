//! The ledger for people.

use std::fmt::Write;

use comfy_table::CellAlignment;
use jiff::civil::Date;
use layers_rules::exceptions::LedgerEntry;

use super::{Totals, age_in_days};
use crate::command::columns;
use crate::report::Sources;
use crate::report::sources::printable;

const COLUMNS: [&str; 9] =
    ["rule", "kind", "findings", "covers", "since", "until", "owner", "reason", "place"];

/// One line for each exception, and one that sums them up.
pub(super) fn render(entries: &[&LedgerEntry], sources: &Sources, today: Date) -> String {
    let mut text = String::new();
    if !entries.is_empty() {
        let mut table = columns::table();
        table.set_header(COLUMNS);
        for entry in entries {
            table.add_row(row(entry, sources, today));
        }
        if let Some(figures) = table.column_mut(2) {
            figures.set_cell_alignment(CellAlignment::Right);
        }
        text.extend(columns::lines(&mut table, "").lines().map(|line| printable(line) + "\n"));
        text.push('\n');
    }
    let _ = writeln!(text, "{}", totals(&Totals::of(entries), entries.len()));
    text
}

fn row(entry: &LedgerEntry, sources: &Sources, today: Date) -> [String; 9] {
    let findings = match entry.findings {
        _ if entry.expired => "expired".to_owned(),
        None => "not judged".to_owned(),
        Some(0) => "none".to_owned(),
        Some(findings) => findings.to_string(),
    };
    let since = entry.since.map(|since| match age_in_days(since, today) {
        1 => format!("{since} (1 day)"),
        days => format!("{since} ({days} days)"),
    });
    let location = &entry.location;
    [
        entry.rule.clone(),
        entry.kind.to_string(),
        findings,
        or_dash(Some(&entry.subject)),
        or_dash(since.as_deref()),
        or_dash(entry.until.map(|until| until.to_string()).as_deref()),
        or_dash(entry.owner.as_deref()),
        or_dash(entry.reason.as_deref()),
        format!("{}:{}", location.file, sources.range(location).start.line),
    ]
}

/// `text` as one line, or a dash where it says nothing.
fn or_dash(text: Option<&str>) -> String {
    let words: Vec<&str> = text.unwrap_or_default().split_whitespace().collect();
    if words.is_empty() { "-".to_owned() } else { words.join(" ") }
}

fn totals(totals: &Totals, all: usize) -> String {
    let noun = if all == 1 { "exception" } else { "exceptions" };
    let covered = if totals.findings == 1 { "finding" } else { "findings" };
    let Totals { config, inline, baseline, findings, expired, unused, without_owner } = totals;
    format!(
        "{all} {noun}: {config} config, {inline} inline, {baseline} baseline · {findings} {covered} covered · {expired} expired, {unused} unused, {without_owner} without owner"
    )
}
