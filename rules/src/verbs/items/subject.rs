//! What selectors speak of: modules, items, and the parts of items.

use super::words::{KIND_WORDS, VisibilityWord, word_of};
use crate::context::Context;
use crate::facts::{
    FieldId, FileId, ImportId, Item, ItemId, ItemKind, ModuleId, ParameterId, Reference, Span,
    Visibility,
};
use crate::finding::Location;
use crate::tree::NodeId;
use crate::verbs::covered::declaration;

/// Something that a selector can speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Module(ModuleId),
    Item(ItemId),
    Field(FieldId),
    Import(ImportId),
    Parameter(ParameterId),
}

impl Subject {
    /// Its node; for a part that of what it belongs to.
    pub(crate) fn node(self, context: &Context<'_>) -> NodeId {
        let facts = context.facts;
        match self {
            Self::Module(module) => context.tree.module(module),
            Self::Item(item) => context.tree.item(item),
            Self::Field(field) => context.tree.item(facts.fields[field.index()].item),
            Self::Parameter(id) => context.tree.item(facts.parameters[id.index()].item),
            Self::Import(import) => {
                let import = &facts.imports[import.index()];
                match import.item {
                    Some(item) => context.tree.item(item),
                    None => context.tree.module(import.module),
                }
            }
        }
    }

