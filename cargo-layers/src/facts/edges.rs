//! Dependencies: what every import and every written path leads to.

use layers_rules::facts::{
    ChainId, CrateId, Dependency, DependencyKind, Facts, FileId, ItemId, LocalUse, ModuleId, Span,
    Target, UnseenPath,
};
use layers_rules::names::Name;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::layout::Layout;
use super::parts::Resolved;
use super::targets::Targets;
use crate::parse::item_tree::{Anchor, ImportKind, Namespace, Place, Visibility, WrittenPath};
use crate::resolve::paths::{Manner, Meaning, Meanings, Question, Walk};
use crate::resolve::{ChainIx, Def, Resolver};
use crate::tree::{ImportIx, Mount, ScopeIx};

/// Builds the dependencies of all crates.
pub struct Edges<'a> {
    pub(super) resolver: &'a mut Resolver,
    pub(super) layout: &'a Layout,
    pub(super) targets: Targets<'a>,
    pub(super) facts: &'a mut Facts,
    pub(super) chains: FxHashMap<ChainIx, ChainId>,
    /// Parallel to the dependencies.
    pub(super) origins: Vec<Origin>,
    pub(super) meant: super::held::Meant,
    pub(super) expansions: super::expansion::Expansions,
}

/// Where a dependency comes from.
#[derive(Clone, Copy)]
pub struct Site {
    pub from: ModuleId,
    pub item: Option<ItemId>,
    pub file: FileId,
    pub span: Span,
    pub cfg: Option<Name>,
    pub test: bool,
    pub crate_id: CrateId,
    pub written: Name,
}

/// Where a dependency comes from, and with that what it may restate.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    /// A path, or the body of a macro.
    Path,
    /// A lone name that this import has brought, and so restates.
    Through(ImportIx),
    /// An import.
    Import(ImportIx),
    /// A thing that is held because of this one: any path in the same module that names
    /// that says as much.
    Held(Target),
}

/// What became of a path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Resolved,
    External,
    Opaque,
    Unresolved,
}

impl<'a> Edges<'a> {
    pub fn new(
        resolver: &'a mut Resolver,
        layout: &'a Layout,
        targets: Targets<'a>,
        facts: &'a mut Facts,
    ) -> Self {
        facts.chains.push(Vec::new());
        // Growing step by step would hold the old and the new table at once.
        let most = resolver.written_count();
        facts.dependencies.reserve(most);
        Self {
            resolver,
            layout,
            targets,
            facts,
            chains: FxHashMap::default(),
            origins: Vec::with_capacity(most),
            meant: super::held::Meant::default(),
            expansions: super::expansion::Expansions::default(),
        }
    }

    pub fn add_imports(&mut self) {
        for mount_ix in 0..self.resolver.tree.mounts.len() {
            let mount = self.resolver.tree.mounts[mount_ix].clone();
            let count = self.resolver.tree.file(&mount).tree.imports.len();
            for local in 0..count {
                self.add_import(mount_ix, &mount, local);
            }
        }
    }

    fn add_import(&mut self, mount_ix: usize, mount: &Mount, local: usize) {
        let entry = self.resolver.tree.file(mount).tree.imports[local].clone();
        if !mount.counts(entry.cfg) {
            return;
        }
        let import = mount.imports + u32::try_from(local).unwrap_or(u32::MAX);
        let results = self.resolver.imports[import as usize].likely();
        let place = Place { scope: entry.scope, item: entry.item, cfg: entry.cfg };
        let written = self.written(mount, entry.anchor, entry.path, entry.kind == ImportKind::Glob);
        let place = (place, entry.span);
        let Some(site) = self.site(mount_ix, mount, place, written) else { return };
        let kind = match entry.visibility {
            Visibility::Private => DependencyKind::Use,
            _ => DependencyKind::Reexport,
        };
        let mut outcome = Outcome::Unresolved;
        for (def, chain) in results {
            outcome = better(outcome, def);
            self.push(site, kind, def, chain, Origin::Import(import));
        }
        self.count(&site, outcome);
    }

