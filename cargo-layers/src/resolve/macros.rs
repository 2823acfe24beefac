//! Where a macro's name is looked for besides modules: the textual scope of
//! `macro_rules!`, and what `#[macro_use] extern crate` brings.

use layers_rules::names::Name;
use smallvec::SmallVec;

use super::paths::{Manner, Question, Walk, lone};
use super::{Def, Resolver};
use crate::parse::item_tree::Namespace;
use crate::tree::{ItemIx, ScopeIx};

/// A crate whose macros `#[macro_use] extern crate` brings.
#[derive(Clone, Copy, Debug)]
pub(super) struct MacroUse<T> {
    /// What is known of it.
    pub(super) of: T,
    /// Whether only test code has it.
    pub(super) in_tests: bool,
}

impl<T> MacroUse<T> {
    fn reaches(&self, in_tests: bool) -> bool {
        in_tests || !self.in_tests
    }
}

impl Resolver {
    /// The `macro_rules!` that `name!` means at byte `offset` of `scope`: the last one
    /// defined before it in the scope or in one around it, across files. Where that one
    /// stands under a condition, those it hides may be meant as well.
    pub(super) fn macros_before(
        &self,
        scope: ScopeIx,
        name: Name,
        offset: u32,
    ) -> SmallVec<[ItemIx; 1]> {
        let mut found = SmallVec::new();
        let mut current = Some((scope, offset));
        while let Some((scope, offset)) = current {
            if let Some(macros) = self.scopes.textual.get(&(scope, name)) {
                let before = macros.partition_point(|(at, _)| *at < offset);
                for (_, item) in macros[..before].iter().rev() {
                    found.push(*item);
                    if !self.is_conditional(*item) {
                        return found;
                    }
                }
            }
            let start = self.scopes.start[scope as usize];
            current = self.scopes.parent[scope as usize].map(|parent| (parent, start));
        }
        found
    }

    fn is_conditional(&self, item: ItemIx) -> bool {
        let mount = self.tree.mount_of_item(item);
        let tree = &self.tree.file(mount).tree;
        let item = &tree.items[(item - mount.items) as usize];
        let around = tree.scopes[item.scope as usize].cfg;
        let mut current = item.cfg;
        while let Some(cfg) = current.filter(|cfg| Some(*cfg) != around) {
            let cfg = &tree.cfgs[cfg as usize];
            if cfg.by_macro.is_none() {
                return true;
            }
            current = cfg.outer;
        }
        false
    }

    /// The macro that a `#[macro_use] extern crate` of this crate brings.
    pub(super) fn macro_used(
        &mut self,
        question: Question<'_>,
        name: Name,
        manner: Manner,
    ) -> Walk {
        let crate_ix = self.crate_of(question.scope) as usize;
        for at in 0..self.macro_use[crate_ix].len() {
            let used = self.macro_use[crate_ix][at];
            if !used.reaches(question.in_tests) {
                continue;
            }
            match self.in_scope(used.of, name, Namespace::Macro, question, manner) {
                Walk::No => {}
                found => return found,
            }
        }
        Walk::No
    }

    /// The macro of this name of the crate outside the workspace that `#[macro_use]` brings to
    /// `scope`, if there is one: it cannot be seen into.
    pub(super) fn foreign_macro(&mut self, scope: ScopeIx, name: Name, in_tests: bool) -> Walk {
        let used = &self.foreign_macros[self.crate_of(scope) as usize];
        let Some(used) = used.iter().rfind(|used| used.reaches(in_tests)) else { return Walk::No };
        Walk::Yes(lone(Def::External(self.externals.child(used.of, name))))
    }
}
