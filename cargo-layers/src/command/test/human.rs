//! What became of examples, for people: each that fails, as a difference between what its
//! marks say and what is found.

use std::collections::BTreeMap;
use std::fmt::Write;

use layers_rules::finding::Severity;
use layers_rules::suggest;

use crate::command::places::Places;
use crate::examples::marks::without_mark;
use crate::examples::{Difference, ExampleError, Failure, Outcome, Tested};
use crate::report::human::Style;
use crate::report::sources::printable;

/// The report.
pub(super) fn render(tested: &Tested, places: &Places, style: Style) -> String {
    let mut text = String::new();
    let mut failed = 0;
    for outcome in &tested.outcomes {
        if let Some(failure) = &outcome.failure {
            failed += 1;
            Shown { outcome, places, style }.failure(&mut text, failure);
        }
    }
    if !tested.without_examples.is_empty() {
        let note = style.severity(Severity::Note);
        let rules = &tested.without_examples;
        let have = if rules.len() == 1 { "rule has" } else { "rules have" };
        let _ = writeln!(
            text,
            "{note}note{note:#}: {} {have} no example: {}\n",
            rules.len(),
            suggest::list(rules)
        );
    }
    let count = tested.outcomes.len();
    let examples = if count == 1 { "example" } else { "examples" };
    let _ = writeln!(text, "{count} {examples}: {} pass, {failed} fail", count - failed);
    text
}

struct Shown<'a> {
    outcome: &'a Outcome,
    places: &'a Places,
    style: Style,
}

impl Shown<'_> {
    fn failure(&self, text: &mut String, failure: &Failure) {
        let kind = self.outcome.kind.word();
        let rule = &self.outcome.rule;
        let message = match failure {
            Failure::NotJudged(_) => format!("this {kind} example cannot be judged"),
            Failure::Differs(_) => {
                format!("what is found in this {kind} example is not what its marks say")
            }
            Failure::Unmarked => {
                format!("this bad example marks no line with `//~ {rule}`, and breaks nothing")
            }
            Failure::Vacuous(reason) => {
                format!("this good example proves nothing: in it {reason}")
            }
        };
        let (error, bold) = (self.style.severity(Severity::Error), self.style.bold());
        let _ = writeln!(text, "{error}error[{rule}]{error:#}{bold}: {message}{bold:#}");
        let link = self.style.link();
        let place = self.places.of(&self.outcome.snippet);
        let _ = writeln!(text, "  {link}{place}{link:#}");
        match failure {
            Failure::NotJudged(error) => self.mistake(text, error),
            Failure::Differs(differences) => self.difference(text, differences),
            Failure::Unmarked | Failure::Vacuous(_) => self.source(text, |_, _| false),
        }
        text.push('\n');
    }

    /// The lines of the example, but for those that `instead` shows in another way.
    fn source(&self, text: &mut String, mut instead: impl FnMut(&mut String, usize) -> bool) {
        for (index, content) in self.outcome.snippet.text.lines().enumerate() {
            let line = index + 1;
            if !instead(text, line) {
                self.line(text, ' ', line, content);
            }
        }
    }

    /// One line, with a sign of what is different there.
    fn line(&self, text: &mut String, sign: char, line: usize, content: &str) {
        let number = self.places.line(&self.outcome.snippet, line);
        let colour = match sign {
            '-' => self.style.severity(Severity::Error),
            '+' => self.style.note(),
            _ => anstyle::Style::new(),
        };
        let shown = format!("  {sign} {number:>4} │ {}", printable(content));
        let _ = writeln!(text, "{colour}{}{colour:#}", shown.trim_end());
    }

    fn mistake(&self, text: &mut String, error: &ExampleError) {
        let at = error.line();
        self.source(text, |text, line| {
            if at == Some(line) {
                let content = self.outcome.snippet.text.lines().nth(line - 1).unwrap_or_default();
                self.line(text, '>', line, content);
                self.remark(text, &error.to_string());
            }
            at == Some(line)
        });
        if at.is_none() {
            self.remark(text, &error.to_string());
        }
    }

    /// The example with the lines as they are, and as they would have to be.
    fn difference(&self, text: &mut String, differences: &[Difference]) {
        let differing: BTreeMap<usize, &Difference> = differences
            .iter()
            .filter(|difference| !difference.agrees())
            .filter_map(|difference| Some((difference.line?, difference)))
            .collect();
        self.source(text, |text, line| {
            let Some(difference) = differing.get(&line) else { return false };
            let content = self.outcome.snippet.text.lines().nth(line - 1).unwrap_or_default();
            self.line(text, '-', line, content);
            let bare = without_mark(content);
            let marks = vec![self.outcome.rule.as_str(); difference.messages.len()].join(", ");
            let wanted =
                if marks.is_empty() { bare.to_owned() } else { format!("{bare} //~ {marks}") };
            self.line(text, '+', line, &wanted);
            self.found(text, difference);
            true
        });
        for difference in differences.iter().filter(|it| !it.agrees() && it.line.is_none()) {
            self.remark(text, &format!("in `{}`, which the example leaves out:", difference.place));
            self.found(text, difference);
        }
    }

    fn found(&self, text: &mut String, difference: &Difference) {
        if difference.messages.is_empty() {
            self.remark(text, "nothing is found here");
        }
        for message in &difference.messages {
            self.remark(text, &format!("found: {message}"));
        }
        for path in &difference.unresolved {
            let remark = format!("`{path}` leads nowhere: nothing in the example is called so");
            self.remark(text, &remark);
        }
    }

    fn remark(&self, text: &mut String, remark: &str) {
        let dim = self.style.dim();
        for line in remark.lines() {
            let _ = writeln!(text, "         {dim}·{dim:#} {}", printable(line));
        }
    }
}
