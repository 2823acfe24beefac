//! Coverage in the shape that is shown. `docs/show.md` describes the JSON.

use std::collections::BTreeMap;

use layers_rules::facts::{Coverage, FileId, ModuleId, Span};
use layers_rules::finding::{Finding, Severity};
use layers_rules::names::Name;
use serde::Serialize;

use crate::report::places::Places;

/// Version of the JSON document; a new field is no new version.
const VERSION: u32 = 1;

/// Everything there is to say.
#[derive(Serialize)]
pub(super) struct Document<'a> {
    version: u32,
    pub(super) crates: Vec<CrateEntry<'a>>,
    pub(super) problems: Vec<ProblemEntry<'a>>,
    pub(super) unseen_macros: Vec<UnseenEntry<'a>>,
    pub(super) unresolved_paths: Vec<UnseenEntry<'a>>,
    pub(super) opaque_paths: Vec<UnseenEntry<'a>>,
}

/// The figures of one crate.
#[derive(Serialize)]
pub(super) struct CrateEntry<'a> {
    #[serde(rename = "crate")]
    pub(super) path: &'a str,
    pub(super) package: &'a str,
    pub(super) seen: u32,
    pub(super) resolved: u32,
    pub(super) external: u32,
    pub(super) opaque: u32,
    pub(super) unresolved: u32,
    pub(super) unseen_macros: usize,
    pub(super) problems: usize,
}

/// A file that could not be read, in whole or in part.
#[derive(Serialize)]
pub(super) struct ProblemEntry<'a> {
    pub(super) rule: &'a str,
    severity: Severity,
    pub(super) message: &'a str,
    pub(super) file: &'a str,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// A path that is not known to mean anything, or a macro that can't be seen through.
#[derive(Serialize)]
pub(super) struct UnseenEntry<'a> {
    #[serde(rename = "crate")]
    krate: &'a str,
    pub(super) module: String,
    pub(super) written: &'a str,
    pub(super) file: &'a str,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// The coverage of a workspace; `issues` are sorted.
pub(super) fn of<'a>(places: &Places<'a>, issues: &'a [Finding]) -> Document<'a> {
    let facts = places.facts;
    let crate_of = |module: ModuleId| facts.modules[module.index()].crate_id.index();
    let mut crates: Vec<CrateEntry<'_>> = facts
        .crates
        .iter()
        .zip(&facts.coverage)
        .map(|(krate, coverage)| {
            let Coverage { seen, resolved, external, opaque, unresolved } = *coverage;
            CrateEntry {
                path: facts.names.text(krate.display),
                package: facts.names.text(facts.packages[krate.package.index()].name),
                seen,
                resolved,
                external,
                opaque,
                unresolved,
                unseen_macros: 0,
                problems: 0,
            }
        })
        .collect();
    for call in &facts.unseen_macros {
        crates[crate_of(call.from)].unseen_macros += 1;
    }
    count_problems(places, issues, &mut crates);
    crates.sort_by_key(|krate| krate.path);

    let unseen = |opaque: bool| {
        let paths = facts.unseen.iter().filter(move |path| path.opaque == opaque);
        paths.map(|path| entry(places, path.from, path.written, path.file, path.span))
    };
    let calls = facts.unseen_macros.iter();
    Document {
        version: VERSION,
        crates,
        problems: issues.iter().map(|issue| problem(places, issue)).collect(),
        unseen_macros: sorted(
            calls.map(|call| entry(places, call.from, call.written, call.file, call.span)),
        ),
        unresolved_paths: sorted(unseen(false)),
        opaque_paths: sorted(unseen(true)),
    }
}

/// A file that belongs to several crates counts in each.
fn count_problems(places: &Places<'_>, issues: &[Finding], crates: &mut [CrateEntry<'_>]) {
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for module in &places.facts.modules {
        let crates = members.entry(places.file(module.file)).or_default();
        if !crates.contains(&module.crate_id.index()) {
            crates.push(module.crate_id.index());
        }
    }
    for issue in issues {
        for krate in members.get(issue.primary.location.file.as_str()).into_iter().flatten() {
            crates[*krate].problems += 1;
        }
    }
}

fn problem<'a>(places: &Places<'a>, issue: &'a Finding) -> ProblemEntry<'a> {
    let location = &issue.primary.location;
    let start = places.position(location);
    ProblemEntry {
        rule: &issue.rule,
        severity: issue.severity,
        message: &issue.message,
        file: &location.file,
        line: start.line,
        column: start.column,
    }
}

fn entry<'a>(
    places: &Places<'a>,
    from: ModuleId,
    written: Name,
    file: FileId,
    span: Span,
) -> UnseenEntry<'a> {
    let facts = places.facts;
    let start = places.start(file, span);
    UnseenEntry {
        krate: facts.crate_name(facts.modules[from.index()].crate_id),
        module: facts.module_path(from),
        written: facts.names.text(written),
        file: places.file(file),
        line: start.line,
        column: start.column,
    }
}

fn sorted<'a>(entries: impl Iterator<Item = UnseenEntry<'a>>) -> Vec<UnseenEntry<'a>> {
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by(|a, b| {
        (a.file, a.line, a.column, &a.module).cmp(&(b.file, b.line, b.column, &b.module))
    });
    entries
}
