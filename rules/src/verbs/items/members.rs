//! What something is made of: fields, parameters, methods, what a module holds, and what
//! stands in the same file.

use rustc_hash::FxHashMap;

use super::parts::Whole;
use super::subject::Subject;
use crate::context::Context;
use crate::facts::{FieldId, FileId, ImportId, ItemId, ItemKind, ModuleId, ParameterId, Target};
use crate::tree::Thing;

/// The parts of everything that has such parts.
pub(super) struct Members {
    whole: Whole,
    /// The impls of each type, where they are asked for.
    impls: FxHashMap<ItemId, Vec<ItemId>>,
    /// What stands in each module or file, where that is asked for.
    contents: FxHashMap<u32, Vec<Subject>>,
}

impl Members {
    pub(super) fn new(whole: Whole, context: &Context<'_>) -> Self {
        let impls = if whole == Whole::Methods { impls(context) } else { FxHashMap::default() };
        let contents = match whole {
            Whole::Contents => by_module(context),
            Whole::File => by_file(context),
            _ => FxHashMap::default(),
        };
        Self { whole, impls, contents }
    }

    pub(super) fn of(&self, context: &Context<'_>, subject: Subject) -> Option<Vec<Subject>> {
        let facts = context.facts;
        let item = match subject {
            Subject::Item(item) => Some((item, facts.items[item.index()].kind)),
            _ => None,
        };
        match (self.whole, item) {
            (
                Whole::Fields,
                Some((item, ItemKind::Struct | ItemKind::Union | ItemKind::Variant)),
            ) => {
                let fields = facts.fields_of(item).map(FieldId::new);
                Some(fields.map(Subject::Field).collect())
            }
            (Whole::Parameters, Some((item, ItemKind::Fn | ItemKind::Method))) => {
                let parameters = facts.parameters_of(item).map(ParameterId::new);
                Some(parameters.map(Subject::Parameter).collect())
            }
            (Whole::Methods, Some((item, kind))) => methods_of(context, &self.impls, item, kind),
            (Whole::Contents, Some((item, ItemKind::Trait | ItemKind::Impl | ItemKind::Enum))) => {
                Some(children(context, item))
            }
            (Whole::Contents, None) => match subject {
                Subject::Module(module) => {
                    Some(self.contents.get(&module.number()).cloned().unwrap_or_default())
                }
                _ => None,
            },
            (Whole::File, _) => {
                let file = subject.file(context);
                Some(self.contents.get(&file.number()).cloned().unwrap_or_default())
            }
            _ => None,
        }
    }
}

/// The methods of a trait, an impl, or a type by all its impls; none of anything else.
pub(super) fn methods(context: &Context<'_>, subject: Subject) -> Vec<Subject> {
    let Subject::Item(item) = subject else { return Vec::new() };
    let kind = context.facts.items[item.index()].kind;
    let is_type = matches!(kind, ItemKind::Struct | ItemKind::Enum | ItemKind::Union);
    let impls = if is_type { impls(context) } else { FxHashMap::default() };
    methods_of(context, &impls, item, kind).unwrap_or_default()
}

fn methods_of(
    context: &Context<'_>,
    impls: &FxHashMap<ItemId, Vec<ItemId>>,
    item: ItemId,
    kind: ItemKind,
) -> Option<Vec<Subject>> {
    let members = match kind {
        ItemKind::Trait | ItemKind::Impl => children(context, item),
        ItemKind::Struct | ItemKind::Enum | ItemKind::Union => {
            let impls = impls.get(&item).into_iter().flatten();
            impls.flat_map(|block| children(context, *block)).collect()
        }
        _ => return None,
    };
    let is_method = |member: &Subject| member.kind(context) == Some(ItemKind::Method);
    Some(members.into_iter().filter(is_method).collect())
}

/// The methods that stand right in a trait or an impl.
pub(crate) fn methods_in(context: &Context<'_>, block: ItemId) -> Vec<Subject> {
    let mut members = children(context, block);
    members.retain(|member| member.kind(context) == Some(ItemKind::Method));
    members
}

/// What stands right in an item, as far as the rule holds for it.
fn children(context: &Context<'_>, item: ItemId) -> Vec<Subject> {
    let children = context.tree.children(context.tree.item(item));
    children
        .filter_map(|node| match context.tree.thing(node) {
            Thing::Item(item) => Some(Subject::Item(item)),
            Thing::Module(_) | Thing::Outside => None,
        })
        .filter(|member| member.counts(context))
        .collect()
}

/// The impls of each type.
fn impls(context: &Context<'_>) -> FxHashMap<ItemId, Vec<ItemId>> {
    let mut impls: FxHashMap<ItemId, Vec<ItemId>> = FxHashMap::default();
    for block in &context.facts.impls {
        if let Some(Target::Item(item)) = block.self_type {
            impls.entry(item).or_default().push(block.item);
        }
    }
    impls
}

/// Everything that the rule holds for: modules, items and imports.
fn all<'a>(context: &'a Context<'a>) -> impl Iterator<Item = Subject> + 'a {
    let facts = context.facts;
    let modules = (0..facts.modules.len()).map(|id| Subject::Module(ModuleId::new(id)));
    let items = (0..facts.items.len()).map(|id| Subject::Item(ItemId::new(id)));
    let imports = (0..facts.imports.len()).map(|id| Subject::Import(ImportId::new(id)));
    modules.chain(items).chain(imports).filter(move |subject| {
        // Modules are told by the modules themselves.
        let is_module = subject.item(context).is_some_and(|item| item.kind == ItemKind::Module);
        !is_module && subject.counts(context)
    })
}

fn by_module(context: &Context<'_>) -> FxHashMap<u32, Vec<Subject>> {
    let facts = context.facts;
    let mut contents: FxHashMap<u32, Vec<Subject>> = FxHashMap::default();
    for subject in all(context) {
        let module = match subject {
            Subject::Module(module) => facts.modules[module.index()].parent,
            Subject::Item(item) => {
                let item = &facts.items[item.index()];
                item.parent.is_none().then_some(item.module)
            }
            Subject::Import(import) => {
                let import = &facts.imports[import.index()];
                import.item.is_none().then_some(import.module)
            }
            Subject::Field(_) | Subject::Parameter(_) => None,
        };
        if let Some(module) = module {
            contents.entry(module.number()).or_default().push(subject);
        }
    }
    contents
}

/// What each file declares; of a file that is mounted several times as often.
fn by_file(context: &Context<'_>) -> FxHashMap<u32, Vec<Subject>> {
    let mut contents: FxHashMap<u32, Vec<Subject>> = FxHashMap::default();
    for subject in all(context) {
        let file: Option<FileId> = match subject {
            Subject::Module(module) => {
                let module = &context.facts.modules[module.index()];
                module.parent.map(|_| module.declared_in)
            }
            _ => Some(subject.file(context)),
        };
        if let Some(file) = file {
            contents.entry(file.number()).or_default().push(subject);
        }
    }
    contents
}
