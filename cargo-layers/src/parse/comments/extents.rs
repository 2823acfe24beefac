//! Where that ends which begins at a given place.

use rustc_hash::FxHashMap;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::source::Source;

/// The places that are asked about, with the end of the largest thing that begins there.
pub struct Extents<'a> {
    source: &'a Source<'a>,
    ends: FxHashMap<usize, usize>,
}

impl<'a> Extents<'a> {
    pub fn new(source: &'a Source<'a>) -> Self {
        Self { source, ends: FxHashMap::default() }
    }

    /// Asks about the byte at `start`.
    pub fn want(&mut self, start: usize) {
        self.ends.insert(start, start);
    }

    /// The end of what begins at `start`; `start` itself where nothing is known to.
    pub fn end(&self, start: usize) -> usize {
        self.ends.get(&start).copied().unwrap_or(start)
    }

    pub fn read(&mut self, file: &syn::File) {
        if !self.ends.is_empty() {
            self.visit_file(file);
        }
    }

    /// Notes what stands there; returns whether something in it may be asked about.
    fn note(&mut self, node: &impl Spanned) -> bool {
        let range = self.source.span(node.span()).range();
        let skipped = self.source.skipped();
        let (start, end) = (range.start.saturating_sub(skipped), range.end.saturating_sub(skipped));
        if let Some(known) = self.ends.get_mut(&start) {
            *known = end.max(*known);
        }
        self.ends.keys().any(|wanted| (start..end).contains(wanted))
    }
}

macro_rules! noted {
    ($($visit:ident: $node:ident;)*) => {
        impl<'ast> Visit<'ast> for Extents<'_> {
            $(fn $visit(&mut self, node: &'ast syn::$node) {
                if self.note(node) {
                    visit::$visit(self, node);
                }
            })*
        }
    };
}

noted! {
    visit_item: Item;
    visit_foreign_item: ForeignItem;
    visit_impl_item: ImplItem;
    visit_trait_item: TraitItem;
    visit_stmt: Stmt;
    visit_arm: Arm;
    visit_field: Field;
    visit_variant: Variant;
    visit_use_tree: UseTree;
}
