//! Predicates on items.

use crate::context::{Context, Ranks};
use crate::facts::{ItemId, ItemKind, ModuleId, Reference, Target, Visibility};
use crate::finding::Location;
use crate::pattern::{Glob, Pattern};
use crate::policy::Operand;
use crate::suggest;
use crate::tree::NodeId;
use crate::verbs::covered::declaration;

/// A predicate on items: everything it says must hold.
#[derive(Clone, Debug, Default)]
pub struct Selector {
    /// One of these kinds.
    pub kinds: Option<Vec<ItemKind>>,
    /// A name that one of these globs matches, each with its text.
    pub names: Option<Vec<(String, Glob)>>,
    /// A path that one of these names exactly, and not just one above it.
    pub paths: Option<Operand>,
    /// In one of these subtrees.
    pub within: Option<Operand>,
    /// One of these visibilities.
    pub visibility: Option<Vec<VisibilityWord>>,
    /// Carries one of these attributes.
    pub attributes: Option<NamedTarget>,
    /// Derives one of these.
    pub derives: Option<NamedTarget>,
    /// Implements one of these traits, by an impl or a derive.
    pub implements: Option<NamedTarget>,
    /// One of these holds.
    pub any: Option<Vec<Selector>>,
    /// All of these hold.
    pub all: Option<Vec<Selector>>,
    /// This does not hold.
    pub not: Option<Box<Selector>>,
}

/// What attributes, derives and traits are compared with. A pattern of several segments
/// is compared with what a reference resolves to, or, where that is not known, with the
/// path as written; a mere name matches the last segment of either, too.
#[derive(Clone, Debug)]
pub struct NamedTarget {
    /// The subtrees.
    pub operand: Operand,
    /// The same patterns, `@names` apart.
    pub written: Vec<Pattern>,
}

/// The words for visibilities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisibilityWord {
    /// `pub`
    Public,
    /// `pub(crate)`
    Crate,
    /// `pub(super)`: the module above may.
    Super,
    /// `pub(in path)`: any module may, the one above included.
    In,
    /// No modifier.
    Private,
}

impl VisibilityWord {
    /// Each with its spelling.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("pub", Self::Public),
        ("pub(crate)", Self::Crate),
        ("pub(super)", Self::Super),
        ("pub(in)", Self::In),
        ("private", Self::Private),
    ];
}

/// The words for kinds of items.
pub const KIND_WORDS: [(&str, ItemKind); 15] = [
    ("module", ItemKind::Module),
    ("struct", ItemKind::Struct),
    ("enum", ItemKind::Enum),
    ("union", ItemKind::Union),
    ("trait", ItemKind::Trait),
    ("fn", ItemKind::Fn),
    ("method", ItemKind::Method),
    ("const", ItemKind::Const),
    ("static", ItemKind::Static),
    ("type", ItemKind::Type),
    ("macro", ItemKind::Macro),
    ("impl", ItemKind::Impl),
    ("field", ItemKind::Field),
    ("variant", ItemKind::Variant),
    ("use", ItemKind::Use),
];

fn word_of<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)
}

