//! What methods and functions of the standard library hand over.

use layers_rules::names::Name;

use super::Inference;
use super::evaluate::Body;
use super::library::{Library, family};
use super::types::{Type, TypeId, TypeList};
use crate::parse::shapes::{ExprIx, ListIx};
use crate::resolve::{Def, ExternalIx};

impl Inference<'_> {
    /// What a method of the standard library hands over.
    pub(super) fn library_method(
        &mut self,
        body: &mut Body<'_>,
        of: TypeId,
        name: Name,
        arguments: ListIx,
    ) -> TypeId {
        let name = self.text(name);
        let library = self.library(of);
        if name == "clone" && of != TypeId::UNKNOWN {
            return of;
        }
        let first = body.shapes().list(arguments).first().copied().unwrap_or(0);
        let inner = self.argument(of, 0).unwrap_or(TypeId::UNKNOWN);
        match library {
            Library::Option => self.of_option(body, (of, inner), name, first),
            Library::Result => self.of_result(body, (of, inner), name, first),
            Library::Pointer => match name {
                "as_ref" | "as_mut" => inner,
                "to_owned" => of,
                _ => TypeId::UNKNOWN,
            },
            Library::Sequence => self.of_sequence(of, name),
            Library::Map => self.of_map(of, name),
            Library::Lock | Library::AsyncLock | Library::PlainLock => {
                let access = ["lock", "read", "write"].contains(&name);
                match (library, name) {
                    (Library::AsyncLock, _) if access => self.types.add(Type::Future(inner)),
                    (Library::Lock, "get_mut" | "into_inner") => {
                        self.wrap(self.known.result, inner)
                    }
                    (Library::Lock, _) if access => self.wrap(self.known.result, inner),
                    (Library::PlainLock, _) if access => inner,
                    (_, "get_mut" | "into_inner") => inner,
                    _ => TypeId::UNKNOWN,
                }
            }
            Library::Cell => match name {
                "borrow" | "borrow_mut" | "get_mut" | "into_inner" => inner,
                _ => TypeId::UNKNOWN,
            },
            Library::Once => match name {
                "get" | "get_mut" | "into_inner" => self.wrap(self.known.option, inner),
                "get_or_init" => inner,
                _ => TypeId::UNKNOWN,
            },
            Library::Iterator => self.of_iterator(body, of, name, first),
            Library::Guard | Library::Future | Library::Task | Library::Other => TypeId::UNKNOWN,
        }
    }

    fn of_option(
        &mut self,
        body: &mut Body<'_>,
        (of, inner): (TypeId, TypeId),
        name: &str,
        first: ExprIx,
    ) -> TypeId {
        match name {
            "unwrap" | "expect" | "unwrap_or" | "unwrap_or_default" | "unwrap_or_else"
            | "unwrap_unchecked" | "insert" | "get_or_insert" | "get_or_insert_with" => inner,
            "as_ref" | "as_mut" | "take" | "cloned" | "copied" | "or" | "or_else" | "filter"
            | "xor" | "replace" | "inspect" | "as_deref" | "as_deref_mut" => of,
            "ok_or" | "ok_or_else" => self.wrap(self.known.result, inner),
            "iter" | "iter_mut" | "into_iter" => self.types.add(Type::Iterator(inner)),
            "map" => {
                let returned = self.returned_by(body, first);
                self.wrap(self.known.option, returned)
            }
            "and_then" => self.returned_by(body, first),
            _ => TypeId::UNKNOWN,
        }
    }

    fn of_result(
        &mut self,
        body: &mut Body<'_>,
        (of, inner): (TypeId, TypeId),
        name: &str,
        first: ExprIx,
    ) -> TypeId {
        let error = self.argument(of, 1).unwrap_or(TypeId::UNKNOWN);
        match name {
            "unwrap" | "expect" | "unwrap_or" | "unwrap_or_default" | "unwrap_or_else" => inner,
            "unwrap_err" | "expect_err" => error,
            "ok" => self.wrap(self.known.option, inner),
            "err" => self.wrap(self.known.option, error),
            "as_ref" | "as_mut" | "inspect" | "inspect_err" | "cloned" | "copied" => of,
            "iter" | "iter_mut" | "into_iter" => self.types.add(Type::Iterator(inner)),
            "map_err" | "or_else" | "context" | "with_context" => {
                self.wrap(self.known.result, inner)
            }
            "map" => {
                let returned = self.returned_by(body, first);
                let result = Def::External(self.known.result);
                self.types.add(Type::Named(result, TypeList::from_slice(&[returned, error])))
            }
            "and_then" => self.returned_by(body, first),
            _ => TypeId::UNKNOWN,
        }
    }

    fn of_sequence(&mut self, of: TypeId, name: &str) -> TypeId {
        let element = self.element(of);
        match name {
            "iter" | "iter_mut" | "into_iter" | "drain" => self.types.add(Type::Iterator(element)),
            "as_slice" | "as_mut_slice" | "to_vec" => of,
            _ if gives_element_of_sequence(name) => self.wrap(self.known.option, element),
            _ => TypeId::UNKNOWN,
        }
    }

    fn of_map(&mut self, of: TypeId, name: &str) -> TypeId {
        let key = self.argument(of, 0).unwrap_or(TypeId::UNKNOWN);
        let value = self.argument(of, 1).unwrap_or(TypeId::UNKNOWN);
        match name {
            "get" | "get_mut" | "remove" | "insert" => self.wrap(self.known.option, value),
            "keys" | "into_keys" => self.types.add(Type::Iterator(key)),
            "values" | "values_mut" | "into_values" => self.types.add(Type::Iterator(value)),
            "iter" | "iter_mut" | "into_iter" | "drain" => {
                let pair = self.element(of);
                self.types.add(Type::Iterator(pair))
            }
            _ => TypeId::UNKNOWN,
        }
    }

    fn of_iterator(
        &mut self,
        body: &mut Body<'_>,
        of: TypeId,
        name: &str,
        first: ExprIx,
    ) -> TypeId {
        let element = self.element(of);
        let elements = match name {
            _ if keeps_elements(name) => element,
            _ if gives_element(name) => return self.wrap(self.known.option, element),
            "peek" | "peek_mut" => return self.wrap(self.known.option, element),
            "enumerate" => {
                self.types.add(Type::Tuple(TypeList::from_slice(&[TypeId::UNKNOWN, element])))
            }
            "zip" => {
                let other = self.evaluate(body, first);
                let other = self.element(other);
                self.types.add(Type::Tuple(TypeList::from_slice(&[element, other])))
            }
            "map" => self.returned_by(body, first),
            "filter_map" | "flat_map" | "map_while" => {
                let returned = self.returned_by(body, first);
                self.element(returned)
            }
            "flatten" => self.element(element),
            "find_map" => return self.returned_by(body, first),
            _ => return TypeId::UNKNOWN,
        };
        self.types.add(Type::Iterator(elements))
    }

    pub(super) fn wrap(&mut self, wrapper: ExternalIx, inner: TypeId) -> TypeId {
        self.types.add(Type::Named(Def::External(wrapper), TypeList::from_slice(&[inner])))
    }

    /// What a function of the standard library gives.
    pub(super) fn library_call(&mut self, external: ExternalIx, first: TypeId) -> TypeId {
        let path = self.path(external);
        let [krate, .., of, name] = path[..] else { return TypeId::UNKNOWN };
        match (of, name) {
            ("Option", "Some") => return self.wrap(self.known.option, first),
            ("Result", "Ok") => return self.wrap(self.known.result, first),
            _ => {}
        }
        let family = family(&path[..path.len() - 1]);
        match (family, name) {
            (Library::Pointer, "new" | "pin")
            | (Library::Lock | Library::AsyncLock | Library::PlainLock | Library::Cell, "new") => {
                let parent = self.world.resolver.externals.parent(external);
                parent.map_or(TypeId::UNKNOWN, |parent| self.wrap(parent, first))
            }
            // `Arc::clone(&x)`
            (Library::Pointer, "clone") => first,
            _ if krate == "std" && of == "mem" && ["take", "replace"].contains(&name) => first,
            _ => TypeId::UNKNOWN,
        }
    }

    /// What `Some(x)`, `Ok(x)` and `Err(x)` bind.
    pub(super) fn library_pattern(&mut self, external: ExternalIx, subject: TypeId) -> TypeId {
        let last = self.text(self.world.resolver.externals.last(external));
        let number = match (last, self.library(subject)) {
            ("Some", Library::Option) | ("Ok", Library::Result) => 0,
            ("Err", Library::Result) => 1,
            _ => return TypeId::UNKNOWN,
        };
        self.argument(subject, number).unwrap_or(TypeId::UNKNOWN)
    }
}

