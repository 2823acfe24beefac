//! Textual scope of `macro_rules!`.

use layers_rules::names::Name;

use super::Resolver;
use crate::tree::{ItemIx, ScopeIx};

impl Resolver {
    /// The `macro_rules!` that `name!` means at byte `offset` of `scope`: the last one
    /// defined before it in the scope or in one around it, across files.
    pub(super) fn textual_macro(&self, scope: ScopeIx, name: Name, offset: u32) -> Option<ItemIx> {
        let mut current = Some((scope, offset));
        while let Some((scope, offset)) = current {
            if let Some(macros) = self.scopes.textual.get(&(scope, name)) {
                let before = macros.partition_point(|(at, _)| *at < offset);
                if before > 0 {
                    return Some(macros[before - 1].1);
                }
            }
            let start = self.scopes.start[scope as usize];
            current = self.scopes.parent[scope as usize].map(|parent| (parent, start));
        }
        None
    }
}
