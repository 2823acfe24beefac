//! What became of rules that were to be proved, for programs. `docs/prove.md` describes it.

use serde::Serialize;

use super::Report;
use crate::command::terminal;
use crate::prove::{Planted, Proof, Verdict};

const VERSION: u32 = 1;

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
    accepted: bool,
    accepted_because: Option<&'a str>,
}

#[derive(Serialize)]
struct PlantedEntry<'a> {
    file: &'a str,
    text: &'a str,
}

/// The report.
pub(super) fn render(report: &Report) -> String {
    let rules = report.proofs.iter().map(|proof| entry(report, proof)).collect();
    terminal::json(&Document { version: VERSION, rules })
}

fn entry<'a>(report: &'a Report, proof: &'a Proof) -> RuleEntry<'a> {
    let (reason, planted, found): (_, &[Planted], _) = match &proof.verdict {
        Verdict::Proved { planted, finding } => (None, planted, Some(finding.message.as_str())),
        Verdict::Vacuous(reason) | Verdict::Idle(reason) | Verdict::Unprovable(reason) => {
            (Some(reason.as_str()), &[], None)
        }
        Verdict::Survived(planted) => (None, planted, None),
    };
    let acceptance = report.acceptance(proof);
    RuleEntry {
        rule: &proof.rule,
        verdict: proof.verdict.word(),
        reason,
        planted: planted.iter().map(planted_entry).collect(),
        found,
        accepted: acceptance.is_some(),
        accepted_because: acceptance.and_then(Option::as_deref),
    }
}

fn planted_entry(planted: &Planted) -> PlantedEntry<'_> {
    PlantedEntry { file: &planted.file, text: &planted.text }
}
