//! What became of examples, for programs. `docs/examples.md` describes it.

use serde::Serialize;

use crate::command::places::Places;
use crate::command::terminal;
use crate::examples::{Difference, Failure, Outcome, Tested};

const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    examples: Vec<ExampleEntry<'a>>,
    without_examples: &'a [String],
    summary: SummaryEntry,
}

#[derive(Serialize)]
struct ExampleEntry<'a> {
    rule: &'a str,
    kind: &'static str,
    file: &'a str,
    line: usize,
    outcome: &'static str,
    message: Option<String>,
    places: Vec<PlaceEntry<'a>>,
}

#[derive(Serialize)]
struct PlaceEntry<'a> {
    line: Option<usize>,
    place: &'a str,
    expected: usize,
    found: &'a [String],
    unresolved: &'a [String],
}

#[derive(Serialize)]
struct SummaryEntry {
    passed: usize,
    failed: usize,
}

/// The report.
pub(super) fn render(tested: &Tested, places: &Places) -> String {
    let failed = tested.outcomes.iter().filter(|outcome| outcome.failure.is_some()).count();
    terminal::json(&Document {
        version: VERSION,
        examples: tested.outcomes.iter().map(|outcome| entry(outcome, places)).collect(),
        without_examples: &tested.without_examples,
        summary: SummaryEntry { passed: tested.outcomes.len() - failed, failed },
    })
}

fn entry<'a>(outcome: &'a Outcome, places: &Places) -> ExampleEntry<'a> {
    let (word, message, line, differences): (_, _, _, &[Difference]) = match &outcome.failure {
        None => ("passed", None, None, &[]),
        Some(Failure::NotJudged(error)) => {
            ("not-judged", Some(error.to_string()), error.line(), &[])
        }
        Some(Failure::Differs(differences)) => ("differs", None, None, differences),
        Some(Failure::Unmarked) => ("unmarked", None, None, &[]),
        Some(Failure::Vacuous(reason)) => ("vacuous", Some(reason.clone()), None, &[]),
    };
    let place = |difference: &'a Difference| PlaceEntry {
        line: difference.line.map(|line| places.line(&outcome.snippet, line)),
        place: &difference.place,
        expected: difference.expected,
        found: &difference.messages,
        unresolved: &difference.unresolved,
    };
    ExampleEntry {
        rule: &outcome.rule,
        kind: outcome.kind.word(),
        file: &outcome.snippet.location.file,
        line: places.line(&outcome.snippet, line.unwrap_or(1)),
        outcome: word,
        message,
        places: differences.iter().map(place).collect(),
    }
}
