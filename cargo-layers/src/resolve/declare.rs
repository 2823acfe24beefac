//! Fills the name table with what files declare and manifests give.

use layers_rules::facts::{CrateKind, ItemKind, PackageDependencyKind};
use layers_rules::names::{Name, Names};
use rustc_hash::FxHashMap;

use super::macros::MacroUse;
use super::made::{has_maker, plain};
use super::scopes::{Binding, Scopes, Visible};
use super::{ChainIx, Chains, Def, Externals, ImportState, Link, Prelude, Resolver};
use crate::parse::item_tree::{Anchor, ImportKind, Item, Namespace, ScopeKind, Visibility};
use crate::tree::{ItemIx, ModuleTree, Mount, ScopeIx};
use crate::workspace::{Dependency, Package, Workspace};

/// A resolver whose table holds every definition, and a reservation for every import.
pub fn declared(workspace: &Workspace, mut tree: ModuleTree) -> Resolver {
    let mut externals = Externals::default();
    let prelude = Prelude::new(&mut tree.names, &mut externals);
    let extern_names = extern_names(workspace, &mut tree, &mut externals);
    let star = tree.names.intern("*");
    let scopes = scopes_of(&tree);
    let crates = tree.crates.len();
    let imports = vec![ImportState::default(); tree.import_count()];
    let mut resolver = Resolver {
        externals,
        chains: Chains::default(),
        imports,
        scopes,
        prelude,
        extern_names,
        macro_use: vec![Vec::new(); crates],
        foreign_macros: vec![Vec::new(); crates],
        module_scopes: FxHashMap::default(),
        stems: FxHashMap::default(),
        settled: false,
        star,
        tree,
    };
    resolver.find_module_scopes();
    for mount in 0..resolver.tree.mounts.len() {
        resolver.declare_mount(mount);
    }
    resolver.hand_back_macros();
    resolver.extern_crates();
    resolver
}

fn scopes_of(tree: &ModuleTree) -> Scopes {
    let mut scopes = Scopes::default();
    for mount in &tree.mounts {
        for (local, scope) in tree.file(mount).tree.scopes.iter().enumerate() {
            let own = mount.scopes + index(local);
            let parent = match scope.parent {
                Some(parent) => Some(tree.scope(mount, parent)),
                None => mount.parent,
            };
            scopes.parent.push(parent);
            scopes.start.push(if local == 0 { mount.start } else { scope.start });
            scopes.kind.push(scope.kind);
            let module = match (scope.kind, parent) {
                (ScopeKind::File | ScopeKind::Module, _) | (_, None) => own,
                (_, Some(parent)) => scopes.module[parent as usize],
            };
            scopes.module.push(module);
            scopes.crate_ix.push(mount.crate_ix);
        }
    }
    let count = scopes.parent.len();
    scopes.bound.resize_with(count, Vec::new);
    scopes.taken_by.resize_with(count, Vec::new);
    scopes.takes_from.resize_with(count, Vec::new);
    scopes.pending_globs.resize(count, 0);
    scopes
}

/// Per crate, the crates it can name: its package's dependencies under their new
/// names, its package's library, and those of the language.
fn extern_names(
    workspace: &Workspace,
    tree: &mut ModuleTree,
    externals: &mut Externals,
) -> Vec<FxHashMap<Name, (Def, ChainIx)>> {
    let mut library = vec![None; workspace.packages.len()];
    for krate in &tree.crates {
        if matches!(krate.kind, CrateKind::Lib | CrateKind::ProcMacro) {
            library[krate.package] = krate.root.map(|root| (krate.name, root));
        }
    }
    let mut all = Vec::new();
    for krate in &tree.crates {
        let mut known = FxHashMap::default();
        let mut add = |names: &mut Names, name: &str, def: Def| {
            known.insert(names.intern(name), (def, ChainIx::EMPTY));
        };
        for name in ["core", "std"] {
            let root = externals.root(tree.names.intern(name));
            add(&mut tree.names, name, Def::External(root));
        }
        if krate.kind == CrateKind::ProcMacro {
            let root = externals.root(tree.names.intern("proc_macro"));
            add(&mut tree.names, "proc_macro", Def::External(root));
        }
        let build = krate.kind == CrateKind::BuildScript;
        // A dependency of the normal table is meant before one of the same name for tests.
        let mut dependencies: Vec<_> = workspace.packages[krate.package]
            .dependencies
            .iter()
            .filter(|dependency| (dependency.kind == PackageDependencyKind::Build) == build)
            .collect();
        dependencies.sort_by_key(|dependency| dependency.kind == PackageDependencyKind::Normal);
        for dependency in dependencies {
            let member = dependency.member.and_then(|member| library[member]);
            let def = if let Some((_, root)) = member {
                Def::Module(root)
            } else {
                let name = dependency.package.replace('-', "_");
                let name = if dependency.renamed { &name } else { &dependency.extern_name };
                Def::External(externals.root(tree.names.intern(name)))
            };
            add(&mut tree.names, &dependency.extern_name, def);
        }
        for name in likely_libraries(&workspace.packages[krate.package]) {
            let name = tree.names.intern(&name);
            let root = externals.root(name);
            known.entry(name).or_insert((Def::External(root), ChainIx::EMPTY));
        }
        let is_library = matches!(krate.kind, CrateKind::Lib | CrateKind::ProcMacro);
        if let Some((name, root)) = library[krate.package]
            && !is_library
            && !build
        {
            known.insert(name, (Def::Module(root), ChainIx::EMPTY));
        }
        all.push(known);
    }
    all
}

