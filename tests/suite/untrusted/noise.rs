//! Arbitrary text where source, rules and manifests are expected: an answer, and never a
//! panic.

use camino::Utf8Path;
use cargo_layers::analysis::{analyze_over, supply};
use cargo_layers::configuration::Configuration;
use cargo_layers::source::Overlay;
use cargo_layers::{baseline, config, workspace};
use layers_rules::check::{Selection, check};
use layers_tests::{fixture, tree};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{direct, timely};

/// What edits put in.
const PIECES: [&str; 40] = [
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "<",
    ">",
    "::",
    "::*",
    "self",
    "super",
    "crate",
    "Self",
    "use ",
    "pub ",
    "mod m;",
    "mod m {",
    "macro_rules! m",
    "$crate",
    "#[path = \"",
    "\"",
    "'",
    "r#\"",
    "/*",
    "*/",
    "//",
    "\u{feff}",
    "\u{202e}",
    "\u{1F600}",
    "\0",
    "=",
    ".",
    ",",
    "\n",
    "#[cfg(",
    "impl ",
    "as ",
    "**",
    "<name>",
];

/// A change of a text: from where, how much goes, and what comes.
type Edit = (Index, u8, &'static str);

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = (any::<Index>(), any::<u8>(), select(&PIECES[..]));
    prop::collection::vec(edit, 1..12)
}

/// `text` after `edits`, each at a character.
fn edited(text: &str, edits: &[Edit]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for (index, length, piece) in edits {
        let start = index.index(characters.len() + 1);
        // Mostly little goes, so that most of the text still means something.
        let end = (start + usize::from(*length) / 16).min(characters.len());
        characters.splice(start..end, piece.chars());
    }
    characters.into_iter().collect()
}

/// The files of one of the projects with this extension.
fn texts(project: &str, extension: &str) -> Vec<(camino::Utf8PathBuf, String)> {
    let project = project_root(project);
    let files = tree::files(&project).into_iter();
    let files = files.filter(|path| path.extension() == Some(extension));
    files.map(|path| (path.clone(), tree::read(&project.join(path)))).collect()
}

fn project_root(name: &str) -> camino::Utf8PathBuf {
    let projects = fixture::projects();
    projects.into_iter().find(|it| it.case == name).expect("a project of this name").root
}

/// Judges the shop with these texts in place of some of its files.
fn judge(overlay: &Overlay) {
    let workspace = workspace::load(None, &project_root("shop-red")).expect("a workspace");
    let policy = config::load(&workspace, None).expect("a policy").policy;
    let needs = layers_rules::facts::Needs::SOURCE | policy.needs();
    let mut facts = analyze_over(&workspace, &Configuration::default(), overlay, needs).facts;
    supply(&mut facts, &workspace, overlay, needs, &policy, &[]).expect("facts");
    check(&facts, &policy, &Selection::default()).expect("a judgement");
}

/// Only what changes is told, and nothing is kept between runs.
fn configuration(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(configuration(48))]

    #[test]
    fn source_that_is_disturbed_is_judged(file in any::<Index>(), edits in edits()) {
        let texts = texts("shop-red", "rs");
        let (path, text) = file.get(&texts);
        let mut overlay = Overlay::default();
        overlay.insert(project_root("shop-red").join(path), edited(text, &edits));
        judge(&overlay);
    }

    #[test]
    fn source_that_is_noise_is_judged(file in any::<Index>(), bytes in any::<Vec<u8>>()) {
        let texts = texts("shop-red", "rs");
        let (path, _) = file.get(&texts);
        let mut overlay = Overlay::default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        overlay.insert(project_root("shop-red").join(path), text);
        judge(&overlay);
    }

    #[test]
    fn a_policy_that_is_disturbed_is_used_or_refused(edits in edits()) {
        let rules = fixture::of_rules();
        let rules = rules[0].root.parent().and_then(Utf8Path::parent).expect("a folder");
        let text = edited(&tree::read(&rules.join("rules.toml")), &edits);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = Utf8Path::from_path(folder.path()).expect("UTF-8").join("layers.toml");
        tree::write(&file, &text);
        let workspace = workspace::load(None, &project_root("shop-red")).expect("a workspace");
        match config::load(&workspace, Some(&file)) {
            Ok(config) => {
                let needs = layers_rules::facts::Needs::SOURCE;
                let all = Configuration::default();
                let mut facts = analyze_over(&workspace, &all, &Overlay::default(), needs).facts;
                let questions = config.policy.questions();
                supply(&mut facts, &workspace, &Overlay::default(), needs, &config.policy, &questions)
                    .expect("facts");
                // A policy that makes sense may still not fit the workspace.
                let _ = check(&facts, &config.policy, &Selection::default());
            }
            Err(error) => drop(format!("{:?}", miette::Report::new(error))),
        }
    }

    #[test]
    fn a_baseline_that_is_disturbed_is_used_or_refused(edits in edits()) {
        let text = "version = 1\n\n[findings]\npure = [\n    { fingerprint = \"5cc7\", from = \
                    \"shop::a\", to = \"std::fs\", kind = \"use\", since = \"2026-11-22\" },\n]\n";
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = Utf8Path::from_path(folder.path()).expect("UTF-8").join("known.toml");
        tree::write(&file, &edited(text, &edits));
        let workspace = workspace::load(None, &project_root("shop-red")).expect("a workspace");
        if let Err(error) = baseline::Baseline::read(&workspace, Some(&file)) {
            drop(format!("{:?}", miette::Report::new(error)));
        }
    }
}

proptest! {
    // Each starts a process that starts Cargo.
    #![proptest_config(configuration(12))]

    #[test]
    fn a_manifest_that_is_disturbed_is_used_or_refused(file in any::<Index>(), edits in edits()) {
        let shop = tree::Copy::of(&project_root("shop-red"));
        let texts = texts("shop-red", "toml");
        let (path, text) = file.get(&texts);
        tree::write(&shop.root().join(path), &edited(text, &edits));
        let run = timely(&mut direct(shop.root(), &["check"]));
        prop_assert!(matches!(run.code, Some(0..=2)), "{:?}", run);
    }

    #[test]
    fn files_that_are_noise_are_refused(file in any::<Index>(), bytes in any::<Vec<u8>>()) {
        let shop = tree::Copy::of(&project_root("shop-red"));
        let texts = texts("shop-red", "toml");
        let (path, _) = file.get(&texts);
        std::fs::write(shop.root().join(path), &bytes).expect("written");
        let run = timely(&mut direct(shop.root(), &["check"]));
        prop_assert!(matches!(run.code, Some(0..=2)), "{:?}", run);
    }
}
