//! Every fixture is real Rust: `cargo check` takes it, or refuses it for the reason that
//! the fixture names.
//!
//! The packages of all fixtures are copied into as few workspaces as their names allow
//! and checked with one call of Cargo for each.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use camino::Utf8Path;
use layers_tests::fixture::{self, Fixture};
use layers_tests::{repository, tree};

#[test]
fn every_fixture_compiles() {
    let all = fixture::of_rules().into_iter().chain(fixture::projects());
    let all = all.chain(fixture::of_the_resolver());
    let is_meant = |fixture: &Fixture| fixture.error().is_none() && !fixture.has_tests();
    let fixtures: Vec<_> = all.filter(is_meant).collect();
    let folder = repository::target().join("fixtures");
    for (index, group) in groups(&fixtures).iter().enumerate() {
        let root = folder.join(format!("workspace-{index}"));
        lay_out(&root, group);
        check(&root, &folder.join("target"));
    }
}

#[test]
fn what_must_not_compile_does_not() {
    let fixtures = fixture::of_the_resolver();
    let wanted: BTreeMap<String, String> = fixtures
        .iter()
        .filter_map(|fixture| Some((fixture.case.clone(), fixture.error()?)))
        .collect();
    assert!(!wanted.is_empty(), "no fixture names an error of the compiler");
    let fixtures: Vec<_> =
        fixtures.into_iter().filter(|fixture| fixture.error().is_some()).collect();
    let [group] = &groups(&fixtures)[..] else { panic!("two packages share a name") };
    let root = repository::target().join("fixtures/refused");
    lay_out(&root, group);
    let mut command = cargo_check(&root, &repository::target().join("fixtures/target"));
    let output = command.args(["--keep-going", "--message-format=json"]).output();
    let output = output.expect("Cargo can be run");
    assert!(!output.status.success(), "everything compiles");
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: serde_json::Value = serde_json::from_str(line).expect("Cargo writes JSON");
        if let Some(code) = message["message"]["code"]["code"].as_str() {
            let target = message["target"]["name"].as_str().expect("a target has a name");
            found.entry(target.to_owned()).or_default().insert(code.to_owned());
        }
    }
    for (name, code) in wanted {
        let codes = found.get(&name);
        assert!(codes.is_some_and(|codes| codes.contains(&code)), "{name}: {code}: {codes:?}");
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
    let mut shared = toml::Table::new();
    for fixture in &group.fixtures {
        let place = fixture.root.strip_prefix(repository::root()).expect("fixtures are in here");
        for (name, dependency) in inheritable(fixture, place) {
            let earlier = shared.insert(name.clone(), dependency.clone());
            assert!(earlier.is_none_or(|it| it == dependency), "{place}: two ways to `{name}`");
        }
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
    let shared = toml::Table::from_iter([(
        "workspace".to_owned(),
        toml::Table::from_iter([("dependencies".to_owned(), shared.into())]).into(),
    )]);
    let shared = toml::to_string(&shared).expect("tables are TOML");
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n{shared}");
    tree::write(&root.join("Cargo.toml"), &manifest);
}

/// What members of a fixture can inherit, as seen from the folder that it is laid out in at
/// `place`.
fn inheritable(fixture: &Fixture, place: &Utf8Path) -> toml::Table {
    let manifest = fixture::manifest(&fixture.root.join("Cargo.toml"));
    let shared = manifest.get("workspace").and_then(|workspace| workspace.get("dependencies"));
    let mut shared = shared.and_then(toml::Value::as_table).cloned().unwrap_or_default();
    for (_, dependency) in &mut shared {
        if let Some(toml::Value::String(path)) = dependency.get_mut("path") {
            *path = normal(&place.join(path.as_str()));
        }
    }
    shared
}

/// A path without `..`, so that two ways to one folder are the same.
fn normal(path: &Utf8Path) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.as_str().split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A member cannot be the root of another workspace.
fn without_workspace(manifest: &str) -> String {
    let mut manifest: toml::Table = manifest.parse().expect("manifests are TOML");
    manifest.remove("workspace");
    toml::to_string(&manifest).expect("a manifest without a table is TOML")
}

fn check(root: &Utf8Path, target: &Utf8Path) {
    let output = cargo_check(root, target).output().expect("Cargo can be run");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "in {root}:\n{errors}");
}

fn cargo_check(root: &Utf8Path, target: &Utf8Path) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["check", "--quiet", "--offline", "--workspace", "--all-targets", "--all-features"])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", target)
        // Much in a fixture is unused, and that is its purpose.
        .env("RUSTFLAGS", "--cap-lints=allow");
    command
}
