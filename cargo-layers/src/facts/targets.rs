//! From definitions to the targets that facts speak of.

use layers_rules::facts::{External, ExternalId, Facts, ModuleId, Target};
use rustc_hash::FxHashMap;

use super::layout::Layout;
use crate::resolve::{Def, ExternalIx, Resolver};

/// Gives each definition its target; paths outside the workspace are numbered as they
/// come.
pub struct Targets<'a> {
    layout: &'a Layout,
    externals: FxHashMap<ExternalIx, ExternalId>,
}

impl<'a> Targets<'a> {
    pub fn new(layout: &'a Layout) -> Self {
        Self { layout, externals: FxHashMap::default() }
    }

    /// `None` for what has no place among the facts: types of the language, and what
    /// can't be seen.
    pub fn of(&mut self, resolver: &Resolver, facts: &mut Facts, def: Def) -> Option<Target> {
        match def {
            Def::Module(scope) | Def::Made(scope) => {
                self.layout.module_of_scope[scope as usize].map(Target::Module)
            }
            Def::Item(item) => self.layout.items[item as usize].map(Target::Item),
            Def::External(external) => {
                let next = ExternalId::new(facts.externals.len());
                let id = *self.externals.entry(external).or_insert(next);
                if id == next {
                    let path = resolver.externals.segments(external);
                    facts.externals.push(External { path });
                }
                Some(Target::External(id))
            }
            Def::Builtin | Def::Unknown => None,
        }
    }

    pub fn module_of_scope(&self, scope: u32) -> Option<ModuleId> {
        self.layout.module_of_scope[scope as usize]
    }
}
