//! The exceptions of one rule, ready to be asked.

use rustc_hash::FxHashMap;

use super::ExceptionComment;
use crate::context::{Context, Ranks};
use crate::finding::Location;
use crate::policy::PolicyRule;
use crate::rule::Violation;
use crate::tree::NodeId;

/// One of the exceptions of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExceptionId {
    /// Index into the rule's entries of `except`.
    Config(usize),
    /// Index into [`crate::facts::Facts::exceptions`].
    Comment(usize),
}

/// What the policy and comments in the code except from one rule. The baseline is none of
/// it: it speaks of findings, not of what may break the rule.
#[derive(Clone, Debug, Default)]
pub struct RuleExceptions<'a> {
    config: Vec<Entry>,
    /// By file.
    comments: FxHashMap<&'a str, Vec<(usize, &'a ExceptionComment)>>,
    expired: Vec<ExceptionId>,
}

#[derive(Clone, Debug)]
struct Entry {
    from: Option<Ranks>,
    to: Option<Ranks>,
}

impl<'a> RuleExceptions<'a> {
    /// The exceptions of `rule`.
    #[must_use]
    pub fn new(context: &Context<'a>, rule: &PolicyRule) -> Self {
        let today = context.policy.today();
        let mut exceptions = Self::of_comments(context, &rule.id);
        for (index, exception) in rule.except.iter().enumerate() {
            let ranks = |operand| context.ranks(operand);
            exceptions.config.push(Entry {
                from: exception.from.as_ref().map(ranks),
                to: exception.to.as_ref().map(ranks),
            });
            if exception.until.is_some_and(|until| until < today) {
                exceptions.expired.push(ExceptionId::Config(index));
            }
        }
        exceptions
    }

    /// The comments that name the rule with this id, which need not be one of the policy.
    #[must_use]
    pub fn of_comments(context: &Context<'a>, rule: &str) -> Self {
        let mut exceptions = Self::default();
        for (index, comment) in context.facts.exceptions.iter().enumerate() {
            let Ok(directive) = &comment.says else { continue };
            if directive.rules.iter().any(|(id, _)| id == rule) {
                let mut files: Vec<&str> = comment.files.iter().map(String::as_str).collect();
                files.push(&comment.location.file);
                for file in files {
                    exceptions.comments.entry(file).or_default().push((index, comment));
                }
                if directive.until.is_some_and(|until| until < context.policy.today()) {
                    exceptions.expired.push(ExceptionId::Comment(index));
                }
            }
        }
        exceptions
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.config.is_empty() && self.comments.is_empty()
    }

    /// Whether an exception of the policy covers whatever begins at `node`.
    #[must_use]
    pub fn excuses(&self, node: NodeId) -> bool {
        let mut entries = self.config.iter().enumerate();
        entries.any(|(index, entry)| {
            entry.to.is_none()
                && entry.from.as_ref().is_none_or(|from| from.contains(node))
                && !self.is_expired(ExceptionId::Config(index))
        })
    }

    /// Whether the last day of an exception has passed, so that it covers nothing.
    #[must_use]
    pub fn is_expired(&self, exception: ExceptionId) -> bool {
        self.expired.contains(&exception)
    }

    /// The exceptions that name a violation, expired ones included.
    #[must_use]
    pub fn naming(&self, violation: &Violation) -> Vec<ExceptionId> {
        let of_config = self.config.iter().enumerate().filter_map(|(index, entry)| {
            let is_from = entry.from.as_ref().is_none_or(|from| from.contains(violation.from));
            let is_to = violation.to.iter().any(|node| entry.leads_to(*node));
            let names = is_from && (is_to || entry.to.is_none());
            names.then_some(ExceptionId::Config(index))
        });
        of_config.chain(self.at(&violation.primary.location)).collect()
    }

    /// The comments that cover a place, expired ones included.
    pub fn at(&self, location: &Location) -> impl Iterator<Item = ExceptionId> {
        let comments = self.comments.get(location.file.as_str()).into_iter().flatten();
        comments
            .filter(|(_, comment)| comment.covers(location))
            .map(|(index, _)| ExceptionId::Comment(*index))
    }

    /// The exceptions that cover a violation: they name it and have not expired.
    #[must_use]
    pub fn covering(&self, violation: &Violation) -> Vec<ExceptionId> {
        let mut naming = self.naming(violation);
        naming.retain(|exception| !self.is_expired(*exception));
        naming
    }

    /// Whether an exception closes the way to `node` for whom it covers: it names what may
    /// be used, and that is it.
    #[must_use]
    pub fn closes(&self, exception: ExceptionId, node: NodeId) -> bool {
        match exception {
            ExceptionId::Config(index) => self.config[index].leads_to(node),
            ExceptionId::Comment(_) => false,
        }
    }

    /// Those of `exceptions` that close ways for `from`; `None` where they cover whatever
    /// begins there, or begins at `place`.
    #[must_use]
    pub fn closed_to(
        &self,
        exceptions: &[ExceptionId],
        from: NodeId,
        place: impl FnOnce() -> Location,
    ) -> Option<Vec<ExceptionId>> {
        let is_comment = |exception: &&ExceptionId| matches!(exception, ExceptionId::Comment(_));
        if exceptions.iter().any(|exception| is_comment(&exception)) {
            let place = place();
            if self.at(&place).any(|comment| exceptions.contains(&comment)) {
                return None;
            }
        }
        let mut closed = Vec::new();
        for exception in exceptions {
            let ExceptionId::Config(index) = exception else { continue };
            let entry = &self.config[*index];
            if entry.from.as_ref().is_none_or(|ranks| ranks.contains(from)) {
                entry.to.as_ref()?;
                closed.push(*exception);
            }
        }
        Some(closed)
    }
}

impl Entry {
    fn leads_to(&self, node: NodeId) -> bool {
        self.to.as_ref().is_some_and(|to| to.contains(node))
    }
}
