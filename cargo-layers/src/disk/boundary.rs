//! Where the files of a workspace may lie.

use camino::{Utf8Path, Utf8PathBuf};

/// Folders, links followed, outside of which no file of a workspace is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boundary {
    folders: Vec<Utf8PathBuf>,
}

impl Boundary {
    /// These folders; those that do not exist hold nothing.
    #[must_use]
    pub fn of<'a>(folders: impl IntoIterator<Item = &'a Utf8Path>) -> Self {
        let mut folders: Vec<Utf8PathBuf> =
            folders.into_iter().filter_map(|folder| folder.canonicalize_utf8().ok()).collect();
        folders.sort();
        // What lies in a folder before it adds nothing to it.
        folders.dedup_by(|later, before| later.starts_with(&*before));
        Self { folders }
    }

    /// The repository around `folder`: the nearest one upwards that holds `.git`, or else the
    /// outermost one with a Cargo.toml.
    #[must_use]
    pub fn around(folder: &Utf8Path) -> Self {
        Self::of([repository(folder).unwrap_or(folder)])
    }

    /// The same with these folders besides.
    #[must_use]
    pub fn and<'a>(&'a self, folders: impl IntoIterator<Item = &'a Utf8Path>) -> Self {
        Self::of(self.folders.iter().map(Utf8PathBuf::as_path).chain(folders))
    }

    /// Whether what is at `path` lies within, links followed; what is not there does not.
    #[must_use]
    pub fn holds(&self, path: &Utf8Path) -> bool {
        let real = path.canonicalize_utf8();
        real.is_ok_and(|real| self.folders.iter().any(|folder| real.starts_with(folder)))
    }

    /// Whether it is the whole file system.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.folders.iter().any(|folder| folder.parent().is_none())
    }
}

fn repository(folder: &Utf8Path) -> Option<&Utf8Path> {
    let has = |name: &'static str| move |above: &&Utf8Path| above.join(name).exists();
    folder
        .ancestors()
        .find(has(".git"))
        .or_else(|| folder.ancestors().filter(has("Cargo.toml")).last())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_the_nearest_one() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        let inner = root.join("a/b/c");
        std::fs::create_dir_all(&inner).expect("made");
        let holds = |path: &str| Boundary::around(&inner).holds(&root.join(path));
        assert_eq!((holds("a/b"), holds("a/b/c")), (false, true));
        std::fs::write(root.join("a/b/Cargo.toml"), "").expect("written");
        assert_eq!((holds("a"), holds("a/b")), (false, true));
        std::fs::write(root.join("a/Cargo.toml"), "").expect("written");
        assert_eq!((holds("."), holds("a")), (false, true));
        // Of a worktree or a submodule it is a file.
        std::fs::write(root.join("a/b/.git"), "gitdir: elsewhere").expect("written");
        assert_eq!((holds("a"), holds("a/b"), holds("a/b/none")), (false, true, false));
    }

    #[test]
    fn folders_add_up() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        for name in ["a/b", "c"] {
            std::fs::create_dir_all(root.join(name)).expect("made");
        }
        let boundary = Boundary::of([root.join("a").as_path()])
            .and([root.join("a/b").as_path(), root.join("none").as_path()]);
        assert_eq!(boundary.folders.len(), 1);
        assert!(!boundary.holds(&root.join("c")));
        assert!(boundary.and([root.join("c").as_path()]).holds(&root.join("c")));
        assert!(!boundary.is_everything());
        assert!(Boundary::of([Utf8Path::new("/")]).is_everything());
    }
}
