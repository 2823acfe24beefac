//! Names that attributes and derives make beside what they stand on: `MockClock` beside a
//! trait `Clock` with `#[automock]`, `OrderBuilder` beside a struct `Order` that derives one.
//!
//! What they make is not seen. A name is taken for one of those where it holds that of the
//! item, as they all do by custom, and nothing that can be seen explains it.

use layers_rules::names::Name;

use super::{Def, Resolver};
use crate::parse::item_tree::{Item, ItemTree};
use crate::tree::ScopeIx;

/// Attributes and derives of the language, which make nothing of another name.
const OF_THE_LANGUAGE: [&str; 49] = [
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "allow",
    "automatically_derived",
    "bench",
    "cold",
    "default",
    "deny",
    "deprecated",
    "derive",
    "expect",
    "export_name",
    "feature",
    "forbid",
    "global_allocator",
    "ignore",
    "inline",
    "instruction_set",
    "link",
    "link_name",
    "link_section",
    "macro_export",
    "macro_use",
    "must_use",
    "no_implicit_prelude",
    "no_link",
    "no_mangle",
    "non_exhaustive",
    "panic_handler",
    "path",
    "proc_macro",
    "proc_macro_attribute",
    "proc_macro_derive",
    "repr",
    "should_panic",
    "target_feature",
    "test",
    "track_caller",
    "type_length_limit",
    "unstable",
    "used",
    "warn",
];

/// The shortest name of an item, its underscores left out, that is looked for in others.
const SHORTEST: usize = 3;

/// Whether something stands on the item that may make others.
pub(super) fn has_maker(tree: &ItemTree, item: &Item) -> bool {
    let paths = tree.attributes(item.attributes).iter().chain(tree.attributes(item.derives));
    paths.into_iter().any(|path| {
        let names = tree.names(tree.paths[*path as usize].segments);
        names.last().is_some_and(|last| !OF_THE_LANGUAGE.contains(&tree.text(*last)))
    })
}

/// A name without what differs between the cases that names are written in.
pub(super) fn plain(name: &str) -> Box<str> {
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

impl Resolver {
    /// What something that stands in `scope` may have made under this name.
    pub(super) fn made(&self, scope: ScopeIx, name: Name) -> Option<Def> {
        let stems = self.stems.get(&scope).filter(|_| self.settled)?;
        let name = plain(self.tree.names.text(name));
        let is_made =
            |stem: &str| stem.len() >= SHORTEST && name.len() > stem.len() && name.contains(stem);
        stems.iter().any(|stem| is_made(stem)).then_some(Def::Made(scope))
    }
}
