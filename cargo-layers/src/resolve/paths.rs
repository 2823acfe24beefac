//! Follows a path through the name table, one segment at a time.

use layers_rules::names::Name;
use smallvec::SmallVec;

use super::imports::Asker;
use super::scopes::{Binding, Found, Patience};
use super::{ChainIx, Def, Link, Resolver};
use crate::parse::item_tree::{Anchor, Namespace, ScopeKind};
use crate::tree::{ImportIx, ScopeIx};
use crate::workspace::Edition;

/// What a path, or the beginning of one, means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The thing. Behind a type everything is associated, so that the type is meant.
    pub def: Def,
    /// The re-exports on the way.
    pub chain: ChainIx,
    /// The import that brought the name, when the path is a lone name that was
    /// imported explicitly.
    pub import: Option<ImportIx>,
}

/// Several meanings are possible where conditions keep definitions apart.
pub type Meanings = SmallVec<[Meaning; 1]>;

/// The outcome of following a path.
#[derive(Debug)]
pub enum Walk {
    /// What it means.
    Yes(Meanings),
    /// Nothing, as far as can be seen.
    No,
    /// An import that is still open may decide it.
    Maybe,
}

/// A path to follow.
#[derive(Clone, Copy, Debug)]
pub struct Question<'names> {
    /// Scope it stands in.
    pub scope: ScopeIx,
    /// Where it begins.
    pub anchor: Anchor,
    /// Its names.
    pub names: &'names [Name],
    /// Namespace of the last.
    pub namespace: Namespace,
    /// Where it stands in its file.
    pub offset: u32,
    /// Whether it stands in test-only code.
    pub in_tests: bool,
    /// The import it belongs to, if any.
    pub import: Option<Asker>,
}

/// How a path is followed.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Whether open imports are waited for.
    pub(super) patience: Patience,
    /// Whether names count that cannot be seen from where the path stands.
    pub(super) hidden: bool,
    /// How many type aliases were followed to get here.
    pub(super) aliases: u8,
}

impl Manner {
    /// Once every import is resolved: what can be seen.
    pub const SEEN: Self = Self { patience: Patience::TakesWhatIsThere, hidden: false, aliases: 0 };

    /// The same where nothing that can be seen is found: what the compiler would refuse,
    /// or what is visible in a way that is not understood here.
    pub const HIDDEN: Self = Self { hidden: true, ..Self::SEEN };
}

impl From<Patience> for Manner {
    fn from(patience: Patience) -> Self {
        Self { patience, ..Self::SEEN }
    }
}

impl Resolver {
    /// Follows a path.
    pub(super) fn walk(&mut self, question: Question<'_>, manner: Manner) -> Walk {
        let before = self.before_last(question, manner);
        self.last(before.as_ref(), question, manner)
    }

    /// Follows a path up to its last name; `None` when that is its first. The namespace of
    /// the question does not matter for it.
    pub fn before_last(&mut self, question: Question<'_>, manner: Manner) -> Option<Walk> {
        let Question { scope, anchor, names, .. } = question;
        let module = self.module_of(scope);
        let mut rest = &names[..names.len().saturating_sub(1)];
        let mut current = match anchor {
            Anchor::Crate | Anchor::DollarCrate => {
                Walk::Yes(lone(Def::Module(self.root_of(scope))))
            }
            Anchor::Super(up) => match self.ancestor(module, up) {
                Some(module) => Walk::Yes(lone(Def::Module(module))),
                None => Walk::No,
            },
            Anchor::Plain | Anchor::Global => {
                let (first, others) = rest.split_first()?;
                rest = others;
                self.first(question, *first, Namespace::Type, manner)
            }
        };
        for name in rest {
            let Walk::Yes(meanings) = &current else { break };
            current = self.step(meanings, *name, Namespace::Type, question, manner);
        }
        Some(current)
    }

