//! Looking a method or a field up in a type, through whatever it dereferences to.

use layers_rules::facts::ItemKind;
use layers_rules::names::Name;

use super::Inference;
use super::library::Library;
use super::types::{Substitution, Type, TypeId};
use crate::parse::shapes::{Receiver, TypeIx};
use crate::resolve::Def;
use crate::tree::{ItemIx, ScopeIx};

/// How many dereferences are followed.
const FARTHEST: u8 = 8;

/// A method or an associated item that was found.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    pub item: ItemIx,
    /// The type it was found in.
    pub within: TypeId,
    /// What that type goes by.
    pub head: Def,
}

/// A field that was found.
#[derive(Clone, Copy, Debug)]
pub struct FoundField {
    /// The struct, union or variant.
    pub item: ItemIx,
    pub written: TypeIx,
    /// The type it was found in.
    pub within: TypeId,
}

impl Inference<'_> {
    /// The method that `receiver.name()` calls; else, for what is known of the standard
    /// library, the type that the method belongs to.
    pub(super) fn method(
        &mut self,
        receiver: TypeId,
        name: Name,
        scope: ScopeIx,
    ) -> Result<Found, TypeId> {
        let mut current = receiver;
        let mut through_pointer = false;
        let mut pinned = false;
        let mut hidden = false;
        for _ in 0..FARTHEST {
            let library = self.library(current);
            let found = match self.foreign_head(current) {
                Some(head) => self.lent(current, head, name, scope),
                None => self.member(current, name),
            };
            let found = found.or_else(|| self.blanket(current, name, scope));
            match found {
                // A pointer hands its own impl of a trait on to what it points to: which of
                // the two is called depends on more than the name.
                Some(_) if library == Library::Pointer => {
                    hidden = !self.is_pin(current);
                }
                Some(found) => {
                    let fits = match self.receiver(found.item) {
                        Receiver::None => false,
                        Receiver::Plain => {
                            !through_pointer || !self.is_of_foreign_trait(found.item)
                        }
                        Receiver::Pinned => pinned,
                    };
                    return if fits { Ok(found) } else { Err(TypeId::UNKNOWN) };
                }
                None => {}
            }
            if hidden {
                return Err(TypeId::UNKNOWN);
            }
            if library != Library::Other && self.knows(library, name) {
                return Err(current);
            }
            let Some(next) = self.dereferenced(current) else { return Err(current) };
            through_pointer |= library == Library::Pointer;
            pinned |= self.is_pin(current);
            current = next;
        }
        Err(TypeId::UNKNOWN)
    }

    /// What a type from outside the workspace goes by, of whose own methods nothing is seen.
    fn foreign_head(&self, of: TypeId) -> Option<Def> {
        match self.types.get(of) {
            Type::Named(head @ (Def::External(_) | Def::Builtin), _) => Some(*head),
            _ => None,
        }
    }

    /// The method that a trait of the workspace gives to a type from outside. The trait has to
    /// be in scope, or it is the type's own method of that name that is called.
    fn lent(&mut self, of: TypeId, head: Def, name: Name, scope: ScopeIx) -> Option<Found> {
        let library = self.library(of);
        if self.has_itself(library, name) {
            return None;
        }
        let mut candidates = self.members.candidates(head, name);
        candidates.retain(|member| match self.trait_of(*member) {
            Some(Def::Item(of_trait)) => self.world.resolver.is_in_scope(scope, of_trait),
            // One of outside is implemented for such a type outside, too.
            _ => false,
        });
        self.only(of, head, &candidates)
    }

    /// The one among candidates that stand in the same impl: those are kept apart by conditions.
    fn only(&self, of: TypeId, head: Def, candidates: &[ItemIx]) -> Option<Found> {
        let first = *candidates.first()?;
        let parent = self.world.item(first).parent();
        let one = candidates.iter().all(|other| self.world.item(*other).parent() == parent);
        one.then_some(Found { item: first, within: of, head })
    }

    /// The trait that a member is declared in or implemented for.
    fn trait_of(&self, member: ItemIx) -> Option<Def> {
        let parent = self.world.item(member).parent()?;
        if self.world.kind(parent) == ItemKind::Trait {
            return Some(Def::Item(parent));
        }
        let path = self.world.block(parent)?.of_trait?;
        self.world.meaning(self.world.item(parent).mount_ix, path)
    }

    fn receiver(&self, method: ItemIx) -> Receiver {
        let placed = self.world.item(method);
        placed.shapes().signature(placed.local).map_or(Receiver::None, |it| it.receiver)
    }

    fn is_pin(&self, of: TypeId) -> bool {
        matches!(self.types.get(of), Type::Named(Def::External(external), _)
            if self.world.resolver.externals.last(*external) == self.known.pin)
    }

    /// The method of a trait that is implemented for all types which implement some other,
    /// when that is the only one to have such a method.
    fn blanket(&mut self, of: TypeId, name: Name, scope: ScopeIx) -> Option<Found> {
        let mut found = None;
        for blanket in self.members.blankets(name) {
            // Others, of outside crates too, have methods of the same names.
            if !self.world.resolver.is_in_scope(scope, blanket.of_trait) {
                continue;
            }
            let bounds = self.bounds(blanket.block, blanket.parameter);
            let mut traits = bounds.iter().map(|bound| self.head(*bound)).peekable();
            let bound = traits.peek().is_some();
            if bound && traits.all(|of_trait| self.implements(of, of_trait)) {
                if found.is_some() {
                    return None;
                }
                let head = Def::Item(blanket.of_trait);
                found = Some(Found { item: blanket.member, within: of, head });
            }
        }
        found
    }

    fn implements(&self, of: TypeId, of_trait: Option<Def>) -> bool {
        let Some(of_trait) = of_trait else { return false };
        if let Def::External(external) = of_trait
            && self.world.resolver.externals.last(external) == self.known.sized
        {
            return true;
        }
        match self.types.get(of) {
            Type::Named(head, _) => {
                let blocks = self.members.blocks(*head);
                blocks.iter().any(|block| block.of_trait == Some(of_trait))
            }
            Type::Traits(traits) => traits.iter().any(|bound| self.head(*bound) == Some(of_trait)),
            _ => false,
        }
    }

    /// The member of exactly this type.
    pub(super) fn member(&mut self, of: TypeId, name: Name) -> Option<Found> {
        match self.types.get(of).clone() {
            Type::Named(Def::Item(item), _) if self.world.kind(item) == ItemKind::Trait => {
                self.in_trait(item, of, name, 0)
            }
            Type::Named(head, _) => {
                let candidates = self.members.candidates(head, name);
                self.only(of, head, &candidates)
            }
            Type::Traits(traits) => {
                if let Some(head @ Def::Item(_)) = self.head(of)
                    && let Some(item) = self.members.candidates(head, name).first()
                {
                    return Some(Found { item: *item, within: of, head });
                }
                self.in_traits(&traits, of, name, 0)
            }
            Type::Parameter(owner, parameter) => {
                if parameter == self.known.self_type {
                    return self.in_trait(owner, of, name, 0);
                }
                let bounds = self.bounds(owner, parameter);
                self.in_traits(&bounds, of, name, 0)
            }
            _ => None,
        }
    }

    fn in_traits(&mut self, traits: &[TypeId], of: TypeId, name: Name, depth: u8) -> Option<Found> {
        let mut found: Option<Found> = None;
        for bound in traits {
            if let Type::Named(Def::Item(item), _) = *self.types.get(*bound)
                && let Some(next) = self.in_trait(item, of, name, depth)
            {
                if found.is_some_and(|known| known.item != next.item) {
                    return None;
                }
                found = Some(next);
            }
        }
        found
    }

    fn in_trait(&mut self, item: ItemIx, of: TypeId, name: Name, depth: u8) -> Option<Found> {
        if let Some(member) = self.members.of_trait(item, name) {
            return Some(Found { item: member, within: of, head: Def::Item(item) });
        }
        if depth > FARTHEST {
            return None;
        }
        let above = self.bounds(item, self.known.self_type);
        self.in_traits(&above, of, name, depth + 1)
    }

    /// The traits that a type parameter is bound by.
    pub(super) fn bounds(&mut self, owner: ItemIx, name: Name) -> Vec<TypeId> {
        let placed = self.world.item(owner);
        let parameters = placed.shapes().parameters(placed.local);
        let mut bounds = Vec::new();
        for parameter in parameters.iter().filter(|it| placed.file.name(it.name) == name) {
            bounds.extend(self.lower_all(placed.mount_ix, parameter.bounds, Some(owner)));
        }
        bounds
    }

    fn is_of_foreign_trait(&self, member: ItemIx) -> bool {
        let Some(block) = self.world.item(member).parent() else { return false };
        let Some(entry) = self.world.block(block) else { return false };
        entry.of_trait.is_some() && !matches!(self.trait_of(member), Some(Def::Item(_)))
    }

    /// What dereferencing gives.
    pub(super) fn dereferenced(&mut self, of: TypeId) -> Option<TypeId> {
        match self.library(of) {
            Library::Pointer | Library::Guard => return self.argument(of, 0),
            Library::Other => {}
            _ => return None,
        }
        let name = self.known.target;
        self.associated(of, self.known.deref, name)
    }

    /// The associated type that the impl of a trait of the standard library gives to a
    /// type of the workspace.
    pub(super) fn associated(&mut self, of: TypeId, of_trait: Name, name: Name) -> Option<TypeId> {
        let head = self.head(of)?;
        let blocks = self.members.blocks(head);
        let found: Vec<ItemIx> = blocks
            .iter()
            .filter(|block| match block.of_trait {
                Some(Def::External(external)) => {
                    self.world.resolver.externals.last(external) == of_trait
                }
                _ => false,
            })
            .map(|block| block.item)
            .collect();
        let [block] = found[..] else { return None };
        let item = self.members.associated_type(block, name)?;
        let declared = self.declared(item);
        let by = self.header(block, of);
        Some(self.types.substitute(declared, &by))
    }

    /// What the parameters of an impl stand for when it is for `of`.
    fn header(&mut self, block: ItemIx, of: TypeId) -> Substitution {
        let mut by = Substitution::new();
        let general = self.self_type(Some(block));
        self.types.unify(general, of, &mut by);
        by
    }

    /// What the parameters around a member stand for.
    pub(super) fn substitution(&mut self, found: Found) -> Substitution {
        let Some(parent) = self.world.item(found.item).parent() else {
            return Substitution::new();
        };
        if self.world.kind(parent) != ItemKind::Trait {
            return self.header(parent, found.within);
        }
        let mut by = Substitution::new();
        by.push(((parent, self.known.self_type), found.within));
        let traits = match self.types.get(found.within).clone() {
            Type::Traits(traits) => traits.to_vec(),
            Type::Parameter(owner, name) => self.bounds(owner, name),
            _ => vec![found.within],
        };
        for bound in traits {
            if let Type::Named(Def::Item(item), arguments) = self.types.get(bound).clone()
                && item == parent
            {
                by.extend(self.named_arguments(item, &arguments));
            }
        }
        by
    }

    /// What calling a member gives.
    pub(super) fn result(&mut self, found: Found) -> TypeId {
        let by = self.substitution(found);
        let written = self.returned(found.item);
        self.types.substitute(written, &by)
    }

    /// What calling a function gives, in terms of its own parameters.
    pub(super) fn returned(&mut self, item: ItemIx) -> TypeId {
        let placed = self.world.item(item);
        let Some(signature) = placed.shapes().signature(placed.local).copied() else {
            return TypeId::UNKNOWN;
        };
        let returned = self.lower(placed.mount_ix, signature.returns, Some(item));
        if signature.is_async { self.types.add(Type::Future(returned)) } else { returned }
    }

    /// The field of a struct or union, through what dereferences to it.
    pub(super) fn field(&mut self, receiver: TypeId, name: Name) -> Option<FoundField> {
        let mut current = receiver;
        for _ in 0..FARTHEST {
            if let Type::Named(Def::Item(item), _) = *self.types.get(current)
                && let Some(written) = self.own_field(item, name)
            {
                return Some(FoundField { item, written, within: current });
            }
            current = self.dereferenced(current)?;
        }
        None
    }

    pub(super) fn own_field(&self, item: ItemIx, name: Name) -> Option<TypeIx> {
        let placed = self.world.item(item);
        let fields = placed.shapes().fields(placed.local);
        let field = fields.iter().find(|field| placed.file.name(field.name) == name)?;
        Some(field.written)
    }

    /// The type of a field.
    pub(super) fn field_type(&mut self, found: FoundField) -> TypeId {
        let placed = self.world.item(found.item);
        let written = self.lower(placed.mount_ix, found.written, Some(found.item));
        // A variant's fields speak of the parameters of its enum.
        let owner = if placed.item.kind == ItemKind::Variant {
            placed.parent().unwrap_or(found.item)
        } else {
            found.item
        };
        let by = match self.types.get(found.within).clone() {
            Type::Named(Def::Item(item), arguments) if item == owner => {
                self.named_arguments(owner, &arguments)
            }
            _ => Substitution::new(),
        };
        self.types.substitute(written, &by)
    }

    /// A generic argument.
    pub(super) fn argument(&self, of: TypeId, number: usize) -> Option<TypeId> {
        match self.types.get(of) {
            Type::Named(_, arguments) => arguments.get(number).copied(),
            _ => None,
        }
    }
}
