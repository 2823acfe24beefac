//! Where things are in this repository.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use crate::tree;

/// The folders with text of ours: fixtures are broken and odd on purpose.
const FOLDERS: [&str; 5] = ["cargo-layers", "docs", "example-service", "rules", "tests"];

/// The folder that holds everything.
///
/// # Panics
///
/// When this crate has been moved out of its repository.
#[must_use]
pub fn root() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this crate is a folder of the root")
}

/// The folder that Cargo builds into, found by the place of the running program.
///
/// # Panics
///
/// When the running program was not built by Cargo.
#[must_use]
pub fn target() -> Utf8PathBuf {
    let program = std::env::current_exe().expect("a running program has a path");
    let program = Utf8PathBuf::from_path_buf(program).expect("the path is UTF-8");
    let profile = program
        .ancestors()
        .find(|folder| folder.join("deps").is_dir())
        .expect("Cargo builds into a folder with `deps`");
    profile.parent().expect("a profile is a folder of the target folder").to_owned()
}

/// The files of ours that people read and change: Rust, TOML, Markdown and YAML.
///
/// # Panics
///
/// When a folder cannot be listed.
#[must_use]
pub fn texts() -> Vec<Utf8PathBuf> {
    let below = |folder: &str| -> Vec<Utf8PathBuf> {
        let folder = root().join(folder);
        tree::files(&folder).into_iter().map(|path| folder.join(path)).collect()
    };
    let top = fs::read_dir(root()).expect("the root can be listed").filter_map(|entry| {
        let path = Utf8PathBuf::from_path_buf(entry.ok()?.path()).ok()?;
        path.is_file().then_some(path)
    });
    let all = FOLDERS.into_iter().flat_map(below).chain(top);
    all.filter(|path| matches!(path.extension(), Some("rs" | "toml" | "md" | "yml"))).collect()
}

/// The policies that documents show, each with the document. Pages about the example service show
/// what stands there, other files than policies too.
///
/// # Panics
///
/// When a document cannot be read.
#[must_use]
pub fn samples() -> Vec<(Utf8PathBuf, String)> {
    let example = root().join("docs/example");
    let is_document =
        |path: &Utf8PathBuf| path.extension() == Some("md") && !path.starts_with(&example);
    let documents = texts().into_iter().filter(is_document);
    let samples = documents.flat_map(|path| {
        let blocks = toml_blocks(&tree::read(&path)).into_iter();
        blocks.map(|block| (path.clone(), block)).collect::<Vec<_>>()
    });
    let is_manifest =
        |(_, text): &(_, String)| text.contains("[package") || text.contains("[workspace");
    samples.filter(|sample| !is_manifest(sample)).collect()
}

/// The blocks of a Markdown text that are marked as TOML.
fn toml_blocks(text: &str) -> Vec<String> {
    let blocks = text.split("```toml\n").skip(1);
    blocks.filter_map(|rest| rest.split("```").next().map(str::to_owned)).collect()
}
