//! Effective visibility: from where a thing can be named, by whatever path leads to it.

use std::mem;

use super::subject::Subject;
use crate::context::{Context, Ranks};
use crate::facts::{
    CrateKind, Facts, ImportId, ItemId, ItemKind, ModuleId, Reference, Target, Visibility,
};

/// From where something can be named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Scopes {
    /// From any crate.
    everywhere: bool,
    /// From within these modules, none of which is within another.
    modules: Vec<ModuleId>,
}

impl Scopes {
    const EVERYWHERE: Self = Self { everywhere: true, modules: Vec::new() };

    fn within(module: ModuleId) -> Self {
        Self { everywhere: false, modules: vec![module] }
    }

    /// What a visibility allows of something that stands in `module`.
    fn of(facts: &Facts, visibility: Visibility, module: ModuleId) -> Self {
        match visibility {
            Visibility::Public => Self::EVERYWHERE,
            Visibility::Crate => Self::within(root(facts, module)),
            Visibility::Restricted(within) => Self::within(within),
            Visibility::Private => Self::within(module),
        }
    }

    /// From where both can be named.
    fn meet(&self, other: &Self, facts: &Facts) -> Self {
        if self.everywhere {
            return other.clone();
        }
        if other.everywhere {
            return self.clone();
        }
        let mut both = Self::default();
        for one in &self.modules {
            for other in &other.modules {
                if is_within(facts, *one, *other) {
                    both.add(*one, facts);
                } else if is_within(facts, *other, *one) {
                    both.add(*other, facts);
                }
            }
        }
        both
    }

    /// Adds what `other` allows; whether that is more.
    fn join(&mut self, other: &Self, facts: &Facts) -> bool {
        if self.everywhere {
            return false;
        }
        if other.everywhere {
            *self = Self::EVERYWHERE;
            return true;
        }
        let mut is_more = false;
        for module in &other.modules {
            is_more |= self.add(*module, facts);
        }
        is_more
    }

    fn add(&mut self, module: ModuleId, facts: &Facts) -> bool {
        if self.modules.iter().any(|known| is_within(facts, module, *known)) {
            return false;
        }
        self.modules.retain(|known| !is_within(facts, *known, module));
        self.modules.push(module);
        true
    }
}

fn root(facts: &Facts, module: ModuleId) -> ModuleId {
    facts.crates[facts.modules[module.index()].crate_id.index()].root
}

fn is_within(facts: &Facts, module: ModuleId, other: ModuleId) -> bool {
    let mut up = Some(module);
    while let Some(current) = up {
        if current == other {
            return true;
        }
        up = facts.modules[current.index()].parent;
    }
    false
}

/// From where everything can be named.
pub(super) struct Effective {
    items: Vec<Scopes>,
    modules: Vec<Scopes>,
}

impl Effective {
    pub(super) fn new(facts: &Facts) -> Self {
        let mut walk = Walk::new(facts);
        for krate in &facts.crates {
            let scopes = match krate.kind {
                CrateKind::Lib | CrateKind::ProcMacro => Scopes::EVERYWHERE,
                // Nobody can depend on any other target.
                _ => Scopes::within(krate.root),
            };
            walk.module(krate.root, &scopes);
        }
        while let Some(module) = walk.open.pop() {
            walk.is_open[module.index()] = false;
            walk.contents(module);
        }
        let Walk { mut items, modules, taken_apart, .. } = walk;
        members(facts, &mut items, &taken_apart);
        Self { items, modules }
    }

    /// Whether other crates can name it.
    pub(super) fn is_exported(&self, context: &Context<'_>, subject: Subject) -> bool {
        self.of(context.facts, subject).everywhere
    }

    /// Whether it can be named from outside of `area`.
    pub(super) fn is_visible_outside(
        &self,
        context: &Context<'_>,
        subject: Subject,
        area: &Area,
    ) -> bool {
        let scopes = self.of(context.facts, subject);
        scopes.everywhere || scopes.modules.iter().any(|module| !area.0[module.index()])
    }

    fn of(&self, facts: &Facts, subject: Subject) -> Scopes {
        match subject {
            Subject::Module(module) => self.modules[module.index()].clone(),
            Subject::Item(item) => self.items[item.index()].clone(),
            Subject::Field(field) => {
                let field = &facts.fields[field.index()];
                let module = facts.items[field.item.index()].module;
                let own = Scopes::of(facts, field.visibility, module);
                self.items[field.item.index()].meet(&own, facts)
            }
            Subject::Import(import) => {
                let import = &facts.imports[import.index()];
                if import.item.is_some() {
                    return Scopes::default();
                }
                let own = Scopes::of(facts, import.visibility, import.module);
                self.modules[import.module.index()].meet(&own, facts)
            }
            Subject::Parameter(_) => Scopes::default(),
        }
    }
}

/// The modules that lie, with everything in them, in some subtrees.
pub(super) struct Area(Vec<bool>);

impl Area {
    pub(super) fn new(context: &Context<'_>, ranks: &Ranks) -> Self {
        let modules = &context.facts.modules;
        let is_member = |index| ranks.contains(context.tree.module(ModuleId::new(index)));
        let mut whole: Vec<bool> = (0..modules.len()).map(is_member).collect();
        // A parent comes before its children.
        for (index, module) in modules.iter().enumerate().rev() {
            if let Some(parent) = module.parent.filter(|_| !whole[index]) {
                whole[parent.index()] = false;
            }
        }
        Self(whole)
    }
}

