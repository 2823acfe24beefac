//! What the fixtures of the resolver expect of written paths, and what is found.
//!
//! `//~ RESOLVES path` says what every path means that starts on its line, and
//! `//~ RESOLVES written => path` what the one written so does (in a `use`, the end of the
//! path is enough); claims are separated by
//! `;`, and the targets of a path that has several by `,`. A word for the kind may stand
//! before a target (`fn shop::a::b`), and `if unix` behind the targets names the
//! condition of the edge. `//~ UNRESOLVED` and `//~ OPAQUE` (with or without what is
//! written) expect a path that was not found or is hidden, `//~ NOTHING` no path at all.
//! Each `^` behind `//~` moves a mark one line up.

mod marks;

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use cargo_layers::workspace::Workspace;
use layers_rules::facts::{Facts, FileId, Target};

use crate::tree;
pub use marks::{Claim, expected};

/// Where a line is: file relative to the fixture, and number of the line.
pub type Line = (String, usize);

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meaning {
    /// The kind of the target in the words of the rule language.
    pub kind: Option<String>,
    /// Its full path, or `UNRESOLVED` or `OPAQUE`.
    pub path: String,
    /// The condition the written path stands under.
    pub condition: Option<String>,
}

/// A path in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// As written, generics left out.
    pub text: String,
    /// What it leads to.
    pub meanings: BTreeSet<Meaning>,
}

/// The paths that start on each line.
pub type Found = BTreeMap<Line, Vec<Written>>;

/// What is known of the paths of `workspace`, edges that stay in their module apart.
///
/// # Panics
///
/// When a file cannot be read.
#[must_use]
pub fn found(workspace: &Workspace, facts: &Facts) -> Found {
    let texts: Vec<String> =
        facts.files.iter().map(|file| tree::read(&workspace.root.join(&file.path))).collect();
    let line = |file: FileId, start: u32| {
        let line = texts[file.index()][..start as usize].matches('\n').count() + 1;
        (facts.files[file.index()].path.clone(), line)
    };
    let mut places: BTreeMap<(Line, u32, String), BTreeSet<Meaning>> = BTreeMap::new();
    for edge in facts.dependencies.iter().filter(|edge| !edge.inferred) {
        let place = line(edge.file, edge.span.start);
        let written = facts.names.text(edge.written).to_owned();
        let condition = edge.cfg.map(|cfg| facts.names.text(cfg).to_owned());
        let meaning = meaning(facts, edge.to, condition);
        places.entry((place, edge.span.start, written)).or_default().insert(meaning);
    }
    for path in &facts.unseen {
        let place = line(path.file, path.span.start);
        let written = facts.names.text(path.written).to_owned();
        let what = if path.opaque { "OPAQUE" } else { "UNRESOLVED" };
        let meaning = Meaning { kind: None, path: what.to_owned(), condition: None };
        places.entry((place, path.span.start, written)).or_default().insert(meaning);
    }
    let mut found = Found::new();
    for ((line, _, text), meanings) in places {
        found.entry(line).or_default().push(Written { text, meanings });
    }
    found
}

fn meaning(facts: &Facts, to: Target, condition: Option<String>) -> Meaning {
    let kind = facts.target_kind(to).map(|kind| format!("{kind:?}").to_lowercase());
    Meaning { kind, path: facts.target_path(to), condition }
}

/// What differs between the marks below `root` and what was found, one line each.
///
/// A path that leads nowhere must be marked; any other path on a line without a mark is
/// only there to make the fixture compile.
///
/// # Panics
///
/// When a mark is malformed.
#[must_use]
pub fn difference(root: &Utf8Path, found: &Found) -> Vec<String> {
    let expected = expected(root);
    let nothing = Vec::new();
    let mut wrong = Vec::new();
    for (line @ (file, number), claims) in &expected {
        let paths = found.get(line).unwrap_or(&nothing);
        for problem in problems(claims, paths) {
            wrong.push(format!("{file}:{number}: {problem}"));
        }
    }
    for (line @ (file, number), paths) in found {
        let lost = |path: &&Written| {
            path.meanings.iter().any(|to| matches!(to.path.as_str(), "UNRESOLVED" | "OPAQUE"))
        };
        for path in paths.iter().filter(lost).filter(|_| !expected.contains_key(line)) {
            wrong.push(format!("{file}:{number}: no mark, found {}", show(path)));
        }
    }
    wrong.sort();
    wrong
}