    pub fn add_paths(&mut self) {
        for mount_ix in 0..self.resolver.tree.mounts.len() {
            let mount = self.resolver.tree.mounts[mount_ix].clone();
            let file = mount.file as usize;
            let count = self.resolver.tree.files[file].tree.paths.len();
            let mut first = vec![None; count];
            self.meant.mounts.push(u32::try_from(self.meant.by_path.len()).unwrap_or(u32::MAX));
            for (local, first) in first.iter_mut().enumerate() {
                let path = self.resolver.tree.files[file].tree.paths[local].clone();
                let mut means = None;
                *first = self.add_path(mount_ix, &mount, &path, &mut means);
                self.meant.by_path.push(means);
            }
            self.add_macro_bodies(mount_ix, &mount);
            self.add_unseen_calls(mount_ix, &mount);
            self.add_references(&mount, &first);
            if self.facts.gathered.signatures {
                self.add_parts(Resolved { mount_ix, mount: &mount, targets: &first });
            }
            if self.facts.gathered.bodies {
                self.add_method_calls(&mount);
                self.add_handed_on(&mount);
            }
        }
    }

    /// Adds the dependencies of one written path; gives what it means first of all, and
    /// in `means` the one thing that it means.
    fn add_path(
        &mut self,
        mount_ix: usize,
        mount: &Mount,
        path: &WrittenPath,
        means: &mut Option<Def>,
    ) -> Option<Target> {
        let place = self.resolver.tree.file(mount).tree.place(path);
        if !mount.counts(place.cfg) {
            return None;
        }
        let scope = self.resolver.tree.scope(mount, place.scope);
        let lone = path.anchor == Anchor::Plain && path.segments.len == 1;
        let found = self.meanings(mount, path, scope);
        let place = (place, path.span);
        let Some(meanings) = found else {
            // A lone name that is not found is a variable that a macro brought.
            let variable = lone && path.namespace == Some(Namespace::Value);
            if !path.speculative && !variable {
                let written = self.written(mount, path.anchor, path.segments, false);
                let site = self.site(mount_ix, mount, place, written)?;
                self.count(&site, Outcome::Unresolved);
            }
            return None;
        };
        let written = self.written(mount, path.anchor, path.segments, false);
        let site = self.site(mount_ix, mount, place, written)?;
        let mut outcome = Outcome::Unresolved;
        let mut first = None;
        if let [only] = meanings[..] {
            *means = Some(only.def);
        }
        for Meaning { def, chain, import } in meanings {
            outcome = better(outcome, def);
            // Most are seen, and nothing has to be gathered for those.
            let likely = |import: ImportIx| self.resolver.imports[import as usize].likely();
            if def.is_unseen()
                && import.is_some_and(|import| likely(import).iter().all(|it| it.0 != def))
            {
                continue;
            }
            let origin = import.map_or(Origin::Path, Origin::Through);
            let target = self.push(site, path.kind, def, chain, origin);
            first = first.or(target);
            if let (Def::Item(item), DependencyKind::Macro) = (def, path.kind) {
                self.add_expansion(site, scope, item, chain);
            }
        }
        if !path.speculative || outcome == Outcome::Resolved {
            self.count(&site, outcome);
        }
        first
    }

    /// What a written path means, looked for in the namespaces it may be in.
    pub(super) fn meanings(
        &mut self,
        mount: &Mount,
        path: &WrittenPath,
        scope: ScopeIx,
    ) -> Option<Meanings> {
        let file = self.resolver.tree.file(mount);
        let names: SmallVec<[Name; 8]> =
            file.tree.names(path.segments).iter().map(|symbol| file.name(*symbol)).collect();
        let several = names.len() > 1 || path.anchor != Anchor::Plain;
        let namespaces: &[Namespace] = match path.namespace {
            None => &[Namespace::Type, Namespace::Value, Namespace::Macro],
            Some(Namespace::Type) if several => &[Namespace::Type, Namespace::Value],
            Some(Namespace::Value) if several => &[Namespace::Value, Namespace::Type],
            Some(Namespace::Type) => &[Namespace::Type],
            Some(Namespace::Value) => &[Namespace::Value],
            Some(Namespace::Macro) => &[Namespace::Macro],
        };
        let mut unknown = None;
        let in_tests = mount.test || file.tree.is_test(file.tree.place(path).cfg);
        for manner in [Manner::SEEN, Manner::HIDDEN] {
            let mut question = Question {
                scope,
                anchor: path.anchor,
                names: &names,
                namespace: Namespace::Type,
                offset: path.span.start,
                in_tests,
                import: None,
            };
            let before = self.resolver.before_last(question, manner);
            for namespace in namespaces {
                question.namespace = *namespace;
                let found = self.resolver.last(before.as_ref(), question, manner);
                if let Walk::Yes(mut meanings) = found {
                    if matches!(path.kind, DependencyKind::Attribute | DependencyKind::Derive) {
                        meanings.retain(|meaning| !self.resolver.is_macro_rules(meaning.def));
                    }
                    if meanings.is_empty() {
                        continue;
                    }
                    if meanings.iter().any(|meaning| !meaning.def.is_unseen()) {
                        return Some(meanings);
                    }
                    unknown = Some(meanings);
                }
            }
            // A lone name is looked for among what can be seen in any case.
            if unknown.is_some() || !several {
                break;
            }
        }
        unknown
    }

