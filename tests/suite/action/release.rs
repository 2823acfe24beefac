//! Releases: what is built, what it is called, and what keeps a tag from being one.

use std::collections::BTreeSet;
use std::process::Command;

use layers_tests::{repository, tree};
use serde_json::Value;

/// The targets that the workflow builds.
fn built() -> BTreeSet<String> {
    let text = tree::read(&repository::root().join(".github/workflows/release.yml"));
    let workflow: Value = serde_saphyr::from_str(&text).expect("it is YAML");
    let matrix = &workflow["jobs"]["build"]["strategy"]["matrix"]["include"];
    let entries = matrix.as_array().expect("there is a list of targets");
    entries.iter().map(|entry| entry["target"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn what_the_action_asks_for_is_built() {
    let built = built();
    let plan = tree::read(&repository::root().join(".github/action/plan.sh"));
    let asked = plan.lines().filter_map(|line| line.split_once(") echo ")?.1.strip_suffix(" ;;"));
    let asked: Vec<&str> = asked.collect();
    assert_eq!(asked.len(), 5, "{asked:?}");
    for target in asked {
        assert!(built.contains(target), "{target} is not among {built:?}");
    }
    assert!(built.contains("x86_64-unknown-linux-gnu") && built.len() == 7, "{built:?}");
}

#[test]
fn binstall_finds_what_a_release_holds() {
    let manifest = tree::read(&repository::root().join("cargo-layers/Cargo.toml"));
    let manifest: toml::Table = manifest.parse().expect("it is TOML");
    let binstall = &manifest["package"]["metadata"]["binstall"];
    let text = |key: &str| binstall[key].as_str().expect("a text").to_owned();
    let address = text("pkg-url")
        .replace("{ repo }", "https://git.example/acme/cargo-layers")
        .replace("{ version }", "0.1.0")
        .replace("{ target }", "x86_64-unknown-linux-gnu");
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let folder = camino::Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
    let binaries = layers_tests::binary::path().parent().expect("it stands in a folder");
    let packed = Command::new(repository::root().join(".github/release/package.sh"))
        .args(["x86_64-unknown-linux-gnu", binaries.as_str(), folder.as_str()])
        .output()
        .expect("it can be started");
    assert!(packed.status.success(), "{packed:?}");
    let (release, archive) = address.rsplit_once('/').expect("an address");
    assert_eq!(release, "https://git.example/acme/cargo-layers/releases/download/v0.1.0");
    assert!(folder.join(archive).exists(), "{archive} is not what was packed");
    assert!(folder.join(format!("{archive}.sha256")).exists());
    let listed = Command::new("tar").args(["-tzf", folder.join(archive).as_str()]).output();
    let listed = String::from_utf8(listed.expect("tar can be started").stdout).expect("UTF-8");
    let inside = text("bin-dir").replace("{ bin }", "cargo-layers").replace("{ binary-ext }", "");
    assert!(listed.lines().any(|line| line == inside), "{inside}: {listed}");
    assert_eq!(text("pkg-fmt"), "tgz");
}

#[test]
fn a_tag_that_does_not_fit_is_no_release() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = camino::Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
    for script in ["check.sh", "notes.sh"] {
        let path = format!(".github/release/{script}");
        std::fs::create_dir_all(root.join(".github/release")).expect("folders can be made");
        std::fs::copy(repository::root().join(&path), root.join(&path)).expect("it can be copied");
    }
    let set = |version: &str, repository: &str, section: &str| {
        let manifest = format!(
            "[package]\nversion = \"9.9.9\"\n\n[workspace.package]\nversion = \"{version}\"\n\
             repository = \"{repository}\"\n\n[profile]\nversion = \"8\"\n"
        );
        tree::write(&root.join("Cargo.toml"), &manifest);
        tree::write(&root.join("CHANGELOG.md"), &format!("# Changelog\n\n{section}\n"));
    };
    let check = || {
        let arguments = ["v0.2.0", "https://git.example/acme/cargo-layers"];
        let output = Command::new(root.join(".github/release/check.sh")).args(arguments).output();
        let output = output.expect("it can be started");
        (output.status.success(), String::from_utf8(output.stderr).expect("it is UTF-8"))
    };
    let address = "https://git.example/acme/cargo-layers";
    let section = "## [0.2.0] - 2027-01-01\n\n- New.\n\n## [0.1.0] - 2026-12-01\n\n- Old.";
    set("0.2.0", address, section);
    assert_eq!(check(), (true, String::new()));
    let notes = Command::new(root.join(".github/release/notes.sh")).arg("0.2.0").output();
    assert_eq!(notes.expect("it can be started").stdout, b"\n- New.\n\n");

    set("0.1.0", "", "## [Unreleased]\n\n- New.");
    let (success, complaints) = check();
    assert!(!success);
    for part in
        ["Cargo.toml says version 0.1.0", "repository = \"https://git", "must tell of 0.2.0"]
    {
        assert!(complaints.contains(part), "{part}: {complaints}");
    }
}
