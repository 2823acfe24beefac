//! One dependency, or one chain of them, and what can be asked of it.

use std::fmt;

use super::View;
use crate::context::Context;
use crate::facts::{Dependency as Facts, DependencyId, DependencyKind};
use crate::finding::{Location, Step};
use crate::rule::Violation;
use crate::tree::NodeId;
use crate::verbs::dependency_violation;

/// A dependency: from an item in a module to what a path there means.
#[derive(Clone)]
pub struct Dependency<'a> {
    view: View<'a>,
    id: DependencyId,
}

impl<'a> Dependency<'a> {
    pub(super) fn new(view: View<'a>, id: DependencyId) -> Self {
        Self { view, id }
    }

    /// The dependencies that start in a subtree and lead out of it.
    pub(super) fn starting_at(view: &View<'a>, node: NodeId) -> Vec<Self> {
        let context = view.context();
        let subtree = context.tree.subtree(node);
        let is_inside = |node: NodeId| subtree.contains(&node.index());
        let starts_here = |dependency: &Facts| {
            is_inside(context.tree.source(dependency))
                && !is_inside(context.tree.target(dependency.to))
                && context.counts(dependency)
        };
        let all = context.facts.dependencies.iter().enumerate();
        all.filter(|(_, dependency)| starts_here(dependency))
            .map(|(index, _)| Self::new(view.clone(), DependencyId::new(index)))
            .collect()
    }

    /// The full path of the item it starts in, or of the module where no item holds it.
    #[must_use]
    pub fn from(&self) -> String {
        self.view.tree.path(self.view.tree.source(self.facts()))
    }

    /// The full path of the module it starts in.
    #[must_use]
    pub fn module(&self) -> String {
        self.view.facts.module_path(self.facts().from)
    }

    /// The full path of what it leads to.
    #[must_use]
    pub fn to(&self) -> String {
        self.view.facts.target_path(self.facts().to)
    }

    /// The layer it starts in.
    #[must_use]
    pub fn from_layer(&self) -> Option<&str> {
        let context = self.view.context();
        context.layer_name(context.tree.source(self.facts()))
    }

    /// The layer of what it leads to.
    #[must_use]
    pub fn to_layer(&self) -> Option<&str> {
        let context = self.view.context();
        context.layer_name(context.tree.target(self.facts().to))
    }

    /// How it comes about.
    #[must_use]
    pub fn kind(&self) -> DependencyKind {
        self.facts().kind
    }

    /// The path as written, generics left out.
    #[must_use]
    pub fn written(&self) -> &str {
        self.view.facts.names.text(self.facts().written)
    }

    /// The re-exports and imports it goes through, in order; none where the written path names
    /// the thing itself.
    #[must_use]
    pub fn chain(&self) -> Vec<Step> {
        self.violation("").chain
    }

    /// Where it is written: the file, relative to the workspace root, and the bytes there.
    #[must_use]
    pub fn location(&self) -> Location {
        let facts = self.facts();
        let file = self.view.facts.files[facts.file.index()].path.clone();
        Location { file, span: facts.span }
    }

    /// Whether it is test code.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.facts().test
    }

    /// Whether no path names what it leads to: a call hands it over.
    #[must_use]
    pub fn is_inferred(&self) -> bool {
        self.facts().inferred
    }

    /// Something wrong with it, to be told with this message at the place where it is written,
    /// with the chain that leads from there to what it means.
    #[must_use]
    pub fn violation(&self, message: impl Into<String>) -> Violation {
        dependency_violation(&self.view.context(), self.id, message.into())
    }

    fn facts(&self) -> &Facts {
        &self.view.facts.dependencies[self.id.index()]
    }
}

/// As in "`shop::orders::Order` uses `sqlx::PgPool`".
impl fmt::Display for Dependency<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` uses `{}`", self.from(), self.to())
    }
}

impl fmt::Debug for Dependency<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Dependency({self})")
    }
}

/// A way from one thing to another, maybe through others.
#[derive(Clone, Debug)]
pub struct Chain {
    from: String,
    to: String,
    violation: Violation,
}

impl Chain {
    pub(super) fn new(context: &Context<'_>, violation: Violation) -> Self {
        let path = |node: &NodeId| context.tree.path(*node);
        Self {
            from: path(&violation.from),
            to: violation.to.first().map(path).unwrap_or_default(),
            violation,
        }
    }

    /// The full path of what it starts in.
    #[must_use]
    pub fn from(&self) -> &str {
        &self.from
    }

    /// The full path of what it leads to.
    #[must_use]
    pub fn to(&self) -> &str {
        &self.to
    }

    /// Where its first dependency is written.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.violation.primary.location
    }

    /// The hops behind its first dependency, in order: re-exports, then the dependencies of what
    /// it goes through.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.violation.chain
    }

    /// It as a violation.
    #[must_use]
    pub fn into_violation(self) -> Violation {
        self.violation
    }
}

/// As in "`shop::orders` reaches `sqlx`".
impl fmt::Display for Chain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` reaches `{}`", self.from, self.to)
    }
}