    pub(super) fn site(
        &mut self,
        mount_ix: usize,
        mount: &Mount,
        (Place { scope, item, cfg }, span): (Place, Span),
        written: Name,
    ) -> Option<Site> {
        let tree = &self.resolver.tree;
        let mount_ix = u32::try_from(mount_ix).unwrap_or(u32::MAX);
        Some(Site {
            from: self.targets.module_of_scope(tree.scope(mount, scope))?,
            item: item.and_then(|item| self.layout.items[(mount.items + item) as usize]),
            file: FileId::new(mount.file as usize),
            span,
            cfg: self.layout.condition(mount_ix, mount, cfg),
            test: mount.test || tree.file(mount).tree.is_test(cfg),
            crate_id: self.layout.crates[mount.crate_ix as usize]?,
            written,
        })
    }

    /// Adds one dependency unless it stays in its module; gives its target.
    pub(super) fn push(
        &mut self,
        site: Site,
        kind: DependencyKind,
        def: Def,
        chain: ChainIx,
        origin: Origin,
    ) -> Option<Target> {
        let to = self.targets.of(self.resolver, self.facts, def)?;
        let chain = self.chain(chain);
        let stays = self.facts.target_module(to) == Some(site.from)
            && self.facts.chains[chain.index()].iter().all(|hop| hop.module == site.from);
        match (stays, def.is_unseen()) {
            (false, _) => self.add(site, kind, (to, chain), origin),
            (true, false) => self.add_local(site, kind, to),
            // That a module uses what is in it says nothing.
            (true, true) => {}
        }
        Some(to)
    }

    /// Adds a dependency on something that is held, unless it stays in its module. A path
    /// in the same module that names `of` says as much.
    pub(super) fn push_held(&mut self, site: Site, to: Def, of: Def) {
        let Some(to) = self.targets.of(self.resolver, self.facts, to) else { return };
        let Some(of) = self.targets.of(self.resolver, self.facts, of) else { return };
        if self.facts.target_module(to) == Some(site.from) {
            self.add_local(site, DependencyKind::Value, to);
        } else {
            self.add(site, DependencyKind::Value, (to, ChainId::FIRST), Origin::Held(of));
        }
    }

    /// Adds something that stays in its module, for those who ask what bodies do.
    fn add_local(&mut self, site: Site, kind: DependencyKind, to: Target) {
        if self.facts.gathered.bodies {
            let Site { from: module, item, file, span, test, written, .. } = site;
            let local = LocalUse { module, item, to, written, kind, file, span, test };
            self.facts.local_uses.push(local);
        }
    }

    fn add(
        &mut self,
        site: Site,
        kind: DependencyKind,
        (to, chain): (Target, ChainId),
        origin: Origin,
    ) {
        self.facts.dependencies.push(Dependency {
            from: site.from,
            item: site.item,
            to,
            kind,
            file: site.file,
            span: site.span,
            written: site.written,
            chain,
            cfg: site.cfg,
            test: site.test,
            inferred: kind == DependencyKind::Value,
            restates: None,
        });
        self.origins.push(origin);
    }

    fn count(&mut self, site: &Site, outcome: Outcome) {
        if matches!(outcome, Outcome::Opaque | Outcome::Unresolved) {
            let Site { from, file, span, written, .. } = *site;
            let opaque = outcome == Outcome::Opaque;
            self.facts.unseen.push(UnseenPath { from, file, span, written, opaque });
        }
        let coverage = &mut self.facts.coverage[site.crate_id.index()];
        coverage.seen += 1;
        *match outcome {
            Outcome::Resolved => &mut coverage.resolved,
            Outcome::External => &mut coverage.external,
            Outcome::Opaque => &mut coverage.opaque,
            Outcome::Unresolved => &mut coverage.unresolved,
        } += 1;
    }
}

/// The better of an outcome and that of one more definition.
fn better(outcome: Outcome, def: Def) -> Outcome {
    match (outcome, def) {
        (_, Def::Module(_) | Def::Item(_)) | (Outcome::Resolved, _) => Outcome::Resolved,
        (_, Def::External(_) | Def::Builtin) | (Outcome::External, _) => Outcome::External,
        (_, Def::Made(_) | Def::Unknown) => Outcome::Opaque,
    }
}
