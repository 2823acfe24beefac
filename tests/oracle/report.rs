//! The figures, and every miss and extra below its cause.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::ours::{Edge, Ours};
use crate::reference::{Form, Reference};
use crate::{extras, misses};

/// A file, and one that it refers to.
type Pair<'a> = (&'a str, &'a str);

/// The comparison as text. An error when the two have no file in common.
pub fn render(references: &[Reference], ours: &Ours) -> Result<String, String> {
    let any = pairs_of(references, |_| true);
    if !any.iter().any(|(from, _)| ours.knows(from)) {
        return Err("the checkout holds no file of these references".to_owned());
    }
    let mut text = String::new();
    let written = our_pairs(ours, false);
    text.push_str("Written paths\n");
    recall(&mut text, references, Form::Path, &written, ours);
    precision(&mut text, references, &any, &written, ours);

    let inferred = our_pairs(ours, true);
    text.push_str("\nInferred, against members\n");
    if inferred.is_empty() {
        text.push_str("  there are no inferred dependencies\n");
        return Ok(text);
    }
    recall(&mut text, references, Form::Member, &inferred, ours);
    let members = pairs_of(references, |form| form == Form::Member);
    precision(&mut text, references, &members, &inferred, ours);
    Ok(text)
}

fn pairs_of(references: &[Reference], wanted: impl Fn(Form) -> bool) -> BTreeSet<Pair<'_>> {
    references
        .iter()
        .filter(|reference| wanted(reference.form))
        .map(|reference| (reference.from.as_str(), reference.def.as_str()))
        .collect()
}

/// Our edges by the files they connect.
fn our_pairs(ours: &Ours, inferred: bool) -> BTreeMap<Pair<'_>, Vec<&Edge>> {
    let mut pairs: BTreeMap<Pair<'_>, Vec<&Edge>> = BTreeMap::new();
    for (from, edges) in &ours.edges {
        for edge in edges.iter().filter(|edge| edge.inferred == inferred) {
            if let Some(to) = edge.file.as_deref().filter(|to| to != from) {
                pairs.entry((from, to)).or_default().push(edge);
            }
        }
    }
    pairs
}

fn recall(
    text: &mut String,
    references: &[Reference],
    form: Form,
    ours_by_pair: &BTreeMap<Pair<'_>, Vec<&Edge>>,
    ours: &Ours,
) {
    let mut missed: BTreeMap<Pair<'_>, Vec<&Reference>> = BTreeMap::new();
    for reference in references.iter().filter(|reference| reference.form == form) {
        let pair = (reference.from.as_str(), reference.def.as_str());
        if !ours_by_pair.contains_key(&pair) {
            missed.entry(pair).or_default().push(reference);
        }
    }
    let all = pairs_of(references, |other| other == form).len();
    let mut by_cause: BTreeMap<misses::Cause, Vec<String>> = BTreeMap::new();
    for ((from, def), references) in &missed {
        // A pair counts as the worst of its references, the first of those.
        let explained = references.iter().rev().map(|reference| {
            let (cause, found) = misses::explain(ours, reference);
            (cause, reference, found)
        });
        let Some((cause, reference, found)) = explained.max_by_key(|(cause, ..)| *cause) else {
            continue;
        };
        let (line, column) = reference.place;
        let found = if found.is_empty() { found } else { format!("; ours: {found}") };
        by_cause.entry(cause).or_default().push(format!(
            "{from}:{line}:{} -> {def}: {} ({} in all){found}",
            column + 1,
            reference.symbol.trim_start_matches("rust-analyzer cargo "),
            references.len(),
        ));
    }
    let ambiguous = by_cause.get(&misses::Cause::AmbiguousSymbol).map_or(0, Vec::len);
    let found = all - missed.len();
    let _ = writeln!(text, "  recall: {}", share(found, all));
    let _ = writeln!(text, "  recall, ambiguous symbols aside: {}", share(found, all - ambiguous));
    for cause in misses::Cause::ALL {
        list(text, "missed", cause.words(), by_cause.get(&cause));
    }
}

fn precision(
    text: &mut String,
    references: &[Reference],
    oracle: &BTreeSet<Pair<'_>>,
    ours_by_pair: &BTreeMap<Pair<'_>, Vec<&Edge>>,
    ours: &Ours,
) {
    let mut by_file: BTreeMap<&str, Vec<&Reference>> = BTreeMap::new();
    for reference in references {
        by_file.entry(&reference.from).or_default().push(reference);
    }
    let mut by_cause: BTreeMap<extras::Cause, Vec<String>> = BTreeMap::new();
    let mut right = 0;
    for (pair, edges) in ours_by_pair {
        if oracle.contains(pair) {
            right += 1;
            continue;
        }
        let here = by_file.get(pair.0).map_or(&[][..], Vec::as_slice);
        let explained = edges.iter().rev().map(|edge| (extras::explain(edge, ours, here), edge));
        let Some((cause, edge)) = explained.max_by_key(|(cause, _)| *cause) else { continue };
        let (line, column) = edge.start;
        let cfg = edge.cfg.as_ref().map_or(String::new(), |cfg| format!("; {cfg}"));
        by_cause.entry(cause).or_default().push(format!(
            "{}:{line}:{} -> {}: `{}` means {} ({} in all){cfg}",
            pair.0,
            column + 1,
            pair.1,
            edge.written,
            edge.path,
            edges.len(),
        ));
    }
    let unexplained = by_cause.get(&extras::Cause::Unexplained).map_or(0, Vec::len);
    let _ = writeln!(text, "  precision: {}", share(right, right + unexplained));
    for cause in extras::Cause::ALL {
        list(text, "extra", cause.words(), by_cause.get(&cause));
    }
}

fn list(text: &mut String, what: &str, cause: &str, lines: Option<&Vec<String>>) {
    let Some(lines) = lines else { return };
    let _ = writeln!(text, "  {} {what}: {cause}", lines.len());
    for line in lines {
        let _ = writeln!(text, "    {line}");
    }
}

/// `part of all pairs (per cent)`, rounded down so that 100 means all.
fn share(part: usize, all: usize) -> String {
    let hundredths = (part * 10_000).checked_div(all).unwrap_or(10_000);
    format!("{part} of {all} pairs ({}.{:02} %)", hundredths / 100, hundredths % 100)
}
