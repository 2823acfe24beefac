//! What calls and fields hand over: dependencies that no path in their place names.
//!
//! Only what follows from written types is told, and a method is only told where one
//! definition can be meant: precision comes before recall. What the standard library does
//! with a value is known as far as [`library`] lists it.

mod closures;
mod elements;
mod evaluate;
mod library;
mod lookup;
mod lowering;
mod members;
mod types;
mod world;
mod wrapped;

use layers_rules::facts::{DependencyKind, ItemKind, Span};
use layers_rules::names::{Name, Names};
use rustc_hash::FxHashMap;

use super::edges::Edges;
use crate::parse::item_tree::PlaceIndex;
use crate::parse::shapes::Expression;
use crate::resolve::{Def, ExternalIx, Resolver};
use crate::tree::ItemIx;
use evaluate::Body;
use library::Library;
use members::Members;
use types::{Type, TypeId, Types};
use world::World;

pub use world::Meant;

/// One thing that is held somewhere.
pub struct Held {
    pub place: PlaceIndex,
    pub span: Span,
    pub written: Written,
    pub to: Def,
    /// The type that makes it held: a path that names this in the same module says as
    /// much.
    pub of: Def,
}

/// What hands it over, as written.
pub enum Written {
    Path(u32),
    Name(Name),
}

/// Names and types of the standard library that are asked for.
struct Known {
    self_type: Name,
    target: Name,
    deref: Name,
    item: Name,
    output: Name,
    index: Name,
    iterator: Name,
    into_iterator: Name,
    future: Name,
    pin: Name,
    sized: Name,
    option: ExternalIx,
    result: ExternalIx,
    numbers: Vec<Name>,
}

impl Known {
    fn new(resolver: &mut Resolver) -> Self {
        let names: &mut Names = &mut resolver.tree.names;
        let std = resolver.externals.root(names.intern("std"));
        let externals = &mut resolver.externals;
        let mut external = |module: &str, name: &str| {
            let module = externals.child(std, names.intern(module));
            externals.child(module, names.intern(name))
        };
        let option = external("option", "Option");
        let result = external("result", "Result");
        let numbers = (0..32).map(|number: u32| names.intern(&number.to_string())).collect();
        Self {
            self_type: names.intern("Self"),
            target: names.intern("Target"),
            deref: names.intern("Deref"),
            item: names.intern("Item"),
            output: names.intern("Output"),
            index: names.intern("Index"),
            iterator: names.intern("Iterator"),
            into_iterator: names.intern("IntoIterator"),
            future: names.intern("Future"),
            pin: names.intern("Pin"),
            sized: names.intern("Sized"),
            option,
            result,
            numbers,
        }
    }

    /// The name of field number `number` of a tuple.
    fn number(&self, number: u32) -> Option<Name> {
        self.numbers.get(number as usize).copied()
    }
}

/// Everything that was found out so far.
struct Inference<'a> {
    world: World<'a>,
    known: &'a Known,
    types: Types,
    members: Members,
    families: FxHashMap<ExternalIx, Library>,
    lowered: FxHashMap<(u32, u32), TypeId>,
    /// What a function's result, or a constant, names.
    named: FxHashMap<ItemIx, Vec<Def>>,
    depth: u8,
}

impl Edges<'_> {
    /// Adds a dependency for everything that is held without being named.
    pub fn add_held(&mut self) {
        let known = Known::new(self.resolver);
        let meant = std::mem::take(&mut self.meant);
        let held = find(self.resolver, &meant, &known);
        drop(meant);
        let most = held.iter().map(Vec::len).sum();
        self.facts.dependencies.reserve_exact(most);
        self.origins.reserve_exact(most);
        for (mount_ix, held) in held.into_iter().enumerate() {
            let mount = self.resolver.tree.mounts[mount_ix].clone();
            for one in held {
                let written = match one.written {
                    Written::Name(name) => name,
                    Written::Path(path) => {
                        let file = &self.resolver.tree.files[mount.file as usize];
                        let path = &file.tree.paths[path as usize];
                        let (anchor, segments) = (path.anchor, path.segments);
                        self.written(&mount, anchor, segments, false)
                    }
                };
                let place = self.resolver.tree.file(&mount).tree.places[one.place as usize];
                if mount.counts(place.cfg)
                    && let Some(site) = self.site(mount_ix, &mount, (place, one.span), written)
                {
                    self.push_held(site, one.to, one.of);
                }
            }
        }
    }
}