/// Other names that the libraries of outside packages most likely have, since their
/// manifests are not read: `sha-1` holds `sha1`, `rust-ini` holds `ini`, `pam-rs` `pam`.
fn likely_libraries(package: &Package) -> Vec<String> {
    let outside = |dependency: &&Dependency| dependency.member.is_none() && !dependency.renamed;
    let mut names = Vec::new();
    for dependency in package.dependencies.iter().filter(outside) {
        let name = dependency.package.as_str();
        let shorter =
            [name.strip_prefix("rust-"), name.strip_suffix("-rs"), name.strip_suffix("-rust")];
        let joined = name.replace('-', "");
        let all = shorter.into_iter().flatten().map(|name| name.replace('-', "_"));
        names.extend(all.chain([joined]));
    }
    names
}

impl Resolver {
    fn find_module_scopes(&mut self) {
        for mount in &self.tree.mounts {
            for declaration in &mount.declarations {
                self.module_scopes.entry(*declaration).or_default().push(mount.scopes);
            }
            for module in &self.tree.file(mount).tree.modules {
                if let Some(body) = module.body {
                    let item = mount.items + module.item;
                    self.module_scopes.entry(item).or_default().push(mount.scopes + body);
                }
            }
        }
    }

    fn declare_mount(&mut self, mount: usize) {
        let mount = self.tree.mounts[mount].clone();
        let file = &self.tree.files[mount.file as usize];
        let mut bindings = Vec::new();
        let mut textual = Vec::new();
        // A crate of procedural macros exports nothing else.
        let inward = self.tree.crates[mount.crate_ix as usize].kind == CrateKind::ProcMacro;
        for (local, item) in file.tree.items.iter().enumerate() {
            if !mount.counts(item.cfg) {
                continue;
            }
            let item_ix = mount.items + index(local);
            let scope = self.tree.scope(&mount, item.scope);
            let name = file.name(item.name);
            if item.parent.is_none() && has_maker(&file.tree, item) {
                let stem = plain(self.tree.names.text(name));
                self.stems.entry(scope).or_default().push(stem);
            }
            let mut visible = self.visible(scope, &mount, item.visibility);
            if inward && item.kind != ItemKind::Macro {
                visible = self.scopes.narrower(visible, Visible::within(self.root_of(scope)));
            }
            for def in self.defs_of(item_ix, item) {
                for namespace in Namespace::ALL {
                    if item.namespaces.contains(namespace) {
                        bindings.push(((scope, name, namespace), def, visible));
                    }
                }
                if item.exported && item.kind == ItemKind::Macro {
                    let root = self.root_of(scope);
                    bindings.push(((root, name, Namespace::Macro), def, Visible::EVERYWHERE));
                }
            }
            // A procedural macro is public, `macro_rules!` never is by itself.
            if item.kind == ItemKind::Macro && item.visibility == Visibility::Private {
                textual.push(((scope, name), (item.span.start, item_ix)));
            }
        }
        for (local, scope) in file.tree.scopes.iter().enumerate() {
            if scope.opaque && mount.counts(scope.cfg) {
                let scope = self.tree.scope(&mount, index(local));
                let key = (scope, self.star, Namespace::Type);
                bindings.push((key, Def::Made(scope), Visible::EVERYWHERE));
            }
        }
        for (key, def, visible) in bindings {
            let binding = Binding { def, visible, import: None, glob: false, via: ChainIx::EMPTY };
            self.scopes.bind(&mut self.chains, key, binding);
        }
        for (key, entry) in textual {
            self.scopes.textual.entry(key).or_default().push(entry);
        }
    }

    fn defs_of(&self, item_ix: ItemIx, item: &Item) -> Vec<Def> {
        if item.kind != ItemKind::Module {
            return vec![Def::Item(item_ix)];
        }
        match self.scopes_of_module(item_ix) {
            [] => vec![Def::Unknown],
            scopes => scopes.iter().map(|scope| Def::Module(*scope)).collect(),
        }
    }

    /// The root scope of the crate that `scope` is in.
    pub(super) fn root_of(&self, scope: ScopeIx) -> ScopeIx {
        self.tree.crates[self.crate_of(scope) as usize].root.unwrap_or(scope)
    }

