//! Coverage for people: a table of the crates, then a list for each kind of gap.

use std::fmt::Write;

use comfy_table::CellAlignment;

use super::entries::{CrateEntry, Document, UnseenEntry};
use crate::command::columns;
use crate::report::sources::printable;

const COLUMNS: [&str; 8] =
    ["crate", "paths", "resolved", "external", "opaque", "unresolved", "macros", "problems"];

/// The table, and the lists that hold something.
pub(super) fn render(document: &Document<'_>) -> String {
    let mut text = table(&document.crates);
    if !document.problems.is_empty() {
        text.push_str("\nNot read, in whole or in part:\n");
        for problem in &document.problems {
            let place = format!("{}:{}:{}", problem.file, problem.line, problem.column);
            let _ = writeln!(text, "  {place}  {}", problem.message.replace('\n', " "));
        }
    }
    list(&mut text, "Macro calls that can't be seen through", &document.unseen_macros);
    list(&mut text, "Paths behind something that can't be seen through", &document.opaque_paths);
    list(&mut text, "Paths that are not resolved", &document.unresolved_paths);
    text.lines().map(|line| printable(line) + "\n").collect()
}

fn table(crates: &[CrateEntry<'_>]) -> String {
    let mut table = columns::table();
    table.set_header(COLUMNS);
    for krate in crates {
        table.add_row(row(krate.path, &figures(krate)));
    }
    let mut sums = [0; 7];
    for krate in crates {
        for (sum, figure) in sums.iter_mut().zip(figures(krate)) {
            *sum += figure;
        }
    }
    table.add_row(row("all", &sums));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    columns::lines(&mut table, "")
}

fn figures(krate: &CrateEntry<'_>) -> [u64; 7] {
    [
        krate.seen.into(),
        krate.resolved.into(),
        krate.external.into(),
        krate.opaque.into(),
        krate.unresolved.into(),
        krate.unseen_macros as u64,
        krate.problems as u64,
    ]
}

fn row(name: &str, figures: &[u64; 7]) -> Vec<String> {
    let figures = figures.iter().map(u64::to_string);
    std::iter::once(name.to_owned()).chain(figures).collect()
}

fn list(text: &mut String, title: &str, entries: &[UnseenEntry<'_>]) {
    if entries.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}:");
    for entry in entries {
        let place = format!("{}:{}:{}", entry.file, entry.line, entry.column);
        let _ = writeln!(text, "  {place}  {}  in {}", entry.written, entry.module);
    }
}
