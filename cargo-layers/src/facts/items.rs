//! Items and impls, before their paths are known.

use layers_rules::facts::{Facts, FileId, Item, ItemId, ItemKind, Span};

use super::layout::Layout;
use crate::resolve::Resolver;

/// Adds every item but modules to the facts.
pub fn add(resolver: &Resolver, layout: &Layout, facts: &mut Facts) {
    debug_assert!(facts.items.is_empty());
    for (mount_ix, mount) in (0..).zip(&resolver.tree.mounts) {
        let file = resolver.tree.file(mount);
        for (local, item) in (0..).zip(&file.tree.items) {
            let Some(_) = layout.items[(mount.items + local) as usize] else { continue };
            let scope = resolver.tree.scope(mount, item.scope);
            let Some(module) = layout.module_of_scope[scope as usize] else { continue };
            let parent =
                item.parent.and_then(|parent| layout.items[(mount.items + parent) as usize]);
            facts.items.push(Item {
                module,
                parent,
                kind: item.kind,
                name: file.name(item.name),
                visibility: layout.visibility(resolver, mount, item),
                file: FileId::new(mount.file as usize),
                span: item.span,
                extent: item.extent,
                body: item.body.map(|start| Span { start, end: item.extent.end }),
                form: item.form,
                attributes: Vec::new(),
                derives: Vec::new(),
                test: mount.test || file.tree.is_test(item.cfg),
                cfg: layout.condition(mount_ix, mount, item.cfg),
            });
        }
    }
}

/// Numbers the items: all but modules, in the order of [`add`].
pub fn number(
    resolver: &Resolver,
    module_of_scope: &[Option<layers_rules::facts::ModuleId>],
) -> Vec<Option<ItemId>> {
    let mut ids = vec![None; resolver.tree.item_count()];
    let mut next = 0;
    for mount in &resolver.tree.mounts {
        for (local, item) in (0..).zip(&resolver.tree.file(mount).tree.items) {
            let scope = resolver.tree.scope(mount, item.scope);
            let counts = item.kind != ItemKind::Module && mount.counts(item.cfg);
            if counts && module_of_scope[scope as usize].is_some() {
                ids[(mount.items + local) as usize] = Some(ItemId::new(next));
                next += 1;
            }
        }
    }
    ids
}
