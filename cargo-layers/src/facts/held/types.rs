//! Types, interned: the same type is the same number.

use indexmap::IndexSet;
use layers_rules::names::Name;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

use crate::resolve::Def;
use crate::tree::ItemIx;

/// A type, as the [`Types`] that made it know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TypeId(u32);

impl TypeId {
    /// Any type that is not known.
    pub const UNKNOWN: Self = Self(0);
}

/// Several types.
pub type TypeList = SmallVec<[TypeId; 2]>;

/// A type, references apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Not known.
    Unknown,
    /// Something with a name, and its generic arguments.
    Named(Def, TypeList),
    /// Anything that implements these traits.
    Traits(TypeList),
    /// The type parameter of an item; `Self` of a trait counts as one.
    Parameter(ItemIx, Name),
    Tuple(TypeList),
    Slice(TypeId),
    /// What an async function returns.
    Future(TypeId),
    /// An iterator of the standard library over such elements.
    Iterator(TypeId),
    /// `Item = T` among generic arguments.
    Member(Name, TypeId),
    /// A function, before it is called, and what `Self` is in it.
    Function(ItemIx, TypeId),
    /// A closure, by what it returns.
    Closure(TypeId),
}

/// What type parameters stand for.
pub type Substitution = SmallVec<[((ItemIx, Name), TypeId); 4]>;

/// Every type that was come across.
#[derive(Debug)]
pub struct Types {
    table: IndexSet<Type, FxBuildHasher>,
}

impl Types {
    pub fn new() -> Self {
        let mut table = IndexSet::default();
        table.insert(Type::Unknown);
        Self { table }
    }

    pub fn get(&self, id: TypeId) -> &Type {
        &self.table[id.0 as usize]
    }

    pub fn add(&mut self, of: Type) -> TypeId {
        if let Some(index) = self.table.get_index_of(&of) {
            return number(index);
        }
        number(self.table.insert_full(of).0)
    }

    /// A type with its parameters replaced; one that stands for nothing known is unknown.
    pub fn substitute(&mut self, id: TypeId, by: &Substitution) -> TypeId {
        let of = self.get(id).clone();
        let mut all = |list: TypeList| -> TypeList {
            list.into_iter().map(|entry| self.substitute(entry, by)).collect()
        };
        let replaced = match of {
            Type::Unknown => return TypeId::UNKNOWN,
            Type::Parameter(item, name) => {
                let known = by.iter().find(|(parameter, _)| *parameter == (item, name));
                return known.map_or(TypeId::UNKNOWN, |(_, stands_for)| *stands_for);
            }
            Type::Named(def, arguments) => Type::Named(def, all(arguments)),
            Type::Traits(traits) => Type::Traits(all(traits)),
            Type::Tuple(elements) => Type::Tuple(all(elements)),
            Type::Slice(inner) => Type::Slice(self.substitute(inner, by)),
            Type::Future(inner) => Type::Future(self.substitute(inner, by)),
            Type::Iterator(inner) => Type::Iterator(self.substitute(inner, by)),
            Type::Member(name, inner) => Type::Member(name, self.substitute(inner, by)),
            Type::Function(item, inner) => Type::Function(item, self.substitute(inner, by)),
            Type::Closure(inner) => Type::Closure(self.substitute(inner, by)),
        };
        self.add(replaced)
    }

    /// Finds what the parameters in `general` stand for when it is `special`.
    pub fn unify(&self, general: TypeId, special: TypeId, found: &mut Substitution) {
        match (self.get(general), self.get(special)) {
            (Type::Parameter(item, name), _) => found.push(((*item, *name), special)),
            (Type::Named(one, general), Type::Named(other, special)) if one == other => {
                for (general, special) in general.iter().zip(special) {
                    self.unify(*general, *special, found);
                }
            }
            (Type::Slice(general), Type::Slice(special)) => {
                self.unify(*general, *special, found);
            }
            (Type::Tuple(general), Type::Tuple(special)) if general.len() == special.len() => {
                for (general, special) in general.iter().zip(special) {
                    self.unify(*general, *special, found);
                }
            }
            _ => {}
        }
    }
}

fn number(index: usize) -> TypeId {
    TypeId(u32::try_from(index).expect("fewer than 2^32 types"))
}
