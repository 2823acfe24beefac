//! Reading and parsing files, each once, on all cores.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use layers_rules::facts::Needs;
use layers_rules::names::Names;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{FileIx, SourceFile};
use crate::disk::{Boundary, Unread};
use crate::parse;
use crate::parse::item_tree::ItemTree;
use crate::source::Overlay;
use crate::workspace::Workspace;

/// The files read so far, by path.
pub struct Files<'a> {
    root: Utf8PathBuf,
    boundary: &'a Boundary,
    overlay: &'a Overlay,
    needs: Needs,
    pool: rayon::ThreadPool,
    known: FxHashMap<Utf8PathBuf, Result<FileIx, Unread>>,
    /// In order of discovery.
    pub parsed: Vec<SourceFile>,
}

impl<'a> Files<'a> {
    pub fn new(workspace: &'a Workspace, overlay: &'a Overlay, needs: Needs) -> Self {
        let pool = rayon::ThreadPoolBuilder::new()
            .stack_size(parse::STACK_SIZE)
            .thread_name(|index| format!("parse {index}"))
            .build()
            .expect("the system can start threads");
        let (known, parsed) = (FxHashMap::default(), Vec::new());
        let (root, boundary) = (workspace.root.clone(), &workspace.boundary);
        Self { root, boundary, overlay, needs, pool, known, parsed }
    }

    /// The file at `path` if it has been read and could be.
    pub fn get(&self, path: &Utf8Path) -> Option<FileIx> {
        self.known.get(path)?.as_ref().ok().copied()
    }

    /// Why the file at `path`, which is there, has not been read.
    pub fn refusal(&self, path: &Utf8Path) -> Option<&Unread> {
        let why = self.known.get(path)?.as_ref().err()?;
        (!matches!(why, Unread::Missing)).then_some(why)
    }

    /// `path` as it is shown: relative to the workspace root.
    pub fn shown(&self, path: &Utf8Path) -> String {
        shown(&self.root, path)
    }

    /// Reads and parses those of `paths` that are new. The order of the files is that
    /// of the paths, whatever the number of threads.
    pub fn read(&mut self, names: &mut Names, paths: impl IntoIterator<Item = Utf8PathBuf>) {
        let mut new = Vec::new();
        for path in paths {
            if !self.known.contains_key(&path) {
                self.known.insert(path.clone(), Err(Unread::Missing));
                new.push(path);
            }
        }
        let read = |path: &Utf8PathBuf| self.read_one(path);
        let trees: Vec<Result<ItemTree, Unread>> =
            self.pool.install(|| new.par_iter().map(read).collect());
        for (path, tree) in new.into_iter().zip(trees) {
            let tree = match tree {
                Ok(tree) => tree,
                Err(why) => {
                    self.known.insert(path, Err(why));
                    continue;
                }
            };
            let file = FileIx::try_from(self.parsed.len()).expect("fewer than 2^32 files");
            let names = tree.symbols.iter().map(|symbol| names.intern(symbol)).collect();
            let shown = shown(&self.root, &path);
            self.known.insert(path.clone(), Ok(file));
            self.parsed.push(SourceFile { path, shown, tree, names });
        }
    }

    /// The tree of a file; text that is no UTF-8 is read with replacements, which the lexer
    /// then refuses where it matters.
    fn read_one(&self, path: &Utf8Path) -> Result<ItemTree, Unread> {
        let bytes = self.overlay.read(path, self.boundary)?;
        Ok(parse::parse_for(&String::from_utf8_lossy(&bytes), self.needs))
    }
}

/// `path` relative to `root`, with forward slashes, also where it is not below that.
#[must_use]
pub fn shown(root: &Utf8Path, path: &Utf8Path) -> String {
    let mut up = Utf8PathBuf::new();
    for ancestor in root.ancestors() {
        if let Ok(rest) = path.strip_prefix(ancestor) {
            return up.join(rest).as_str().replace('\\', "/");
        }
        up.push("..");
    }
    path.as_str().replace('\\', "/")
}

/// `path` without `.` and with each `..` taken back, by the text alone.
pub fn normalize(path: &Utf8Path) -> Utf8PathBuf {
    let mut normal = Utf8PathBuf::new();
    for component in path.components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_relative_to_the_root() {
        let root = Utf8Path::new("/w/shop");
        assert_eq!(shown(root, Utf8Path::new("/w/shop/src/lib.rs")), "src/lib.rs");
        assert_eq!(shown(root, Utf8Path::new("/w/common/a.rs")), "../common/a.rs");
        assert_eq!(normalize(Utf8Path::new("/w/a/./b/../c.rs")), "/w/a/c.rs");
    }
}
