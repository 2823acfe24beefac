//! The crates outside an example that its sources mention: it need not declare them.

use std::collections::BTreeSet;

use layers_rules::facts::ItemKind;
use layers_rules::tree::is_sysroot;

use super::workspace::{ExampleWorkspace, plain, sort};
use crate::parse::is_primitive;
use crate::parse::item_tree::{Anchor, ImportKind, ItemTree, Segments};
use crate::tree::ModuleTree;

/// Lets every package whose dependencies are inferred depend on the crates that begin a
/// path in its sources and are nothing of the example.
pub fn declare(example: &mut ExampleWorkspace, tree: &ModuleTree) {
    for (index, inferred) in example.inferred.iter().enumerate() {
        if !inferred {
            continue;
        }
        let mounts = tree
            .mounts
            .iter()
            .filter(|mount| tree.crates[mount.crate_ix as usize].package == index);
        let files: Vec<&ItemTree> = mounts.map(|mount| &tree.file(mount).tree).collect();
        let package = &mut example.workspace.packages[index];
        let mut known: BTreeSet<String> =
            package.dependencies.iter().map(|it| it.extern_name.clone()).collect();
        known.extend(package.targets.iter().map(|target| target.name.clone()));
        for name in mentioned(&files).into_iter().filter(|name| !known.contains(*name)) {
            package.dependencies.push(plain(name, name, None));
        }
        sort(&mut package.dependencies);
    }
}

/// The names that can only be those of crates.
fn mentioned<'a>(files: &[&'a ItemTree]) -> BTreeSet<&'a str> {
    let mut modules = BTreeSet::new();
    let mut imported = BTreeSet::new();
    for file in files {
        let declared = file.items.iter().filter(|item| item.kind == ItemKind::Module);
        modules.extend(declared.map(|item| file.text(item.name)));
        let names = file.imports.iter().filter_map(|import| match import.kind {
            ImportKind::Single(name, _) | ImportKind::ExternCrate(name, _) => name,
            ImportKind::Glob => None,
        });
        imported.extend(names.map(|name| file.text(name)));
    }
    let mut names = BTreeSet::new();
    for file in files {
        let first = |segments: Segments| file.names(segments).first().map(|it| file.text(*it));
        for import in &file.imports {
            let Some(name) = first(import.path) else { continue };
            let is_of_crate = matches!(import.kind, ImportKind::ExternCrate(..));
            let is_open = import.anchor == Anchor::Plain && !modules.contains(name);
            if is_of_crate || is_open || import.anchor == Anchor::Global {
                names.insert(name);
            }
        }
        for path in file.paths.iter().chain(&file.macro_paths) {
            let Some(name) = first(path.segments).filter(|_| path.segments.len > 1) else {
                continue;
            };
            let is_open =
                path.anchor == Anchor::Plain && !modules.contains(name) && !imported.contains(name);
            if is_open || path.anchor == Anchor::Global {
                names.insert(name);
            }
        }
    }
    names.retain(|name| {
        let is_lower = name.starts_with(|c: char| c.is_lowercase() || c == '_');
        is_lower && !is_sysroot(name) && !is_primitive(name)
    });
    names
}
