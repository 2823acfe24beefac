//! From written types to types.

use layers_rules::facts::ItemKind;
use layers_rules::names::Name;

use super::Inference;
use super::types::{Substitution, Type, TypeId, TypeList};
use super::world::World;
use crate::parse::shapes::{ListIx, TypeIx, TypeShape};
use crate::resolve::Def;
use crate::tree::ItemIx;

/// How many aliases may stand for one another.
const DEEPEST: u8 = 16;

impl Inference<'_> {
    /// The type written as `shape` in `owner`.
    pub(super) fn lower(&mut self, mount_ix: u32, shape: TypeIx, owner: Option<ItemIx>) -> TypeId {
        if shape == 0 {
            return TypeId::UNKNOWN;
        }
        if let Some(known) = self.lowered.get(&(mount_ix, shape)) {
            return *known;
        }
        if self.depth > DEEPEST {
            return TypeId::UNKNOWN;
        }
        self.depth += 1;
        let lowered = self.lower_afresh(mount_ix, shape, owner);
        self.depth -= 1;
        self.lowered.insert((mount_ix, shape), lowered);
        lowered
    }

    fn lower_afresh(&mut self, mount_ix: u32, shape: TypeIx, owner: Option<ItemIx>) -> TypeId {
        let world = self.world;
        let mount = &world.resolver.tree.mounts[mount_ix as usize];
        let file = world.resolver.tree.file(mount);
        let lowered = match file.tree.shapes.types[shape as usize] {
            TypeShape::Unknown => return TypeId::UNKNOWN,
            TypeShape::Path(path, arguments) => {
                let arguments = self.lower_all(mount_ix, arguments, owner);
                return match world.meaning(mount_ix, path) {
                    Some(Def::Item(item)) => self.of_item(item, arguments),
                    Some(def @ Def::External(_)) => self.types.add(Type::Named(def, arguments)),
                    _ => TypeId::UNKNOWN,
                };
            }
            TypeShape::SelfType => return self.self_type(owner),
            TypeShape::SelfMember(name) => {
                return self.self_member(owner, file.name(name));
            }
            TypeShape::Parameter(name) => {
                let name = file.name(name);
                let Some(owner) = parameter_owner(world, owner, name) else {
                    return TypeId::UNKNOWN;
                };
                Type::Parameter(owner, name)
            }
            TypeShape::Traits(list) => Type::Traits(self.lower_all(mount_ix, list, owner)),
            TypeShape::Tuple(list) => Type::Tuple(self.lower_all(mount_ix, list, owner)),
            TypeShape::Slice(inner) => Type::Slice(self.lower(mount_ix, inner, owner)),
            TypeShape::Member(name, inner) => {
                Type::Member(file.name(name), self.lower(mount_ix, inner, owner))
            }
        };
        self.types.add(lowered)
    }

    pub(super) fn lower_all(
        &mut self,
        mount_ix: u32,
        list: ListIx,
        owner: Option<ItemIx>,
    ) -> TypeList {
        let world = self.world;
        let mount = &world.resolver.tree.mounts[mount_ix as usize];
        let shapes = &world.resolver.tree.file(mount).tree.shapes;
        shapes.list(list).iter().map(|shape| self.lower(mount_ix, *shape, owner)).collect()
    }

    /// An item as a type; an alias is what it stands for.
    fn of_item(&mut self, item: ItemIx, arguments: TypeList) -> TypeId {
        match self.world.kind(item) {
            ItemKind::Type => {
                let aliased = self.declared(item);
                let by = self.named_arguments(item, &arguments);
                self.types.substitute(aliased, &by)
            }
            ItemKind::Struct | ItemKind::Enum | ItemKind::Union | ItemKind::Trait => {
                self.types.add(Type::Named(Def::Item(item), arguments))
            }
            _ => TypeId::UNKNOWN,
        }
    }

    /// The type of a constant or static; what an alias or associated type stands for.
    pub(super) fn declared(&mut self, item: ItemIx) -> TypeId {
        let placed = self.world.item(item);
        match placed.shapes().declared(placed.local) {
            Some(shape) => self.lower(placed.mount_ix, shape, Some(item)),
            None => TypeId::UNKNOWN,
        }
    }

    /// The parameters of an item, matched with arguments by their order.
    pub(super) fn named_arguments(&self, item: ItemIx, arguments: &TypeList) -> Substitution {
        let placed = self.world.item(item);
        let parameters = placed.shapes().parameters(placed.local);
        let declared = parameters.iter().filter(|parameter| parameter.declared);
        declared
            .zip(arguments)
            .map(|(parameter, argument)| ((item, placed.file.name(parameter.name)), *argument))
            .collect()
    }

    /// What `Self` is in `owner`.
    pub(super) fn self_type(&mut self, owner: Option<ItemIx>) -> TypeId {
        let world = self.world;
        let Some(owner) = owner else { return TypeId::UNKNOWN };
        for item in world.around(owner) {
            match world.kind(item) {
                ItemKind::Impl => {
                    let placed = world.item(item);
                    let Some(block) = world.block(item) else { return TypeId::UNKNOWN };
                    return self.lower(placed.mount_ix, block.self_shape, Some(item));
                }
                ItemKind::Trait => {
                    return self.types.add(Type::Parameter(item, self.known.self_type));
                }
                ItemKind::Struct | ItemKind::Enum | ItemKind::Union => {
                    let placed = world.item(item);
                    let parameters = placed.shapes().parameters(placed.local).iter();
                    let arguments = parameters
                        .filter(|parameter| parameter.declared)
                        .map(|parameter| {
                            let name = placed.file.name(parameter.name);
                            self.types.add(Type::Parameter(item, name))
                        })
                        .collect();
                    return self.types.add(Type::Named(Def::Item(item), arguments));
                }
                _ => {}
            }
        }
        TypeId::UNKNOWN
    }

    /// `Self::name` as a type.
    fn self_member(&mut self, owner: Option<ItemIx>, name: Name) -> TypeId {
        let world = self.world;
        let Some(owner) = owner else { return TypeId::UNKNOWN };
        let block = world.around(owner).find(|item| world.kind(*item) == ItemKind::Impl);
        match block.and_then(|block| self.members.associated_type(block, name)) {
            Some(item) => self.declared(item),
            None => TypeId::UNKNOWN,
        }
    }
}

/// The item that declares a type parameter seen from `owner`.
fn parameter_owner(world: World<'_>, owner: Option<ItemIx>, name: Name) -> Option<ItemIx> {
    world.around(owner?).find(|item| {
        let placed = world.item(*item);
        let parameters = placed.shapes().parameters(placed.local);
        parameters
            .iter()
            .any(|parameter| parameter.declared && placed.file.name(parameter.name) == name)
    })
}
