//! The comparison in words.

use layers_rules::drift::{About, Change, Direction, Edge, EdgeDrift, Level};
use layers_rules::finding::{Finding, Severity};
use layers_rules::prose::count;

use super::compare::Drift;
use super::place;
use crate::report::Sources;
use crate::report::document::{Document, Entry};

/// How many edges between modules are listed; JSON has them all.
const MODULE_EDGES: usize = 20;

pub(super) fn document(drift: &Drift) -> Document {
    let mut document = Document::default();
    document.heading(1, &format!("Architecture since `{}`", drift.revision));
    document.paragraph(&summary(drift));
    violations(&mut document, drift);
    policy(&mut document, drift);
    packages(&mut document, drift);
    for (level, edges) in &drift.edges {
        level_edges(&mut document, *level, edges, drift);
    }
    document
}

/// Everything in one line.
fn summary(drift: &Drift) -> String {
    let common = format!("Compared with `{}`, where the two have parted: ", drift.short);
    if drift.is_nothing() {
        return common + "nothing has changed.";
    }
    let edges = |pick: fn(&EdgeDrift) -> usize, level: Level| {
        drift.edges.iter().find(|(of, _)| *of == level).map_or(0, |(_, drift)| pick(drift))
    };
    let loosened =
        |direction| drift.changes.iter().filter(|change| change.direction == direction).count();
    let mut parts = vec![format!(
        "{} new, {} fixed, {} as before",
        count(drift.new.len(), "violation"),
        drift.fixed.len(),
        drift.kept
    )];
    for (level, name) in
        [(Level::Layers, "layers"), (Level::Crates, "crates"), (Level::Modules, "modules")]
    {
        let (new, gone) = (edges(|it| it.new.len(), level), edges(|it| it.gone.len(), level));
        if new + gone > 0 {
            parts.push(format!("dependencies between {name}: {new} new, {gone} gone"));
        }
    }
    let (looser, tighter) = (loosened(Direction::Loosened), loosened(Direction::Tightened));
    let changed = loosened(Direction::Changed);
    if looser + tighter + changed > 0 {
        parts.push(format!(
            "policy loosened in {}, tightened in {tighter}, otherwise changed in {changed}",
            count(looser, "place")
        ));
    }
    format!("{common}{}.", parts.join("; "))
}

fn violations(document: &mut Document, drift: &Drift) {
    for (heading, findings, sources) in [
        ("New violations", &drift.new, &drift.now),
        ("Fixed violations", &drift.fixed, &drift.then),
    ] {
        if !findings.is_empty() {
            document.heading(2, heading);
            document.list(findings.iter().map(|finding| violation(finding, sources)).collect());
        }
    }
}

fn violation(finding: &Finding, sources: &Sources) -> Entry {
    let weight = match finding.severity {
        Severity::Error => String::new(),
        other => format!(" ({other})"),
    };
    Entry {
        text: format!("`{}`{weight}: {}", finding.rule, finding.message),
        below: vec![format!("`{}`", place(sources, &finding.primary.location))],
    }
}

fn policy(document: &mut Document, drift: &Drift) {
    for (direction, heading) in [
        (Direction::Loosened, "Policy loosened"),
        (Direction::Changed, "Policy changed, either way"),
        (Direction::Tightened, "Policy tightened"),
    ] {
        let changes = drift.changes.iter().filter(|change| change.direction == direction);
        let entries: Vec<Entry> = changes.map(|change| policy_change(change, &drift.now)).collect();
        if !entries.is_empty() {
            document.heading(2, heading);
            document.list(entries);
        }
    }
}

fn policy_change(change: &Change, sources: &Sources) -> Entry {
    let subject = match change.about {
        About::Policy => String::new(),
        about => format!("{} `{}`: ", about.word(), change.name),
    };
    let below = change.location.iter().map(|location| format!("`{}`", place(sources, location)));
    Entry { text: format!("{subject}{}", change.what), below: below.collect() }
}

fn packages(document: &mut Document, drift: &Drift) {
    let named = |names: &[String], what: &str| -> Vec<Entry> {
        names.iter().map(|name| Entry::new(format!("`{name}` is {what}"))).collect()
    };
    let mut entries = named(&drift.new_packages, "new");
    entries.extend(named(&drift.gone_packages, "gone"));
    if !entries.is_empty() {
        document.heading(2, "Packages");
        document.list(entries);
    }
}

fn level_edges(document: &mut Document, level: Level, edges: &EdgeDrift, drift: &Drift) {
    let EdgeDrift { new, gone } = edges;
    if new.is_empty() && gone.is_empty() {
        return;
    }
    document.heading(2, &format!("Dependencies between {}", level.word()));
    let limit = if level == Level::Modules { MODULE_EDGES } else { usize::MAX };
    let mut entries = Vec::new();
    for (edges, what, sources) in [(new, "new", &drift.now), (gone, "gone", &drift.then)] {
        let of_level = edges.iter().take(limit).map(|edge| {
            let ends = (edge.from.clone(), edge.to.clone());
            let is_forbidden =
                level == Level::Layers && what == "new" && drift.forbidden.contains(&ends);
            self::edge(edge, if is_forbidden { "new, and forbidden" } else { what }, sources)
        });
        entries.extend(of_level);
        let more = edges.len().saturating_sub(limit);
        if more > 0 {
            entries.push(Entry::new(format!("{more} more are {what}: `--format json` lists all")));
        }
    }
    document.list(entries);
}

fn edge(edge: &Edge, what: &str, sources: &Sources) -> Entry {
    let Edge { from, to, references, location } = edge;
    let text = format!("`{from}` → `{to}` is {what} ({})", count(*references, "path"));
    Entry { text, below: vec![format!("`{}`", place(sources, location))] }
}