    /// Its entry, when it is an item.
    pub(crate) fn item<'a>(self, context: &Context<'a>) -> Option<&'a Item> {
        match self {
            Self::Item(item) => Some(&context.facts.items[item.index()]),
            _ => None,
        }
    }

    /// The file it stands in; for a module the one that holds its items.
    pub(crate) fn file(self, context: &Context<'_>) -> FileId {
        let facts = context.facts;
        let of_item = |item: ItemId| facts.items[item.index()].file;
        match self {
            Self::Module(module) => facts.modules[module.index()].file,
            Self::Item(item) => of_item(item),
            Self::Field(field) => of_item(facts.fields[field.index()].item),
            Self::Parameter(id) => of_item(facts.parameters[id.index()].item),
            Self::Import(import) => facts.imports[import.index()].file,
        }
    }

    pub(crate) fn location(self, context: &Context<'_>) -> Location {
        let facts = context.facts;
        let span = match self {
            Self::Module(module) => return declaration(context, module),
            Self::Item(item) => facts.items[item.index()].span,
            Self::Field(field) => facts.fields[field.index()].span,
            Self::Parameter(id) => facts.parameters[id.index()].span,
            Self::Import(import) => facts.imports[import.index()].span,
        };
        location(context, self.file(context), span)
    }

    /// `None` for a parameter, which is no item.
    pub(crate) fn kind(self, context: &Context<'_>) -> Option<ItemKind> {
        Some(match self {
            Self::Module(_) => ItemKind::Module,
            Self::Item(item) => context.facts.items[item.index()].kind,
            Self::Field(_) => ItemKind::Field,
            Self::Import(_) => ItemKind::Use,
            Self::Parameter(_) => return None,
        })
    }

    pub(crate) fn kind_word(self, context: &Context<'_>) -> &'static str {
        self.kind(context).map_or("parameter", |kind| word_of(&KIND_WORDS, &kind))
    }

    pub(crate) fn name<'a>(self, context: &Context<'a>) -> &'a str {
        let facts = context.facts;
        facts.names.text(match self {
            Self::Module(module) => facts.modules[module.index()].name,
            Self::Item(item) => facts.items[item.index()].name,
            Self::Field(field) => facts.fields[field.index()].name,
            Self::Import(import) => facts.imports[import.index()].name,
            Self::Parameter(id) => facts.parameters[id.index()].name,
        })
    }

    /// With its layer, as messages name it.
    pub(crate) fn describe(self, context: &Context<'_>) -> String {
        let node = self.node(context);
        match self {
            Self::Module(_) | Self::Item(_) => context.describe(node),
            Self::Field(_) | Self::Parameter(_) => {
                format!("`{}` of {}", self.name(context), context.describe(node))
            }
            Self::Import(import) => {
                let written = context.facts.imports[import.index()].written;
                format!("`{}` in {}", context.facts.names.text(written), context.describe(node))
            }
        }
    }

    /// What tells it from others of the same node.
    pub(crate) fn identity(self, context: &Context<'_>) -> String {
        let word = self.kind_word(context);
        match self {
            Self::Module(_) | Self::Item(_) => word.to_owned(),
            Self::Field(_) | Self::Parameter(_) => format!("{word} {}", self.name(context)),
            Self::Import(import) => {
                let written = context.facts.imports[import.index()].written;
                format!("{word} {}", context.facts.names.text(written))
            }
        }
    }

    pub(crate) fn attributes<'a>(self, context: &Context<'a>) -> &'a [Reference] {
        let facts = context.facts;
        match self {
            Self::Module(module) => &facts.modules[module.index()].attributes,
            Self::Item(item) => &facts.items[item.index()].attributes,
            Self::Field(field) => &facts.fields[field.index()].attributes,
            Self::Import(import) => &facts.imports[import.index()].attributes,
            Self::Parameter(_) => &[],
        }
    }

    /// Whether it is test code.
    pub(crate) fn is_test(self, context: &Context<'_>) -> bool {
        let facts = context.facts;
        let module = |module: ModuleId| {
            let module = &facts.modules[module.index()];
            module.test || facts.crates[module.crate_id.index()].kind.is_test()
        };
        let item = |item: ItemId| {
            let item = &facts.items[item.index()];
            item.test || module(item.module)
        };
        match self {
            Self::Module(id) => module(id),
            Self::Item(id) => item(id),
            Self::Field(id) => item(facts.fields[id.index()].item),
            Self::Parameter(id) => item(facts.parameters[id.index()].item),
            Self::Import(id) => {
                let import = &facts.imports[id.index()];
                import.test || module(import.module)
            }
        }
    }

    /// Whether a rule holds for it, as far as that is test code or not.
    pub(crate) fn counts(self, context: &Context<'_>) -> bool {
        let facts = context.facts;
        match self {
            Self::Module(module) => context.counts_module(module),
            Self::Item(item) => context.counts_item(item),
            Self::Field(field) => context.counts_item(facts.fields[field.index()].item),
            Self::Parameter(id) => context.counts_item(facts.parameters[id.index()].item),
            Self::Import(import) => {
                let import = &facts.imports[import.index()];
                (context.tests || !import.test) && context.counts_module(import.module)
            }
        }
    }

    /// Its visibility, and the module it stands in; `None` for a parameter.
    fn visibility(self, context: &Context<'_>) -> Option<(Visibility, Option<ModuleId>)> {
        let facts = context.facts;
        Some(match self {
            Self::Module(module) => {
                let module = &facts.modules[module.index()];
                (module.visibility, module.parent)
            }
            Self::Item(item) => {
                let item = &facts.items[item.index()];
                (item.visibility, Some(item.module))
            }
            Self::Field(field) => {
                let field = &facts.fields[field.index()];
                (field.visibility, Some(facts.items[field.item.index()].module))
            }
            Self::Import(import) => {
                let import = &facts.imports[import.index()];
                (import.visibility, Some(import.module))
            }
            Self::Parameter(_) => return None,
        })
    }

    pub(crate) fn has_visibility(self, context: &Context<'_>, word: VisibilityWord) -> bool {
        let Some((visibility, module)) = self.visibility(context) else { return false };
        let parent = |module: ModuleId| context.facts.modules[module.index()].parent;
        match word {
            VisibilityWord::Public => visibility == Visibility::Public,
            VisibilityWord::Crate => visibility == Visibility::Crate,
            VisibilityWord::Private => visibility == Visibility::Private,
            VisibilityWord::In => matches!(visibility, Visibility::Restricted(_)),
            VisibilityWord::Super => matches!(visibility, Visibility::Restricted(within)
                if Some(within) == module.and_then(parent)),
        }
    }
}

/// A place in a file.
pub(super) fn location(context: &Context<'_>, file: FileId, span: Span) -> Location {
    Location { file: context.facts.files[file.index()].path.clone(), span }
}
