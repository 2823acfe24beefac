//! Mounts each file at its module: `mod m;`, `#[path]`, `include!`.

use camino::{Utf8Path, Utf8PathBuf};
use layers_rules::facts::Needs;
use rustc_hash::{FxHashMap, FxHashSet};

use super::conditions;
use super::files::{Files, normalize};
use super::{CrateTree, FileIx, ItemIx, ModuleTree, Mount, ScopeIx, TreeProblem};
use crate::configuration::Configuration;
use crate::parse::item_tree::{CfgIndex, ItemTree, ScopeKind, Symbol};
use crate::source::Overlay;
use crate::workspace::Workspace;

/// The most scopes, items and imports that all mounts may hold together. Files that mount each
/// other several times multiply what they hold; code that is written stays far below this.
const MOST_ENTRIES: usize = 4_000_000;

/// A file that something declares, before it is read.
struct Pending {
    crate_ix: u32,
    declared: Option<Declared>,
    /// Candidates; the first that exists is meant.
    candidates: Vec<Utf8PathBuf>,
    /// Whether child modules live beside the file (`mod.rs`, crate roots, `#[path]`)
    /// and not in a folder named after it. Decided by the file name when `None`.
    beside: Option<bool>,
    include: bool,
    /// Whether another file stands in for this one where it is missing.
    optional: bool,
    test: bool,
    /// The conditions of its declarations.
    under: Vec<Option<CfgIndex>>,
}

/// Where a file is declared.
struct Declared {
    mount: usize,
    scope: ScopeIx,
    /// The module's name in the declaring file; `None` for an `include!`.
    name: Option<Symbol>,
    /// The module items: several where conditions keep declarations of one file apart.
    items: Vec<ItemIx>,
    span: layers_rules::facts::Span,
}

/// Directories of a mounted file: its own, and that of its child modules.
struct Directories {
    own: Utf8PathBuf,
    children: Utf8PathBuf,
}

/// Reads the module trees of every target of `workspace`, as far as `configuration`
/// does not exclude them, from the files of `overlay`, with the needed parts of items.
#[must_use]
pub fn grow(
    workspace: &Workspace,
    configuration: &Configuration,
    overlay: &Overlay,
    needs: Needs,
) -> ModuleTree {
    grow_within(MOST_ENTRIES, workspace, configuration, overlay, needs)
}

/// Like [`grow`], with mounts that hold so many entries together at the most.
fn grow_within(
    most_entries: usize,
    workspace: &Workspace,
    configuration: &Configuration,
    overlay: &Overlay,
    needs: Needs,
) -> ModuleTree {
    let mut grower = Grower {
        most_entries,
        files: Files::new(workspace, overlay, needs),
        tree: ModuleTree::default(),
        directories: Vec::new(),
    };
    let mut pending = grower.roots(workspace);
    while !pending.is_empty() {
        let candidates: Vec<Utf8PathBuf> =
            pending.iter().flat_map(|file| file.candidates.iter().cloned()).collect();
        grower.files.read(&mut grower.tree.names, candidates);
        pending = pending.into_iter().flat_map(|file| grower.mount(&file)).collect();
    }
    grower.tree.files = grower.files.parsed;
    conditions::settle(&mut grower.tree, configuration);
    grower.tree
}

struct Grower<'a> {
    most_entries: usize,
    files: Files<'a>,
    tree: ModuleTree,
    /// Parallel to the mounts.
    directories: Vec<Directories>,
}

