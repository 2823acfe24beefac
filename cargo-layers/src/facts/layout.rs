//! Packages, crates, files and modules, and which id each has.

use layers_rules::facts::{
    Crate, CrateId, CrateKind, Facts, File, FileId, ItemId, Modifiers, Module, ModuleId, Package,
    PackageDependency, PackageId, Span, Visibility,
};
use layers_rules::names::Name;
use rustc_hash::FxHashMap;

use crate::parse::item_tree::{self, ScopeKind};
use crate::resolve::Resolver;
use crate::tree::{ItemIx, Mount, ScopeIx, join_predicates};
use crate::workspace::{self, Workspace};

/// Ids of scopes, items and crates among the facts.
pub struct Layout {
    /// The module that a scope is or belongs to.
    pub module_of_scope: Vec<Option<ModuleId>>,
    /// The entry of an item; modules have none.
    pub items: Vec<Option<ItemId>>,
    /// The module that each declaration of one stands for.
    pub module_of_item: FxHashMap<ItemIx, ModuleId>,
    /// The crate of each crate tree that has a root.
    pub crates: Vec<Option<CrateId>>,
    /// The joined predicates of a condition, by mount and condition.
    conditions: FxHashMap<(u32, u32), Name>,
}

impl Layout {
    pub fn new(workspace: &Workspace, resolver: &mut Resolver, facts: &mut Facts) -> Self {
        let mut layout = Self {
            module_of_scope: vec![None; resolver.tree.scope_count()],
            items: Vec::new(),
            module_of_item: FxHashMap::default(),
            crates: Vec::new(),
            conditions: conditions(resolver),
        };
        packages(workspace, resolver, facts);
        for file in &resolver.tree.files {
            facts.files.push(File { path: file.shown.clone(), lines: file.tree.lines });
        }
        layout.crates(workspace, resolver, facts);
        layout.modules(resolver, facts);
        layout.items = super::items::number(resolver, &layout.module_of_scope);
        layout
    }

    /// The condition something stands under, that of its file's place included.
    pub fn condition(&self, mount_ix: u32, mount: &Mount, cfg: Option<u32>) -> Option<Name> {
        cfg.map_or(mount.cfg, |cfg| self.conditions.get(&(mount_ix, cfg)).copied())
    }

    fn crates(&mut self, workspace: &Workspace, resolver: &mut Resolver, facts: &mut Facts) {
        let mut named: FxHashMap<Name, usize> = FxHashMap::default();
        for krate in &resolver.tree.crates {
            if matches!(krate.kind, CrateKind::Lib | CrateKind::ProcMacro | CrateKind::Bin) {
                *named.entry(krate.name).or_default() += 1;
            }
        }
        for crate_ix in 0..resolver.tree.crates.len() {
            let krate = &resolver.tree.crates[crate_ix];
            let Some(root) = krate.root else {
                self.crates.push(None);
                continue;
            };
            let id = CrateId::new(facts.crates.len());
            self.crates.push(Some(id));
            let package = &workspace.packages[krate.package];
            let alone = package.targets.iter().all(|target| {
                !matches!(target.kind, CrateKind::Lib | CrateKind::ProcMacro)
                    && (target.kind != CrateKind::Bin || target.root == crate_root(resolver, root))
            });
            let name = resolver.tree.names.text(krate.name).to_owned();
            let display = match krate.kind {
                CrateKind::Lib | CrateKind::ProcMacro => name,
                CrateKind::Bin if alone && named[&krate.name] == 1 => name,
                CrateKind::BuildScript => format!("{}[build]", package.name.replace('-', "_")),
                kind => format!("{}[{}:{name}]", package.name.replace('-', "_"), kind.word()),
            };
            let (package, name, kind) = (krate.package, krate.name, krate.kind);
            facts.crates.push(Crate {
                package: PackageId::new(package),
                name,
                kind,
                // Set when the modules are numbered.
                root: ModuleId::new(root as usize),
                display: resolver.tree.names.intern(&display),
            });
        }
    }

