//! One item, and what can be asked of it.

use std::fmt;

use super::{Dependency, View};
use crate::facts::{FieldId, Item as ItemFacts, ItemKind, Mentions, Modifiers, Reference};
use crate::finding::{Label, Location};
use crate::rule::Violation;
use crate::verbs::{Subject, methods_in};

/// An item, a module, a field or a `use` declaration.
#[derive(Clone)]
pub struct Item<'a> {
    view: View<'a>,
    subject: Subject,
}

/// A parameter of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name; `_` where a pattern takes it apart.
    pub name: String,
    /// The paths of the types and traits that its type mentions.
    pub mentions: Vec<String>,
}

impl<'a> Item<'a> {
    pub(super) fn new(view: View<'a>, subject: Subject) -> Self {
        Self { view, subject }
    }

    /// Its name; of an impl that of its type, of a `use` the name it brings.
    #[must_use]
    pub fn name(&self) -> &str {
        self.subject.name(&self.view.context())
    }

    /// Its full path, as in `shop::orders::Order`.
    #[must_use]
    pub fn path(&self) -> String {
        let context = self.view.context();
        let path = context.tree.path(self.subject.node(&context));
        match self.subject {
            Subject::Module(_) | Subject::Item(_) => path,
            _ => format!("{path}::{}", self.name()),
        }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> ItemKind {
        self.subject.kind(&self.view.context()).unwrap_or(ItemKind::Field)
    }

    /// The full path of the module it stands in; of a module itself.
    #[must_use]
    pub fn module(&self) -> String {
        let context = self.view.context();
        let module = context.module_of(self.subject.node(&context));
        module.map(|module| context.facts.module_path(module)).unwrap_or_default()
    }

    /// The layer it is in.
    #[must_use]
    pub fn layer(&self) -> Option<&str> {
        let context = self.view.context();
        context.layer_name(self.subject.node(&context))
    }

    /// Where it stands: the file, relative to the workspace root, and its name there in bytes.
    #[must_use]
    pub fn location(&self) -> Location {
        self.subject.location(&self.view.context())
    }

    /// Whether it is `pub`.
    #[must_use]
    pub fn is_public(&self) -> bool {
        let word = crate::verbs::VisibilityWord::Public;
        self.subject.has_visibility(&self.view.context(), word)
    }

    /// Whether it is test code.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.subject.is_test(&self.view.context())
    }

    /// Whether it is an `async fn`.
    #[must_use]
    pub fn is_async(&self) -> bool {
        self.has(Modifiers::ASYNC)
    }

    /// Whether it is unsafe: a function, a trait or an impl.
    #[must_use]
    pub fn is_unsafe(&self) -> bool {
        self.has(Modifiers::UNSAFE)
    }

    /// Whether it has a documentation comment.
    #[must_use]
    pub fn is_documented(&self) -> bool {
        let facts = self.view.facts;
        match self.subject {
            Subject::Module(module) => facts.modules[module.index()].documented,
            Subject::Field(field) => facts.fields[field.index()].documented,
            _ => self.has(Modifiers::DOCUMENTED),
        }
    }

    /// How many lines it has, attributes and documentation apart; of a module those of its file
    /// or body. 0 of a field or an import.
    #[must_use]
    pub fn lines(&self) -> u32 {
        match self.subject {
            Subject::Module(module) => self.view.facts.modules[module.index()].lines,
            _ => self.item().map_or(0, |item| item.form.lines),
        }
    }

    /// The paths of its attributes in order, derives apart: what they resolve to, or else as
    /// they are written.
    #[must_use]
    pub fn attributes(&self) -> Vec<String> {
        self.paths(self.subject.attributes(&self.view.context()))
    }

    /// The paths of what it derives.
    #[must_use]
    pub fn derives(&self) -> Vec<String> {
        self.item().map(|item| self.paths(&item.derives)).unwrap_or_default()
    }

    /// The paths of the traits that are implemented for it, by impls and derives, sorted.
    #[must_use]
    pub fn traits(&self) -> Vec<String> {
        let Subject::Item(item) = self.subject else { return Vec::new() };
        let impls = self.view.impls_of(item).iter().filter_map(|block| block.of_trait);
        let mut traits: Vec<String> = impls.map(|reference| self.path_of(reference)).collect();
        traits.extend(self.derives());
        traits.sort();
        traits.dedup();
        traits
    }

    /// The fields of a struct, union or variant.
    #[must_use]
    pub fn fields(&self) -> Vec<Self> {
        let Subject::Item(item) = self.subject else { return Vec::new() };
        let fields = self.view.facts.fields_of(item).map(FieldId::new);
        fields.map(|field| Self::new(self.view.clone(), Subject::Field(field))).collect()
    }

