//! What the signature of an item mentions.

use super::clause::Clause;
use super::named::{Lookup, NamedTarget};
use super::prepared::{Check, Predicate, Prepared};
use super::selector::Selector;
use super::subject::{Subject, location};
use crate::context::Context;
use crate::facts::{
    Facts, Field, FileId, Item, ItemId, ItemKind, Mention, Mentions, Reference, Signature, Target,
    Visibility,
};
use crate::finding::Label;
use crate::tree::Thing;

/// Which part of a signature is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// All of it.
    Signature,
    /// What those see who see the item.
    Exposed,
    /// What stands behind `->`.
    Returned,
}

/// What a function returns.
#[derive(Clone, Debug)]
pub struct Returns {
    /// Whether it may have no written result.
    pub nothing: bool,
    /// Types that the result may mention.
    pub types: Option<Types>,
}

/// Types and traits that something may mention.
#[derive(Clone, Debug)]
pub enum Types {
    /// By what they resolve to, or their names.
    Named(NamedTarget),
    /// Types of the workspace, by what they are like.
    Such(Box<Selector>),
}

impl Types {
    fn sentence(&self) -> String {
        match self {
            Self::Named(target) => target.operand.sentence(),
            Self::Such(selector) => format!("what {}", selector.sentence()),
        }
    }

    fn prepared(&self, context: &Context<'_>) -> Meant<'_> {
        match self {
            Self::Named(target) => Meant::Named(target.lookup(context)),
            Self::Such(selector) => Meant::Such(Prepared::new(selector, context)),
        }
    }
}

/// [`Types`] that can be looked up.
enum Meant<'s> {
    Named(Lookup<'s>),
    Such(Prepared<'s>),
}

impl Meant<'_> {
    fn holds(&self, context: &Context<'_>, reference: Reference) -> bool {
        match (self, reference.target) {
            (Self::Named(lookup), _) => lookup.holds(context, reference),
            (Self::Such(such), Some(Target::Item(item))) => {
                such.holds(context, Subject::Item(item))
            }
            (Self::Such(_), _) => false,
        }
    }
}

pub(super) struct Mentioning<'s> {
    pub(super) place: Place,
    pub(super) types: &'s Types,
}

impl<'s> Predicate<'s> for Mentioning<'s> {
    fn clause(&self) -> Clause {
        let what = self.types.sentence();
        match self.place {
            Place::Exposed => Clause::doing("expose", &what),
            _ => Clause::doing("mention", &format!("{what} in its declaration")),
        }
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        Box::new(Mentioned { place: self.place, types: self.types.prepared(context) })
    }
}

impl<'s> Predicate<'s> for &'s Returns {
    fn clause(&self) -> Clause {
        let types = self.types.as_ref().map(Types::sentence);
        let nothing = self.nothing.then(|| "nothing".to_owned());
        let what: Vec<String> = nothing.into_iter().chain(types).collect();
        Clause::doing("return", &what.join(" or "))
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        let types = self.types.as_ref().map(|types| types.prepared(context));
        let types = types.map(|types| Mentioned { place: Place::Returned, types });
        Box::new(Returned { nothing: self.nothing, types })
    }
}

struct Mentioned<'s> {
    place: Place,
    types: Meant<'s>,
}

/// Whether a signature mentions nothing else, be it that it mentions nothing at all.
pub(super) struct MentioningOnly<'s>(pub(super) &'s NamedTarget);

impl<'s> Predicate<'s> for MentioningOnly<'s> {
    fn clause(&self) -> Clause {
        let types = self.0.operand.sentence();
        Clause::doing("mention", &format!("only {types} in its declaration"))
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        Box::new(MentionedOnly(self.0.lookup(context)))
    }
}

struct MentionedOnly<'s>(Lookup<'s>);

impl MentionedOnly<'_> {
    fn others<'a>(
        &self,
        context: &Context<'a>,
        subject: Subject,
    ) -> impl Iterator<Item = (FileId, &'a Mention)> {
        let all = mentions(context, subject, Place::Signature);
        all.filter(|(_, mention)| !self.0.holds(context, mention.reference))
    }
}

impl Check for MentionedOnly<'_> {
    fn holds(&self, context: &Context<'_>, subject: Subject) -> bool {
        has_signature(context, subject) && self.others(context, subject).next().is_none()
    }

    fn objections(&self, context: &Context<'_>, subject: Subject) -> Vec<Label> {
        labels(context, self.others(context, subject))
    }
}

impl Mentioned<'_> {
    fn found<'a>(
        &self,
        context: &Context<'a>,
        subject: Subject,
    ) -> impl Iterator<Item = (FileId, &'a Mention)> {
        let all = mentions(context, subject, self.place);
        all.filter(|(_, mention)| self.types.holds(context, mention.reference))
    }
}

impl Check for Mentioned<'_> {
    fn holds(&self, context: &Context<'_>, subject: Subject) -> bool {
        self.found(context, subject).next().is_some()
    }

    fn evidence(&self, context: &Context<'_>, subject: Subject) -> Vec<Label> {
        labels(context, self.found(context, subject))
    }
}

