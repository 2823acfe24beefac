//! What a check may use.

use crate::table::Row;

/// CPU of a check by that of plain parsing, at most.
pub const RATIO: f64 = 2.0;

/// Peak memory by line of code, in KB: it stays below this.
pub const PER_LINE: f64 = 0.4;

/// What breaks the budget, one line each. Growth shows in that it holds at every size; the
/// sizes of real workspaces are too different for one number of bytes.
pub fn broken(rows: &[Row]) -> Vec<String> {
    let mut broken = Vec::new();
    for row in rows.iter().filter(|row| row.generated) {
        let (name, ratio, per_line) = (&row.name, row.ratio(), row.per_line());
        if ratio > RATIO {
            broken.push(format!("{name}: {ratio:.2} times the CPU of parsing, above {RATIO:.1}"));
        }
        if per_line >= PER_LINE {
            broken.push(format!("{name}: {per_line:.3} KB a line, not below {PER_LINE:.2} KB"));
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::measure::Usage;

    fn row(generated: bool, cpu: u64, memory: u64) -> Row {
        let wall = Duration::ZERO;
        let usage = |cpu| Usage { cpu: Duration::from_millis(cpu), wall, memory };
        Row {
            name: "one".to_owned(),
            generated,
            files: 1,
            lines: 1000,
            parse: usage(100),
            check: usage(cpu),
            cargo: usage(1),
        }
    }

    #[test]
    fn only_what_is_generated_has_a_budget_and_each_part_of_it_counts() {
        assert_eq!(broken(&[row(true, 200, 399_999), row(false, 900, 900_000)]), [""; 0]);
        let cpu = "one: 2.01 times the CPU of parsing, above 2.0";
        assert_eq!(broken(&[row(true, 201, 1)]), [cpu]);
        let memory = "one: 0.400 KB a line, not below 0.40 KB";
        assert_eq!(broken(&[row(true, 1, 400_000)]), [memory]);
        assert_eq!(broken(&[row(true, 201, 400_000)]), [cpu, memory]);
    }
}
