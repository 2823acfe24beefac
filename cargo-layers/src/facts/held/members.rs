//! The members of types and traits, by name.

use layers_rules::facts::ItemKind;
use layers_rules::names::Name;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::Inference;
use super::types::{Type, TypeId};
use super::world::World;
use crate::resolve::Def;
use crate::tree::ItemIx;

/// What impls and traits hold.
#[derive(Default)]
pub struct Members {
    inherent: FxHashMap<(Def, Name), SmallVec<[ItemIx; 1]>>,
    by_trait: FxHashMap<(Def, Name), SmallVec<[ItemIx; 1]>>,
    /// The impls of traits for a type.
    blocks: FxHashMap<Def, SmallVec<[Block; 2]>>,
    /// By impl or trait.
    associated_types: FxHashMap<(ItemIx, Name), ItemIx>,
    of_traits: FxHashMap<(ItemIx, Name), ItemIx>,
    blankets: FxHashMap<Name, Vec<Blanket>>,
}

/// A method that an impl for a type parameter gives to all types within its bounds.
#[derive(Clone, Copy, Debug)]
pub struct Blanket {
    pub block: ItemIx,
    pub parameter: Name,
    pub of_trait: ItemIx,
    pub member: ItemIx,
}

/// An impl of a trait.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    pub item: ItemIx,
    pub of_trait: Option<Def>,
}

impl Members {
    /// The associated type of an impl.
    pub fn associated_type(&self, block: ItemIx, name: Name) -> Option<ItemIx> {
        self.associated_types.get(&(block, name)).copied()
    }

    /// What a trait declares under a name, its supertraits apart.
    pub fn of_trait(&self, item: ItemIx, name: Name) -> Option<ItemIx> {
        self.of_traits.get(&(item, name)).copied()
    }

    /// The impls of traits for a type.
    pub fn blocks(&self, head: Def) -> &[Block] {
        self.blocks.get(&head).map_or(&[], SmallVec::as_slice)
    }

    /// Methods under a name that come with an impl for a type parameter.
    pub fn blankets(&self, name: Name) -> Vec<Blanket> {
        self.blankets.get(&name).cloned().unwrap_or_default()
    }

    /// Members of a type under a name: inherent ones, else those of traits.
    pub fn candidates(&self, head: Def, name: Name) -> SmallVec<[ItemIx; 1]> {
        for members in [&self.inherent, &self.by_trait] {
            if let Some(found) = members.get(&(head, name)) {
                return found.clone();
            }
        }
        let defaults = self.blocks(head).iter().filter_map(|block| match block.of_trait {
            Some(Def::Item(of_trait)) => self.of_trait(of_trait, name),
            _ => None,
        });
        let mut found: SmallVec<[ItemIx; 1]> = defaults.collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Inference<'_> {
    /// Enters the members of every impl and trait. Associated types come first, since the
    /// type of an impl may need them.
    pub(super) fn find_members(&mut self) {
        let world = self.world;
        for_each_member(world, |item, parent, kind, name| {
            let parent_kind = world.kind(parent);
            match (parent_kind, kind) {
                (ItemKind::Impl | ItemKind::Trait, ItemKind::Type) => {
                    self.members.associated_types.insert((parent, name), item);
                }
                (ItemKind::Trait, _) => {
                    self.members.of_traits.insert((parent, name), item);
                }
                _ => {}
            }
        });
        let mut blankets = Vec::new();
        let mut heads: FxHashMap<ItemIx, (Def, bool)> = FxHashMap::default();
        for (mount_ix, mount) in (0..).zip(&world.resolver.tree.mounts) {
            for block in &world.resolver.tree.file(mount).tree.impls {
                let item = mount.items + block.item;
                if !mount.counts(world.item(item).item.cfg) {
                    continue;
                }
                let self_type = self.lower(mount_ix, block.self_shape, Some(item));
                if let Type::Parameter(owner, parameter) = *self.types.get(self_type)
                    && owner == item
                    && let Some(path) = block.of_trait
                    && let Some(Def::Item(of_trait)) = world.meaning(mount_ix, path)
                {
                    blankets.push((item, parameter, of_trait));
                }
                let Some(head) = self.head(self_type) else { continue };
                heads.insert(item, (head, block.of_trait.is_some()));
                if let Some(path) = block.of_trait {
                    let of_trait = world.meaning(mount_ix, path);
                    let blocks = self.members.blocks.entry(head).or_default();
                    blocks.push(Block { item, of_trait });
                }
            }
        }
        let mut own = FxHashMap::default();
        for_each_member(world, |item, parent, kind, name| {
            if let Some((head, of_trait)) = heads.get(&parent)
                && kind != ItemKind::Type
            {
                let members =
                    if *of_trait { &mut self.members.by_trait } else { &mut self.members.inherent };
                members.entry((*head, name)).or_default().push(item);
            }
            own.insert((parent, name), item);
        });
        self.enter_blankets(&blankets, &own);
    }

    /// What an impl for a type parameter does not define itself is its trait's.
    fn enter_blankets(
        &mut self,
        blankets: &[(ItemIx, Name, ItemIx)],
        own: &FxHashMap<(ItemIx, Name), ItemIx>,
    ) {
        let mut by_trait: FxHashMap<ItemIx, Vec<(Name, ItemIx)>> = FxHashMap::default();
        for ((of_trait, name), member) in &self.members.of_traits {
            by_trait.entry(*of_trait).or_default().push((*name, *member));
        }
        for (block, parameter, of_trait) in blankets.iter().copied() {
            for (name, member) in by_trait.get(&of_trait).into_iter().flatten() {
                let member = own.get(&(block, *name)).copied().unwrap_or(*member);
                let blanket = Blanket { block, parameter, of_trait, member };
                self.members.blankets.entry(*name).or_default().push(blanket);
            }
        }
    }

    /// What the members of a type are found by.
    pub(super) fn head(&self, of: TypeId) -> Option<Def> {
        match self.types.get(of) {
            Type::Named(def, _) => Some(*def),
            Type::Traits(traits) => match self.types.get(*traits.first()?) {
                Type::Named(def, _) => Some(*def),
                _ => None,
            },
            _ => None,
        }
    }
}

fn for_each_member(world: World<'_>, mut found: impl FnMut(ItemIx, ItemIx, ItemKind, Name)) {
    for mount in &world.resolver.tree.mounts {
        let file = world.resolver.tree.file(mount);
        for (local, item) in (0..).zip(&file.tree.items) {
            if let Some(parent) = item.parent
                && matches!(item.kind, ItemKind::Method | ItemKind::Const | ItemKind::Type)
                && mount.counts(item.cfg)
            {
                let parent = mount.items + parent;
                found(mount.items + local, parent, item.kind, file.name(item.name));
            }
        }
    }
}
