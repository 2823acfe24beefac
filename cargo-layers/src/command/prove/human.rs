//! What became of rules that were to be proved, for people.

use std::fmt::Write;

use layers_rules::finding::Severity;

use super::Report;
use crate::command::places::Places;
use crate::prove::{Planted, Proof, Verdict};
use crate::report::human::Style;
use crate::report::sources::printable;

/// The report.
pub(super) fn render(report: &Report, places: &Places, style: Style) -> String {
    let mut text = String::new();
    for proof in &report.proofs {
        rule(&mut text, report, proof, places, style);
    }
    if !report.proofs.is_empty() {
        text.push('\n');
    }
    let count =
        |is: fn(&Verdict) -> bool| report.proofs.iter().filter(|proof| is(&proof.verdict)).count();
    let all = report.proofs.len();
    let accepted = report
        .proofs
        .iter()
        .filter(|proof| !proof.verdict.is_settled() && report.acceptance(proof).is_some())
        .count();
    let _ = write!(
        text,
        "{all} {}: {} proved, {} survived, {} vacuous, {} unprovable",
        if all == 1 { "rule" } else { "rules" },
        count(Verdict::is_proved),
        count(|verdict| matches!(verdict, Verdict::Survived(_))),
        count(|verdict| matches!(verdict, Verdict::Vacuous(_))),
        count(|verdict| matches!(verdict, Verdict::Unprovable(_))),
    );
    let by_example = count(|verdict| matches!(verdict, Verdict::ByExample { .. }));
    let idle = count(|verdict| matches!(verdict, Verdict::Idle(_)));
    if by_example > 0 {
        let _ = write!(text, "; {by_example} of the proved by an example");
    }
    if idle > 0 {
        let _ = write!(text, ", {idle} idle");
    }
    if accepted > 0 {
        let _ = write!(text, "; {accepted} of those accepted");
    }
    text.push('\n');
    text
}

fn rule(text: &mut String, report: &Report, proof: &Proof, places: &Places, style: Style) {
    // How it is proved stands below.
    let word = if proof.verdict.is_proved() { "proved" } else { proof.verdict.word() };
    let colour = match (&proof.verdict, report.fails(proof)) {
        (Verdict::Proved { .. } | Verdict::ByExample { .. }, _) => style.note(),
        (Verdict::Idle(_), _) => style.dim(),
        (_, true) => style.severity(Severity::Error),
        (_, false) => style.severity(Severity::Warn),
    };
    let bold = style.bold();
    let _ = writeln!(text, "{colour}{word:<10}{colour:#} {bold}{}{bold:#}", proof.rule);
    match &proof.verdict {
        Verdict::Proved { .. } => {}
        Verdict::ByExample { why, example } => {
            remark(text, &format!("by its example at {}: {why}", places.of(example)), style);
        }
        Verdict::Vacuous(reason) | Verdict::Idle(reason) | Verdict::Unprovable(reason) => {
            remark(text, reason, style);
        }
        Verdict::Survived(planted) => {
            remark(text, "it finds nothing of what was planted:", style);
            for planted in planted {
                plant(text, planted, style);
            }
        }
    }
    match (proof.verdict.is_settled(), report.acceptance(proof)) {
        (false, Some(Some(reason))) => remark(text, &format!("accepted: {reason}"), style),
        (false, Some(None)) => remark(text, "accepted on the command line", style),
        (true, Some(Some(_))) => {
            remark(text, "accepted under `[prove]`, which is not needed any more", style);
        }
        (true, Some(None)) | (_, None) => {}
    }
}

fn plant(text: &mut String, planted: &Planted, style: Style) {
    let link = style.link();
    let shown = planted.text.lines().next().unwrap_or_default();
    let more = if planted.text.lines().count() > 1 { " …" } else { "" };
    let _ = writeln!(
        text,
        "           {link}{}{link:#}   {}{more}",
        printable(&planted.file),
        printable(shown)
    );
}

fn remark(text: &mut String, remark: &str, style: Style) {
    let dim = style.dim();
    let _ = writeln!(text, "           {dim}{}{dim:#}", printable(remark));
}
