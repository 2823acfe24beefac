//! What closures are given and give back.

use super::Inference;
use super::evaluate::Body;
use super::library::Library;
use super::lookup::Found;
use super::types::{Type, TypeId};
use crate::parse::shapes::{ExprIx, Expression};
use crate::resolve::Def;

impl Inference<'_> {
    pub(super) fn returned_by(&mut self, body: &mut Body<'_>, closure: ExprIx) -> TypeId {
        let closure = self.evaluate(body, closure);
        match self.types.get(closure).clone() {
            Type::Closure(returned) => returned,
            Type::Function(item, within) => {
                let head = Def::Item(item);
                self.result(Found { item, within, head })
            }
            Type::Named(Def::Item(_), _) => closure,
            _ => TypeId::UNKNOWN,
        }
    }

    /// What a method hands to a parameter of the closure it is given.
    pub(super) fn closure_parameter(
        &mut self,
        body: &mut Body<'_>,
        call: ExprIx,
        number: u32,
    ) -> TypeId {
        let Expression::Method { receiver, name, .. } = body.shapes().expressions[call as usize]
        else {
            return TypeId::UNKNOWN;
        };
        let receiver = self.evaluate(body, receiver);
        let name = body.file.name(name);
        let of = match self.method(receiver, name, self.scope(body, call)) {
            Ok(found) => return self.wanted(found, number),
            Err(of) => of,
        };
        let name = self.text(name);
        let library = self.library(of);
        let inner = self.argument(of, 0).unwrap_or(TypeId::UNKNOWN);
        match (library, name, number) {
            (Library::Result, "map_err" | "or_else" | "unwrap_or_else" | "inspect_err", 0) => {
                self.argument(of, 1).unwrap_or(TypeId::UNKNOWN)
            }
            (Library::Option | Library::Result, _, 0) if calls_with_each(name) => inner,
            (Library::Map, "retain", _) => self.argument(of, number as usize).unwrap_or(inner),
            (Library::Iterator, "fold" | "try_fold" | "max_by" | "min_by" | "reduce", 1)
            | (Library::Sequence, "sort_by" | "sort_unstable_by", 1) => self.element(of),
            (Library::Iterator | Library::Sequence, _, 0) if calls_with_each(name) => {
                self.element(of)
            }
            _ => TypeId::UNKNOWN,
        }
    }

    /// What a method of the workspace hands to the one closure that it takes.
    fn wanted(&mut self, found: Found, number: u32) -> TypeId {
        let placed = self.world.item(found.item);
        let Some(signature) = placed.shapes().signature(placed.local).copied() else {
            return TypeId::UNKNOWN;
        };
        let parameters = self.lower_all(placed.mount_ix, signature.parameters, Some(found.item));
        let mut closures = Vec::new();
        for parameter in parameters {
            let bounds = match self.types.get(parameter).clone() {
                Type::Traits(traits) => traits.to_vec(),
                Type::Parameter(owner, name) => self.bounds(owner, name),
                _ => continue,
            };
            closures.extend(bounds.into_iter().filter(|bound| match self.types.get(*bound) {
                Type::Named(Def::External(external), _) => {
                    let last = self.text(self.world.resolver.externals.last(*external));
                    ["Fn", "FnMut", "FnOnce"].contains(&last)
                }
                _ => false,
            }));
        }
        let [closure] = closures[..] else { return TypeId::UNKNOWN };
        let Some(inputs) = self.argument(closure, 0) else { return TypeId::UNKNOWN };
        let input = match self.types.get(inputs) {
            Type::Tuple(inputs) => inputs.get(number as usize).copied(),
            _ => None,
        };
        let by = self.substitution(found);
        self.types.substitute(input.unwrap_or(TypeId::UNKNOWN), &by)
    }
}

/// Whether a method calls a closure with each element as its first parameter.
fn calls_with_each(name: &str) -> bool {
    matches!(
        name,
        "map"
            | "filter"
            | "for_each"
            | "any"
            | "all"
            | "find"
            | "position"
            | "filter_map"
            | "flat_map"
            | "take_while"
            | "skip_while"
            | "inspect"
            | "partition"
            | "max_by_key"
            | "min_by_key"
            | "find_map"
            | "map_while"
            | "try_for_each"
            | "rposition"
            | "max_by"
            | "min_by"
            | "reduce"
            | "retain"
            | "retain_mut"
            | "sort_by"
            | "sort_by_key"
            | "sort_unstable_by"
            | "sort_unstable_by_key"
            | "sort_by_cached_key"
            | "dedup_by_key"
            | "binary_search_by"
            | "binary_search_by_key"
            | "partition_point"
            | "rfind"
            | "is_some_and"
            | "is_none_or"
            | "and_then"
            | "map_or"
    )
}