    /// Follows a path to its end from what [`Self::before_last`] gave.
    pub fn last(&mut self, before: Option<&Walk>, question: Question<'_>, manner: Manner) -> Walk {
        match (before, question.names.last()) {
            (None, None) | (Some(Walk::No), _) => Walk::No,
            (None, Some(name)) => self.first(question, *name, question.namespace, manner),
            (Some(Walk::Maybe), _) => Walk::Maybe,
            // `crate` and the like alone.
            (Some(Walk::Yes(meanings)), None) => Walk::Yes(meanings.clone()),
            (Some(Walk::Yes(meanings)), Some(name)) => {
                let mut found = self.step(meanings, *name, question.namespace, question, manner);
                if let Walk::Yes(meanings) = &mut found {
                    meanings.iter_mut().for_each(|meaning| meaning.import = None);
                }
                found
            }
        }
    }

    /// The first name of a path.
    fn first(
        &mut self,
        question: Question<'_>,
        name: Name,
        namespace: Namespace,
        manner: Manner,
    ) -> Walk {
        let Question { scope, anchor, import, offset, .. } = question;
        let crate_ix = self.crate_of(scope) as usize;
        let edition = self.tree.crates[crate_ix].edition;
        let from_root = edition == Edition::E2015 && (import.is_some() || anchor == Anchor::Global);
        if anchor == Anchor::Global && !from_root {
            return self.extern_name(crate_ix, name, namespace);
        }
        let mut current = if from_root { self.root_of(scope) } else { scope };
        if namespace == Namespace::Macro {
            let macros = self.macros_before(scope, name, offset);
            if !macros.is_empty() {
                return Walk::Yes(
                    macros.into_iter().flat_map(|item| lone(Def::Item(item))).collect(),
                );
            }
        }
        let innermost = current;
        loop {
            if self.scopes.kind[current as usize] != ScopeKind::Enum {
                let key = (current, name, namespace);
                match self.scopes.look_up(key, manner.patience, self.own(&question, key)) {
                    Found::Yes(bindings) => return Walk::Yes(self.meanings(&bindings)),
                    Found::Maybe => return Walk::Maybe,
                    Found::No => {}
                }
            }
            if self.scopes.module[current as usize] == current {
                break;
            }
            match self.scopes.parent[current as usize] {
                Some(parent) => current = parent,
                None => break,
            }
        }
        match self.extern_name(crate_ix, name, namespace) {
            Walk::No => {}
            found => return found,
        }
        if namespace == Namespace::Macro {
            match self.macro_used(question, name, manner) {
                Walk::No => {}
                found => return found,
            }
        }
        if let Some(external) = self.prelude.get(name, namespace) {
            return Walk::Yes(lone(Def::External(external)));
        }
        if namespace == Namespace::Type && crate::parse::is_primitive(self.tree.names.text(name)) {
            return Walk::Yes(lone(Def::Builtin));
        }
        self.behind_star(innermost, name, namespace, question.in_tests)
    }

    fn extern_name(&self, crate_ix: usize, name: Name, namespace: Namespace) -> Walk {
        match self.extern_names[crate_ix].get(&name) {
            Some((def, chain)) if namespace == Namespace::Type => {
                let meaning = Meaning { def: *def, chain: *chain, import: None };
                Walk::Yes(smallvec::smallvec![meaning])
            }
            _ => Walk::No,
        }
    }

    /// The name may come from something that can't be seen into: a glob of an outside
    /// crate, the output of a macro.
    fn behind_star(
        &mut self,
        innermost: ScopeIx,
        name: Name,
        namespace: Namespace,
        in_tests: bool,
    ) -> Walk {
        let module = self.module_of(innermost);
        let mut current = innermost;
        loop {
            // A value that is not found may be a variable.
            let made = self.made(current, name).filter(|_| namespace == Namespace::Type);
            if let Some(def) = made {
                return Walk::Yes(lone(def));
            }
            if let Walk::Yes(mut meanings) = self.star(current, name, namespace) {
                // That a glob brings it is a guess: it may be a name of anywhere.
                for meaning in &mut meanings {
                    if matches!(meaning.def, Def::Made(scope) if scope != current) {
                        meaning.def = Def::Unknown;
                    }
                }
                return Walk::Yes(meanings);
            }
            match self.scopes.parent[current as usize] {
                Some(parent) if current != module => current = parent,
                _ => break,
            }
        }
        match namespace {
            Namespace::Macro => self.foreign_macro(module, name, in_tests),
            Namespace::Type | Namespace::Value => Walk::No,
        }
    }