impl Grower<'_> {
    fn roots(&mut self, workspace: &Workspace) -> Vec<Pending> {
        let mut pending = Vec::new();
        let mut targets: Vec<_> = workspace
            .packages
            .iter()
            .enumerate()
            .flat_map(|(index, package)| package.targets.iter().map(move |it| (index, package, it)))
            .collect();
        // Nothing may depend on the order in which packages and targets come.
        targets.sort_by_cached_key(|(_, package, target)| {
            let place = (package.name.clone(), package.manifest.clone());
            (place, target.kind, target.name.clone(), target.root.clone())
        });
        for (package_ix, _, target) in targets {
            let crate_ix = u32::try_from(self.tree.crates.len()).expect("few crates");
            self.tree.crates.push(CrateTree {
                package: package_ix,
                name: self.tree.names.intern(&target.name),
                kind: target.kind,
                edition: target.edition,
                root: None,
                refusal: None,
                macro_conditions: FxHashMap::default(),
            });
            pending.push(Pending {
                crate_ix,
                declared: None,
                candidates: vec![normalize(&target.root)],
                beside: Some(true),
                include: false,
                optional: false,
                test: target.kind.is_test(),
                under: Vec::new(),
            });
        }
        pending
    }

    /// Mounts one file and gives the files it declares in turn.
    fn mount(&mut self, pending: &Pending) -> Vec<Pending> {
        let found = pending
            .candidates
            .iter()
            .find_map(|path| self.files.get(path).map(|file| (path.clone(), file)));
        let Some((path, file)) = found else {
            self.missing(pending);
            return Vec::new();
        };
        if self.is_loop(pending.declared.as_ref(), file) {
            let path = self.files.shown(&path);
            self.problem(pending, format!("`{path}` holds itself as a module"));
            return Vec::new();
        }
        if !self.has_room(file) {
            let path = self.files.shown(&path);
            let message = format!(
                "`{path}` is mounted once too often: the workspace would hold more than {} items",
                self.most_entries
            );
            self.problem(pending, message);
            return Vec::new();
        }
        let own = path.parent().unwrap_or(Utf8Path::new("/")).to_owned();
        let beside = pending.beside.unwrap_or_else(|| path.file_name() == Some("mod.rs"));
        let children = match (&pending.declared, pending.include) {
            (Some(declared), true) => self.directories[declared.mount].children.clone(),
            _ if beside => own.clone(),
            _ => own.join(path.file_stem().unwrap_or_default()),
        };
        self.directories.push(Directories { own, children });
        let mount = self.new_mount(pending, file);
        if pending.declared.is_none() {
            self.tree.crates[pending.crate_ix as usize].root = Some(mount.scopes);
        }
        self.tree.push(mount);
        self.declared_files(self.tree.mounts.len() - 1)
    }

    fn new_mount(&self, pending: &Pending, file: FileIx) -> Mount {
        let count = |count: fn(&ModuleTree, &Files<'_>) -> usize| {
            u32::try_from(count(&self.tree, &self.files)).expect("fewer than 2^32 entries")
        };
        let declared = pending.declared.as_ref();
        let tree = &self.files.parsed[file as usize].tree;
        let scope = declared.map(|declared| declared.scope);
        Mount {
            file,
            crate_ix: pending.crate_ix,
            parent: scope,
            declarations: declared.map_or_else(Vec::new, |declared| declared.items.clone()),
            start: declared.map_or(0, |declared| declared.span.start),
            included_in: scope.filter(|_| pending.include),
            scopes: count(|tree, files| {
                next(tree, files, |mount| mount.scopes, |tree| tree.scopes.len())
            }),
            items: count(|tree, files| {
                next(tree, files, |mount| mount.items, |tree| tree.items.len())
            }),
            imports: count(|tree, files| {
                next(tree, files, |mount| mount.imports, |tree| tree.imports.len())
            }),
            test: pending.test || tree.is_test(tree.scopes[0].cfg),
            under: pending.under.clone(),
            cfg: None,
            excluded: FxHashSet::default(),
            void: false,
        }
    }

    fn declared_files(&mut self, mount_ix: usize) -> Vec<Pending> {
        let mount = self.tree.mounts[mount_ix].clone();
        let file = &self.files.parsed[mount.file as usize];
        let directories = &self.directories[mount_ix];
        let mut pending = Vec::new();
        for module in file.tree.modules.iter().filter(|module| module.body.is_none()) {
            let item = &file.tree.items[module.item as usize];
            if !mount.counts(item.cfg) {
                continue;
            }
            let name = file.tree.text(item.name);
            let folder = inline_folder(&file.tree, item.scope);
            let declared = |cfg: Option<CfgIndex>| Pending {
                crate_ix: mount.crate_ix,
                declared: Some(Declared {
                    mount: mount_ix,
                    scope: self.tree.scope(&mount, item.scope),
                    name: Some(item.name),
                    items: vec![mount.items + module.item],
                    span: item.span,
                }),
                candidates: Vec::new(),
                beside: None,
                include: false,
                optional: false,
                test: mount.test || file.tree.is_test(cfg.or(item.cfg)),
                under: vec![cfg.or(item.cfg)],
            };
            let unconditional = module.paths.iter().find(|(_, cfg)| cfg.is_none());
            for (path, cfg) in module.paths.iter().filter(|(_, cfg)| mount.counts(*cfg)) {
                let base = match &folder {
                    Some(folder) => directories.children.join(folder),
                    None => directories.own.clone(),
                };
                let mut file = declared(*cfg);
                file.candidates = vec![normalize(&base.join(&**path))];
                file.beside = Some(true);
                pending.push(file);
            }
            if unconditional.is_none() {
                let base = match &folder {
                    Some(folder) => directories.children.join(folder),
                    None => directories.children.clone(),
                };
                let mut file = declared(None);
                file.optional = !module.paths.is_empty();
                file.candidates = vec![
                    normalize(&base.join(format!("{name}.rs"))),
                    normalize(&base.join(name).join("mod.rs")),
                ];
                pending.push(file);
            }
        }
        for include in file.tree.includes.iter().filter(|include| mount.counts(include.cfg)) {
            pending.push(Pending {
                crate_ix: mount.crate_ix,
                declared: Some(Declared {
                    mount: mount_ix,
                    scope: self.tree.scope(&mount, include.scope),
                    name: None,
                    items: Vec::new(),
                    span: include.span,
                }),
                candidates: vec![normalize(&directories.own.join(&*include.file))],
                beside: Some(true),
                include: true,
                optional: false,
                test: mount.test || file.tree.is_test(include.cfg),
                under: vec![include.cfg],
            });
        }
        merge(pending)
    }

    /// Whether one more mount of a file keeps within bounds.
    fn has_room(&self, file: FileIx) -> bool {
        let tree = &self.files.parsed[file as usize].tree;
        let more = tree.scopes.len() + tree.items.len() + tree.imports.len();
        let mounted = |first: fn(&Mount) -> u32, count: fn(&ItemTree) -> usize| {
            next(&self.tree, &self.files, first, count)
        };
        let held = mounted(|mount| mount.scopes, |tree| tree.scopes.len())
            + mounted(|mount| mount.items, |tree| tree.items.len())
            + mounted(|mount| mount.imports, |tree| tree.imports.len());
        held + more <= self.most_entries
    }

    fn is_loop(&self, declared: Option<&Declared>, file: FileIx) -> bool {
        let mut current = declared.map(|declared| declared.mount);
        while let Some(mount) = current {
            let mount = &self.tree.mounts[mount];
            if mount.file == file {
                return true;
            }
            current = mount.parent.map(|scope| super::owner(&self.tree.bases.scopes, scope));
        }
        false
    }

    fn missing(&mut self, pending: &Pending) {
        let mut candidates = pending.candidates.iter();
        let refused =
            candidates.find_map(|path| Some((self.files.shown(path), self.files.refusal(path)?)));
        if let Some((path, why)) = refused {
            let message = format!("`{path}` {why}");
            if pending.declared.is_none() {
                self.tree.crates[pending.crate_ix as usize].refusal = Some(message);
            } else {
                self.problem(pending, message);
            }
            return;
        }
        if pending.optional {
            return;
        }
        let looked: Vec<String> =
            pending.candidates.iter().map(|path| format!("`{}`", self.files.shown(path))).collect();
        let message = format!("no file for this module: looked for {}", looked.join(" and "));
        self.problem(pending, message);
    }

    fn problem(&mut self, pending: &Pending, message: String) {
        if let Some(declared) = &pending.declared {
            self.tree.problems.push(TreeProblem {
                mount: declared.mount,
                span: declared.span,
                message,
                under: pending.under.clone(),
            });
        }
    }
}

