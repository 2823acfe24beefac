//! Questions about items and dependencies, asked step by step in Rust.
//!
//! Rules ask them of their [`Context`], anyone else of a [`View`]. A question ends in an answer
//! (`list`, `direct`, `via_any`), or in a verdict on what it has selected (`must`, `must_not`,
//! `forbid`), which is what a rule gives. A question that makes no sense, or names something
//! that is not there, is an error and never an empty answer.

mod dependencies;
mod dependency;
mod item;
mod items;
mod one_of;
mod operand;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock, OnceLock};

use rustc_hash::FxHashMap;

use crate::context::{Context, Layering};
use crate::exceptions::RuleExceptions;
use crate::facts::{Facts, Impl, ItemId, Target};
use crate::policy::Policy;
use crate::tree::PathTree;

pub use dependencies::Dependencies;
pub use dependency::{Chain, Dependency};
pub use item::{Item, Parameter};
pub use items::Items;
pub use one_of::OneOf;
pub use operand::QuestionError;

/// What questions are asked of: the facts, and the layers that a policy lays over them.
#[derive(Clone)]
pub struct View<'a> {
    facts: &'a Facts,
    policy: &'a Policy,
    tree: Shared<'a, PathTree<'a>>,
    layering: &'a Layering,
    exceptions: &'a RuleExceptions<'a>,
    tests: bool,
    /// The impls of each type, where something has asked for them.
    impls: Arc<OnceLock<FxHashMap<ItemId, Vec<&'a Impl>>>>,
}

/// Something that somebody else holds, or that is held together.
enum Shared<'a, T> {
    Lent(&'a T),
    Held(Arc<T>),
}

impl<T> Clone for Shared<'_, T> {
    fn clone(&self) -> Self {
        match self {
            Self::Lent(value) => Self::Lent(value),
            Self::Held(value) => Self::Held(Arc::clone(value)),
        }
    }
}

impl<T> Deref for Shared<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Lent(value) => value,
            Self::Held(value) => value,
        }
    }
}

/// Questions outside of rules know no exceptions.
static NONE: LazyLock<RuleExceptions<'static>> = LazyLock::new(RuleExceptions::default);

impl<'a> View<'a> {
    /// A view of `facts`, over which `policy` lays its layers as `layering` says. Test code is
    /// left out.
    #[must_use]
    pub fn new(facts: &'a Facts, policy: &'a Policy, layering: &'a Layering) -> Self {
        Self {
            facts,
            policy,
            tree: Shared::Held(Arc::new(PathTree::new(facts))),
            layering,
            exceptions: &NONE,
            tests: false,
            impls: Arc::default(),
        }
    }

    /// What a rule sees.
    pub(crate) fn of(context: &Context<'a>) -> Self {
        Self {
            facts: context.facts,
            policy: context.policy,
            tree: Shared::Lent(context.tree),
            layering: context.layering,
            exceptions: context.exceptions,
            tests: context.tests,
            impls: Arc::default(),
        }
    }

    /// The same with test code: `#[cfg(test)]`, tests, benches, examples.
    #[must_use]
    pub fn with_tests(mut self) -> Self {
        self.tests = true;
        self
    }

    /// All items and modules, to be narrowed down.
    #[must_use]
    pub fn items(&self) -> Items<'a> {
        Items::new(self.clone())
    }

    /// All dependencies, to be narrowed down.
    #[must_use]
    pub fn dependencies(&self) -> Dependencies<'a> {
        Dependencies::new(self.clone())
    }

    fn context(&self) -> Context<'_> {
        Context {
            facts: self.facts,
            tree: &self.tree,
            policy: self.policy,
            layering: self.layering,
            tests: self.tests,
            exceptions: self.exceptions,
        }
    }

    /// The impls of a type.
    fn impls_of(&self, item: ItemId) -> &[&'a Impl] {
        let impls = self.impls.get_or_init(|| {
            let mut impls: FxHashMap<ItemId, Vec<&'a Impl>> = FxHashMap::default();
            for block in &self.facts.impls {
                if let Some(Target::Item(item)) = block.self_type {
                    impls.entry(item).or_default().push(block);
                }
            }
            impls
        });
        impls.get(&item).map_or(&[], Vec::as_slice)
    }
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (modules, items) = (self.facts.modules.len(), self.facts.items.len());
        write!(formatter, "View({modules} modules, {items} items)")
    }
}
