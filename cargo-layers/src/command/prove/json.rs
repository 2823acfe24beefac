//! What became of rules that were to be proved, for programs. `docs/prove.md` describes it.

use serde::Serialize;

use super::Report;
use crate::command::places::Places;
use crate::command::terminal;
use crate::prove::{Planted, Proof, Verdict};

/// 2: `proved-by-example`, and `example`.
const VERSION: u32 = 2;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    rules: Vec<RuleEntry<'a>>,
}

#[derive(Serialize)]
struct RuleEntry<'a> {
    rule: &'a str,
    verdict: &'static str,
    reason: Option<&'a str>,
    planted: Vec<PlantedEntry<'a>>,
    found: Option<&'a str>,
    example: Option<ExampleEntry<'a>>,
    accepted: bool,
    accepted_because: Option<&'a str>,
}

#[derive(Serialize)]
struct PlantedEntry<'a> {
    file: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct ExampleEntry<'a> {
    file: &'a str,
    line: usize,
}

/// The report.
pub(super) fn render(report: &Report, places: &Places) -> String {
    let rules = report.proofs.iter().map(|proof| entry(report, proof, places)).collect();
    terminal::json(&Document { version: VERSION, rules })
}

fn entry<'a>(report: &'a Report, proof: &'a Proof, places: &Places) -> RuleEntry<'a> {
    let (reason, planted, found): (_, &[Planted], _) = match &proof.verdict {
        Verdict::Proved { planted, finding } => (None, planted, Some(finding.message.as_str())),
        Verdict::ByExample { why: reason, .. }
        | Verdict::Vacuous(reason)
        | Verdict::Idle(reason)
        | Verdict::Unprovable(reason) => (Some(reason.as_str()), &[], None),
        Verdict::Survived(planted) => (None, planted, None),
    };
    let example = match &proof.verdict {
        Verdict::ByExample { example, .. } => {
            Some(ExampleEntry { file: &example.location.file, line: places.line(example, 1) })
        }
        _ => None,
    };
    let acceptance = report.acceptance(proof);
    RuleEntry {
        rule: &proof.rule,
        verdict: proof.verdict.word(),
        reason,
        planted: planted.iter().map(planted_entry).collect(),
        found,
        example,
        accepted: acceptance.is_some(),
        accepted_because: acceptance.and_then(Option::as_deref),
    }
}

fn planted_entry(planted: &Planted) -> PlantedEntry<'_> {
    PlantedEntry { file: &planted.file, text: &planted.text }
}
