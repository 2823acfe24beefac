//! What can be resolved is resolved: fixtures and generated code compile, so a path in
//! them that leads nowhere is a mistake of ours.

use camino::Utf8Path;
use cargo_layers::{analysis, workspace};
use layers_rules::facts::Coverage;
use layers_tests::{fixture, generate};

#[test]
fn every_path_of_every_fixture_resolves() {
    let mut unresolved = Vec::new();
    for fixture in fixture::of_rules().into_iter().chain(fixture::projects()) {
        let coverage = coverage(&fixture.root);
        assert!(coverage.seen > 0, "{}: no path was seen", fixture.root);
        if coverage.unresolved > 0 {
            unresolved.push(format!("{}/{}: {coverage:?}", fixture.group, fixture.case));
        }
    }
    assert!(unresolved.is_empty(), "{unresolved:#?}");
}

#[test]
fn every_path_of_a_generated_workspace_resolves() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
    generate::workspace(root, 10_000);
    let coverage = coverage(root);
    assert!(coverage.resolved > 1_000, "{coverage:?}");
    assert_eq!((coverage.unresolved, coverage.opaque), (0, 0), "{coverage:?}");
}

fn coverage(root: &Utf8Path) -> Coverage {
    let workspace = workspace::load(None, root).unwrap_or_else(|error| panic!("{root}: {error}"));
    let analysis = analysis::analyze(&workspace);
    assert!(analysis.issues.is_empty(), "{root}: {:#?}", analysis.issues);
    analysis.facts.coverage.iter().fold(Coverage::default(), |sum, each| Coverage {
        seen: sum.seen + each.seen,
        resolved: sum.resolved + each.resolved,
        external: sum.external + each.external,
        opaque: sum.opaque + each.opaque,
        unresolved: sum.unresolved + each.unresolved,
    })
}
