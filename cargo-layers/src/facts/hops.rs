//! Chains of re-exports as hops with a place in the source.

use layers_rules::facts::{ChainId, FileId, Hop, HopKind};

use super::edges::Edges;
use crate::parse::item_tree::{ImportKind, Visibility};
use crate::resolve::{ChainIx, Link};

impl Edges<'_> {
    /// The id of a chain among the facts.
    pub(super) fn chain(&mut self, chain: ChainIx) -> ChainId {
        if chain == ChainIx::EMPTY {
            return ChainId::FIRST;
        }
        if let Some(id) = self.chains.get(&chain) {
            return *id;
        }
        let links: Vec<Link> = self.resolver.chains.links(chain).collect();
        let hops = links.into_iter().filter_map(|link| self.hop(link)).collect();
        let id = ChainId::new(self.facts.chains.len());
        self.facts.chains.push(hops);
        self.chains.insert(chain, id);
        id
    }

    fn hop(&mut self, link: Link) -> Option<Hop> {
        let import = match link {
            Link::Import(import) => import,
            Link::MacroBody(mount, path) => return self.expansions.hop(mount, path),
        };
        let tree = &self.resolver.tree;
        let mount = tree.mount_of_import(import);
        let file = tree.file(mount);
        let entry = &file.tree.imports[(import - mount.imports) as usize];
        let private = entry.visibility == Visibility::Private;
        let last = file.tree.names(entry.path).last().copied();
        let (name, how) = match entry.kind {
            ImportKind::Glob => (None, HopKind::Glob),
            ImportKind::ExternCrate(name, _) => (name.or(last), HopKind::ExternCrate),
            ImportKind::Single(name, _) if private => (name.or(last), HopKind::Import),
            ImportKind::Single(name, _) => (name.or(last), HopKind::Reexport),
        };
        let name = name.map(|name| file.name(name));
        let module = self.targets.module_of_scope(tree.scope(mount, entry.scope))?;
        let (file, span) = (FileId::new(mount.file as usize), entry.span);
        let results = self.resolver.imports[import as usize].likely();
        let to = results
            .into_iter()
            .find_map(|(def, _)| self.targets.of(self.resolver, self.facts, def))?;
        let name = name.unwrap_or_else(|| self.resolver.tree.names.intern("*"));
        Some(Hop { module, name, to, how, file, span })
    }
}