impl Selector {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clauses().is_empty()
    }

    /// What it says of something, as in "is a trait and is named `*Port`".
    #[must_use]
    pub fn sentence(&self) -> String {
        let says: Vec<String> = self.clauses().into_iter().map(|clause| clause.says).collect();
        says.join(" and ")
    }

    /// What it asks of something, as in "be a trait and be named `*Port`".
    #[must_use]
    pub fn demand(&self) -> String {
        let asks: Vec<String> = self.clauses().into_iter().map(|clause| clause.asks).collect();
        asks.join(" and ")
    }

    /// What it says, key by key, in the order of [`Prepared::answers`].
    fn clauses(&self) -> Vec<Clause> {
        let lists = |selectors: &Option<Vec<Selector>>, joint: &str| {
            let selectors = selectors.as_ref()?;
            let join = |text: fn(&Self) -> String| {
                let parts: Vec<String> = selectors.iter().map(text).collect();
                format!("({})", parts.join(joint))
            };
            Some(Clause { says: join(Self::sentence), asks: join(Self::demand) })
        };
        [
            self.kinds.as_ref().map(|kinds| {
                let words = kinds.iter().map(|kind| with_article(word_of(&KIND_WORDS, kind)));
                Clause::being(&words.collect::<Vec<_>>().join(" or "))
            }),
            self.names.as_ref().map(|names| {
                let texts: Vec<&str> = names.iter().map(|(text, _)| text.as_str()).collect();
                Clause::being(&format!("named {}", suggest::list(&texts)))
            }),
            self.paths.as_ref().map(|paths| Clause::being(&paths.sentence())),
            self.within.as_ref().map(|within| Clause::being(&format!("in {}", within.sentence()))),
            self.visibility.as_ref().map(|words| {
                let words: Vec<&str> =
                    words.iter().map(|word| word_of(&VisibilityWord::WORDS, word)).collect();
                Clause::being(&suggest::list(&words))
            }),
            self.attributes
                .as_ref()
                .map(|them| Clause::being(&format!("marked {}", them.operand.sentence()))),
            self.derives.as_ref().map(|them| Clause::doing("derive", &them.operand)),
            self.implements.as_ref().map(|them| Clause::doing("implement", &them.operand)),
            lists(&self.any, " or "),
            lists(&self.all, " and "),
            self.not.as_ref().map(|not| Clause {
                says: format!("not ({})", not.sentence()),
                asks: format!("not ({})", not.demand()),
            }),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// One thing that a selector says.
struct Clause {
    /// Of something: "is a trait", "derives `Debug`".
    says: String,
    /// To something: "be a trait", "derive `Debug`".
    asks: String,
}

impl Clause {
    fn being(what: &str) -> Self {
        Self { says: format!("is {what}"), asks: format!("be {what}") }
    }

    fn doing(verb: &str, operand: &Operand) -> Self {
        let what = operand.sentence();
        Self { says: format!("{verb}s {what}"), asks: format!("{verb} {what}") }
    }
}

fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// A module or an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Module(ModuleId),
    Item(ItemId),
}

impl Subject {
    pub(super) fn node(self, context: &Context<'_>) -> NodeId {
        match self {
            Self::Module(module) => context.tree.module(module),
            Self::Item(item) => context.tree.item(item),
        }
    }

    pub(super) fn location(self, context: &Context<'_>) -> Location {
        match self {
            Self::Module(module) => declaration(context, module),
            Self::Item(item) => {
                let item = &context.facts.items[item.index()];
                let file = context.facts.files[item.file.index()].path.clone();
                Location { file, span: item.span }
            }
        }
    }

    pub(super) fn kind_word(self, context: &Context<'_>) -> &'static str {
        word_of(&KIND_WORDS, &self.kind(context))
    }

    fn kind(self, context: &Context<'_>) -> ItemKind {
        match self {
            Self::Module(_) => ItemKind::Module,
            Self::Item(item) => context.facts.items[item.index()].kind,
        }
    }

    fn name<'a>(self, context: &Context<'a>) -> &'a str {
        let facts = context.facts;
        facts.names.text(match self {
            Self::Module(module) => facts.modules[module.index()].name,
            Self::Item(item) => facts.items[item.index()].name,
        })
    }

    fn has_visibility(self, context: &Context<'_>, word: VisibilityWord) -> bool {
        let facts = context.facts;
        let (visibility, above) = match self {
            Self::Module(module) => {
                let module = &facts.modules[module.index()];
                let above = module.parent.and_then(|parent| facts.modules[parent.index()].parent);
                (module.visibility, above)
            }
            Self::Item(item) => {
                let item = &facts.items[item.index()];
                (item.visibility, facts.modules[item.module.index()].parent)
            }
        };
        match word {
            VisibilityWord::Public => visibility == Visibility::Public,
            VisibilityWord::Crate => visibility == Visibility::Crate,
            VisibilityWord::Private => visibility == Visibility::Private,
            VisibilityWord::In => matches!(visibility, Visibility::Restricted(_)),
            VisibilityWord::Super => {
                matches!(visibility, Visibility::Restricted(module) if Some(module) == above)
            }
        }
    }
}

/// A selector with its subtrees looked up, so that asking it costs little per item.
pub(super) struct Prepared<'s> {
    selector: &'s Selector,
    paths: Option<Vec<NodeId>>,
    within: Option<Ranks>,
    attributes: Option<Ranks>,
    derives: Option<Ranks>,
    implements: Option<(Ranks, Vec<Vec<Reference>>)>,
    any: Option<Vec<Prepared<'s>>>,
    all: Option<Vec<Prepared<'s>>>,
    not: Option<Box<Prepared<'s>>>,
}

