//! Interned names: a module, an item or a path segment is a `u32` everywhere.

use std::num::NonZeroU32;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// An interned piece of text, resolved by the [`Names`] that made it.
///
/// One more than its number is stored, so that an `Option` of it takes no more room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(NonZeroU32);

impl Name {
    /// How many names were interned before this one.
    #[must_use]
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// The table of interned names, numbered in the order of their first appearance.
#[derive(Clone, Debug, Default)]
pub struct Names {
    table: IndexSet<Box<str>, FxBuildHasher>,
}

impl Names {
    /// The name of `text`, which is stored on its first appearance.
    ///
    /// # Panics
    ///
    /// When more than `u32::MAX` distinct names are interned.
    pub fn intern(&mut self, text: &str) -> Name {
        if let Some(index) = self.table.get_index_of(text) {
            return name_of(index);
        }
        name_of(self.table.insert_full(text.into()).0)
    }

    /// The name of `text` if it has been interned before.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<Name> {
        self.table.get_index_of(text).map(name_of)
    }

    /// The text of `name`.
    ///
    /// # Panics
    ///
    /// When `name` was made by another table.
    #[must_use]
    pub fn text(&self, name: Name) -> &str {
        &self.table[name.index()]
    }

    /// How many distinct names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether nothing has been interned.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }
}

fn name_of(index: usize) -> Name {
    let number = u32::try_from(index + 1).ok().and_then(NonZeroU32::new);
    Name(number.expect("fewer than 2^32 distinct names"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_the_same_name() {
        let mut names = Names::default();
        let domain = names.intern("domain");
        let port = names.intern("port");
        assert_eq!(names.intern("domain"), domain);
        assert_ne!(domain, port);
        assert_eq!(names.text(port), "port");
        assert_eq!(names.get("adapter"), None);
        assert_eq!(names.len(), 2);
    }
}
