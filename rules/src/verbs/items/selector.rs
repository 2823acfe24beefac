//! Predicates on items, as data.

use super::amount::Amount;
use super::clause::Clause;
use super::implemented::{Implemented, IsImplemented};
use super::logic::{All, Any, Not};
use super::marks::{Derives, Implements, Marked};
use super::mentions::{Mentioning, MentioningOnly, Place, Returns, Types};
use super::named::NamedTarget;
use super::parts::{HasParts, Parts, Whole};
use super::place::{InFile, InSubtree, IsAt, Named, OfKind};
use super::prepared::Predicate;
use super::properties::{HasLines, Is, Takes, Visible, VisibleOutside};
use super::uses::{Calls, Extent, Uses};
use super::words::{Flag, VisibilityWord};
use crate::facts::{ItemKind, Receiver};
use crate::pattern::Glob;
use crate::policy::Operand;

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
    /// In a file whose path one of these globs matches, each with its text.
    pub files: Option<Vec<(String, globset::GlobMatcher)>>,
    /// One of these visibilities.
    pub visibility: Option<Vec<VisibilityWord>>,
    /// Can be named from outside of these subtrees.
    pub visible_outside: Option<Operand>,
    /// What is so, or is not.
    pub flags: Vec<(Flag, bool)>,
    /// Takes `self` in one of these ways.
    pub receivers: Option<Vec<Receiver>>,
    /// Has so many lines.
    pub lines: Option<Amount>,
    /// Carries one of these attributes.
    pub attributes: Option<NamedTarget>,
    /// Derives one of these.
    pub derives: Option<NamedTarget>,
    /// Implements one of these traits, by an impl or a derive.
    pub implements: Option<NamedTarget>,
    /// Is a trait with such impls.
    pub implemented: Option<Implemented>,
    /// Has such parameters, `self` apart.
    pub parameters: Option<Parts>,
    /// Returns one of these.
    pub returns: Option<Returns>,
    /// Has such fields.
    pub fields: Option<Parts>,
    /// Has such methods.
    pub methods: Option<Parts>,
    /// Holds such items.
    pub holds: Option<Parts>,
    /// Stands in one file with such items, itself included.
    pub same_file: Option<Parts>,
    /// Mentions one of these in its declaration.
    pub signature_mentions: Option<Types>,
    /// Mentions nothing but these in its declaration.
    pub signature_mentions_only: Option<NamedTarget>,
    /// Mentions one of these where those who see the item see it, too.
    pub exposes: Option<Types>,
    /// Uses one of these in its body.
    pub body_uses: Option<NamedTarget>,
    /// Uses one of these in its body itself, and not in what it hands to others.
    pub body_runs: Option<NamedTarget>,
    /// Calls a method in its body whose name one of these globs matches.
    pub body_calls_method: Option<Vec<(String, Glob)>>,
    /// One of these holds.
    pub any: Option<Vec<Selector>>,
    /// All of these hold.
    pub all: Option<Vec<Selector>>,
    /// This does not hold.
    pub not: Option<Box<Selector>>,
}

impl Selector {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.predicates().is_empty()
    }

    /// What it says of something, as in "is a trait and is named `*Port`".
    #[must_use]
    pub fn sentence(&self) -> String {
        self.clause().says
    }

    /// What it demands of something, as in "must be a trait and be named `*Port`".
    #[must_use]
    pub fn demand(&self) -> String {
        self.clause().must()
    }

    /// What it rules out, as in "must not be a trait and be named `*Port`".
    #[must_use]
    pub fn refusal(&self) -> String {
        match self.clauses().as_slice() {
            [only] => only.negated().must(),
            _ => format!("must not {}", self.clause().asks),
        }
    }

    /// Whether it is about things of this kind in so many words: fields and imports are
    /// only selected by those who name them.
    pub(super) fn names_kind(&self, kind: ItemKind) -> bool {
        let lists = [&self.any, &self.all];
        self.kinds.as_ref().is_some_and(|kinds| kinds.contains(&kind))
            || lists.into_iter().flatten().flatten().any(|selector| selector.names_kind(kind))
    }

    /// What it says, key by key.
    pub(super) fn clauses(&self) -> Vec<Clause> {
        self.predicates().iter().map(|predicate| predicate.clause()).collect()
    }

    /// What it says as one.
    pub(super) fn clause(&self) -> Clause {
        Clause::joined(&self.clauses(), " and ")
    }

    /// Its keys in the order in which they are said, and asked: those that cost least come
    /// first.
    pub(super) fn predicates(&self) -> Vec<Box<dyn Predicate<'_> + '_>> {
        let mut list = List(Vec::new());
        list.add(self.kinds.as_deref().map(OfKind));
        list.add(self.names.as_deref().map(Named));
        list.add(self.paths.as_ref().map(IsAt));
        list.add(self.within.as_ref().map(InSubtree));
        list.add(self.files.as_deref().map(InFile));
        list.add(self.visibility.as_deref().map(Visible));
        list.add(self.visible_outside.as_ref().map(VisibleOutside));
        list.add(self.flags.iter().map(|(flag, is_so)| Is { flag: *flag, is_so: *is_so }));
        list.add(self.receivers.as_deref().map(Takes));
        list.add(self.lines.map(HasLines));
        list.add(self.attributes.as_ref().map(Marked));
        list.add(self.derives.as_ref().map(Derives));
        list.add(self.implements.as_ref().map(Implements));
        list.add(self.implemented.as_ref().map(IsImplemented));
        list.add(HasParts::each(Whole::Parameters, self.parameters.as_ref()));
        list.add(self.returns.as_ref());
        list.add(HasParts::each(Whole::Fields, self.fields.as_ref()));
        list.add(HasParts::each(Whole::Methods, self.methods.as_ref()));
        list.add(HasParts::each(Whole::Contents, self.holds.as_ref()));
        list.add(HasParts::each(Whole::File, self.same_file.as_ref()));
        let mentioning = |place| move |types| Mentioning { place, types };
        list.add(self.signature_mentions.as_ref().map(mentioning(Place::Signature)));
        list.add(self.signature_mentions_only.as_ref().map(MentioningOnly));
        list.add(self.exposes.as_ref().map(mentioning(Place::Exposed)));
        let using = |extent| move |things| Uses { extent, things };
        list.add(self.body_uses.as_ref().map(using(Extent::All)));
        list.add(self.body_runs.as_ref().map(using(Extent::Itself)));
        list.add(self.body_calls_method.as_deref().map(Calls));
        list.add(self.any.as_deref().map(Any));
        list.add(self.all.as_deref().map(All));
        list.add(self.not.as_deref().map(Not));
        list.0
    }
}

/// Predicates of all kinds.
struct List<'s>(Vec<Box<dyn Predicate<'s> + 's>>);

impl<'s> List<'s> {
    fn add<P: Predicate<'s> + 's>(&mut self, predicates: impl IntoIterator<Item = P>) {
        self.0.extend(predicates.into_iter().map(|predicate| Box::new(predicate) as _));
    }
}
