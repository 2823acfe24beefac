//! What stands behind an item that is no module.

use layers_rules::names::Name;
use smallvec::SmallVec;

use super::paths::{Manner, Meanings, Question, Walk, lone};
use super::{Def, Resolver};
use crate::parse::item_tree::Namespace;
use crate::tree::ItemIx;

/// Aliases of aliases are followed this far: one that leads back to itself never ends.
const MOST_ALIASES: u8 = 8;

impl Resolver {
    /// What stands behind an item that is no module: a variant, or something associated,
    /// for which the type stands.
    pub(super) fn in_item(
        &mut self,
        item: ItemIx,
        name: Name,
        namespace: Namespace,
        question: Question<'_>,
        manner: Manner,
    ) -> Walk {
        let whole = Walk::Yes(lone(Def::Item(item)));
        let Some(scope) = self.own_scope(item) else {
            let variants = self.behind_alias(item, name, namespace, question, manner);
            return match (whole, variants) {
                (Walk::Yes(mut meanings), Walk::Yes(variants)) => {
                    meanings.extend(variants);
                    Walk::Yes(meanings)
                }
                (whole, _) => whole,
            };
        };
        match self.in_scope(scope, name, namespace, question, manner) {
            // Only variants can be imported.
            Walk::No if question.import.is_none() => whole,
            found => found,
        }
    }

    /// The variant that a path through an alias of an enum names. No import can go that
    /// way.
    fn behind_alias(
        &mut self,
        item: ItemIx,
        name: Name,
        namespace: Namespace,
        question: Question<'_>,
        manner: Manner,
    ) -> Walk {
        if question.import.is_some() || manner.aliases == MOST_ALIASES {
            return Walk::No;
        }
        let mount = self.tree.mount_of_item(item);
        let file = self.tree.file(mount);
        let Some(path) = file.tree.aliased(item - mount.items) else { return Walk::No };
        let names: SmallVec<[Name; 6]> =
            file.tree.names(path.segments).iter().map(|symbol| file.name(*symbol)).collect();
        let aliased = Question {
            scope: self.tree.scope(mount, file.tree.place(path).scope),
            anchor: path.anchor,
            names: &names,
            namespace: Namespace::Type,
            offset: path.span.start,
            in_tests: question.in_tests,
            import: None,
        };
        let manner = Manner { aliases: manner.aliases + 1, ..manner };
        let Walk::Yes(meanings) = self.walk(aliased, manner) else { return Walk::No };
        let mut found = Meanings::new();
        for meaning in meanings {
            let Def::Item(item) = meaning.def else { continue };
            let variants = match self.own_scope(item) {
                Some(scope) => self.in_scope(scope, name, namespace, question, manner),
                None => self.behind_alias(item, name, namespace, question, manner),
            };
            if let Walk::Yes(variants) = variants {
                found.extend(variants);
            }
        }
        if found.is_empty() { Walk::No } else { Walk::Yes(found) }
    }
}
