//! The measurements as a Markdown table.

use std::fmt::Write as _;

use crate::measure::Usage;

/// One workspace and its measurements.
pub struct Row {
    /// What it is called.
    pub name: String,
    /// Files read.
    pub files: usize,
    /// Lines in them.
    pub lines: usize,
    /// Plain parsing.
    pub parse: Usage,
    /// The whole check.
    pub check: Usage,
}

/// The table, with what it is to show written below it.
pub fn render(rows: &[Row]) -> String {
    let mut text = String::from(
        "| workspace | files | lines | parse CPU | check CPU | ratio | check wall | \
         peak memory | per line |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for row in rows {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {:.3} s | {:.3} s | {:.2} | {:.3} s | {:.1} MB | {:.3} KB |",
            row.name,
            row.files,
            row.lines,
            row.parse.cpu.as_secs_f64(),
            row.check.cpu.as_secs_f64(),
            row.check.cpu.as_secs_f64() / row.parse.cpu.as_secs_f64(),
            row.check.wall.as_secs_f64(),
            float(row.check.memory) / 1e6,
            float(row.check.memory) / 1e3 / float(row.lines as u64),
        );
    }
    text.push_str(
        "\nparse: `syn::parse_file` of the same files on one thread. ratio: CPU of the check, \
         Cargo's metadata included, by CPU of parsing (goal: at most 2.0). per line: peak \
         memory of the check by line (goal: below 0.4 KB). The quickest of several runs \
         counts.\n",
    );
    text
}

#[expect(clippy::cast_precision_loss, reason = "shown with three digits")]
fn float(number: u64) -> f64 {
    number as f64
}