/// Whether a method of iterators gives an iterator over the same.
fn keeps_elements(name: &str) -> bool {
    matches!(
        name,
        "filter"
            | "skip"
            | "take"
            | "rev"
            | "peekable"
            | "cloned"
            | "copied"
            | "chain"
            | "skip_while"
            | "take_while"
            | "step_by"
            | "inspect"
            | "by_ref"
            | "fuse"
            | "cycle"
            | "into_iter"
            | "iter"
            | "iter_mut"
    )
}

/// Whether a method of iterators gives one element, if any.
fn gives_element(name: &str) -> bool {
    matches!(
        name,
        "next"
            | "last"
            | "nth"
            | "next_back"
            | "nth_back"
            | "find"
            | "rfind"
            | "max"
            | "min"
            | "max_by"
            | "min_by"
            | "max_by_key"
            | "min_by_key"
            | "reduce"
    )
}

/// Whether a method of sequences gives one element, if any.
fn gives_element_of_sequence(name: &str) -> bool {
    matches!(
        name,
        "first"
            | "last"
            | "first_mut"
            | "last_mut"
            | "pop"
            | "pop_front"
            | "pop_back"
            | "front"
            | "back"
            | "front_mut"
            | "back_mut"
            | "get"
            | "get_mut"
            | "peek"
    )
}