    /// The methods of a trait or an impl, and those of a type in all its impls; test code only
    /// where the question is about test code.
    #[must_use]
    pub fn methods(&self) -> Vec<Self> {
        let Subject::Item(item) = self.subject else { return Vec::new() };
        let context = self.view.context();
        let blocks = match context.facts.items[item.index()].kind {
            ItemKind::Trait | ItemKind::Impl => vec![item],
            _ => self.view.impls_of(item).iter().map(|block| block.item).collect(),
        };
        let methods = blocks.into_iter().flat_map(|block| methods_in(&context, block));
        methods.map(|method| Self::new(self.view.clone(), method)).collect()
    }

    /// The parameters of a function, `self` apart.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        let Subject::Item(item) = self.subject else { return Vec::new() };
        let facts = self.view.facts;
        let parameters = facts.parameters[facts.parameters_of(item)].iter();
        let parameter = |parameter: &crate::facts::Parameter| Parameter {
            name: facts.names.text(parameter.name).to_owned(),
            mentions: self.mentioned(parameter.mentions),
        };
        parameters.map(parameter).collect()
    }

    /// The paths of the types and traits that its declaration mentions: types of fields and
    /// parameters, the returned type, bounds. Of a `use`, what it brings.
    #[must_use]
    pub fn mentions(&self) -> Vec<String> {
        let facts = self.view.facts;
        let mentions = match self.subject {
            Subject::Item(item) => facts.signatures.get(item.index()).map(|it| it.mentions),
            Subject::Field(field) => Some(facts.fields[field.index()].mentions),
            Subject::Import(import) => Some(facts.imports[import.index()].mentions),
            Subject::Module(_) | Subject::Parameter(_) => None,
        };
        mentions.map(|mentions| self.mentioned(mentions)).unwrap_or_default()
    }

    /// The paths of the types and traits in what a function returns.
    #[must_use]
    pub fn returns(&self) -> Vec<String> {
        let Subject::Item(item) = self.subject else { return Vec::new() };
        let signature = self.view.facts.signatures.get(item.index());
        let returns = signature.and_then(|signature| signature.returns);
        returns.map(|mentions| self.mentioned(mentions)).unwrap_or_default()
    }

    /// The names of the methods that its body calls, in order.
    #[must_use]
    pub fn calls(&self) -> Vec<&str> {
        let facts = self.view.facts;
        let Some(item) = self.item() else { return Vec::new() };
        let calls = item.body.map(|body| facts.method_calls_in(item.file, body));
        calls.into_iter().flatten().map(|call| facts.names.text(call.name)).collect()
    }

    /// The dependencies that start in it, or in something within it.
    #[must_use]
    pub fn dependencies(&self) -> Vec<Dependency<'a>> {
        Dependency::starting_at(&self.view, self.subject.node(&self.view.context()))
    }

    /// Something wrong with it, to be told with this message at the place of its name.
    #[must_use]
    pub fn violation(&self, message: impl Into<String>) -> Violation {
        let context = self.view.context();
        Violation {
            message: message.into(),
            primary: Label { location: self.location(), text: String::new() },
            secondary: Vec::new(),
            chain: Vec::new(),
            from: self.subject.node(&context),
            to: Vec::new(),
            written: self.subject.identity(&context),
            kind: "item",
            ceiling: None,
        }
    }

    fn item(&self) -> Option<&ItemFacts> {
        match self.subject {
            Subject::Item(item) => Some(&self.view.facts.items[item.index()]),
            _ => None,
        }
    }

    fn has(&self, modifier: Modifiers) -> bool {
        self.item().is_some_and(|item| item.form.modifiers.contains(modifier))
    }

    fn paths(&self, references: &[Reference]) -> Vec<String> {
        references.iter().map(|reference| self.path_of(*reference)).collect()
    }

    fn path_of(&self, reference: Reference) -> String {
        let facts = self.view.facts;
        match reference.target {
            Some(target) => facts.target_path(target),
            None => facts.names.text(reference.written).to_owned(),
        }
    }

    fn mentioned(&self, mentions: Mentions) -> Vec<String> {
        let mentions = self.view.facts.mentioned(mentions).iter();
        mentions.map(|mention| self.path_of(mention.reference)).collect()
    }
}

/// As messages name it: "the struct `shop::Order` (domain)".
impl fmt::Display for Item<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let context = self.view.context();
        let word = self.subject.kind_word(&context);
        write!(formatter, "the {word} {}", self.subject.describe(&context))
    }
}

impl fmt::Debug for Item<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Item({self})")
    }
}