impl<'s> Prepared<'s> {
    pub(super) fn new(selector: &'s Selector, context: &Context<'_>) -> Self {
        let ranks = |them: &Option<NamedTarget>| Some(context.ranks(&them.as_ref()?.operand));
        let list = |selectors: &'s Option<Vec<Selector>>| {
            let selectors = selectors.as_ref()?;
            Some(selectors.iter().map(|selector| Prepared::new(selector, context)).collect())
        };
        Self {
            selector,
            paths: selector.paths.as_ref().map(|paths| {
                let mut nodes: Vec<NodeId> =
                    paths.terms.iter().flat_map(|term| context.named(term)).collect();
                nodes.sort_unstable();
                nodes
            }),
            within: selector.within.as_ref().map(|within| context.ranks(within)),
            attributes: ranks(&selector.attributes),
            derives: ranks(&selector.derives),
            implements: ranks(&selector.implements).map(|ranks| (ranks, implemented(context))),
            any: list(&selector.any),
            all: list(&selector.all),
            not: selector.not.as_ref().map(|not| Box::new(Prepared::new(not, context))),
        }
    }

    /// Whether everything holds.
    pub(super) fn holds(&self, context: &Context<'_>, subject: Subject) -> bool {
        self.answers(context, subject).into_iter().flatten().all(|holds| holds)
    }

    /// What does not hold, in words.
    pub(super) fn failures(&self, context: &Context<'_>, subject: Subject) -> Vec<String> {
        let answers = self.answers(context, subject).into_iter().flatten();
        let clauses = self.selector.clauses();
        let failed = clauses.into_iter().zip(answers).filter(|(_, holds)| !holds);
        failed.map(|(clause, _)| clause.asks).collect()
    }

    /// Whether each clause holds, in the order of [`Selector::clauses`].
    fn answers(&self, context: &Context<'_>, subject: Subject) -> [Option<bool>; 11] {
        let selector = self.selector;
        let node = subject.node(context);
        let item = match subject {
            Subject::Item(item) => Some(&context.facts.items[item.index()]),
            Subject::Module(_) => None,
        };
        let has = |them: &Option<NamedTarget>, ranks: &Option<Ranks>, of: &[Reference]| {
            let (them, ranks) = (them.as_ref()?, ranks.as_ref()?);
            Some(of.iter().any(|reference| them.matches(context, ranks, *reference)))
        };
        let attributes = item.map_or(&[][..], |item| &item.attributes);
        let derives = item.map_or(&[][..], |item| &item.derives);
        [
            selector.kinds.as_ref().map(|kinds| kinds.contains(&subject.kind(context))),
            selector.names.as_ref().map(|names| {
                let name = subject.name(context);
                names.iter().any(|(_, glob)| glob.matches(name))
            }),
            self.paths.as_ref().map(|paths| paths.binary_search(&node).is_ok()),
            self.within.as_ref().map(|within| within.contains(node)),
            selector
                .visibility
                .as_ref()
                .map(|words| words.iter().any(|word| subject.has_visibility(context, *word))),
            has(&selector.attributes, &self.attributes, attributes),
            has(&selector.derives, &self.derives, derives),
            self.implements.as_ref().and_then(|(ranks, implemented)| {
                let traits = match subject {
                    Subject::Item(item) => implemented[item.index()].as_slice(),
                    Subject::Module(_) => &[],
                };
                let them = selector.implements.as_ref()?;
                let mut all = traits.iter().chain(derives);
                Some(all.any(|reference| them.matches(context, ranks, *reference)))
            }),
            self.any.as_ref().map(|any| any.iter().any(|one| one.holds(context, subject))),
            self.all.as_ref().map(|all| all.iter().all(|one| one.holds(context, subject))),
            self.not.as_ref().map(|not| !not.holds(context, subject)),
        ]
    }
}

/// The traits that each item implements; for an impl, the one it implements itself.
fn implemented(context: &Context<'_>) -> Vec<Vec<Reference>> {
    let mut implemented = vec![Vec::new(); context.facts.items.len()];
    for block in &context.facts.impls {
        let Some(of_trait) = block.of_trait else { continue };
        implemented[block.item.index()].push(of_trait);
        if let Some(Target::Item(item)) = block.self_type {
            implemented[item.index()].push(of_trait);
        }
    }
    implemented
}

impl NamedTarget {
    fn matches(&self, context: &Context<'_>, ranks: &Ranks, reference: Reference) -> bool {
        let written = context.facts.names.text(reference.written);
        let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
        let target = reference.target.map(|target| context.tree.target(target));
        if target.is_some_and(|target| ranks.contains(target)) {
            return true;
        }
        let mut names = vec![last(written)];
        names.extend(target.map(|target| context.tree.name(target).to_owned()));
        self.written.iter().any(|pattern| {
            if pattern.segments().len() == 1 {
                return names.iter().any(|name| pattern.matches([name.as_str()]));
            }
            target.is_none() && pattern.matches(written.trim_start_matches("::").split("::"))
        })
    }
}
