//! What items are made of: fields, parameters, imports, and what signatures mention. Only
//! for those who ask.

use layers_rules::facts::{
    Field, FileId, Import, ItemKind, Mention, Mentions, ModuleId, Parameter, Reference, Signature,
    Span, Target,
};
use rustc_hash::FxHashMap;

use super::edges::Edges;
use crate::parse::item_tree::{ImportKind, ItemIndex, Place};
use crate::parse::parts::{Mentioned, Stretch};
use crate::tree::Mount;

/// What the paths of one mounted file mean.
#[derive(Clone, Copy)]
pub(super) struct Resolved<'a> {
    pub(super) mount_ix: usize,
    pub(super) mount: &'a Mount,
    /// By path.
    pub(super) targets: &'a [Option<Target>],
}

impl Edges<'_> {
    /// Adds what the items of a mounted file are made of.
    pub(super) fn add_parts(&mut self, file: Resolved<'_>) {
        self.facts.signatures.resize(self.facts.items.len(), Signature::default());
        let base = self.add_mentions(file);
        self.add_signatures(file.mount, base);
        self.add_fields(file, base);
        self.add_parameters(file.mount, base);
        self.add_import_entries(file);
    }

    /// Adds everything that the signatures of a file mention; gives where that begins.
    fn add_mentions(&mut self, file: Resolved<'_>) -> u32 {
        let base = u32::try_from(self.facts.mentions.len()).unwrap_or(u32::MAX);
        let Resolved { mount, targets, .. } = file;
        let owners = self.self_types(mount, targets);
        let tree = &self.resolver.tree.file(mount).tree;
        let mentions = tree.parts.mentions.clone();
        // The type that `Self` stands for, by mention: parts of an item lie within it.
        let mut selves = vec![None; mentions.len()];
        for (item, entry) in (0..).zip(&tree.items) {
            let around = |item: &ItemIndex| tree.items[*item as usize].parent;
            let mut open = std::iter::successors(Some(item), around);
            let owner = open.find_map(|item| owners.get(&item).copied()).flatten();
            selves[entry.mentions.start as usize..entry.mentions.end as usize].fill(owner);
        }
        for (mentioned, owner) in mentions.into_iter().zip(selves) {
            let mention = match mentioned {
                Mentioned::Path(path) => {
                    let entry = &self.resolver.tree.file(mount).tree.paths[path as usize];
                    let (anchor, segments, span) = (entry.anchor, entry.segments, entry.span);
                    let written = self.written(mount, anchor, segments, false);
                    let reference = Reference { written, target: targets[path as usize] };
                    Mention { reference, span: Some(span) }
                }
                Mentioned::Word(symbol) => {
                    let file = self.resolver.tree.file(mount);
                    let target = if file.tree.text(symbol) == "Self" { owner } else { None };
                    Mention {
                        reference: Reference { written: file.name(symbol), target },
                        span: None,
                    }
                }
            };
            self.facts.mentions.push(mention);
        }
        base
    }

    /// What `Self` means in each type and impl of a file.
    fn self_types(
        &self,
        mount: &Mount,
        targets: &[Option<Target>],
    ) -> FxHashMap<ItemIndex, Option<Target>> {
        let tree = &self.resolver.tree.file(mount).tree;
        let is_type = |kind| matches!(kind, ItemKind::Struct | ItemKind::Enum | ItemKind::Union);
        let types =
            (0..).zip(&tree.items).filter(|(_, item)| is_type(item.kind)).map(|(item, _)| {
                let id = self.layout.items[(mount.items + item) as usize];
                (item, id.map(Target::Item))
            });
        let impls = tree.impls.iter().map(|block| {
            let target = block.self_type.and_then(|path| targets[path as usize]);
            (block.item, target)
        });
        // In a trait it is whatever implements it.
        let traits = (0..).zip(&tree.items).filter(|(_, item)| item.kind == ItemKind::Trait);
        types.chain(impls).chain(traits.map(|(item, _)| (item, None))).collect()
    }

    fn add_signatures(&mut self, mount: &Mount, base: u32) {
        let tree = &self.resolver.tree.file(mount).tree;
        for (local, item) in (0..).zip(&tree.items) {
            let Some(id) = self.layout.items[(mount.items + local) as usize] else { continue };
            self.facts.signatures[id.index()] = Signature {
                mentions: shifted(item.mentions, base),
                returns: tree.parts.result(local).map(|result| shifted(result, base)),
            };
        }
    }

    fn add_fields(&mut self, file: Resolved<'_>, base: u32) {
        let Resolved { mount, targets, .. } = file;
        let tree = &self.resolver.tree.file(mount).tree;
        let attributes = tree.parts.field_attributes.clone();
        for field in tree.shapes.fields.clone() {
            let Some(id) = self.layout.items[(mount.items + field.item) as usize] else {
                continue;
            };
            let source = self.resolver.tree.file(mount);
            let name = source.name(field.name);
            let len = u32::try_from(source.tree.text(field.name).len()).unwrap_or(0);
            let item = &self.facts.items[id.index()];
            let mentions = shifted(field.mentions, base);
            let first = self.facts.mentioned(mentions).iter().find_map(|mention| mention.span);
            let span = match field.start {
                Some(start) => Span { start, end: start + len },
                None => first.unwrap_or(item.span),
            };
            let visibility = if item.kind == ItemKind::Variant {
                item.visibility
            } else {
                let scope = source.tree.items[field.item as usize].scope;
                self.layout.written_visibility(self.resolver, mount, scope, field.visibility)
            };
            let own = attributes
                .iter()
                .filter(|(item, name, _)| (*item, *name) == (field.item, field.name));
            let own: Vec<u32> = own.map(|(.., path)| *path).collect();
            let attributes = self.references(mount, &own, targets);
            let documented = field.documented;
            self.facts.fields.push(Field {
                item: id,
                name,
                visibility,
                span,
                documented,
                attributes,
                mentions,
            });
        }
    }

    fn add_parameters(&mut self, mount: &Mount, base: u32) {
        let file = self.resolver.tree.file(mount);
        for input in &file.tree.parts.inputs {
            let Some(item) = self.layout.items[(mount.items + input.item) as usize] else {
                continue;
            };
            let (name, mentions) = (file.name(input.name), shifted(input.mentions, base));
            self.facts.parameters.push(Parameter { item, name, span: input.span, mentions });
        }
    }

    fn add_import_entries(&mut self, file: Resolved<'_>) {
        let Resolved { mount_ix, mount, targets } = file;
        let count = self.resolver.tree.file(mount).tree.imports.len();
        for local in 0..count {
            let local_ix = u32::try_from(local).unwrap_or(u32::MAX);
            let tree = &self.resolver.tree.file(mount).tree;
            let entry = tree.imports[local].clone();
            if !mount.counts(entry.cfg) {
                continue;
            }
            let own = tree.parts.import_attributes.iter();
            let own = own.filter(|(imports, _)| (imports.start..imports.end).contains(&local_ix));
            let own: Vec<u32> = own.map(|(_, path)| *path).collect();
            let glob = entry.kind == ImportKind::Glob;
            let written = self.written(mount, entry.anchor, entry.path, glob);
            let place = Place { scope: entry.scope, item: entry.item, cfg: entry.cfg };
            let place = (place, entry.span);
            let Some(site) = self.site(mount_ix, mount, place, written) else { continue };
            let names = &mut self.resolver.tree.names;
            let name = match entry.kind {
                ImportKind::Glob => names.intern("*"),
                ImportKind::Single(None, _) | ImportKind::ExternCrate(None, _) => names.intern("_"),
                ImportKind::Single(Some(symbol), _) | ImportKind::ExternCrate(Some(symbol), _) => {
                    self.resolver.tree.file(mount).name(symbol)
                }
            };
            let mentions = self.brought(mount.imports + local_ix, written, entry.span);
            let visibility =
                self.layout.written_visibility(self.resolver, mount, entry.scope, entry.visibility);
            let attributes = self.references(mount, &own, targets);
            self.facts.imports.push(Import {
                module: site.from,
                item: site.item,
                name,
                written,
                visibility,
                file: FileId::new(mount.file as usize),
                span: entry.span,
                mentions,
                attributes,
                test: site.test,
                cfg: site.cfg,
            });
        }
    }

    /// What an import brings, each thing once.
    fn brought(&mut self, import: u32, written: layers_rules::names::Name, span: Span) -> Mentions {
        let mut targets: Vec<Target> = Vec::new();
        let results = self.resolver.imports[import as usize].results.clone();
        // What is made in a module is not the module.
        for (_, def, _) in results.into_iter().filter(|(_, def, _)| !def.is_unseen()) {
            let target = self.targets.of(self.resolver, self.facts, def);
            targets.extend(target.filter(|target| !targets.contains(target)));
        }
        let start = u32::try_from(self.facts.mentions.len()).unwrap_or(u32::MAX);
        self.facts.mentions.extend(targets.into_iter().map(|target| Mention {
            reference: Reference { written, target: Some(target) },
            span: Some(span),
        }));
        let end = u32::try_from(self.facts.mentions.len()).unwrap_or(u32::MAX);
        Mentions { start, end }
    }

    /// The module of an item of a mounted file.
    pub(super) fn module_of(&self, mount: &Mount, item: ItemIndex) -> Option<ModuleId> {
        let tree = &self.resolver.tree;
        let scope = tree.file(mount).tree.items[item as usize].scope;
        self.targets.module_of_scope(tree.scope(mount, scope))
    }
}

fn shifted(stretch: Stretch, by: u32) -> Mentions {
    Mentions { start: stretch.start + by, end: stretch.end + by }
}
