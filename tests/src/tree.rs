//! Folders of source files: listing, reading, copying.

use std::fs;
use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

/// The files below `root`, relative to it, with forward slashes, sorted; what Cargo
/// makes (`target`, `Cargo.lock`) and hidden entries are left out.
///
/// # Panics
///
/// When a folder cannot be listed or a name is not UTF-8.
#[must_use]
pub fn files(root: &Utf8Path) -> Vec<Utf8PathBuf> {
    WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0
                || !(name.starts_with('.') || name == "target" || name == "Cargo.lock")
        })
        .map(|entry| entry.unwrap_or_else(|error| panic!("{root} cannot be listed: {error}")))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = Utf8Path::from_path(entry.path()).expect("names are UTF-8");
            let path = path.strip_prefix(root).expect("the entry is below the root");
            Utf8PathBuf::from(path.as_str().replace('\\', "/"))
        })
        .collect()
}

/// The text of `path`.
///
/// # Panics
///
/// When it cannot be read.
#[must_use]
pub fn read(path: &Utf8Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path} cannot be read: {error}"))
}

/// Writes `text` to `path` and makes the folders it needs. A file that already holds
/// this text is left alone, so that Cargo does not build anew what has not changed.
///
/// # Panics
///
/// When it cannot be written.
pub fn write(path: &Utf8Path, text: &str) {
    match fs::read(path) {
        Ok(old) if old == text.as_bytes() => return,
        Err(error) if error.kind() != ErrorKind::NotFound => panic!("{path}: {error}"),
        _ => {}
    }
    let folder = path.parent().expect("a file has a folder");
    fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    fs::write(path, text).unwrap_or_else(|error| panic!("{path} cannot be written: {error}"));
}

/// Makes `to` hold the same files as `from`, each with the text that `edit` makes of
/// its own.
///
/// # Panics
///
/// When a file cannot be read, written or removed.
pub fn mirror(from: &Utf8Path, to: &Utf8Path, edit: impl Fn(&Utf8Path, String) -> String) {
    let wanted = files(from);
    if to.exists() {
        for path in files(to).iter().filter(|path| wanted.binary_search(path).is_err()) {
            fs::remove_file(to.join(path)).unwrap_or_else(|error| panic!("{to}/{path}: {error}"));
        }
    }
    for path in &wanted {
        write(&to.join(path), &edit(path, read(&from.join(path))));
    }
}

/// A copy of `from` in a temporary folder, which is removed when the copy is dropped.
#[derive(Debug)]
pub struct Copy {
    folder: tempfile::TempDir,
}

impl Copy {
    /// Copies `from`.
    ///
    /// # Panics
    ///
    /// When a file cannot be read or written.
    #[must_use]
    pub fn of(from: &Utf8Path) -> Self {
        let copy = Self::empty();
        mirror(from, copy.root(), |_, text| text);
        copy
    }

    /// A folder with nothing in it.
    ///
    /// # Panics
    ///
    /// When it cannot be made.
    #[must_use]
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// Where the copy is.
    ///
    /// # Panics
    ///
    /// When the folder for temporary files has a name that is not UTF-8.
    #[must_use]
    pub fn root(&self) -> &Utf8Path {
        Utf8Path::from_path(self.folder.path()).expect("temporary folders have UTF-8 names")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_holds_what_the_original_holds() {
        let original = tempfile::tempdir().expect("a temporary folder can be made");
        let original = Utf8Path::from_path(original.path()).expect("its path is UTF-8");
        write(&original.join("a/one.rs"), "1");
        write(&original.join("two.rs"), "2");
        write(&original.join("target/three.rs"), "3");
        let copy = Copy::of(original);
        write(&copy.root().join("stale.rs"), "4");
        mirror(original, copy.root(), |path, text| format!("{path} {text}"));
        assert_eq!(files(copy.root()), ["a/one.rs", "two.rs"]);
        assert_eq!(read(&copy.root().join("a/one.rs")), "a/one.rs 1");
    }
}