/// The number behind the last one that a mount uses.
fn next(
    tree: &ModuleTree,
    files: &Files<'_>,
    first: fn(&Mount) -> u32,
    count: fn(&ItemTree) -> usize,
) -> usize {
    tree.mounts
        .last()
        .map_or(0, |mount| first(mount) as usize + count(&files.parsed[mount.file as usize].tree))
}

/// The folder that the inline modules around a scope stand for; `None` when there is
/// no inline module around it.
fn inline_folder(tree: &ItemTree, scope: u32) -> Option<Utf8PathBuf> {
    let mut parts = Vec::new();
    let mut current = scope;
    loop {
        let entry = &tree.scopes[current as usize];
        if entry.kind == ScopeKind::Module
            && let Some(module) = tree.modules.iter().find(|module| module.body == Some(current))
        {
            let name = tree.text(tree.items[module.item as usize].name);
            parts.push(module.paths.first().map_or(name, |(path, _)| path));
        }
        match entry.parent {
            Some(parent) => current = parent,
            None => break,
        }
    }
    (!parts.is_empty()).then(|| parts.iter().rev().collect())
}

/// Declarations of one file under one name in one module, which conditions must keep
/// apart, are one module.
fn merge(pending: Vec<Pending>) -> Vec<Pending> {
    let mut merged: Vec<Pending> = Vec::new();
    for file in pending {
        let same = merged.iter_mut().find(|known| {
            known.candidates == file.candidates
                && known.declared.as_ref().map(|declared| (declared.scope, declared.name))
                    == file.declared.as_ref().map(|declared| (declared.scope, declared.name))
                && !file.include
        });
        let Some(same) = same else {
            merged.push(file);
            continue;
        };
        same.test &= file.test;
        same.under.extend(file.under);
        if let (Some(same), Some(file)) = (&mut same.declared, file.declared) {
            same.items.extend(file.items);
        }
    }
    merged
}

#[cfg(test)]
mod tests;
