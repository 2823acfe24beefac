//! The `[patch]` tables of a workspace, as far as they put folders in place of packages.
//!
//! `cargo metadata --no-deps` shows a dependency as it is declared, before patches, and
//! so hides that `tokio = "1"` may mean the `tokio` of this very workspace.

use camino::{Utf8Path, Utf8PathBuf};
use cargo_metadata::Dependency;
use toml::{Table, Value};

use super::WorkspaceError;
use crate::disk;

/// Folders that stand in for packages.
#[derive(Debug, Default)]
pub(super) struct Patches {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    of_crates_io: bool,
    folder: Utf8PathBuf,
}

impl Patches {
    /// Reads the manifest in the folder `root`, the only one whose patches count.
    pub(super) fn read(root: &Utf8Path) -> Result<Self, WorkspaceError> {
        let manifest = root.join("Cargo.toml");
        let unreadable = |reason: String| WorkspaceError::UnreadableManifest {
            manifest: manifest.clone(),
            reason,
        };
        let text =
            disk::read_text_anywhere(&manifest).map_err(|why| unreadable(format!("it {why}")))?;
        let table: Table = text
            .parse()
            .map_err(|error: toml::de::Error| unreadable(error.message().to_owned()))?;
        Ok(Self::of(&table, root))
    }

    fn of(manifest: &Table, root: &Utf8Path) -> Self {
        let sources = manifest.get("patch").and_then(Value::as_table).into_iter().flatten();
        let entries = sources
            .flat_map(|(source, packages)| {
                packages.as_table().into_iter().flatten().filter_map(move |(_, package)| {
                    let path = package.get("path")?.as_str()?;
                    Some(Entry {
                        of_crates_io: source == "crates-io",
                        folder: normalized(&root.join(path)),
                    })
                })
            })
            .collect();
        Self { entries }
    }

    /// The folders that may stand in for `dependency`, by where it comes from.
    pub(super) fn folders_for(&self, dependency: &Dependency) -> impl Iterator<Item = &Utf8Path> {
        let from_crates_io =
            dependency.source.as_ref().is_some_and(cargo_metadata::Source::is_crates_io);
        self.entries
            .iter()
            .filter(move |entry| entry.of_crates_io == from_crates_io)
            .map(|entry| entry.folder.as_path())
    }
}

/// `path` without `.` and `..`, as Cargo writes the paths of packages.
fn normalized(path: &Utf8Path) -> Utf8PathBuf {
    let mut normal = Utf8PathBuf::new();
    for component in path.components() {
        match component {
            camino::Utf8Component::CurDir => {}
            camino::Utf8Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}
