//! Dependencies, narrowed down step by step.

use std::fmt;

use super::{Chain, Dependency, OneOf, QuestionError, View, operand};
use crate::context::Context;
use crate::facts::{DependencyId, DependencyKind};
use crate::pattern::Pattern;
use crate::policy::raw::Via;
use crate::policy::{Operand, Term, TermKind};
use crate::rule::{Role, Rule, Verdict, Violation};
use crate::tree::is_sysroot;
use crate::verbs::Forbid;

/// Dependencies from some things to others. They are what the verb `forbid` sees: what is
/// written, through re-exports and renames, and what calls hand over; where `from` and `to`
/// overlap, a thing is on the side that names it more exactly.
pub struct Dependencies<'a> {
    view: View<'a>,
    from: Option<Operand>,
    to: Option<Operand>,
    kinds: Option<Vec<DependencyKind>>,
    mistake: Option<QuestionError>,
}

impl<'a> Dependencies<'a> {
    pub(super) fn new(view: View<'a>) -> Self {
        Self { view, from: None, to: None, kinds: None, mistake: None }
    }

    /// Those that start in one of these: path patterns, `@layer` or `@set`, as in `layers.toml`.
    #[must_use]
    pub fn from<'t>(mut self, from: impl OneOf<&'t str>) -> Self {
        match operand::operand(&self.view, &from.values(), Role::Subject) {
            Ok(from) => self.from = Some(from),
            Err(mistake) => self.mistake = self.mistake.or(Some(mistake)),
        }
        self
    }

    /// Those that lead to one of these, or go through a re-export there: path patterns, `@layer`
    /// or `@set`; crates outside the workspace and std count too.
    #[must_use]
    pub fn to<'t>(mut self, to: impl OneOf<&'t str>) -> Self {
        match operand::operand(&self.view, &to.values(), Role::Object) {
            Ok(to) => self.to = Some(to),
            Err(mistake) => self.mistake = self.mistake.or(Some(mistake)),
        }
        self
    }

    /// Those of one of these kinds.
    #[must_use]
    pub fn kind(mut self, kinds: impl OneOf<DependencyKind>) -> Self {
        self.kinds = Some(kinds.values());
        self
    }

    /// The dependencies themselves, sorted by file and place. One that only repeats an import
    /// which is among them is left out.
    ///
    /// # Errors
    ///
    /// When a step makes no sense, or names what is not there.
    pub fn direct(self) -> Result<Vec<Dependency<'a>>, QuestionError> {
        if let Some(mistake) = self.mistake {
            return Err(mistake);
        }
        let context = self.view.context();
        let found = match (&self.from, &self.to) {
            (None, None) => self.all(&context),
            _ => self.rule(Via::Direct).direct(&context),
        };
        Ok(found.into_iter().map(|id| Dependency::new(self.view.clone(), id)).collect())
    }

    /// Every way from the one to the other, be it through other modules and crates: each
    /// dependency that leads there itself, and for each module that gets there through others a
    /// shortest chain.
    ///
    /// # Errors
    ///
    /// When a step makes no sense, or names what is not there; and when a crate outside the
    /// workspace may be reached through others, and what those depend on was not gathered.
    pub fn via_any(self) -> Result<Vec<Chain>, QuestionError> {
        let verdict = self.judged(Via::Any)?;
        let context = self.view.context();
        let chains = verdict.violations.into_iter();
        Ok(chains.map(|violation| Chain::new(&context, violation)).collect())
    }

    /// A verdict: none of them may be, as `forbid = { from, to }` says it in `layers.toml`. Without
    /// [`to`](Self::to), nothing but `from` itself may be used; without [`from`](Self::from),
    /// nobody may use `to`.
    #[must_use]
    pub fn forbid(self) -> Verdict {
        self.judged(Via::Direct).unwrap_or_else(Verdict::from)
    }

    /// A verdict: the one may not reach the other, not even through others, as `forbid = { from,
    /// to, via = "any" }` says it in `layers.toml`.
    #[must_use]
    pub fn forbid_via_any(self) -> Verdict {
        self.judged(Via::Any).unwrap_or_else(Verdict::from)
    }

    /// A verdict of the violations that `judge` finds in each of the direct ones.
    #[must_use]
    pub fn violations<V: IntoIterator<Item = Violation>>(
        self,
        judge: impl Fn(&Dependency<'a>) -> V,
    ) -> Verdict {
        match self.direct() {
            Ok(dependencies) => dependencies.iter().flat_map(judge).collect(),
            Err(mistake) => mistake.into(),
        }
    }

    /// The rule that forbids them.
    fn rule(&self, via: Via) -> Forbid {
        Forbid {
            from: self.from.clone().unwrap_or_else(anything),
            to: self.to.clone().unwrap_or_else(anything),
            via,
            kinds: self.kinds.clone(),
            reaches_outside: false,
            compares: false,
        }
    }

    fn judged(&self, via: Via) -> Result<Verdict, QuestionError> {
        if let Some(mistake) = &self.mistake {
            return Err(mistake.clone());
        }
        if via == Via::Any && self.is_blind() {
            return Err(QuestionError {
                message: "what crates outside the workspace depend on was not gathered".to_owned(),
                help: Some(
                    "ask for it where the workspace is loaded, by `external_graph(true)`"
                        .to_owned(),
                ),
            });
        }
        Ok(self.rule(via).judge(&self.view.context()))
    }

    /// All that count, of whatever ends.
    fn all(&self, context: &Context<'_>) -> Vec<DependencyId> {
        let counts = |dependency: &crate::facts::Dependency| {
            self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&dependency.kind))
                && context.counts(dependency)
        };
        let all = context.facts.dependencies.iter().enumerate();
        all.filter(|(_, dependency)| counts(dependency))
            .map(|(index, _)| DependencyId::new(index))
            .collect()
    }

    /// Whether a chain may lead through outside crates, of which nothing is known.
    fn is_blind(&self) -> bool {
        let context = self.view.context();
        let is_outside = |term: &Term| match &term.kind {
            TermKind::Path(pattern) => {
                let is_sysroot = pattern.literal_root().is_some_and(is_sysroot);
                !is_sysroot && context.tree.begins_outside(pattern)
            }
            TermKind::Layer { .. } => false,
        };
        let may_be_outside = |term: &Term| match &term.kind {
            TermKind::Layer { layer, .. } => {
                context.policy.layer(*layer).members.iter().any(is_outside)
            }
            TermKind::Path(_) => is_outside(term),
        };
        !self.view.facts.gathered.external_graph
            && self.to.as_ref().is_some_and(|to| to.terms.iter().any(may_be_outside))
    }
}

/// Every crate, in the workspace and outside. What is named more exactly is on the other side.
fn anything() -> Operand {
    let text = "*";
    let term = |pattern| Term {
        kind: TermKind::Path(pattern),
        text: text.to_owned(),
        location: crate::finding::Location::default(),
        set: None,
    };
    Operand {
        terms: Pattern::parse(text).map(term).into_iter().collect(),
        words: vec!["anything".to_owned()],
        ..Operand::default()
    }
}

impl fmt::Debug for Dependencies<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = |operand: &Option<Operand>| match operand {
            Some(operand) => operand.sentence(),
            None => "anything".to_owned(),
        };
        write!(formatter, "Dependencies({} to {})", words(&self.from), words(&self.to))
    }
}
