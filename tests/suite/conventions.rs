//! What holds for every file of this repository.

use std::collections::BTreeSet;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use layers_rules::policy::raw::VERBS;
use layers_tests::{repository, tree};

/// The folders at the top that hold what people read and change.
const FOLDERS: [&str; 6] =
    ["cargo-layers", "docs", "example-service", "fixtures", "rules", "tests"];

const LONGEST: usize = 400;

#[test]
fn the_top_holds_what_the_architecture_names() {
    let entries = fs::read_dir(repository::root()).expect("the root can be listed");
    let mut folders = BTreeSet::new();
    let mut files = BTreeSet::new();
    for entry in entries {
        let entry = entry.expect("the root can be listed");
        let name = entry.file_name().into_string().expect("names are UTF-8");
        if name.starts_with('.') || name == "target" {
            continue;
        }
        let of_kind = if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            &mut folders
        } else {
            &mut files
        };
        of_kind.insert(name);
    }
    assert_eq!(folders, FOLDERS.map(str::to_owned).into());
    let expected = [
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "action.yml",
        "layers.toml",
        "rustfmt.toml",
    ];
    assert_eq!(files, expected.map(str::to_owned).into());
}

#[test]
fn no_file_is_too_long_to_be_one_thing() {
    let long = sources().into_iter().filter(|path| tree::read(path).lines().count() > LONGEST);
    let long = long.map(|path| path.strip_prefix(repository::root()).map(Utf8Path::to_string));
    assert_eq!(long.collect::<Result<Vec<_>, _>>().as_deref(), Ok(&[][..]));
}

#[test]
fn nothing_is_put_off_or_silenced() {
    // In two parts, so that this file does not hold what it looks for.
    let forbidden = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
        concat!("#[al", "low("),
        concat!("#![al", "low("),
        concat!("#[ig", "nore"),
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("db", "g!("),
    ];
    let mut found = Vec::new();
    for path in repository::texts() {
        let text = tree::read(&path);
        for (index, line) in text.lines().enumerate() {
            if forbidden.iter().any(|word| holds(line, word)) {
                found.push(format!("{path}:{}: {}", index + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Whether `word` stands in `line`: an attribute at its start, anything else as a whole
/// word.
fn holds(line: &str, word: &str) -> bool {
    if word.starts_with('#') {
        return line.trim_start().starts_with(word);
    }
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        let is_part = |end: Option<char>| end.is_some_and(|end| end.is_ascii_alphanumeric());
        !is_part(before) && (word.ends_with('(') || !is_part(after))
    })
}

#[test]
fn every_rule_of_every_pack_explains_itself() {
    let folder = repository::root().join("rules/packs");
    let packs = tree::files(&folder);
    assert!(!packs.is_empty(), "no packs in {folder}");
    for pack in packs {
        let table: toml::Table = tree::read(&folder.join(&pack))
            .parse()
            .unwrap_or_else(|error| panic!("{pack} is no TOML: {error}"));
        // Packs without rules hold the sets that others share.
        let rules = table.get("rules").and_then(toml::Value::as_table);
        let has_sets = table.get("sets").is_some_and(toml::Value::is_table);
        assert!(rules.is_some() || has_sets, "{pack} holds nothing");
        for (id, rule) in rules.into_iter().flatten() {
            for key in ["because", "fix"] {
                let text = rule.get(key).and_then(toml::Value::as_str).unwrap_or_default();
                assert!(!text.trim().is_empty(), "{pack}: {id} has no `{key}`");
            }
            let examples = rule.get("examples").and_then(toml::Value::as_array);
            for key in ["bad", "good"] {
                let has = |example: &toml::Value| {
                    example.get(key).and_then(toml::Value::as_str).is_some_and(|it| !it.is_empty())
                };
                let any = examples.is_some_and(|examples| examples.iter().any(has));
                assert!(any, "{pack}: {id} has no `{key}` example");
            }
        }
    }
}

#[test]
fn every_verb_and_pack_has_a_red_and_a_green_fixture() {
    let root = repository::root();
    let fixtures = root.join("fixtures/rules");
    let names = |folder: &str, extension: &str| -> Vec<String> {
        let files = tree::files(&root.join(folder)).into_iter();
        let files = files.filter(|path| path.extension() == Some(extension));
        files.filter_map(|path| path.file_stem().map(str::to_owned)).collect()
    };
    // What is more than one verb, or no verb of its own.
    let others = ["captures", "contexts", "crate-packs", "forbid-any", "layer-external", "may-use"];
    let has_rules = |pack: &String| {
        let text = tree::read(&root.join("rules/packs").join(pack).with_extension("toml"));
        text.contains("\n[rules.")
    };
    let packs: Vec<String> = names("rules/packs", "toml").into_iter().filter(has_rules).collect();
    assert!(packs.len() >= 2, "{packs:?}");
    // What is written in Rust is judged by the tests of `fixtures/projects/custom-rules`.
    let verbs = VERBS.iter().copied().filter(|verb| *verb != "rust").chain(others);
    for name in verbs.chain(packs.iter().map(String::as_str)) {
        let folder = fixtures.join(name);
        let cases = layers_tests::fixture::of_rules();
        let cases = cases.iter().filter(|fixture| fixture.group == name);
        let (red, green): (Vec<_>, Vec<_>) =
            cases.partition(|fixture| !layers_tests::marks::expected(&fixture.root).is_empty());
        assert!(!red.is_empty(), "{folder} has no case with a mark");
        assert!(!green.is_empty(), "{folder} has no case without a mark");
    }
}

#[test]
fn scripts_can_be_run() {
    for script in [".ci/run", "tests/run", "tests/bench", "tests/lint-workflows"] {
        let path = repository::root().join(script);
        assert!(tree::read(&path).starts_with("#!/usr/bin/env bash\n"), "{script}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&path).expect("it exists").permissions().mode();
            assert_eq!(mode & 0o111, 0o111, "{script} is not executable");
        }
    }
}

/// The Rust files that are ours.
fn sources() -> Vec<Utf8PathBuf> {
    repository::texts().into_iter().filter(|path| path.extension() == Some("rs")).collect()
}
