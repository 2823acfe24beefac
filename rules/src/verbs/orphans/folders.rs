//! Which folder belongs to which module.

use std::collections::BTreeMap;

use crate::facts::{CrateKind, Facts, ModuleId};

/// The module for each folder in which the files of its child modules are looked for.
pub(in crate::verbs) struct Folders {
    modules: BTreeMap<String, ModuleId>,
}

/// Where a file belongs.
pub(super) struct Home<'a> {
    /// The module in whose folder it stands, or the nearest one above.
    pub(super) module: ModuleId,
    /// What the modules would be called from there on, the last of them the file itself.
    pub(super) rest: Vec<&'a str>,
}

impl Folders {
    /// The folders of all modules. Of modules that share one, as a library and a binary may,
    /// the first has it.
    pub(in crate::verbs) fn new(facts: &Facts) -> Self {
        let mut own: Vec<String> = Vec::with_capacity(facts.modules.len());
        let mut modules = BTreeMap::new();
        for (index, module) in facts.modules.iter().enumerate() {
            let path = facts.files[module.file.index()].path.as_str();
            let folder = match module.parent {
                Some(parent) if module.inline => {
                    let name = facts.names.text(module.name);
                    joined(&own[parent.index()], name)
                }
                Some(_) => own_folder(path).to_owned(),
                None => parent(path).to_owned(),
            };
            let kind = facts.crates[module.crate_id.index()].kind;
            if kind != CrateKind::BuildScript {
                modules.entry(folder.clone()).or_insert(ModuleId::new(index));
            }
            own.push(folder);
        }
        Self { modules }
    }

    /// The folder of a module, unless it shares that with another, which has it.
    pub(in crate::verbs) fn of(&self, module: ModuleId) -> Option<&str> {
        let mut folders = self.modules.iter();
        folders.find(|(_, owner)| **owner == module).map(|(folder, _)| folder.as_str())
    }

    /// Where the file at `path` belongs; `None` where no folder above it is a module's.
    pub(super) fn home<'a>(&self, path: &'a str) -> Option<Home<'a>> {
        let folder = parents(path).rfind(|folder| self.modules.contains_key(*folder))?;
        let rest = match own_folder(path)[folder.len()..].trim_start_matches('/') {
            "" => vec!["mod"],
            rest => rest.split('/').collect(),
        };
        Some(Home { module: self.modules[folder], rest })
    }
}

/// The folder that the child modules of the module in the file at `path` stand in: `a/b` for
/// both `a/b.rs` and `a/b/mod.rs`.
pub(super) fn own_folder(path: &str) -> &str {
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    stem.strip_suffix("/mod").unwrap_or(stem)
}

/// The folders above `path`, from the outermost on, the workspace's own, which is empty, first.
pub(super) fn parents(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    let ends = path.match_indices('/').map(|(end, _)| &path[..end]);
    std::iter::once("").chain(ends)
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