    fn star(&mut self, scope: ScopeIx, name: Name, namespace: Namespace) -> Walk {
        let key = (scope, self.star, Namespace::Type);
        let Some(slot) = self.scopes.slots.get(&key) else { return Walk::No };
        let mut found = slot.bindings.clone();
        if found.is_empty() {
            return Walk::No;
        }
        // With several candidates there is no telling which one it is.
        if found.len() > 1 {
            return Walk::Yes(lone(Def::Unknown));
        }
        found[0].def = match found[0].def {
            Def::External(external) => Def::External(self.externals.child(external, name)),
            // Macros are seldom made by macros, and derives and attributes never.
            Def::Made(_) if namespace == Namespace::Macro => Def::Unknown,
            def => def,
        };
        Walk::Yes(self.meanings(&found))
    }

    fn step(
        &mut self,
        meanings: &Meanings,
        name: Name,
        namespace: Namespace,
        question: Question<'_>,
        manner: Manner,
    ) -> Walk {
        let mut all = Meanings::new();
        let mut open = false;
        for meaning in meanings {
            let found = match meaning.def {
                Def::Module(scope) => self.in_scope(scope, name, namespace, question, manner),
                Def::Item(item) => self.in_item(item, name, namespace, question, manner),
                Def::External(external) => {
                    let child = self.externals.child(external, name);
                    Walk::Yes(lone(Def::External(child)))
                }
                Def::Builtin | Def::Made(_) | Def::Unknown => Walk::Yes(lone(meaning.def)),
            };
            match found {
                Walk::Yes(found) => {
                    for mut next in found {
                        next.chain = self.chains.concat(meaning.chain, next.chain);
                        if !all.iter().any(|known| known.def == next.def) {
                            all.push(next);
                        }
                    }
                }
                Walk::Maybe => open = true,
                Walk::No => {}
            }
        }
        match (all.is_empty(), open) {
            (_, true) if manner.patience == Patience::Waits => Walk::Maybe,
            (false, _) => Walk::Yes(all),
            (true, _) => Walk::No,
        }
    }

    pub(super) fn in_scope(
        &mut self,
        scope: ScopeIx,
        name: Name,
        namespace: Namespace,
        question: Question<'_>,
        manner: Manner,
    ) -> Walk {
        let key = (scope, name, namespace);
        match self.scopes.look_up(key, manner.patience, self.own(&question, key)) {
            Found::Yes(mut bindings) => {
                if !manner.hidden {
                    bindings.retain(|binding| self.scopes.sees(question.scope, binding.visible));
                }
                if bindings.is_empty() { Walk::No } else { Walk::Yes(self.meanings(&bindings)) }
            }
            Found::Maybe => Walk::Maybe,
            Found::No => match self.made(scope, name) {
                Some(def) if namespace != Namespace::Macro => Walk::Yes(lone(def)),
                _ => self.star(scope, name, namespace),
            },
        }
    }

    fn meanings(&mut self, bindings: &[Binding]) -> Meanings {
        bindings
            .iter()
            .map(|binding| Meaning {
                def: binding.def,
                chain: binding.import.map_or(ChainIx::EMPTY, |import| {
                    self.chains.link(Link::Import(import), binding.via)
                }),
                import: binding.import.filter(|_| !binding.glob),
            })
            .collect()
    }
}

pub(super) fn lone(def: Def) -> Meanings {
    smallvec::smallvec![Meaning { def, chain: ChainIx::EMPTY, import: None }]
}