    /// Who sees something declared in `scope`.
    pub(super) fn visible(&self, scope: ScopeIx, mount: &Mount, visibility: Visibility) -> Visible {
        let module = self.module_of(scope);
        match visibility {
            Visibility::Public | Visibility::Inherited => Visible::EVERYWHERE,
            Visibility::Crate => Visible::within(self.root_of(scope)),
            Visibility::Private => Visible::within(module),
            Visibility::Super => {
                Visible::within(self.ancestor(module, 1).unwrap_or_else(|| self.root_of(scope)))
            }
            Visibility::In(path) => {
                let path = &self.tree.file(mount).tree.paths[path as usize];
                if let Anchor::Super(up) = path.anchor {
                    let around = self.ancestor(module, up);
                    return Visible::within(around.unwrap_or_else(|| self.root_of(scope)));
                }
                let mut line = vec![module];
                while let Some(parent) = self.scopes.parent[line[line.len() - 1] as usize] {
                    line.push(self.module_of(parent));
                }
                line.reverse();
                let depth = usize::from(path.segments.len).min(line.len() - 1);
                Visible::within(line[depth])
            }
        }
    }

    /// The module that a written visibility is restricted to; `None` for everywhere.
    #[must_use]
    pub fn restricted_to(
        &self,
        scope: ScopeIx,
        mount: &Mount,
        visibility: Visibility,
    ) -> Option<ScopeIx> {
        self.visible(scope, mount, visibility).module()
    }

    /// The module `up` levels above `module`; `None` above the crate root.
    pub(super) fn ancestor(&self, module: ScopeIx, up: u8) -> Option<ScopeIx> {
        let mut current = module;
        for _ in 0..up {
            current = self.module_of(self.scopes.parent[current as usize]?);
        }
        Some(current)
    }

    /// `#[macro_use] mod m` puts the macros of `m` in textual scope behind it.
    fn hand_back_macros(&mut self) {
        for mount in (0..self.tree.mounts.len()).rev() {
            let mount = self.tree.mounts[mount].clone();
            let file = &self.tree.files[mount.file as usize];
            // Inner modules come first, so that what they hand back is handed on.
            for module in file.tree.modules.iter().filter(|module| module.macro_use) {
                let item = &file.tree.items[module.item as usize];
                let around = self.tree.scope(&mount, item.scope);
                let at = item.span.end;
                let mut handed = Vec::new();
                for scope in self.scopes_of_module(mount.items + module.item) {
                    for ((of, name), macros) in &self.scopes.textual {
                        if of == scope {
                            handed.extend(macros.last().map(|last| (*name, last.1)));
                        }
                    }
                }
                for (name, item) in handed {
                    self.scopes.textual.entry((around, name)).or_default().push((at, item));
                }
            }
        }
        for macros in self.scopes.textual.values_mut() {
            macros.sort_unstable();
        }
    }

    /// `extern crate` names its crate at once; at the root it adds to the extern names.
    fn extern_crates(&mut self) {
        for import in 0..index(self.imports.len()) {
            let (mount, entry) = self.import(import);
            let ImportKind::ExternCrate(name, macro_use) = entry.kind else { continue };
            if !mount.counts(entry.cfg) {
                continue;
            }
            let file = self.tree.file(mount);
            let names: Vec<Name> =
                file.tree.names(entry.path).iter().map(|symbol| file.name(*symbol)).collect();
            let in_tests = file.tree.is_test(entry.cfg);
            let name = name.map(|name| file.name(name));
            let scope = self.tree.scope(mount, entry.scope);
            let visible = self.visible(scope, mount, entry.visibility);
            let crate_ix = mount.crate_ix as usize;
            let root = self.root_of(scope);
            let def = match names.first() {
                None => Def::Module(root),
                Some(name) => match self.extern_names[crate_ix].get(name) {
                    Some((def, _)) => *def,
                    None => Def::External(self.externals.root(*name)),
                },
            };
            let state = &mut self.imports[import as usize];
            state.results.push((Namespace::Type, def, ChainIx::EMPTY));
            if let Some(name) = name {
                let via = ChainIx::EMPTY;
                let binding = Binding { def, visible, import: Some(import), glob: false, via };
                self.scopes.bind(&mut self.chains, (scope, name, Namespace::Type), binding);
                if scope == root {
                    let chain = self.chains.link(Link::Import(import), via);
                    self.extern_names[crate_ix].entry(name).or_insert((def, chain));
                }
            }
            match def {
                Def::Module(of) if macro_use => {
                    self.macro_use[crate_ix].push(MacroUse { of, in_tests });
                }
                Def::External(of) if macro_use => {
                    self.foreign_macros[crate_ix].push(MacroUse { of, in_tests });
                }
                _ => {}
            }
        }
    }
}

pub(super) fn index(position: usize) -> u32 {
    u32::try_from(position).expect("fewer than 2^32 entries")
}
