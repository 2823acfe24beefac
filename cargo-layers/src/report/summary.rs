//! The figures of a run.

use std::fmt::{self, Write};
use std::time::Duration;

use layers_rules::check::{Excepted, Report, RuleOutcome, Subtraction};
use layers_rules::facts::{Coverage, Facts};
use layers_rules::finding::Severity;

use super::sources::printable;

/// What a run looked at and how its rules fared.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The rules that were checked, sorted by id.
    pub rules: Vec<RuleOutcome>,
    /// How many rules were left to tests in Rust.
    pub left_to_rust: usize,
    /// Modules that belong to a layer.
    pub governed_modules: usize,
    /// Modules that belong to none.
    pub ungoverned_modules: usize,
    /// Findings that exceptions have taken away.
    pub excepted: Excepted,
    /// How the baseline compares with what was found.
    pub baseline: Subtraction,
    /// What was left out because it is older than the change that was asked about.
    pub since: Option<Since>,
    /// Paths that were seen.
    pub paths: Paths,
    /// How long the run took. Only people are told: it differs from run to run.
    pub elapsed: Duration,
}

/// A change of the workspace, to which a run confines itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// The branch, tag or commit that was asked for.
    pub revision: String,
    /// Full id of the commit in which the workspace departed from it.
    pub commit: String,
    /// How many findings were there already.
    pub left_out: usize,
}

/// How many paths were seen in source code, and what became of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Paths {
    /// All of them; the figures below add up to it.
    pub seen: u64,
    /// Those that lead to something in the workspace.
    pub resolved: u64,
    /// Those that lead out of the workspace.
    pub external: u64,
    /// Those that stay in the workspace but end behind something that cannot be seen
    /// through, such as the output of a macro.
    pub opaque: u64,
    /// Those that lead nowhere although nothing hides it.
    pub unresolved: u64,
}

impl Summary {
    /// The figures of a run that took `elapsed`.
    #[must_use]
    pub fn new(report: &Report, facts: &Facts, elapsed: Duration) -> Self {
        Self {
            rules: report.rules.clone(),
            left_to_rust: report.left_to_rust,
            governed_modules: report.governed_modules,
            ungoverned_modules: report.ungoverned_modules,
            excepted: report.excepted,
            baseline: report.subtraction,
            since: None,
            paths: facts.coverage.iter().copied().collect(),
            elapsed,
        }
    }

    /// All of it on one line, but for the time the run took.
    #[must_use]
    pub fn figures(&self) -> String {
        format!(
            "{} {} kept, {} broken{}{} · {}{} {} governed, {} not · {}",
            self.kept(),
            if self.kept() == 1 { "rule" } else { "rules" },
            self.broken(),
            self.with_notes(),
            self.left(),
            self.passed_over(),
            grouped(self.governed_modules as u64),
            if self.governed_modules == 1 { "module" } else { "modules" },
            grouped(self.ungoverned_modules as u64),
            self.paths,
        )
    }

    /// How many rules found something that weighs more than a note.
    #[must_use]
    pub fn broken(&self) -> usize {
        self.rules.iter().filter(|rule| rule.findings > 0).count() - self.noted()
    }

    /// How many rules that only note found something.
    #[must_use]
    pub fn noted(&self) -> usize {
        let notes = self.rules.iter().filter(|rule| rule.severity == Severity::Note);
        notes.filter(|rule| rule.findings > 0).count()
    }

    /// How many rules found nothing.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.rules.iter().filter(|rule| rule.findings == 0).count()
    }

    /// The rules that only note and found something, in words; nothing where there are none.
    fn with_notes(&self) -> String {
        match self.noted() {
            0 => String::new(),
            noted => format!(", {noted} with notes"),
        }
    }

    /// The rules that were not judged here, in words; nothing where there are none.
    fn left(&self) -> String {
        match self.left_to_rust {
            0 => String::new(),
            left => format!(", {left} left to Rust tests"),
        }
    }

    /// The findings that were not told, in words; nothing where there are none.
    fn passed_over(&self) -> String {
        let by_hand = (self.excepted.config + self.excepted.inline) as u64;
        let mut text = String::new();
        let older = self.since.as_ref().map_or(0, |since| since.left_out as u64);
        let revision = self.since.as_ref().map(|since| printable(&since.revision));
        let older_than = format!("older than {}", revision.unwrap_or_default());
        for (figure, what) in [
            (by_hand, "excepted"),
            (self.excepted.baseline as u64, "in the baseline"),
            (older, older_than.as_str()),
        ] {
            if figure > 0 {
                let gap = if text.is_empty() { "" } else { ", " };
                let _ = write!(text, "{gap}{} {what}", grouped(figure));
            }
        }
        if text.is_empty() { text } else { text + " · " }
    }

    /// What to do about the baseline, where there is something to do.
    #[must_use]
    pub fn advice(&self) -> Option<String> {
        let (what, those) = match self.baseline.fixed {
            0 => return None,
            1 => ("1 finding of the baseline is".to_owned(), "it"),
            fixed => (format!("{} findings of the baseline are", grouped(fixed as u64)), "them"),
        };
        Some(format!("{what} fixed: run `cargo layers baseline` to take {those} away"))
    }
}

