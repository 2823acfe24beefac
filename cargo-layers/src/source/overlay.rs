//! Where source files come from: the disk, texts laid over it, or such texts alone.

use std::borrow::Cow;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::disk::{self, Boundary, Unread};

/// A view of the file system in which some files have another text, or only those exist.
///
/// By default it shows the disk as it is.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    texts: FxHashMap<Utf8PathBuf, String>,
    hides_disk: bool,
}

impl Overlay {
    /// A view that shows nothing but what is inserted.
    #[must_use]
    pub fn without_disk() -> Self {
        Self { texts: FxHashMap::default(), hides_disk: true }
    }

    /// Lets the file at `path`, which is absolute and without `.` and `..`, have this text.
    pub fn insert(&mut self, path: Utf8PathBuf, text: String) {
        self.texts.insert(path, text);
    }

    /// Whether nothing is to be seen of the disk.
    #[must_use]
    pub fn hides_disk(&self) -> bool {
        self.hides_disk
    }

    /// The files that have a text of their own, in no order.
    pub fn paths(&self) -> impl Iterator<Item = &Utf8Path> {
        self.texts.keys().map(Utf8PathBuf::as_path)
    }

    /// Whether there is a regular file at `path`.
    #[must_use]
    pub fn has(&self, path: &Utf8Path) -> bool {
        self.texts.contains_key(path) || (!self.hides_disk && path.is_file())
    }

    /// The bytes of the file at `path`, which lies within `boundary` unless it has a text of
    /// its own.
    ///
    /// # Errors
    ///
    /// When it is not read.
    pub fn read(&self, path: &Utf8Path, boundary: &Boundary) -> Result<Cow<'_, [u8]>, Unread> {
        match self.texts.get(path) {
            Some(text) => Ok(Cow::Borrowed(text.as_bytes())),
            None if self.hides_disk => Err(Unread::Missing),
            None => disk::read(path, boundary).map(Cow::Owned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stand_before_files() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        let (a, b) = (root.join("a.rs"), root.join("b.rs"));
        std::fs::write(&a, "on disk").expect("a file");
        let mut overlay = Overlay::default();
        let boundary = Boundary::of([root]);
        assert_eq!(overlay.read(&a, &boundary).expect("a file").as_ref(), b"on disk");
        assert!(overlay.read(&b, &boundary).is_err());
        overlay.insert(a.clone(), "laid over".to_owned());
        overlay.insert(b.clone(), "new".to_owned());
        assert_eq!(overlay.read(&a, &boundary).expect("a file").as_ref(), b"laid over");
        assert_eq!(overlay.read(&b, &boundary).expect("a file").as_ref(), b"new");
    }

    #[test]
    fn without_the_disk_only_texts_are_there() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        let (a, b) = (root.join("a.rs"), root.join("b.rs"));
        std::fs::write(&a, "on disk").expect("a file");
        let mut overlay = Overlay::without_disk();
        overlay.insert(b.clone(), "new".to_owned());
        let boundary = Boundary::of([root]);
        assert!(matches!(overlay.read(&a, &boundary), Err(Unread::Missing)));
        assert_eq!(overlay.read(&b, &boundary).expect("a file").as_ref(), b"new");
    }
}
