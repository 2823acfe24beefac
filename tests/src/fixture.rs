//! The fixtures: tiny workspaces below `fixtures/rules/RULE/CASE`,
//! `fixtures/projects/NAME` and `fixtures/resolver/TOPIC`.

use camino::{Utf8Path, Utf8PathBuf};

use crate::{repository, tree};

/// One fixture.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// Its folder.
    pub root: Utf8PathBuf,
    /// The folder above it: the rule or verb it is about, or `projects`.
    pub group: String,
    /// Its own name.
    pub case: String,
}

impl Fixture {
    /// Whether its marks tell what is held, and not what paths mean.
    #[must_use]
    pub fn is_about_values(&self) -> bool {
        self.case.starts_with("value-")
    }

    /// The names of the packages it is made of, and the manifest of each, relative to
    /// its folder.
    ///
    /// # Panics
    ///
    /// When a manifest cannot be read.
    #[must_use]
    pub fn packages(&self) -> Vec<(String, Utf8PathBuf)> {
        tree::files(&self.root)
            .into_iter()
            .filter(|path| path.file_name() == Some("Cargo.toml"))
            .filter_map(|path| {
                let manifest = manifest(&self.root.join(&path));
                let name = manifest.get("package")?.get("name")?.as_str()?.to_owned();
                Some((name, path))
            })
            .collect()
    }

    /// Whether it has tests of its own, as `[workspace.metadata.fixture]` of its Cargo.toml
    /// says, which are built and run elsewhere.
    ///
    /// # Panics
    ///
    /// When its manifest cannot be read.
    #[must_use]
    pub fn has_tests(&self) -> bool {
        let manifest = manifest(&self.root.join("Cargo.toml"));
        let metadata = manifest.get("workspace").and_then(|workspace| workspace.get("metadata"));
        let tests = metadata.and_then(|metadata| metadata.get("fixture")?.get("tests")?.as_bool());
        tests.unwrap_or(false)
    }

    /// The error of the compiler that it is about, from `[package.metadata.fixture]` of its
    /// Cargo.toml; `None` when it compiles.
    ///
    /// # Panics
    ///
    /// When its manifest cannot be read.
    #[must_use]
    pub fn error(&self) -> Option<String> {
        let manifest = manifest(&self.root.join("Cargo.toml"));
        let metadata = manifest.get("package")?.get("metadata")?;
        Some(metadata.get("fixture")?.get("error")?.as_str()?.to_owned())
    }
}

/// The fixtures of rules, sorted by group and case.
#[must_use]
pub fn of_rules() -> Vec<Fixture> {
    below(&repository::root().join("fixtures/rules"), 2)
}

/// The projects, sorted by name.
#[must_use]
pub fn projects() -> Vec<Fixture> {
    below(&repository::root().join("fixtures/projects"), 1)
}

/// The topics of the resolver, sorted by name.
///
/// # Panics
///
/// When their folder cannot be listed.
#[must_use]
pub fn of_the_resolver() -> Vec<Fixture> {
    let folder = repository::root().join("fixtures/resolver");
    let manifests = tree::files(&folder);
    let manifests = manifests.iter().filter(|path| path.components().count() == 2);
    manifests
        .filter(|path| path.file_name() == Some("Cargo.toml"))
        .map(|path| {
            let case = path.parent().expect("a file has a folder").to_string();
            Fixture { root: folder.join(&case), group: "resolver".to_owned(), case }
        })
        .collect()
}

fn below(folder: &Utf8Path, depth: usize) -> Vec<Fixture> {
    let layers = tree::files(folder);
    let layers = layers.iter().filter(|path| path.file_name() == Some("layers.toml"));
    layers
        .map(|path| {
            let root = folder.join(path.parent().expect("a file has a folder"));
            assert_eq!(
                path.components().count(),
                depth + 1,
                "{folder}/{path}: a layers.toml stands at the root of a fixture"
            );
            let name = |path: Option<&Utf8Path>| {
                path.and_then(Utf8Path::file_name).expect("a fixture has a name").to_owned()
            };
            Fixture { case: name(Some(&root)), group: name(root.parent()), root }
        })
        .collect()
}

/// A parsed Cargo.toml.
///
/// # Panics
///
/// When it cannot be read or is no TOML.
#[must_use]
pub fn manifest(path: &Utf8Path) -> toml::Table {
    tree::read(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}