impl FromIterator<Coverage> for Paths {
    fn from_iter<I: IntoIterator<Item = Coverage>>(coverages: I) -> Self {
        coverages.into_iter().fold(Self::default(), |sum, coverage| Self {
            seen: sum.seen + u64::from(coverage.seen),
            resolved: sum.resolved + u64::from(coverage.resolved),
            external: sum.external + u64::from(coverage.external),
            opaque: sum.opaque + u64::from(coverage.opaque),
            unresolved: sum.unresolved + u64::from(coverage.unresolved),
        })
    }
}

impl Paths {
    /// The unresolved ones among those that stay inside the workspace, in hundredths of
    /// a per cent, rounded up so that zero means none.
    fn unresolved_basis_points(self) -> u64 {
        let inside = self.resolved + self.opaque + self.unresolved;
        if inside == 0 { 0 } else { (self.unresolved * 10_000).div_ceil(inside) }
    }
}

impl fmt::Display for Paths {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = self.unresolved_basis_points();
        write!(
            formatter,
            "{} {} seen, {} unresolved ({}.{:02} %)",
            grouped(self.seen),
            if self.seen == 1 { "path" } else { "paths" },
            grouped(self.unresolved),
            share / 100,
            share % 100,
        )?;
        if self.opaque > 0 {
            write!(formatter, ", {} opaque", grouped(self.opaque))?;
        }
        Ok(())
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} · {:.2} s", self.figures(), self.elapsed.as_secs_f64())
    }
}

/// `number` with a comma between groups of three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        let shown: Vec<String> = [0, 12, 123, 1234, 123_456, 1_234_567].map(grouped).into();
        assert_eq!(shown, ["0", "12", "123", "1,234", "123,456", "1,234,567"]);
    }

    #[test]
    fn what_is_passed_over_is_told() {
        let summary = |config, inline, baseline, fixed| Summary {
            excepted: Excepted { config, inline, baseline },
            baseline: Subtraction { fixed, moved: 0 },
            ..Summary::default()
        };
        assert_eq!(summary(0, 0, 0, 0).passed_over(), "");
        assert_eq!(summary(1, 2, 0, 0).passed_over(), "3 excepted · ");
        assert_eq!(summary(0, 1, 1234, 0).passed_over(), "1 excepted, 1,234 in the baseline · ");
        assert!(
            summary(0, 0, 7, 0).to_string().contains(" broken · 7 in the baseline · 0 modules")
        );
        let left = Summary { left_to_rust: 2, ..Summary::default() }.to_string();
        assert!(left.starts_with("0 rules kept, 0 broken, 2 left to Rust tests · "), "{left}");
        assert_eq!(summary(0, 0, 7, 0).advice(), None);
        let advice = |fixed| summary(0, 0, 0, fixed).advice().unwrap_or_default();
        assert!(advice(1).starts_with("1 finding of the baseline is fixed: "));
        assert!(advice(1000).starts_with("1,000 findings of the baseline are fixed: "));
    }

    #[test]
    fn notes_break_no_rule() {
        let rule = |severity, findings| RuleOutcome { id: String::new(), severity, findings };
        let rules = vec![
            rule(Severity::Note, 0),
            rule(Severity::Note, 2),
            rule(Severity::Warn, 1),
            rule(Severity::Error, 3),
        ];
        let summary = Summary { rules, ..Summary::default() };
        assert!(summary.figures().starts_with("1 rule kept, 2 broken, 1 with notes · "));
    }

    #[test]
    fn the_share_is_of_paths_that_stay_inside() {
        let paths =
            Paths { seen: 48_120, resolved: 29_988, external: 18_120, opaque: 0, unresolved: 12 };
        assert_eq!(paths.to_string(), "48,120 paths seen, 12 unresolved (0.04 %)");
        let opaque = Paths { seen: 1, opaque: 1, ..Paths::default() };
        assert_eq!(opaque.to_string(), "1 path seen, 0 unresolved (0.00 %), 1 opaque");
        assert_eq!(Paths::default().to_string(), "0 paths seen, 0 unresolved (0.00 %)");
    }

    #[test]
    fn a_share_above_zero_never_reads_as_zero() {
        let paths =
            Paths { seen: 2_000_000, resolved: 1_999_999, unresolved: 1, ..Paths::default() };
        assert_eq!(paths.to_string(), "2,000,000 paths seen, 1 unresolved (0.01 %)");
    }

    #[test]
    fn coverage_is_added_up() {
        let one = Coverage { seen: 10, resolved: 4, external: 3, opaque: 2, unresolved: 1 };
        let paths: Paths = [one, one].into_iter().collect();
        assert_eq!(paths, Paths { seen: 20, resolved: 8, external: 6, opaque: 4, unresolved: 2 });
    }
}
