//! The files of an earlier state of the repository, written into a folder of their own.
//!
//! Git tells them, by a few commands that read objects and nothing else: the work tree and
//! the index are left alone, and no hook, filter, `textconv`, external diff or file-system
//! monitor has a part in them. A repository that was downloaded may configure any of these.

mod error;
mod extract;
mod git;

use camino::{Utf8Path, Utf8PathBuf};

use crate::disk::Boundary;
pub use error::RevisionError;
use git::Git;

/// A repository, and a state of it that later ones are compared with.
#[derive(Debug)]
pub struct Past {
    git: Git,
    /// What was asked for.
    pub revision: String,
    /// Full id of the commit: the last one that the revision and today's state have in
    /// common.
    pub commit: String,
}

/// The files of a commit in a temporary folder, which is removed with this value.
#[derive(Debug)]
pub struct Checkout {
    folder: tempfile::TempDir,
    repository: Utf8PathBuf,
}

impl Past {
    /// The state from which what is in `folder` today has departed from `revision`.
    ///
    /// # Errors
    ///
    /// When there is no Git or no repository, when it has no such revision, and when what the
    /// two have in common is not known, as in a shallow clone.
    pub fn of(folder: &Utf8Path, revision: &str) -> Result<Self, RevisionError> {
        let git = Git::around(folder)?;
        let tip = git.commit(revision)?;
        let head = git.commit("HEAD")?;
        let commit = git.merge_base(&tip, &head, revision)?;
        Ok(Self { git, revision: revision.to_owned(), commit })
    }

    /// The commit in short, for people.
    #[must_use]
    pub fn short(&self) -> &str {
        self.commit.get(..10).unwrap_or(&self.commit)
    }

    /// Writes the files of that state, as far as they can matter to the workspace in the
    /// folder `workspace` of the repository.
    ///
    /// # Errors
    ///
    /// When an object is missing, as in a partial clone, or a file cannot be written.
    pub fn check_out(&self, workspace: &Utf8Path) -> Result<Checkout, RevisionError> {
        let repository = self.git.root().to_owned();
        let folder = tempfile::tempdir().map_err(RevisionError::NotWritten)?;
        let checkout = Checkout { folder, repository };
        let below = checkout.within(workspace).unwrap_or_default();
        extract::extract(&self.git, &self.commit, &below, &checkout.root()?)?;
        Ok(checkout)
    }
}

impl Checkout {
    /// Where `path`, of today's work tree, is in the earlier state; `None` when it does not
    /// belong to the repository. It need not exist.
    ///
    /// # Errors
    ///
    /// When the folder for temporary files has a name that is not Unicode.
    pub fn counterpart(&self, path: &Utf8Path) -> Result<Option<Utf8PathBuf>, RevisionError> {
        let root = self.root()?;
        Ok(self.within(path).map(|rest| root.join(rest)))
    }

    /// What files of it may lead to.
    ///
    /// # Errors
    ///
    /// When the folder for temporary files has a name that is not Unicode.
    pub fn boundary(&self) -> Result<Boundary, RevisionError> {
        Ok(Boundary::of([self.root()?.as_path()]))
    }

    fn root(&self) -> Result<Utf8PathBuf, RevisionError> {
        let path = self.folder.path().canonicalize().map_err(RevisionError::NotWritten)?;
        Utf8PathBuf::from_path_buf(path).map_err(|folder| RevisionError::NotUnicode { folder })
    }

    /// The way from the root of the repository to a path of the work tree.
    fn within(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let real = |path: &Utf8Path| path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned());
        // A file may be gone, so that only its folder can be followed.
        let path = match (path.parent(), path.file_name()) {
            (Some(folder), Some(name)) if !path.exists() => real(folder).join(name),
            _ => real(path),
        };
        path.strip_prefix(real(&self.repository)).ok().map(Utf8Path::to_owned)
    }
}
