//! What a macro's body names, for the module that defines it and for all who call it.

use layers_rules::facts::{DependencyKind, Hop, HopKind, Target};
use rustc_hash::FxHashMap;

use super::edges::{Edges, Origin, Site};
use crate::parse::item_tree::{Anchor, Namespace};
use crate::resolve::{ChainIx, Def, Link};
use crate::tree::{ItemIx, Mount, ScopeIx};

/// What macro bodies came to, remembered.
#[derive(Default)]
pub struct Expansions {
    /// By macro and calling scope.
    known: FxHashMap<(ItemIx, ScopeIx), Vec<(Def, ChainIx)>>,
    hops: FxHashMap<(u32, u32), Hop>,
    /// By the macro's item.
    bodies: Option<FxHashMap<ItemIx, Body>>,
}

/// The mount of a macro's definition, and its stretch of the file's macro paths.
type Body = (u32, (u32, u32));

impl Expansions {
    /// The hop into the body of a macro.
    pub fn hop(&self, mount: u32, path: u32) -> Option<Hop> {
        self.hops.get(&(mount, path)).copied()
    }
}

impl Edges<'_> {
    /// Adds what the body of `called` names to the call at `site`.
    pub(super) fn add_expansion(
        &mut self,
        site: Site,
        scope: ScopeIx,
        called: ItemIx,
        chain: ChainIx,
    ) {
        let reached = self.expansion(called, scope, &mut Vec::new());
        for (def, rest) in reached {
            let chain = self.resolver.chains.concat(chain, rest);
            self.push(site, DependencyKind::Macro, def, chain, Origin::Path);
        }
    }

    /// What the body of a macro names when it is called from `scope`, through the
    /// macros that it calls in turn.
    fn expansion(
        &mut self,
        called: ItemIx,
        scope: ScopeIx,
        open: &mut Vec<ItemIx>,
    ) -> Vec<(Def, ChainIx)> {
        if let Some(known) = self.expansions.known.get(&(called, scope)) {
            return known.clone();
        }
        if open.contains(&called) {
            return Vec::new();
        }
        let Some((mount_ix, (first, end))) = self.bodies().get(&called).copied() else {
            return Vec::new();
        };
        open.push(called);
        let mut reached = Vec::new();
        for path in first..end {
            for (def, chain) in self.body_path(mount_ix, path, called, scope) {
                let link = Link::MacroBody(mount_ix, path);
                let chain = self.resolver.chains.link(link, chain);
                if let Def::Item(inner) = def
                    && self.bodies().contains_key(&inner)
                {
                    for (def, rest) in self.expansion(inner, scope, open) {
                        reached.push((def, self.resolver.chains.concat(chain, rest)));
                    }
                }
                reached.push((def, chain));
            }
        }
        open.pop();
        if open.is_empty() {
            self.expansions.known.insert((called, scope), reached.clone());
        }
        reached
    }

    /// What one path of a body means to a caller, and the hop that leads there.
    fn body_path(
        &mut self,
        mount_ix: u32,
        path_ix: u32,
        called: ItemIx,
        from: ScopeIx,
    ) -> Vec<(Def, ChainIx)> {
        let mount = self.resolver.tree.mounts[mount_ix as usize].clone();
        let tree = &self.resolver.tree.file(&mount).tree;
        let path = tree.macro_paths[path_ix as usize].clone();
        let home = self.resolver.tree.scope(&mount, tree.place(&path).scope);
        // A macro of the body is looked up where the body stands: its callers need not
        // see it.
        let at_home =
            path.anchor == Anchor::DollarCrate || path.namespace == Some(Namespace::Macro);
        let scope = if at_home { home } else { from };
        let Some(meanings) = self.meanings(&mount, &path, scope) else { return Vec::new() };
        let mut reached = Vec::new();
        // Nothing that a caller sees explains the name.
        let is_guess = |def: Def| !at_home && def.is_unseen();
        for meaning in meanings.into_iter().filter(|meaning| !is_guess(meaning.def)) {
            let Some(to) = self.targets.of(self.resolver, self.facts, meaning.def) else {
                continue;
            };
            self.remember_hop(mount_ix, path_ix, &mount, called, to);
            reached.push((meaning.def, meaning.chain));
        }
        reached
    }

    fn remember_hop(
        &mut self,
        mount_ix: u32,
        path_ix: u32,
        mount: &Mount,
        called: ItemIx,
        to: Target,
    ) {
        let file = self.resolver.tree.file(mount);
        let path = &file.tree.macro_paths[path_ix as usize];
        let scope = self.resolver.tree.scope(mount, file.tree.place(path).scope);
        let Some(module) = self.targets.module_of_scope(scope) else { return };
        let name = file.name(file.tree.items[(called - mount.items) as usize].name);
        let hop = Hop {
            module,
            name,
            to,
            how: HopKind::Macro,
            file: layers_rules::facts::FileId::new(mount.file as usize),
            span: path.span,
        };
        self.expansions.hops.insert((mount_ix, path_ix), hop);
    }

    /// Adds what `$crate` paths in macro bodies name to the modules that define them.
    pub(super) fn add_macro_bodies(&mut self, mount_ix: usize, mount: &Mount) {
        let count = self.resolver.tree.file(mount).tree.macro_paths.len();
        for local in 0..count {
            let tree = &self.resolver.tree.file(mount).tree;
            let path = tree.macro_paths[local].clone();
            let place = tree.place(&path);
            if path.anchor != Anchor::DollarCrate || !mount.counts(place.cfg) {
                continue;
            }
            let scope = self.resolver.tree.scope(mount, place.scope);
            let Some(meanings) = self.meanings(mount, &path, scope) else { continue };
            let written = self.written(mount, path.anchor, path.segments, false);
            let place = (place, path.span);
            let Some(site) = self.site(mount_ix, mount, place, written) else { continue };
            for meaning in meanings {
                self.push(site, DependencyKind::Macro, meaning.def, meaning.chain, Origin::Path);
            }
        }
    }

    fn bodies(&mut self) -> &FxHashMap<ItemIx, Body> {
        self.expansions.bodies.get_or_insert_with(|| {
            let tree = &self.resolver.tree;
            (0..)
                .zip(&tree.mounts)
                .flat_map(|(mount_ix, mount)| {
                    let macros = &tree.file(mount).tree.macros;
                    macros
                        .iter()
                        .map(move |entry| (mount.items + entry.item, (mount_ix, entry.body)))
                })
                .collect()
        })
    }
}
