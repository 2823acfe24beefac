use layers_rules::facts::CrateKind;

use super::*;
use crate::disk::Boundary;
use crate::workspace::{Edition, Package, Target};

/// A workspace of one library, whose files are `overlay`'s.
fn workspace() -> Workspace {
    let target = Target {
        name: "shop".to_owned(),
        kind: CrateKind::Lib,
        root: "/w/src/lib.rs".into(),
        edition: Edition::E2024,
    };
    let package = Package {
        name: "shop".to_owned(),
        id: String::new(),
        manifest: "/w/Cargo.toml".into(),
        targets: vec![target],
        dependencies: Vec::new(),
        features: std::collections::BTreeMap::new(),
        layer: None,
    };
    Workspace { root: "/w".into(), packages: vec![package], boundary: Boundary::default() }
}

#[test]
fn files_that_multiply_each_other_are_stopped() {
    let mut overlay = Overlay::without_disk();
    let twice = |next: usize| {
        let module = format!("#[path = \"m{next}.rs\"]\nmod ");
        format!("{module}a;\n{module}b;\nstruct S;\n")
    };
    overlay.insert("/w/src/lib.rs".into(), twice(1));
    for level in 1..64 {
        overlay.insert(format!("/w/src/m{level}.rs").into(), twice(level + 1));
    }
    overlay.insert("/w/src/m64.rs".into(), String::new());
    let tree = grow_within(1_000, &workspace(), &Configuration::default(), &overlay, Needs::SOURCE);
    assert!((200..1_000).contains(&tree.mounts.len()), "{}", tree.mounts.len());
    let problem = &tree.problems[0];
    assert!(problem.message.ends_with("would hold more than 1000 items"), "{}", problem.message);
    // Short of that everything is mounted: 2 + 4 + 8 files below the first.
    overlay.insert("/w/src/m4.rs".into(), String::new());
    overlay.insert("/w/src/m3.rs".into(), String::new());
    let tree = grow_within(1_000, &workspace(), &Configuration::default(), &overlay, Needs::SOURCE);
    assert_eq!((tree.mounts.len(), tree.problems.len()), (15, 0));
}
