//! What is asked of the parts of something: how many there are, and what they are like.

use super::amount::Amount;
use super::clause::Clause;
use super::members::Members;
use super::prepared::{Check, Predicate, Prepared};
use super::selector::Selector;
use super::subject::Subject;
use crate::context::Context;
use crate::finding::Label;
use crate::prose;

/// What is asked of the parts of something. All that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Which parts are meant; all, if absent.
    pub which: Option<Box<Selector>>,
    /// How many of those there are.
    pub amount: Option<Amount>,
    /// What each of them is.
    pub every: Option<Box<Selector>>,
    /// What at least one of them is.
    pub some: Option<Box<Selector>>,
    /// What none of them is.
    pub none: Option<Box<Selector>>,
}

impl Parts {
    /// The selectors in it.
    pub(super) fn selectors(&self) -> impl Iterator<Item = &Selector> {
        [&self.which, &self.every, &self.some, &self.none].into_iter().flatten().map(|it| &**it)
    }
}

/// What the parts are parts of, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    /// The fields of a struct, union or variant.
    Fields,
    /// The parameters of a function, `self` apart.
    Parameters,
    /// The methods of a trait, an impl or a type.
    Methods,
    /// What stands right in a module, trait, impl or enum.
    Contents,
    /// What stands in the file, itself included.
    File,
}

impl Whole {
    fn thing(self) -> &'static str {
        match self {
            Self::Fields => "field",
            Self::Parameters => "parameter",
            Self::Methods => "method",
            Self::Contents | Self::File => "item",
        }
    }

    fn clause(self, what: &str) -> Clause {
        match self {
            Self::Fields | Self::Parameters | Self::Methods => Clause::doing("have", what),
            Self::Contents => Clause::doing("hold", what),
            Self::File => Clause::being(&format!("in a file with {what}")),
        }
    }
}

/// One question about the parts of something.
#[derive(Clone, Copy)]
pub(super) enum Question<'s> {
    Amount(Amount),
    Every(&'s Selector),
    Some(&'s Selector),
    None(&'s Selector),
}

/// What is asked of parts, question by question, so that a message names the one that
/// fails.
pub(super) struct HasParts<'s> {
    whole: Whole,
    pub(super) which: Option<&'s Selector>,
    pub(super) question: Question<'s>,
}

impl<'s> HasParts<'s> {
    pub(super) fn each(whole: Whole, parts: Option<&'s Parts>) -> Vec<Self> {
        let Some(parts) = parts else { return Vec::new() };
        let questions = [
            parts.amount.map(Question::Amount),
            parts.every.as_deref().map(Question::Every),
            parts.some.as_deref().map(Question::Some),
            parts.none.as_deref().map(Question::None),
        ];
        let which = parts.which.as_deref();
        let questions = questions.into_iter().flatten();
        questions.map(|question| Self { whole, which, question }).collect()
    }
}

impl<'s> Predicate<'s> for HasParts<'s> {
    fn clause(&self) -> Clause {
        let thing = self.whole.thing();
        let among = self.which.map(|which| format!(" among those that {}", which.clause().several));
        let among = among.unwrap_or_default();
        self.whole.clause(&match self.question {
            Question::Amount(amount) => amount.of(thing, self.which),
            Question::Every(every) => {
                format!("only {thing}s that {}{among}", every.clause().several)
            }
            Question::Some(some) => {
                format!("{} that {}{among}", prose::with_article(thing), some.clause().says)
            }
            Question::None(none) => format!("no {thing} that {}{among}", none.clause().says),
        })
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        let members = Members::new(self.whole, context);
        let which = self.which.map(|which| Prepared::new(which, context));
        let parts = Counted { members, which };
        let answer = match self.question {
            Question::Amount(amount) => Answer::Amount(amount),
            Question::Every(every) => Answer::Every(Prepared::new(every, context)),
            Question::Some(some) => Answer::Some(Prepared::new(some, context)),
            Question::None(none) => Answer::None(Prepared::new(none, context)),
        };
        Box::new(Composed { parts, answer })
    }
}

struct Composed<'s> {
    parts: Counted<'s>,
    answer: Answer<'s>,
}

enum Answer<'s> {
    Amount(Amount),
    Every(Prepared<'s>),
    Some(Prepared<'s>),
    None(Prepared<'s>),
}

/// The parts that are meant.
struct Counted<'s> {
    members: Members,
    which: Option<Prepared<'s>>,
}

impl Counted<'_> {
    /// `None` of what has no parts of this kind.
    fn of(&self, context: &Context<'_>, subject: Subject) -> Option<Vec<Subject>> {
        let mut parts = self.members.of(context, subject)?;
        if let Some(which) = &self.which {
            parts.retain(|part| which.holds(context, *part));
        }
        Some(parts)
    }
}

impl Check for Composed<'_> {
    fn holds(&self, context: &Context<'_>, subject: Subject) -> bool {
        let Some(parts) = self.parts.of(context, subject) else { return false };
        let mut all = parts.iter();
        match &self.answer {
            Answer::Amount(amount) => amount.allows(parts.len()),
            Answer::Every(every) => all.all(|part| every.holds(context, *part)),
            Answer::Some(some) => all.any(|part| some.holds(context, *part)),
            Answer::None(none) => !all.any(|part| none.holds(context, *part)),
        }
    }

    fn evidence(&self, context: &Context<'_>, subject: Subject) -> Vec<Label> {
        let Answer::Some(some) = &self.answer else { return Vec::new() };
        let parts = self.parts.of(context, subject).unwrap_or_default();
        let holding = parts.into_iter().filter(|part| some.holds(context, *part));
        holding.flat_map(|part| part_of(context, part, some.evidence(context, part))).collect()
    }

    fn objections(&self, context: &Context<'_>, subject: Subject) -> Vec<Label> {
        let parts = self.parts.of(context, subject).unwrap_or_default();
        if let Answer::Amount(amount) = &self.answer {
            let surplus: Vec<Subject> = amount.surplus(parts.iter().copied()).collect();
            // In one file all that stands there is too much, and what is told of anyway need
            // not be told again.
            let is_among = !surplus.is_empty() && parts.contains(&subject);
            let shown = if is_among { parts } else { surplus };
            let others = shown.into_iter().filter(|part| *part != subject);
            return others.flat_map(|part| part_of(context, part, Vec::new())).collect();
        }
        let parts = parts.into_iter();
        match &self.answer {
            Answer::Every(every) => parts
                .filter(|part| !every.holds(context, *part))
                .flat_map(|part| part_of(context, part, every.objections(context, part)))
                .collect(),
            Answer::None(none) => parts
                .filter(|part| none.holds(context, *part))
                .flat_map(|part| part_of(context, part, none.evidence(context, part)))
                .collect(),
            Answer::Amount(_) | Answer::Some(_) => Vec::new(),
        }
    }
}

/// Where a part stands, unless something in it is told of.
fn part_of(context: &Context<'_>, part: Subject, further: Vec<Label>) -> Vec<Label> {
    if !further.is_empty() {
        return further;
    }
    let text = format!("this {}", part.kind_word(context));
    vec![Label { location: part.location(context), text }]
}
