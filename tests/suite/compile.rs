//! Every fixture is real Rust: `cargo check` takes it.
//!
//! The packages of all fixtures are copied into as few workspaces as their names allow
//! and checked with one call of Cargo for each.

use std::collections::BTreeSet;
use std::process::Command;

use camino::Utf8Path;
use layers_tests::fixture::{self, Fixture};
use layers_tests::{repository, tree};

#[test]
fn every_fixture_compiles() {
    let fixtures: Vec<_> = fixture::of_rules().into_iter().chain(fixture::projects()).collect();
    let folder = repository::target().join("fixtures");
    for (index, group) in groups(&fixtures).iter().enumerate() {
        let root = folder.join(format!("workspace-{index}"));
        lay_out(&root, group);
        check(&root, &folder.join("target"));
    }
}

/// Fixtures that can stand in one workspace, since no two packages share a name.
struct Group<'fixtures> {
    names: BTreeSet<String>,
    fixtures: Vec<&'fixtures Fixture>,
}

fn groups(fixtures: &[Fixture]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for fixture in fixtures {
        let names: BTreeSet<_> = fixture.packages().into_iter().map(|(name, _)| name).collect();
        match groups.iter_mut().find(|group| group.names.is_disjoint(&names)) {
            Some(group) => {
                group.names.extend(names);
                group.fixtures.push(fixture);
            }
            None => groups.push(Group { names, fixtures: vec![fixture] }),
        }
    }
    groups
}

fn lay_out(root: &Utf8Path, group: &Group<'_>) {
    let stubs = repository::root().join("fixtures/stubs");
    tree::mirror(&stubs, &root.join("fixtures/stubs"), |_, text| text);
    let fixtures = repository::root().join("fixtures");
    let mut members = Vec::new();
    for fixture in &group.fixtures {
        let place = fixture.root.strip_prefix(repository::root()).expect("fixtures are in here");
        tree::mirror(&fixture.root, &root.join(place), |path, text| {
            if path.file_name() == Some("Cargo.toml") { without_workspace(&text) } else { text }
        });
        members.extend(fixture.packages().into_iter().map(|(_, manifest)| {
            let folder = manifest.parent().expect("a manifest has a folder");
            format!("    \"{}\",\n", place.join(folder).as_str().trim_end_matches('/'))
        }));
    }
    assert!(!members.is_empty(), "no package below {fixtures}");
    let members: String = members.concat();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n");
    tree::write(&root.join("Cargo.toml"), &manifest);
}

/// A member cannot be the root of another workspace.
fn without_workspace(manifest: &str) -> String {
    let mut manifest: toml::Table = manifest.parse().expect("manifests are TOML");
    manifest.remove("workspace");
    toml::to_string(&manifest).expect("a manifest without a table is TOML")
}

fn check(root: &Utf8Path, target: &Utf8Path) {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--workspace", "--all-targets", "--all-features"])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", target)
        // Much in a fixture is unused, and that is its purpose.
        .env("RUSTFLAGS", "--cap-lints=allow")
        .output()
        .expect("Cargo can be run");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "in {root}:\n{errors}");
}