    fn modules(&mut self, resolver: &Resolver, facts: &mut Facts) {
        for (mount_ix, mount) in (0..).zip(&resolver.tree.mounts) {
            let file = resolver.tree.file(mount);
            let bodies: FxHashMap<u32, u32> = file
                .tree
                .modules
                .iter()
                .filter_map(|module| Some((module.body?, module.item)))
                .collect();
            for (local, scope) in (0..).zip(&file.tree.scopes) {
                let own = mount.scopes + local;
                if mount.void || (scope.kind == ScopeKind::Module && !mount.counts(scope.cfg)) {
                    continue;
                }
                let item = match scope.kind {
                    ScopeKind::File if mount.included_in.is_none() => {
                        mount.declarations.first().copied()
                    }
                    ScopeKind::Module => bodies.get(&local).map(|item| mount.items + item),
                    ScopeKind::File | ScopeKind::Block | ScopeKind::Enum => {
                        let around = match (mount.included_in, scope.parent) {
                            (Some(including), _) if local == 0 => Some(including),
                            (_, parent) => parent.map(|parent| resolver.tree.scope(mount, parent)),
                        };
                        self.module_of_scope[own as usize] =
                            around.and_then(|around| self.module_of_scope[around as usize]);
                        continue;
                    }
                };
                let id = ModuleId::new(facts.modules.len());
                self.module_of_scope[own as usize] = Some(id);
                self.module_of_item.extend(item.map(|item| (item, id)));
                let module = self.module(resolver, own, item, (mount_ix, mount), scope);
                if module.parent.is_none() {
                    facts.crates[module.crate_id.index()].root = id;
                }
                facts.modules.push(module);
            }
        }
    }

    fn module(
        &self,
        resolver: &Resolver,
        own: ScopeIx,
        item: Option<ItemIx>,
        (mount_ix, mount): (u32, &Mount),
        scope: &item_tree::Scope,
    ) -> Module {
        let krate = mount.crate_ix as usize;
        let crate_id = self.crates[krate].expect("a mounted crate has a root");
        let file = FileId::new(mount.file as usize);
        let test = mount.test || resolver.tree.file(mount).tree.is_test(scope.cfg);
        let cfg = self.condition(mount_ix, mount, scope.cfg);
        let inline = scope.kind == ScopeKind::Module;
        let tree = &resolver.tree.file(mount).tree;
        let is_documented_inside = tree.documented && !inline;
        let Some(item) = item else {
            let name = resolver.tree.crates[krate].name;
            let (span, visibility) = (Span::default(), Visibility::Public);
            let parent = None;
            return Module {
                crate_id,
                parent,
                name,
                file,
                declared_in: file,
                span,
                inline,
                lines: tree.lines,
                documented: tree.documented,
                attributes: Vec::new(),
                visibility,
                test,
                cfg,
            };
        };
        let declaring = resolver.tree.mount_of_item(item);
        let declaring_file = resolver.tree.file(declaring);
        let entry = &declaring_file.tree.items[(item - declaring.items) as usize];
        let around = resolver.tree.parent_scope(own);
        Module {
            crate_id,
            parent: around.and_then(|around| self.module_of_scope[around as usize]),
            name: declaring_file.name(entry.name),
            file,
            declared_in: FileId::new(declaring.file as usize),
            span: entry.span,
            inline,
            lines: if inline { entry.form.lines } else { tree.lines },
            documented: is_documented_inside
                || entry.form.modifiers.contains(Modifiers::DOCUMENTED),
            // Set when it is known what they mean.
            attributes: Vec::new(),
            visibility: self.visibility(resolver, declaring, entry),
            test,
            cfg,
        }
    }

