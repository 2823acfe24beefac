//! What items and impls refer to: derives, attributes, traits and their types.

use layers_rules::facts::{Impl, Reference, Target};

use super::edges::Edges;
use crate::tree::Mount;

impl Edges<'_> {
    /// Fills in what items and impls refer to.
    pub(super) fn add_references(&mut self, mount: &Mount, targets: &[Option<Target>]) {
        for local in 0..self.resolver.tree.file(mount).tree.items.len() {
            let index = mount.items as usize + local;
            let Some(id) = self.layout.items[index] else { continue };
            let item = &self.resolver.tree.file(mount).tree.items[local];
            let (attributes, derives) = (item.attributes.clone(), item.derives.clone());
            self.facts.items[id.index()].attributes =
                attributes.into_iter().map(|path| self.reference(mount, path, targets)).collect();
            self.facts.items[id.index()].derives =
                derives.into_iter().map(|path| self.reference(mount, path, targets)).collect();
        }
        for local in 0..self.resolver.tree.file(mount).tree.impls.len() {
            let entry = self.resolver.tree.file(mount).tree.impls[local].clone();
            let Some(item) = self.layout.items[(mount.items + entry.item) as usize] else {
                continue;
            };
            let self_type = entry.self_type.and_then(|path| targets[path as usize]);
            let of_trait = entry.of_trait.map(|path| self.reference(mount, path, targets));
            self.facts.impls.push(Impl { item, self_type, of_trait });
        }
    }

    fn reference(&mut self, mount: &Mount, path: u32, targets: &[Option<Target>]) -> Reference {
        let entry = &self.resolver.tree.file(mount).tree.paths[path as usize];
        let (anchor, segments) = (entry.anchor, entry.segments);
        let written = self.written(mount, anchor, segments, false);
        Reference { written, target: targets[path as usize] }
    }
}
