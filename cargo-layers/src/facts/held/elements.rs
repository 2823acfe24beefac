//! What loops, indices and `.await` hand over.

use layers_rules::names::Name;

use super::Inference;
use super::library::Library;
use super::types::{Type, TypeId};
use crate::resolve::Def;

impl Inference<'_> {
    /// What a loop over it gives.
    pub(super) fn element(&mut self, of: TypeId) -> TypeId {
        let found = match self.types.get(of).clone() {
            Type::Slice(inner) | Type::Iterator(inner) => Some(inner),
            Type::Traits(_) | Type::Parameter(..) => {
                self.bound_member(of, self.known.iterator, self.known.item)
            }
            Type::Named(Def::External(external), arguments) => match self.family(external) {
                Library::Map => Some(self.types.add(Type::Tuple(arguments))),
                Library::Option | Library::Result => arguments.first().copied(),
                Library::Sequence => match arguments.first().map(|it| self.types.get(*it)) {
                    // `SmallVec<[T; 4]>`
                    Some(Type::Slice(inner)) => Some(*inner),
                    _ => arguments.first().copied(),
                },
                Library::Pointer => arguments.first().map(|inner| self.element(*inner)),
                _ => None,
            },
            Type::Named(Def::Item(_), _) => self
                .associated(of, self.known.iterator, self.known.item)
                .or_else(|| self.associated(of, self.known.into_iterator, self.known.item)),
            _ => None,
        };
        found.unwrap_or(TypeId::UNKNOWN)
    }

    /// `base[index]`
    pub(super) fn indexed(&mut self, of: TypeId) -> TypeId {
        match self.library(of) {
            Library::Sequence => self.element(of),
            Library::Map => self.argument(of, 1).unwrap_or(TypeId::UNKNOWN),
            Library::Pointer | Library::Guard => {
                let inner = self.argument(of, 0).unwrap_or(TypeId::UNKNOWN);
                self.indexed(inner)
            }
            _ => {
                self.associated(of, self.known.index, self.known.output).unwrap_or(TypeId::UNKNOWN)
            }
        }
    }

    /// What awaiting it gives.
    pub(super) fn awaited(&mut self, of: TypeId) -> TypeId {
        let found = match self.types.get(of).clone() {
            Type::Future(inner) => Some(inner),
            Type::Traits(_) | Type::Parameter(..) => {
                self.bound_member(of, self.known.future, self.known.output)
            }
            Type::Named(Def::External(external), arguments) => {
                let first = arguments.first().copied();
                match self.family(external) {
                    Library::Future => first,
                    Library::Task => first.map(|inner| self.wrap(self.known.result, inner)),
                    Library::Pointer => first.map(|inner| self.awaited(inner)),
                    _ => None,
                }
            }
            Type::Named(Def::Item(_), _) => {
                self.associated(of, self.known.future, self.known.output)
            }
            _ => None,
        };
        found.unwrap_or(TypeId::UNKNOWN)
    }

    /// `T` of `impl Iterator<Item = T>`.
    pub(super) fn bound_member(
        &mut self,
        of: TypeId,
        of_trait: Name,
        member: Name,
    ) -> Option<TypeId> {
        let traits = match self.types.get(of).clone() {
            Type::Traits(traits) => traits.to_vec(),
            Type::Parameter(owner, name) => self.bounds(owner, name),
            _ => return None,
        };
        traits.into_iter().find_map(|bound| {
            let Type::Named(Def::External(external), arguments) = self.types.get(bound) else {
                return None;
            };
            let last = self.world.resolver.externals.last(*external);
            let same = last == of_trait
                || (of_trait == self.known.iterator && last == self.known.into_iterator);
            if !same {
                return None;
            }
            arguments.iter().find_map(|argument| match self.types.get(*argument) {
                Type::Member(name, inner) if *name == member => Some(*inner),
                _ => None,
            })
        })
    }
}