fn problems(claims: &[Claim], paths: &[Written]) -> Vec<String> {
    let mut problems = Vec::new();
    let mut claimed = vec![false; paths.len()];
    for claim in claims {
        let mut met = false;
        let exactly = paths.iter().any(|path| claim.written.as_ref() == Some(&path.text));
        for (path, claimed) in paths.iter().zip(&mut claimed) {
            if claim.speaks_of(&path.text, exactly) {
                (met, *claimed) = (true, true);
                if !claim.holds_for(&path.meanings) {
                    problems.push(format!("expected {claim}, found {}", show(path)));
                }
            }
        }
        if !met && !claim.meanings.is_empty() {
            problems.push(format!("expected {claim}, found no such path"));
        }
    }
    let surplus = paths.iter().zip(claimed).filter(|(_, claimed)| !claimed);
    problems.extend(surplus.map(|(path, _)| format!("not expected, found {}", show(path))));
    problems
}

fn show(path: &Written) -> String {
    let each = path.meanings.iter().map(|to| {
        let kind = to.kind.as_ref().map(|kind| format!("{kind} ")).unwrap_or_default();
        let cfg = to.condition.as_ref().map(|cfg| format!(" if {cfg}")).unwrap_or_default();
        format!("{kind}{}{cfg}", to.path)
    });
    format!("{} => {}", path.text, each.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str, targets: &[&str]) -> Written {
        let meanings = targets.iter().map(|target| {
            let (kind, path) = target.split_once(' ').expect("a kind and a path");
            let kind = Some(kind.to_owned());
            Meaning { kind, path: path.to_owned(), condition: Some("unix".to_owned()) }
        });
        Written { text: text.to_owned(), meanings: meanings.collect() }
    }

    fn judged(mark: &str, paths: &[Written]) -> Vec<String> {
        problems(&marks::claims(mark).expect("a mark"), paths)
    }

    #[test]
    fn a_claim_holds_for_exactly_what_it_says() {
        let both = [path("a::b", &["fn m::b", "module m::b"]), path("c", &["struct m::c"])];
        for right in [
            "RESOLVES a::b => m::b; c => m::c",
            "RESOLVES a::b => fn m::b, module m::b; c => struct m::c if unix",
        ] {
            assert_eq!(judged(right, &both), Vec::<String>::new(), "{right}");
        }
        for wrong in [
            "RESOLVES a::b => m::b",
            "RESOLVES a::b => fn m::b; c => m::c",
            "RESOLVES m::b",
            "RESOLVES a::b => m::b; c => m::c; d => m::d",
            "RESOLVES a::b => m::b; c => m::c if windows",
            "RESOLVES a::b => m::b; c => enum m::c",
            "UNRESOLVED",
            "NOTHING",
        ] {
            assert_ne!(judged(wrong, &both), Vec::<String>::new(), "{wrong}");
        }
        assert_eq!(judged("NOTHING", &[]), Vec::<String>::new());
        assert_eq!(judged("RESOLVES m::c", &both[1..]), Vec::<String>::new());
        assert_ne!(judged("RESOLVES m::c", &[]), Vec::<String>::new());
    }

    #[test]
    fn a_path_that_leads_nowhere_needs_a_mark() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let root = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
        tree::write(&root.join("a.rs"), "gone;\ngone; //~ UNRESOLVED gone\n\n//~^^ NOTHING\n");
        let lost = Meaning { kind: None, path: "UNRESOLVED".to_owned(), condition: None };
        let gone = Written { text: "gone".to_owned(), meanings: [lost].into() };
        let at = |line| (("a.rs".to_owned(), line), vec![gone.clone()]);
        assert_eq!(
            difference(root, &[at(1)].into()),
            [
                "a.rs:1: no mark, found gone => UNRESOLVED",
                "a.rs:2: expected gone => UNRESOLVED, found no such path"
            ]
        );
    }
}
