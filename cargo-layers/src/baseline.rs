//! The file that holds the baseline: one line for each kind of finding, sorted, so that
//! changes of several people can be merged line by line.

mod error;
mod read;
mod write;

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use layers_rules::exceptions::baseline::BaselineEntry;

pub use error::BaselineError;

use crate::config::{self, ConfigFile};
use crate::disk::{self, Unread};
use crate::workspace::Workspace;

/// The name of the file, at the workspace root.
pub const FILE_NAME: &str = "layers-baseline.toml";

/// Version of the file.
const VERSION: u32 = 1;

/// A baseline and the file it is kept in.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// Absolute path of the file.
    pub path: Utf8PathBuf,
    /// The file as messages show it, and its text; `None` where it does not exist.
    pub file: Option<ConfigFile>,
    /// Its entries, in the order of the file.
    pub entries: Vec<BaselineEntry>,
}

impl Baseline {
    /// Reads the baseline of `workspace`: the file at `explicit`, which is
    /// relative to the current folder, or `layers-baseline.toml` at the root. There need
    /// not be one.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or what it says makes no sense.
    pub fn read(workspace: &Workspace, explicit: Option<&Utf8Path>) -> Result<Self, BaselineError> {
        let root = &workspace.root;
        let (path, text) = if let Some(path) = explicit {
            let path = camino::absolute_utf8(path)
                .map_err(|source| BaselineError::Read { path: path.to_owned(), source })?;
            let text = disk::read_named(&path);
            (path, text)
        } else {
            let path = root.join(FILE_NAME);
            let text = disk::read_text(&path, &workspace.boundary);
            (path, text)
        };
        let text = match text {
            Ok(text) => text,
            Err(Unread::Missing) => return Ok(Self { path, file: None, entries: Vec::new() }),
            Err(why) => return Err(BaselineError::Read { path, source: why.into_io() }),
        };
        let file = ConfigFile { path: config::shown(root, &path), text };
        let entries = read::entries(&file)?;
        Ok(Self { path, file: Some(file), entries })
    }

    /// What the file is called in messages.
    #[must_use]
    pub fn name(&self, root: &Utf8Path) -> String {
        config::shown(root, &self.path)
    }

    /// The text that the file has with these entries, which are sorted.
    #[must_use]
    pub fn text(entries: &[BaselineEntry]) -> String {
        write::text(entries)
    }

    /// Whether the file says just this, its line breaks apart.
    #[must_use]
    pub fn says(&self, text: &str) -> bool {
        self.file.as_ref().is_some_and(|file| file.text.replace("\r\n", "\n") == text)
    }

    /// Writes the file.
    ///
    /// # Errors
    ///
    /// When that cannot be done.
    pub fn write(&self, text: &str) -> Result<(), BaselineError> {
        fs::write(&self.path, text)
            .map_err(|source| BaselineError::Write { path: self.path.clone(), source })
    }
}

#[cfg(test)]
mod tests;
