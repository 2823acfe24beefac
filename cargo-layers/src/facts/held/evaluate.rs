//! From expressions to their types.

use layers_rules::facts::ItemKind;
use layers_rules::names::Name;

use super::Inference;
use super::library::Library;
use super::lookup::{Found, FoundField};
use super::types::{Type, TypeId, TypeList};
use crate::parse::item_tree::{PathIndex, Place, Symbol};
use crate::parse::shapes::{ExprIx, Expression, ListIx, Shapes};
use crate::resolve::Def;
use crate::tree::{ItemIx, Mount, ScopeIx, SourceFile};

/// How deep closures may nest before their types are given up.
const DEEPEST: u16 = 100;

/// The expressions of one mounted file.
pub struct Body<'a> {
    pub mount_ix: u32,
    pub mount: &'a Mount,
    pub file: &'a SourceFile,
    known: Vec<Option<TypeId>>,
    depth: u16,
}

impl<'a> Body<'a> {
    pub fn new(mount_ix: u32, mount: &'a Mount, file: &'a SourceFile) -> Self {
        let count = file.tree.shapes.expressions.len();
        Self { mount_ix, mount, file, known: vec![None; count], depth: 0 }
    }

    pub fn shapes(&self) -> &'a Shapes {
        &self.file.tree.shapes
    }

    /// What an expression stands in.
    pub fn place(&self, expression: ExprIx) -> Place {
        self.file.tree.places[self.shapes().place(expression) as usize]
    }

    /// The item that an expression stands in.
    pub fn owner(&self, expression: ExprIx) -> Option<ItemIx> {
        self.place(expression).item.map(|item| self.mount.items + item)
    }

    fn name(&self, symbol: Symbol) -> Name {
        self.file.name(symbol)
    }
}