/// A walk from the roots of crates, until nothing can be named from more places.
struct Walk<'f> {
    facts: &'f Facts,
    within: Vec<Contents>,
    items: Vec<Scopes>,
    modules: Vec<Scopes>,
    /// From where what is in a module can be named: by its path, or by that of a glob.
    inside: Vec<Scopes>,
    /// From where variants of an enum can be named by globs.
    taken_apart: Vec<Scopes>,
    /// Modules whose contents have to be looked into.
    open: Vec<ModuleId>,
    is_open: Vec<bool>,
}

/// What stands right in a module; private imports lead nowhere that the module does not see.
#[derive(Clone, Default)]
struct Contents {
    modules: Vec<ModuleId>,
    items: Vec<ItemId>,
    imports: Vec<ImportId>,
}

impl<'f> Walk<'f> {
    fn new(facts: &'f Facts) -> Self {
        let mut within = vec![Contents::default(); facts.modules.len()];
        for (index, module) in facts.modules.iter().enumerate() {
            if let Some(parent) = module.parent {
                within[parent.index()].modules.push(ModuleId::new(index));
            }
        }
        for (index, item) in facts.items.iter().enumerate() {
            if item.parent.is_none() {
                within[item.module.index()].items.push(ItemId::new(index));
            }
        }
        for (index, import) in facts.imports.iter().enumerate() {
            let leads_on = import.visibility != Visibility::Private && !import.test;
            if leads_on && import.item.is_none() {
                within[import.module.index()].imports.push(ImportId::new(index));
            }
        }
        let (items, modules) = (facts.items.len(), facts.modules.len());
        Self {
            facts,
            within,
            items: vec![Scopes::default(); items],
            modules: vec![Scopes::default(); modules],
            inside: vec![Scopes::default(); modules],
            taken_apart: vec![Scopes::default(); items],
            open: Vec::new(),
            is_open: vec![false; modules],
        }
    }

    fn module(&mut self, module: ModuleId, scopes: &Scopes) {
        self.modules[module.index()].join(scopes, self.facts);
        self.inside(module, scopes);
    }

    fn inside(&mut self, module: ModuleId, scopes: &Scopes) {
        let is_more = self.inside[module.index()].join(scopes, self.facts);
        if is_more && !mem::replace(&mut self.is_open[module.index()], true) {
            self.open.push(module);
        }
    }

    fn contents(&mut self, module: ModuleId) {
        let facts = self.facts;
        let path = self.inside[module.index()].clone();
        let allowed = |visibility| path.meet(&Scopes::of(facts, visibility, module), facts);
        let contents = mem::take(&mut self.within[module.index()]);
        for module in &contents.modules {
            self.module(*module, &allowed(facts.modules[module.index()].visibility));
        }
        for item in &contents.items {
            let scopes = allowed(facts.items[item.index()].visibility);
            self.items[item.index()].join(&scopes, facts);
        }
        for import in &contents.imports {
            let import = &facts.imports[import.index()];
            let scopes = allowed(import.visibility);
            let is_glob = facts.names.text(import.name) == "*";
            for mention in facts.mentioned(import.mentions) {
                match mention.reference.target {
                    Some(Target::Module(module)) if is_glob => self.inside(module, &scopes),
                    Some(Target::Module(module)) => self.module(module, &scopes),
                    Some(Target::Item(item)) => {
                        let of = if is_glob { &mut self.taken_apart } else { &mut self.items };
                        of[item.index()].join(&scopes, facts);
                    }
                    Some(Target::External(_)) | None => {}
                }
            }
        }
        self.within[module.index()] = contents;
    }
}

/// Lets what belongs to items be named from where those can be: variants with their enums,
/// members of traits with those, and what stands in an impl with its type and its trait.
fn members(facts: &Facts, items: &mut [Scopes], taken_apart: &[Scopes]) {
    let of = |target: Option<Target>, items: &[Scopes]| match target {
        Some(Target::Item(item)) => items[item.index()].clone(),
        Some(Target::External(_)) => Scopes::EVERYWHERE,
        Some(Target::Module(_)) | None => Scopes::default(),
    };
    let mut of_trait = vec![false; facts.items.len()];
    for block in &facts.impls {
        let item = block.item.index();
        of_trait[item] = block.of_trait.is_some();
        let by_trait =
            block.of_trait.map_or(Scopes::EVERYWHERE, |Reference { target, .. }| of(target, items));
        items[item] = of(block.self_type, items).meet(&by_trait, facts);
    }
    // What holds something comes before it.
    for (index, item) in facts.items.iter().enumerate() {
        let Some(parent) = item.parent.map(ItemId::index) else { continue };
        let scopes = match facts.items[parent].kind {
            ItemKind::Impl if of_trait[parent] => items[parent].clone(),
            ItemKind::Impl => {
                items[parent].meet(&Scopes::of(facts, item.visibility, item.module), facts)
            }
            ItemKind::Trait => items[parent].clone(),
            ItemKind::Enum => {
                let mut scopes = items[parent].clone();
                scopes.join(&taken_apart[parent], facts);
                scopes
            }
            // What stands in a function can be named by nobody else.
            _ => Scopes::default(),
        };
        items[index].join(&scopes, facts);
    }
}
