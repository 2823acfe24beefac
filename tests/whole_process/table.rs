//! The measurements as a Markdown table.

use std::fmt::Write as _;

use crate::measure::Usage;

/// One workspace and its measurements.
pub struct Row {
    /// What it is called.
    pub name: String,
    /// Whether it was generated, and so has to keep within the budget.
    pub generated: bool,
    /// Files read.
    pub files: usize,
    /// Lines in them.
    pub lines: usize,
    /// Plain parsing.
    pub parse: Usage,
    /// The whole check.
    pub check: Usage,
    /// What Cargo alone uses to describe the workspace, which is part of the check.
    pub cargo: Usage,
}

impl Row {
    /// CPU of the check by that of parsing.
    pub fn ratio(&self) -> f64 {
        self.check.cpu.as_secs_f64() / self.parse.cpu.as_secs_f64()
    }

    /// Peak memory by line, in KB.
    pub fn per_line(&self) -> f64 {
        float(self.check.memory) / 1e3 / float(self.lines as u64)
    }
}

const LEGEND: &str = "
parse: `syn::parse_file` of the same files on one thread. check: a cold `cargo-layers layers
check`, the call of `cargo metadata` in it included. ratio: CPU of the check by CPU of
parsing (goal: at most 2.0). per 1000 lines: CPU of the check (goal: the same for every
size). peak memory: the larger of our process and Cargo's. per line: peak memory by line
(goal: below 0.4 KB, where ours is the larger). The quickest of several runs counts.
";

/// The table, with what it is to show written below it.
pub fn render(rows: &[Row]) -> String {
    let mut text = String::from(
        "| workspace | files | lines | parse CPU | check CPU | of it Cargo | ratio | per 1000 lines \
         | check wall | peak memory | Cargo's own | per line |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for row in rows {
        let Row { name, files, lines, parse, check, cargo, .. } = row;
        let [parse_cpu, check_cpu, cargo_cpu] =
            [parse, check, cargo].map(|usage| usage.cpu.as_secs_f64());
        let thousands = float(*lines as u64) / 1e3;
        let _ = writeln!(
            text,
            "| {name} | {files} | {lines} | {parse_cpu:.3} s | {check_cpu:.3} s \
             | {cargo_cpu:.3} s | {:.2} | {:.2} ms | {:.3} s | {:.1} MB | {:.1} MB | {:.3} KB |",
            row.ratio(),
            check_cpu * 1e3 / thousands,
            check.wall.as_secs_f64(),
            float(check.memory) / 1e6,
            float(cargo.memory) / 1e6,
            row.per_line(),
        );
    }
    text.push_str(LEGEND);
    text
}

#[expect(clippy::cast_precision_loss, reason = "shown with three digits")]
fn float(number: u64) -> f64 {
    number as f64
}
