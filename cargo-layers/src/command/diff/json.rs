//! The comparison as JSON. `docs/diff.md` describes it.

use layers_rules::drift::{Change, Direction, Edge, EdgeDrift, Level};
use layers_rules::finding::{Finding, Location, Severity};
use serde::Serialize;

use super::super::terminal;
use super::compare::Drift;
use crate::report::Sources;

/// Version of the format. It grows when a reader of the version before would no longer
/// understand what it reads; a new field is no such change.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    since: Since<'a>,
    packages: Packages<'a>,
    edges: LevelEntries<'a>,
    violations: Violations<'a>,
    policy: Vec<ChangeEntry<'a>>,
}

#[derive(Serialize)]
struct Since<'a> {
    revision: &'a str,
    commit: &'a str,
}

#[derive(Serialize)]
struct Packages<'a> {
    new: &'a [String],
    gone: &'a [String],
}

#[derive(Serialize)]
struct LevelEntries<'a> {
    layers: EdgeEntries<'a>,
    crates: EdgeEntries<'a>,
    modules: EdgeEntries<'a>,
}

#[derive(Default, Serialize)]
struct EdgeEntries<'a> {
    new: Vec<EdgeEntry<'a>>,
    gone: Vec<EdgeEntry<'a>>,
}

#[derive(Serialize)]
struct EdgeEntry<'a> {
    from: &'a str,
    to: &'a str,
    references: usize,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Violations<'a> {
    new: Vec<FindingEntry<'a>>,
    fixed: Vec<FindingEntry<'a>>,
    kept: usize,
}

#[derive(Serialize)]
struct FindingEntry<'a> {
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    fingerprint: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct ChangeEntry<'a> {
    direction: &'static str,
    about: &'static str,
    name: &'a str,
    what: &'a str,
    place: Option<Place<'a>>,
}

/// Where something stands: today, or then for what is gone.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

/// The comparison, indented, with a line break at its end.
pub(super) fn render(drift: &Drift) -> String {
    let level = |level: Level| {
        let found = drift.edges.iter().find(|(of, _)| *of == level);
        found.map(|(_, edges)| edge_entries(edges, drift)).unwrap_or_default()
    };
    terminal::json(&Document {
        version: VERSION,
        since: Since { revision: &drift.revision, commit: &drift.commit },
        packages: Packages { new: &drift.new_packages, gone: &drift.gone_packages },
        edges: LevelEntries {
            layers: level(Level::Layers),
            crates: level(Level::Crates),
            modules: level(Level::Modules),
        },
        violations: Violations {
            new: finding_entries(&drift.new, &drift.now),
            fixed: finding_entries(&drift.fixed, &drift.then),
            kept: drift.kept,
        },
        policy: drift.changes.iter().map(|change| change_entry(change, &drift.now)).collect(),
    })
}

fn edge_entries<'a>(edges: &'a EdgeDrift, drift: &Drift) -> EdgeEntries<'a> {
    let entries = |edges: &'a [Edge], sources: &Sources| {
        edges.iter().map(|edge| edge_entry(edge, sources)).collect()
    };
    EdgeEntries { new: entries(&edges.new, &drift.now), gone: entries(&edges.gone, &drift.then) }
}

fn edge_entry<'a>(edge: &'a Edge, sources: &Sources) -> EdgeEntry<'a> {
    let Edge { from, to, references, location } = edge;
    EdgeEntry { from, to, references: *references, place: place(location, sources) }
}

fn finding_entries<'a>(findings: &'a [Finding], sources: &Sources) -> Vec<FindingEntry<'a>> {
    let entry = |finding: &'a Finding| FindingEntry {
        rule: &finding.rule,
        severity: finding.severity,
        message: &finding.message,
        fingerprint: &finding.fingerprint,
        place: place(&finding.primary.location, sources),
    };
    findings.iter().map(entry).collect()
}

fn change_entry<'a>(change: &'a Change, sources: &Sources) -> ChangeEntry<'a> {
    ChangeEntry {
        direction: match change.direction {
            Direction::Loosened => "loosened",
            Direction::Changed => "changed",
            Direction::Tightened => "tightened",
        },
        about: change.about.word(),
        name: &change.name,
        what: &change.what,
        place: change.location.as_ref().map(|location| place(location, sources)),
    }
}

fn place<'a>(location: &'a Location, sources: &Sources) -> Place<'a> {
    let start = sources.range(location).start;
    Place { file: &location.file, line: start.line, column: start.column }
}