    /// A written visibility in terms of modules.
    pub fn visibility(
        &self,
        resolver: &Resolver,
        mount: &Mount,
        item: &item_tree::Item,
    ) -> Visibility {
        match item.visibility {
            // A variant or a trait's member is as visible as its parent.
            item_tree::Visibility::Inherited => match item.parent {
                Some(parent) => {
                    let parent = &resolver.tree.file(mount).tree.items[parent as usize];
                    self.visibility(resolver, mount, parent)
                }
                None => Visibility::Public,
            },
            written => self.written_visibility(resolver, mount, item.scope, written),
        }
    }

    /// A visibility written in `scope` of a mounted file in terms of modules; one that is
    /// inherited is public.
    pub fn written_visibility(
        &self,
        resolver: &Resolver,
        mount: &Mount,
        scope: u32,
        written: item_tree::Visibility,
    ) -> Visibility {
        match written {
            item_tree::Visibility::Public | item_tree::Visibility::Inherited => Visibility::Public,
            item_tree::Visibility::Crate => Visibility::Crate,
            item_tree::Visibility::Private => Visibility::Private,
            item_tree::Visibility::Super | item_tree::Visibility::In(_) => {
                let scope = resolver.tree.scope(mount, scope);
                resolver
                    .restricted_to(scope, mount, written)
                    .and_then(|module| self.module_of_scope[module as usize])
                    .map_or(Visibility::Crate, Visibility::Restricted)
            }
        }
    }
}

fn crate_root(resolver: &Resolver, root: ScopeIx) -> &camino::Utf8Path {
    &resolver.tree.file(resolver.tree.mount_of_scope(root)).path
}

fn packages(workspace: &Workspace, resolver: &mut Resolver, facts: &mut Facts) {
    let names = &mut resolver.tree.names;
    for package in &workspace.packages {
        let manifest = package.manifest.strip_prefix(&workspace.root).unwrap_or(&package.manifest);
        let dependencies = package
            .dependencies
            .iter()
            .map(|dependency| PackageDependency {
                package: names.intern(&dependency.package),
                extern_name: names.intern(&dependency.extern_name),
                workspace: dependency.member.map(PackageId::new),
                kind: dependency.kind,
                optional: dependency.optional,
                features: switches(package, dependency)
                    .iter()
                    .map(|feature| names.intern(feature))
                    .collect(),
                target: dependency.target.as_deref().map(|target| names.intern(target)),
                // Read where a rule asks for it.
                span: Span::default(),
                inherited: None,
            })
            .collect();
        facts.packages.push(Package {
            name: names.intern(&package.name),
            manifest: manifest.as_str().replace('\\', "/"),
            layer: package.layer.clone(),
            dependencies,
            features: package.features.keys().map(|feature| names.intern(feature)).collect(),
        });
    }
}

/// The features that switch a dependency on, where it is optional.
fn switches(package: &workspace::Package, dependency: &workspace::Dependency) -> Vec<String> {
    if !dependency.optional {
        return Vec::new();
    }
    let key = if dependency.renamed { &dependency.extern_name } else { &dependency.package };
    workspace::switching_on(&package.features, key)
}

fn conditions(resolver: &mut Resolver) -> FxHashMap<(u32, u32), Name> {
    let mut conditions = FxHashMap::default();
    for (mount_ix, mount) in (0..).zip(&resolver.tree.mounts) {
        let file = &resolver.tree.files[mount.file as usize];
        for cfg in 0..u32::try_from(file.tree.cfgs.len()).unwrap_or(u32::MAX) {
            let outer = mount.cfg.map(|outer| resolver.tree.names.text(outer).to_owned());
            let own = resolver.tree.predicates(mount, Some(cfg)).into_iter().map(str::to_owned);
            let all: Vec<String> = outer.into_iter().chain(own).collect();
            if let Some(joined) = join_predicates(&all) {
                conditions.insert((mount_ix, cfg), resolver.tree.names.intern(&joined));
            }
        }
    }
    conditions
}
