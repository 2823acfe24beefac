//! Where a macro's name is looked for besides modules: the textual scope of
//! `macro_rules!`, and what `#[macro_use] extern crate` brings.

use layers_rules::names::Name;
use smallvec::SmallVec;

use super::Resolver;
use super::paths::{Manner, Question, Walk};
use crate::parse::item_tree::Namespace;
use crate::tree::{ItemIx, ScopeIx};

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
            let root = self.macro_use[crate_ix][at];
            match self.in_scope(root, name, Namespace::Macro, question, manner) {
                Walk::No => {}
                found => return found,
            }
        }
        Walk::No
    }
}
