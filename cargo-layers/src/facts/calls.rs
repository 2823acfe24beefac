//! Methods that are called, by their names, and what calls are given to run. Only for those who ask.

use layers_rules::facts::{FileId, HandedOn, MethodCall, Span};

use super::edges::Edges;
use crate::parse::item_tree::{CfgIndex, ItemIndex, Symbol};
use crate::parse::shapes::Expression;
use crate::tree::Mount;

impl Edges<'_> {
    /// Adds the method calls of a mounted file.
    pub(super) fn add_method_calls(&mut self, mount: &Mount) {
        let tree = &self.resolver.tree.file(mount).tree;
        let mut calls: Vec<(ItemIndex, Symbol, u32, Option<CfgIndex>)> = Vec::new();
        let mut places = tree.shapes.places.iter().peekable();
        let mut place = None;
        for (index, expression) in (0..).zip(&tree.shapes.expressions) {
            if let Some((_, next)) = places.next_if(|(first, _)| *first <= index) {
                place = Some(tree.places[*next as usize]);
            }
            if let Expression::Method { name, start, .. } = *expression
                && let Some(place) = place
                && let Some(item) = place.item
            {
                calls.push((item, name, start, place.cfg));
            }
        }
        let unknown = tree.parts.calls.iter();
        calls.extend(unknown.map(|call| (call.item, call.name, call.start, call.cfg)));
        for (item, name, start, cfg) in calls {
            let Some(module) = self.module_of(mount, item).filter(|_| mount.counts(cfg)) else {
                continue;
            };
            let file = self.resolver.tree.file(mount);
            let len = u32::try_from(file.tree.text(name).len()).unwrap_or(0);
            self.facts.method_calls.push(MethodCall {
                module,
                file: FileId::new(mount.file as usize),
                span: Span { start, end: start + len },
                name: file.name(name),
            });
        }
    }

    /// Adds what the calls of a mounted file are given without running it.
    pub(super) fn add_handed_on(&mut self, mount: &Mount) {
        let tree = &self.resolver.tree.file(mount).tree;
        let handed = tree.parts.handed.iter();
        let counted = handed.filter(|handed| self.module_of(mount, handed.item).is_some());
        let file = FileId::new(mount.file as usize);
        let all: Vec<HandedOn> =
            counted.map(|handed| HandedOn { file, span: handed.span }).collect();
        self.facts.handed_on.extend(all);
    }
}
