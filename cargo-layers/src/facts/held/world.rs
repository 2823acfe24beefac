//! What is known before any expression is looked at: the trees, and what their paths mean.

use layers_rules::facts::ItemKind;

use crate::parse::item_tree::{Impl, Item, PathIndex};
use crate::parse::shapes::Shapes;
use crate::resolve::{Def, Resolver};
use crate::tree::{ItemIx, Mount, SourceFile};

/// What every path means, by mount and path; `None` where that is not one thing.
#[derive(Default)]
pub struct Meant {
    pub by_path: Vec<Option<Def>>,
    /// Number of the first path of each mount.
    pub mounts: Vec<u32>,
}

/// The trees and their paths.
#[derive(Clone, Copy)]
pub struct World<'a> {
    pub resolver: &'a Resolver,
    pub meant: &'a Meant,
}

/// An item together with the file it stands in.
#[derive(Clone, Copy)]
pub struct Placed<'a> {
    pub item: &'a Item,
    pub local: u32,
    pub mount_ix: u32,
    pub mount: &'a Mount,
    pub file: &'a SourceFile,
}

impl<'a> Placed<'a> {
    pub fn shapes(&self) -> &'a Shapes {
        &self.file.tree.shapes
    }

    /// The item around it.
    pub fn parent(&self) -> Option<ItemIx> {
        self.item.parent.map(|parent| self.mount.items + parent)
    }
}

impl<'a> World<'a> {
    pub fn item(self, item: ItemIx) -> Placed<'a> {
        let tree = &self.resolver.tree;
        let at = tree.mount_ix_of_item(item);
        let mount = &tree.mounts[at];
        let file = tree.file(mount);
        let local = item - mount.items;
        let mount_ix = u32::try_from(at).unwrap_or(u32::MAX);
        Placed { item: &file.tree.items[local as usize], local, mount_ix, mount, file }
    }

    pub fn kind(self, item: ItemIx) -> ItemKind {
        self.item(item).item.kind
    }

    pub fn meaning(self, mount_ix: u32, path: PathIndex) -> Option<Def> {
        self.meant.by_path[(self.meant.mounts[mount_ix as usize] + path) as usize]
    }

    /// The impl block that an item is.
    pub fn block(self, item: ItemIx) -> Option<&'a Impl> {
        let placed = self.item(item);
        let impls = &placed.file.tree.impls;
        let found = impls.binary_search_by_key(&placed.local, |entry| entry.item);
        found.ok().map(|at| &impls[at])
    }

    /// The items around `item`, from the inside.
    pub fn around(self, item: ItemIx) -> impl Iterator<Item = ItemIx> {
        std::iter::successors(Some(item), move |item| self.item(*item).parent())
    }
}
