//! What an item is like: visibility, modifiers, `self`, lines, and whether it is tested.

use super::amount::Amount;
use super::clause::Clause;
use super::effective::{Area, Effective};
use super::prepared::{Check, Predicate};
use super::subject::Subject;
use super::words::{Flag, VisibilityWord, word_of};
use crate::context::Context;
use crate::facts::{Facts, ItemId, ItemKind, Modifiers, ModuleId, Receiver, Target};
use crate::policy::Operand;
use crate::prose;

pub(super) struct Visible<'s>(pub(super) &'s [VisibilityWord]);

impl<'s> Predicate<'s> for Visible<'s> {
    fn clause(&self) -> Clause {
        let words: Vec<&str> =
            self.0.iter().map(|word| word_of(&VisibilityWord::WORDS, word)).collect();
        Clause::being(&prose::any_of(&words))
    }

    fn check(&self, _: &Context<'_>) -> Box<dyn Check + 's> {
        let words = self.0;
        Box::new(move |context: &Context<'_>, subject: Subject| {
            words.iter().any(|word| subject.has_visibility(context, *word))
        })
    }
}

pub(super) struct VisibleOutside<'s>(pub(super) &'s Operand);

impl<'s> Predicate<'s> for VisibleOutside<'s> {
    fn clause(&self) -> Clause {
        Clause::being(&format!("visible outside {}", self.0.sentence()))
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        let effective = Effective::new(context.facts);
        let area = Area::new(context, &context.ranks(self.0));
        Box::new(move |context: &Context<'_>, subject: Subject| {
            effective.is_visible_outside(context, subject, &area)
        })
    }
}

pub(super) struct Takes<'s>(pub(super) &'s [Receiver]);

impl<'s> Predicate<'s> for Takes<'s> {
    fn clause(&self) -> Clause {
        let words = self.0.iter().map(|receiver| match receiver {
            Receiver::None => "no `self`".to_owned(),
            Receiver::Ref => "`&self`".to_owned(),
            Receiver::Mut => "`&mut self`".to_owned(),
            Receiver::Owned => "`self`".to_owned(),
        });
        Clause::doing("take", &prose::series(&words.collect::<Vec<_>>(), "or"))
    }

    fn check(&self, _: &Context<'_>) -> Box<dyn Check + 's> {
        let receivers = self.0;
        Box::new(move |context: &Context<'_>, subject: Subject| {
            let method = subject.item(context).filter(|item| item.kind == ItemKind::Method);
            method.is_some_and(|method| receivers.contains(&method.form.receiver))
        })
    }
}

pub(super) struct HasLines(pub(super) Amount);

impl<'s> Predicate<'s> for HasLines {
    fn clause(&self) -> Clause {
        Clause::doing("have", &self.0.of("line", None))
    }

    fn check(&self, _: &Context<'_>) -> Box<dyn Check + 's> {
        let amount = self.0;
        Box::new(move |context: &Context<'_>, subject: Subject| {
            let lines = match subject {
                Subject::Module(module) => context.facts.modules[module.index()].lines,
                Subject::Item(item) => context.facts.items[item.index()].form.lines,
                Subject::Field(_) | Subject::Import(_) | Subject::Parameter(_) => return false,
            };
            amount.allows(lines as usize)
        })
    }
}

pub(super) struct Is {
    pub(super) flag: Flag,
    pub(super) is_so: bool,
}

impl<'s> Predicate<'s> for Is {
    fn clause(&self) -> Clause {
        let clause = match self.flag {
            Flag::Async => Clause::being("async"),
            Flag::Unsafe => Clause::being("unsafe"),
            Flag::Const => Clause::being("`const`"),
            Flag::Generic => Clause::being("generic"),
            Flag::Mutable => Clause::being("mutable"),
            Flag::Documented => Clause::being("documented"),
            Flag::HasBody => Clause::doing("have", "a body"),
            Flag::Exported => Clause::being("exported"),
            Flag::Test => Clause::being("test code"),
            Flag::Tested => Clause::being("used by tests"),
        };
        if self.is_so { clause } else { clause.negated() }
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        let (flag, is_so) = (self.flag, self.is_so);
        match (flag, flag.modifier()) {
            (Flag::Tested, _) => {
                let tested = Tested::new(context.facts);
                Box::new(move |_: &Context<'_>, subject: Subject| tested.contains(subject) == is_so)
            }
            (Flag::Exported, _) => {
                let effective = Effective::new(context.facts);
                Box::new(move |context: &Context<'_>, subject: Subject| {
                    effective.is_exported(context, subject) == is_so
                })
            }
            (_, Some(modifier)) => Box::new(move |context: &Context<'_>, subject: Subject| {
                has(context, subject, modifier) == is_so
            }),
            (_, None) => Box::new(move |context: &Context<'_>, subject: Subject| {
                subject.is_test(context) == is_so
            }),
        }
    }
}

fn has(context: &Context<'_>, subject: Subject, modifier: Modifiers) -> bool {
    let facts = context.facts;
    match subject {
        Subject::Item(item) => facts.items[item.index()].form.modifiers.contains(modifier),
        Subject::Module(module) => {
            modifier == Modifiers::DOCUMENTED && facts.modules[module.index()].documented
        }
        Subject::Field(field) => {
            modifier == Modifiers::DOCUMENTED && facts.fields[field.index()].documented
        }
        Subject::Import(_) | Subject::Parameter(_) => false,
    }
}

/// What test code names: the things themselves, what holds them, and the types of methods.
struct Tested {
    items: Vec<bool>,
    modules: Vec<bool>,
}

impl Tested {
    fn new(facts: &Facts) -> Self {
        let mut tested = Self {
            items: vec![false; facts.items.len()],
            modules: vec![false; facts.modules.len()],
        };
        let mut self_types = vec![None; facts.items.len()];
        for block in &facts.impls {
            self_types[block.item.index()] = block.self_type;
        }
        let is_test = |test: bool, from: ModuleId| {
            let module = &facts.modules[from.index()];
            test || module.test || facts.crates[module.crate_id.index()].kind.is_test()
        };
        let far = facts.dependencies.iter().filter(|edge| is_test(edge.test, edge.from));
        let near = facts.local_uses.iter().filter(|local| is_test(local.test, local.module));
        for to in far.map(|edge| edge.to).chain(near.map(|local| local.to)) {
            tested.mark(facts, &self_types, to);
        }
        tested
    }

    fn mark(&mut self, facts: &Facts, self_types: &[Option<Target>], to: Target) {
        let mut next = Some(to);
        while let Some(target) = next {
            next = match target {
                Target::External(_) => None,
                Target::Module(module) => {
                    let is_new = !std::mem::replace(&mut self.modules[module.index()], true);
                    let parent = facts.modules[module.index()].parent;
                    parent.filter(|_| is_new).map(Target::Module)
                }
                Target::Item(item) => {
                    let is_new = !std::mem::replace(&mut self.items[item.index()], true);
                    let entry = &facts.items[item.index()];
                    if is_new && let Some(self_type) = self_types[item.index()] {
                        self.mark(facts, self_types, self_type);
                    }
                    let parent = entry.parent.map_or(Target::Module(entry.module), Target::Item);
                    is_new.then_some(parent)
                }
            };
        }
    }

    fn contains(&self, subject: Subject) -> bool {
        let item = |item: ItemId| self.items[item.index()];
        match subject {
            Subject::Module(module) => self.modules[module.index()],
            Subject::Item(id) => item(id),
            Subject::Field(_) | Subject::Import(_) | Subject::Parameter(_) => false,
        }
    }
}