impl Inference<'_> {
    /// The type of an expression.
    pub(super) fn evaluate(&mut self, body: &mut Body<'_>, expression: ExprIx) -> TypeId {
        if expression == 0 || body.depth > DEEPEST {
            return TypeId::UNKNOWN;
        }
        if let Some(known) = body.known[expression as usize] {
            return known;
        }
        body.depth += 1;
        let found = self.evaluate_afresh(body, expression);
        body.depth -= 1;
        body.known[expression as usize] = Some(found);
        found
    }

    fn evaluate_afresh(&mut self, body: &mut Body<'_>, expression: ExprIx) -> TypeId {
        match body.shapes().expressions[expression as usize] {
            Expression::Unknown => TypeId::UNKNOWN,
            Expression::Path(path) => self.path_type(body, path),
            Expression::SelfValue | Expression::SelfConstructor => {
                self.self_type(body.owner(expression))
            }
            Expression::SelfPath(name) => {
                let self_type = self.self_type(body.owner(expression));
                self.associated_value(self_type, body.name(name))
            }
            Expression::Typed(shape) => self.lower(body.mount_ix, shape, body.owner(expression)),
            Expression::Call(callee, arguments) => self.call(body, callee, arguments),
            Expression::Method { receiver, name, arguments, .. } => {
                let receiver = self.evaluate(body, receiver);
                let name = body.name(name);
                match self.method(receiver, name, self.scope(body, expression)) {
                    Ok(found) => self.result(found),
                    Err(of) => self.library_method(body, of, name, arguments),
                }
            }
            Expression::Field { receiver, name, .. } => {
                let receiver = self.evaluate(body, receiver);
                self.read(receiver, body.name(name))
            }
            Expression::Try(inner) => {
                let inner = self.evaluate(body, inner);
                match self.library(inner) {
                    Library::Option | Library::Result => self.argument(inner, 0),
                    _ => None,
                }
                .unwrap_or(TypeId::UNKNOWN)
            }
            Expression::Await(inner) => {
                let inner = self.evaluate(body, inner);
                self.awaited(inner)
            }
            Expression::Future(inner) => {
                let inner = self.evaluate(body, inner);
                self.types.add(Type::Future(inner))
            }
            Expression::Tuple(list) => {
                let elements: TypeList = body
                    .shapes()
                    .list(list)
                    .iter()
                    .map(|element| self.evaluate(body, *element))
                    .collect();
                self.types.add(Type::Tuple(elements))
            }
            Expression::Array(first) => {
                let first = self.evaluate(body, first);
                self.types.add(Type::Slice(first))
            }
            Expression::Element(inner) => {
                let inner = self.evaluate(body, inner);
                self.element(inner)
            }
            Expression::Index(base) => {
                let base = self.evaluate(body, base);
                self.indexed(base)
            }
            Expression::Branches(list) => {
                let branches = body.shapes().list(list);
                let known = branches
                    .iter()
                    .map(|branch| self.evaluate(body, *branch))
                    .find(|of| *of != TypeId::UNKNOWN);
                known.unwrap_or(TypeId::UNKNOWN)
            }
            Expression::Closure(inner) => {
                let inner = self.evaluate(body, inner);
                self.types.add(Type::Closure(inner))
            }
            Expression::ClosureParameter(call, number) => {
                self.closure_parameter(body, call, number)
            }
            Expression::PatternField(subject, path, number) => {
                let subject = self.evaluate(body, subject);
                let number = self.known.number(number);
                self.taken_apart(body, subject, path, number)
            }
            Expression::PatternName(subject, path, name) => {
                let subject = self.evaluate(body, subject);
                let name = body.name(name);
                self.taken_apart(body, subject, path, Some(name))
            }
            Expression::TupleElement(tuple, number) => {
                let tuple = self.evaluate(body, tuple);
                match self.types.get(tuple) {
                    Type::Tuple(elements) => elements.get(number as usize).copied(),
                    _ => None,
                }
                .unwrap_or(TypeId::UNKNOWN)
            }
        }
    }

    /// The scope that an expression stands in.
    pub(super) fn scope(&self, body: &Body<'_>, expression: ExprIx) -> ScopeIx {
        let place = body.place(expression);
        self.world.resolver.tree.scope(body.mount, place.scope)
    }

    /// What a field holds.
    fn read(&mut self, of: TypeId, name: Name) -> TypeId {
        if let Some(element) = self.numbered(of, name) {
            return element;
        }
        match self.field(of, name) {
            Some(found) => self.field_type(found),
            None => TypeId::UNKNOWN,
        }
    }

    /// `tuple.0`
    fn numbered(&self, of: TypeId, name: Name) -> Option<TypeId> {
        let Type::Tuple(elements) = self.types.get(of) else { return None };
        let number: usize = self.world.resolver.tree.names.text(name).parse().ok()?;
        elements.get(number).copied()
    }

    fn path_type(&mut self, body: &Body<'_>, path: PathIndex) -> TypeId {
        match self.world.meaning(body.mount_ix, path) {
            Some(Def::Item(item)) => match self.callable(body.mount_ix, path, item) {
                Some(found) => self.value_of(found),
                None => self.constructed(item),
            },
            Some(def @ Def::External(_)) => self.types.add(Type::Named(def, TypeList::new())),
            _ => TypeId::UNKNOWN,
        }
    }

    /// The function, constant or static that a path leads to.
    pub(super) fn callable(
        &mut self,
        mount_ix: u32,
        path: PathIndex,
        item: ItemIx,
    ) -> Option<Found> {
        let (within, head) = (TypeId::UNKNOWN, Def::Item(item));
        match self.world.kind(item) {
            ItemKind::Fn | ItemKind::Const | ItemKind::Static => Some(Found { item, within, head }),
            ItemKind::Struct | ItemKind::Enum | ItemKind::Union | ItemKind::Trait => {
                let mount = &self.world.resolver.tree.mounts[mount_ix as usize];
                let file = self.world.resolver.tree.file(mount);
                let path = &file.tree.paths[path as usize];
                let [_, .., last] = file.tree.names(path.segments) else { return None };
                let name = file.name(*last);
                let of = self.types.add(Type::Named(Def::Item(item), TypeList::new()));
                self.member(of, name)
            }
            ItemKind::Type => {
                let aliased = self.declared(item);
                let mount = &self.world.resolver.tree.mounts[mount_ix as usize];
                let file = self.world.resolver.tree.file(mount);
                let path = &file.tree.paths[path as usize];
                let [_, .., last] = file.tree.names(path.segments) else { return None };
                self.member(aliased, file.name(*last))
            }
            _ => None,
        }
    }

    /// `Self::name`, or a function of a type that a path named.
    fn associated_value(&mut self, of: TypeId, name: Name) -> TypeId {
        if let Some(found) = self.member(of, name) {
            return self.value_of(found);
        }
        match self.head(of) {
            // A variant: what it makes is of the enum's type.
            Some(Def::Item(item)) if self.world.kind(item) == ItemKind::Enum => of,
            _ => TypeId::UNKNOWN,
        }
    }

    fn value_of(&mut self, found: Found) -> TypeId {
        match self.world.kind(found.item) {
            ItemKind::Fn | ItemKind::Method => {
                self.types.add(Type::Function(found.item, found.within))
            }
            _ => {
                let declared = self.declared(found.item);
                let by = self.substitution(found);
                self.types.substitute(declared, &by)
            }
        }
    }

    /// The type of a unit struct or variant, or what calling a tuple's constructor gives.
    fn constructed(&mut self, item: ItemIx) -> TypeId {
        let of = match self.world.kind(item) {
            ItemKind::Struct => Some(item),
            ItemKind::Variant => self.world.item(item).parent(),
            _ => None,
        };
        match of {
            Some(of) => self.types.add(Type::Named(Def::Item(of), TypeList::new())),
            None => TypeId::UNKNOWN,
        }
    }

    fn call(&mut self, body: &mut Body<'_>, callee: ExprIx, arguments: ListIx) -> TypeId {
        let callee = self.evaluate(body, callee);
        match self.types.get(callee).clone() {
            Type::Function(item, within) => {
                let head = Def::Item(item);
                self.result(Found { item, within, head })
            }
            Type::Closure(returned) => returned,
            Type::Named(Def::Item(_), _) => callee,
            Type::Named(Def::External(external), _) => {
                let arguments = body.shapes().list(arguments);
                let first = match arguments.first() {
                    Some(first) => self.evaluate(body, *first),
                    None => TypeId::UNKNOWN,
                };
                self.library_call(external, first)
            }
            _ => TypeId::UNKNOWN,
        }
    }

    /// What a pattern binds one field of its subject to.
    fn taken_apart(
        &mut self,
        body: &Body<'_>,
        subject: TypeId,
        path: PathIndex,
        name: Option<Name>,
    ) -> TypeId {
        match self.world.meaning(body.mount_ix, path) {
            Some(Def::Item(item)) => {
                let Some(name) = name else { return TypeId::UNKNOWN };
                match self.own_field(item, name) {
                    Some(written) => self.field_type(FoundField { item, written, within: subject }),
                    None => TypeId::UNKNOWN,
                }
            }
            Some(Def::External(external)) => self.library_pattern(external, subject),
            _ => TypeId::UNKNOWN,
        }
    }
}
