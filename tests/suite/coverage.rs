//! What can be resolved is resolved: fixtures and generated code compile, so a path in
//! them that leads nowhere is a mistake of ours.

use camino::Utf8Path;
use cargo_layers::{analysis, workspace};
use layers_rules::facts::{Facts, UnseenPath};
use layers_tests::{fixture, generate};

#[test]
fn every_path_of_every_fixture_resolves() {
    let mut resolved = 0;
    let mut unresolved = Vec::new();
    for fixture in fixture::of_rules().into_iter().chain(fixture::projects()) {
        let facts = facts(&fixture.root);
        resolved += count_of_resolved(&facts);
        unresolved.extend(leading_nowhere(&facts, &fixture.root));
    }
    assert!(resolved > 500, "only {resolved} paths lead to something in a fixture");
    assert!(unresolved.is_empty(), "{unresolved:#?}");
}

#[test]
fn every_path_of_a_generated_workspace_resolves() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
    generate::workspace(root, 10_000);
    let facts = facts(root);
    assert!(count_of_resolved(&facts) > 1_000);
    assert_eq!(leading_nowhere(&facts, root), Vec::<String>::new());
    assert_eq!(facts.coverage.iter().map(|each| each.opaque).sum::<u32>(), 0);
}

fn facts(root: &Utf8Path) -> Facts {
    let workspace = workspace::load(None, root).unwrap_or_else(|error| panic!("{root}: {error}"));
    let analysis = analysis::analyze(&workspace);
    assert!(analysis.issues.is_empty(), "{root}: {:#?}", analysis.issues);
    analysis.facts
}

fn count_of_resolved(facts: &Facts) -> u32 {
    facts.coverage.iter().map(|each| each.resolved).sum()
}

/// The unresolved paths with their places, one each.
fn leading_nowhere(facts: &Facts, root: &Utf8Path) -> Vec<String> {
    let unresolved: Vec<_> = facts.unseen.iter().filter(|path| !path.opaque).collect();
    let counted: u32 = facts.coverage.iter().map(|each| each.unresolved).sum();
    assert_eq!(counted as usize, unresolved.len(), "{root}");
    let place = |path: &&UnseenPath| {
        let file = &facts.files[path.file.index()].path;
        format!("{root}/{file}, byte {}: {}", path.span.start, facts.names.text(path.written))
    };
    unresolved.iter().map(place).collect()
}
