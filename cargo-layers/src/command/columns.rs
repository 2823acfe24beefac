//! Tables for people: columns without rulers, two spaces apart.

use comfy_table::{Table, presets};

/// An empty table.
pub(super) fn table() -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table
}

/// The lines of a table, each with a line break at its end and `indent` in front.
pub(super) fn lines(table: &mut Table, indent: &str) -> String {
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let lines = table.lines().map(|line| indent.to_owned() + line.trim_end() + "\n");
    lines.collect()
}
