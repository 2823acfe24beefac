//! Makes workspaces of any size, the same bytes for the same size: what the benchmark
//! measures growth on.
//!
//! The code compiles and has what real code has: crates in layers, imports in groups,
//! renames and globs, re-exports through a prelude, traits and impls, bodies full of
//! paths and calls, macros with arguments and bodies, documentation and tests.

mod source;

use camino::Utf8Path;

use crate::tree;

/// Modules of a crate.
const MODULES: usize = 7;

/// Layers, inner ones first, with their share of the crates in tenths.
const LAYERS: [(&str, usize); 4] =
    [("domain", 3), ("application", 3), ("infrastructure", 3), ("http", 1)];

/// What was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Lines of Rust.
    pub lines: usize,
    /// Crates.
    pub crates: usize,
}

/// A crate to be: its layer and its number there.
#[derive(Clone, Copy, Debug)]
struct Member {
    layer: usize,
    number: usize,
}

impl Member {
    fn package(self) -> String {
        format!("gen-{}-{}", LAYERS[self.layer].0, self.number)
    }

    fn extern_name(self) -> String {
        self.package().replace('-', "_")
    }

    /// The crates it depends on: the one before it in its layer, and two of each layer
    /// further in.
    fn dependencies(self, counts: &[usize]) -> Vec<Self> {
        let before = self.number.checked_sub(1).map(|number| Self { number, ..self });
        let inner = (0..self.layer).flat_map(|layer| {
            let count = counts[layer];
            let first = self.number % count;
            let second = (self.number * 7 + 3) % count;
            let second = (second != first).then_some(second);
            [Some(first), second].into_iter().flatten().map(move |number| Self { layer, number })
        });
        inner.chain(before).collect()
    }
}

/// Writes a workspace of at least `lines` lines into the folder `root`, with a
/// layers.toml under which it is green.
///
/// # Panics
///
/// When a file cannot be written.
#[expect(clippy::must_use_candidate, reason = "it is called for the files it writes")]
pub fn workspace(root: &Utf8Path, lines: usize) -> Size {
    let lines_of_crate = source::lines_of_crate(MODULES);
    let crates = lines.div_ceil(lines_of_crate).max(LAYERS.len());
    let counts = counts(crates);
    let mut size = Size { lines: 0, crates: 0 };
    for (layer, count) in counts.iter().enumerate() {
        for number in 0..*count {
            size.lines += member(root, Member { layer, number }, &counts);
            size.crates += 1;
        }
    }
    let workspace = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n";
    tree::write(&root.join("Cargo.toml"), workspace);
    tree::write(&root.join("layers.toml"), POLICY);
    size
}

/// How many crates of each layer: at least one.
fn counts(crates: usize) -> Vec<usize> {
    let mut counts: Vec<_> =
        LAYERS.iter().map(|(_, tenths)| (crates * tenths / 10).max(1)).collect();
    let rest = crates.saturating_sub(counts.iter().sum());
    counts[0] += rest;
    counts
}

fn member(root: &Utf8Path, member: Member, counts: &[usize]) -> usize {
    let folder = root.join("crates").join(member.package());
    let dependencies = member.dependencies(counts);
    let mut manifest = format!(
        "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n",
        member.package()
    );
    for dependency in &dependencies {
        let package = dependency.package();
        manifest.push_str(&package);
        manifest.push_str(" = { path = \"../");
        manifest.push_str(&package);
        manifest.push_str("\" }\n");
    }
    tree::write(&folder.join("Cargo.toml"), &manifest);
    let externs: Vec<_> = dependencies.iter().map(|dependency| dependency.extern_name()).collect();
    let mut lines = 0;
    for (path, text) in source::files(&externs, MODULES) {
        lines += text.lines().count();
        tree::write(&folder.join("src").join(path), &text);
    }
    lines
}

const POLICY: &str = r#"[layers]
domain         = "gen-domain-*"
application    = "gen-application-*"
infrastructure = "gen-infrastructure-*"
presentation   = "gen-http-*"

[rules.domain-is-pure]
forbid = { from = "@domain", to = ["@application", "@infrastructure", "@presentation"] }

[rules.application-uses-domain-only]
forbid = { from = "@application", to = ["@infrastructure", "@presentation"] }

[rules.infrastructure-ignores-presentation]
forbid = { from = "@infrastructure", to = "gen-http-0", via = "any" }

[rules.every-module-has-a-layer]
covered = { within = "*" }
"#;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::files;

    #[test]
    fn the_same_size_gives_the_same_bytes() {
        let folders = [(); 2].map(|()| tempfile::tempdir().expect("it can be made"));
        let [one, two] = folders.each_ref().map(|folder| {
            let root = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
            let size = workspace(root, 3_000);
            let files: Vec<_> =
                files(root).into_iter().map(|path| (tree::read(&root.join(&path)), path)).collect();
            (size, files)
        });
        assert_eq!(one, two);
        assert!(one.0.lines >= 3_000, "{:?}", one.0);
    }

    #[test]
    fn every_crate_belongs_to_some_layer() {
        for crates in 4..60 {
            assert_eq!(counts(crates).iter().sum::<usize>(), crates);
            assert!(!counts(crates).contains(&0));
        }
    }
}
