//! What items, modules and impls refer to: derives, attributes, traits and their types.

use layers_rules::facts::{Impl, Reference, Target};

use super::edges::Edges;
use crate::tree::Mount;

impl Edges<'_> {
    /// Fills in what items, modules and impls refer to.
    pub(super) fn add_references(&mut self, mount: &Mount, targets: &[Option<Target>]) {
        let count = u32::try_from(self.resolver.tree.file(mount).tree.items.len()).unwrap_or(0);
        for local in 0..count {
            let index = mount.items + local;
            let tree = &self.resolver.tree.file(mount).tree;
            let item = &tree.items[local as usize];
            let [attributes, derives] =
                [item.attributes, item.derives].map(|paths| tree.attributes(paths).to_vec());
            if attributes.is_empty() && derives.is_empty() {
                continue;
            }
            if let Some(id) = self.layout.items[index as usize] {
                let attributes = self.references(mount, &attributes, targets);
                let derives = self.references(mount, &derives, targets);
                let item = &mut self.facts.items[id.index()];
                (item.attributes, item.derives) = (attributes, derives);
            } else if let Some(id) = self.layout.module_of_item.get(&index) {
                let attributes = self.references(mount, &attributes, targets);
                self.facts.modules[id.index()].attributes = attributes;
            }
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

    pub(super) fn references(
        &mut self,
        mount: &Mount,
        paths: &[u32],
        targets: &[Option<Target>],
    ) -> Vec<Reference> {
        paths.iter().map(|path| self.reference(mount, *path, targets)).collect()
    }

    fn reference(&mut self, mount: &Mount, path: u32, targets: &[Option<Target>]) -> Reference {
        let entry = &self.resolver.tree.file(mount).tree.paths[path as usize];
        let (anchor, segments) = (entry.anchor, entry.segments);
        let written = self.written(mount, anchor, segments, false);
        Reference { written, target: targets[path as usize] }
    }
}
