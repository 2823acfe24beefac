//! How paths are written.

use layers_rules::names::Name;

use super::edges::Edges;
use crate::parse::item_tree::{Anchor, Segments};
use crate::tree::Mount;

impl Edges<'_> {
    /// A path as written, generics left out.
    pub(super) fn written(
        &mut self,
        mount: &Mount,
        anchor: Anchor,
        segments: Segments,
        glob: bool,
    ) -> Name {
        let file = &self.resolver.tree.files[mount.file as usize];
        let symbols = file.tree.names(segments);
        if let ([lone], Anchor::Plain, false) = (symbols, anchor, glob) {
            return file.name(*lone);
        }
        let mut text = match anchor {
            Anchor::Plain => String::new(),
            Anchor::Global => "::".to_owned(),
            Anchor::Crate => "crate::".to_owned(),
            Anchor::DollarCrate => "$crate::".to_owned(),
            Anchor::Super(0) => "self::".to_owned(),
            Anchor::Super(up) => "super::".repeat(usize::from(up)),
        };
        for symbol in symbols {
            text.push_str(file.tree.text(*symbol));
            text.push_str("::");
        }
        if glob {
            text.push('*');
        } else {
            text.truncate(text.len() - 2);
        }
        self.resolver.tree.names.intern(&text)
    }
}