struct Returned<'s> {
    nothing: bool,
    types: Option<Mentioned<'s>>,
}

impl Check for Returned<'_> {
    fn holds(&self, context: &Context<'_>, subject: Subject) -> bool {
        let Subject::Item(item) = subject else { return false };
        let kind = context.facts.items[item.index()].kind;
        if !matches!(kind, ItemKind::Fn | ItemKind::Method) {
            return false;
        }
        let nothing = self.nothing && signature(context.facts, item).returns.is_none();
        nothing || self.types.as_ref().is_some_and(|types| types.holds(context, subject))
    }

    fn evidence(&self, context: &Context<'_>, subject: Subject) -> Vec<Label> {
        self.types.as_ref().map_or_else(Vec::new, |types| types.evidence(context, subject))
    }
}

/// Says of each where it stands, as far as it is written out.
fn labels<'a>(
    context: &Context<'_>,
    mentions: impl Iterator<Item = (FileId, &'a Mention)>,
) -> Vec<Label> {
    mentions
        .filter_map(|(file, mention)| {
            let named = match mention.reference.target {
                Some(target) => context.facts.target_path(target),
                None => context.facts.names.text(mention.reference.written).to_owned(),
            };
            let text = format!("mentions `{named}`");
            Some(Label { location: location(context, file, mention.span?), text })
        })
        .collect()
}

/// What something mentions there, each with the file it stands in.
fn mentions<'a>(
    context: &Context<'a>,
    subject: Subject,
    place: Place,
) -> impl Iterator<Item = (FileId, &'a Mention)> + use<'a> {
    let facts = context.facts;
    let stretches = stretches(context, subject, place).into_iter();
    stretches.flat_map(|(file, stretch)| facts.mentioned(stretch).iter().map(move |it| (file, it)))
}

fn has_signature(context: &Context<'_>, subject: Subject) -> bool {
    match subject {
        Subject::Module(_) => false,
        Subject::Item(item) => context.facts.items[item.index()].kind != ItemKind::Macro,
        Subject::Field(_) | Subject::Import(_) | Subject::Parameter(_) => true,
    }
}

fn signature(facts: &Facts, item: ItemId) -> Signature {
    facts.signatures.get(item.index()).copied().unwrap_or_default()
}

/// What something mentions, each stretch with the file it stands in. A trait and an impl
/// mention what their members do, an enum what its variants do.
fn stretches(context: &Context<'_>, subject: Subject, place: Place) -> Vec<(FileId, Mentions)> {
    let facts = context.facts;
    let file = subject.file(context);
    let own = match subject {
        Subject::Module(_) => return Vec::new(),
        Subject::Field(field) => facts.fields[field.index()].mentions,
        Subject::Parameter(parameter) => facts.parameters[parameter.index()].mentions,
        Subject::Import(import) => facts.imports[import.index()].mentions,
        Subject::Item(item) => match place {
            Place::Returned => signature(facts, item).returns.unwrap_or_default(),
            Place::Signature => return with_members(context, item, |_| true),
            Place::Exposed => {
                let mut stretches =
                    with_members(context, item, |member| member.visibility != Visibility::Private);
                leave_out_hidden_fields(facts, item, &mut stretches);
                return stretches;
            }
        },
    };
    vec![(file, own)]
}

fn with_members(
    context: &Context<'_>,
    item: ItemId,
    is_meant: impl Fn(&Item) -> bool,
) -> Vec<(FileId, Mentions)> {
    let facts = context.facts;
    let entry = &facts.items[item.index()];
    let mut stretches = vec![(entry.file, signature(facts, item).mentions)];
    if matches!(entry.kind, ItemKind::Trait | ItemKind::Impl | ItemKind::Enum) {
        for node in context.tree.children(context.tree.item(item)) {
            if let Thing::Item(member) = context.tree.thing(node)
                && is_meant(&facts.items[member.index()])
            {
                stretches.push((entry.file, signature(facts, member).mentions));
            }
        }
    }
    stretches
}

/// Takes out of what an item mentions what stands in fields that fewer can see than the
/// item. Fields come in order, and so do their mentions.
fn leave_out_hidden_fields(facts: &Facts, item: ItemId, stretches: &mut Vec<(FileId, Mentions)>) {
    let entry = &facts.items[item.index()];
    let is_hidden = |field: &&Field| width(field.visibility) < width(entry.visibility);
    for field in facts.fields[facts.fields_of(item)].iter().filter(is_hidden) {
        let Some((file, last)) = stretches.pop() else { return };
        stretches.push((file, Mentions { end: field.mentions.start.max(last.start), ..last }));
        stretches.push((file, Mentions { start: field.mentions.end.max(last.start), ..last }));
    }
}

/// How many can see something, roughly.
fn width(visibility: Visibility) -> u8 {
    match visibility {
        Visibility::Private => 0,
        Visibility::Restricted(_) => 1,
        Visibility::Crate => 2,
        Visibility::Public => 3,
    }
}