/// What is held, by mount.
fn find(resolver: &Resolver, meant: &Meant, known: &Known) -> Vec<Vec<Held>> {
    let mut inference = Inference {
        world: World { resolver, meant },
        known,
        types: Types::new(),
        members: Members::default(),
        families: FxHashMap::default(),
        lowered: FxHashMap::default(),
        named: FxHashMap::default(),
        depth: 0,
    };
    inference.find_members();
    let tree = &resolver.tree;
    (0..)
        .zip(&tree.mounts)
        .map(|(mount_ix, mount)| {
            let mut held = Vec::new();
            let mut body = Body::new(mount_ix, mount, tree.file(mount));
            inference.through_paths(&body, &mut held);
            inference.through_values(&mut body, &mut held);
            held
        })
        .collect()
}

impl Inference<'_> {
    /// What functions, constants and statics hand over where a path names them.
    fn through_paths(&mut self, body: &Body<'_>, held: &mut Vec<Held>) {
        for (index, path) in (0..).zip(&body.file.tree.paths) {
            if path.kind != DependencyKind::Call {
                continue;
            }
            let Some(Def::Item(item)) = self.world.meaning(body.mount_ix, index) else { continue };
            let Some(found) = self.callable(body.mount_ix, index, item) else { continue };
            for def in self.named_by(found.item) {
                // The path itself names this one.
                if def != Def::Item(item) {
                    let (place, span) = (path.place, path.span);
                    let written = Written::Path(index);
                    held.push(Held { place, span, written, to: def, of: def });
                }
            }
        }
    }

    /// What method calls and fields hand over.
    fn through_values(&mut self, body: &mut Body<'_>, found_here: &mut Vec<Held>) {
        let shapes = body.shapes();
        let mut places = shapes.places.iter().peekable();
        let mut place = None;
        for (index, expression) in (0..).zip(&shapes.expressions) {
            if let Some((_, next)) = places.next_if(|(first, _)| *first <= index) {
                place = Some(*next);
            }
            let (Expression::Method { receiver, name, start, .. }
            | Expression::Field { receiver, name, start }) = *expression
            else {
                continue;
            };
            let receiver = self.evaluate(body, receiver);
            let Some(place) = place.filter(|_| receiver != TypeId::UNKNOWN) else { continue };
            let len = u32::try_from(body.file.tree.text(name).len()).unwrap_or(0);
            let span = Span { start, end: start + len };
            let name = body.file.name(name);
            let mut hold = |to: Def, of: Def| {
                found_here.push(Held { place, span, written: Written::Name(name), to, of });
            };
            if matches!(expression, Expression::Field { .. }) {
                let Some(found) = self.field(receiver, name) else { continue };
                let of = Def::Item(found.item);
                hold(of, of);
                let written = self.field_type(found);
                for def in self.names_in(written) {
                    if def != of {
                        hold(def, def);
                    }
                }
                continue;
            }
            let scope = body.file.tree.places[place as usize].scope;
            let scope = self.world.resolver.tree.scope(body.mount, scope);
            let Ok(found) = self.method(receiver, name, scope) else { continue };
            let of = self.head(found.within).unwrap_or(found.head);
            hold(Def::Item(found.item), of);
            for def in self.named_by(found.item) {
                if def != of {
                    hold(def, def);
                }
            }
        }
    }

    /// What the written type of a function's result, or of a constant, names.
    fn named_by(&mut self, item: ItemIx) -> Vec<Def> {
        if let Some(known) = self.named.get(&item) {
            return known.clone();
        }
        let written = match self.world.kind(item) {
            ItemKind::Fn | ItemKind::Method => self.returned(item),
            _ => self.declared(item),
        };
        let names = self.names_in(written);
        self.named.insert(item, names.clone());
        names
    }

    /// Everything that a type names, in order, what is seen through left out.
    fn names_in(&self, of: TypeId) -> Vec<Def> {
        let mut names = Vec::new();
        let mut open = vec![of];
        while let Some(next) = open.pop() {
            match self.types.get(next) {
                Type::Named(def, arguments) => {
                    let seen_through = match def {
                        Def::External(external) => library::is_seen_through(&self.path(*external)),
                        _ => false,
                    };
                    if !seen_through && !names.contains(def) {
                        names.push(*def);
                    }
                    open.extend(arguments.iter().rev());
                }
                Type::Traits(list) | Type::Tuple(list) => open.extend(list.iter().rev()),
                Type::Slice(inner)
                | Type::Future(inner)
                | Type::Iterator(inner)
                | Type::Member(_, inner) => open.push(*inner),
                Type::Unknown | Type::Parameter(..) | Type::Function(..) | Type::Closure(_) => {}
            }
        }
        names
    }
}
