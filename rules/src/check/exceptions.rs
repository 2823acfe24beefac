//! What rules do not hold for.

use super::{Found, upkeep};
use crate::context::{Context, Ranks};
use crate::finding::Label;
use crate::policy::{Exception, Rule};
use crate::verbs::{Upkeep, Violation};

/// The exceptions of one rule, and what they cover.
pub(super) struct Ledger<'a> {
    context: &'a Context<'a>,
    rule: &'a Rule,
    entries: Vec<Entry<'a>>,
}

struct Entry<'a> {
    exception: &'a Exception,
    from: Option<Ranks>,
    to: Option<Ranks>,
    is_expired: bool,
    is_used: bool,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(context: &'a Context<'a>, rule: &'a Rule) -> Self {
        let entries = rule
            .except
            .iter()
            .map(|exception| Entry {
                exception,
                from: exception.from.as_ref().map(|from| context.ranks(from)),
                to: exception.to.as_ref().map(|to| context.ranks(to)),
                is_expired: exception.until.is_some_and(|until| until < context.policy.today()),
                is_used: false,
            })
            .collect();
        Self { context, rule, entries }
    }

    /// Whether an exception covers a violation. All that do count as used; one that has
    /// expired covers nothing.
    pub(super) fn covers(&mut self, violation: &Violation) -> bool {
        let mut is_covered = false;
        for entry in self.entries.iter_mut().filter(|entry| !entry.is_expired) {
            let is_from = entry.from.as_ref().is_none_or(|from| from.contains(violation.from));
            let is_to = entry
                .to
                .as_ref()
                .is_none_or(|to| violation.to.iter().any(|node| to.contains(*node)));
            if is_from && is_to {
                entry.is_used = true;
                is_covered = true;
            }
        }
        is_covered
    }

    /// The exceptions that have expired, and those that have covered nothing.
    pub(super) fn findings(&self) -> Vec<Found> {
        let id = &self.rule.id;
        self.entries
            .iter()
            .filter_map(|entry| {
                let label =
                    |text: String| Label { location: entry.exception.location.clone(), text };
                if let (true, Some(until)) = (entry.is_expired, entry.exception.until) {
                    let owner = match &entry.exception.owner {
                        Some(owner) => format!(", owned by {owner},"),
                        None => String::new(),
                    };
                    let message = format!(
                        "an exception of `{id}`{owner} has expired on {until}: {}",
                        entry.exception.reason
                    );
                    let primary = label(format!("counted until {until}"));
                    return upkeep(self.context, Upkeep::ExpiredException, primary, message);
                }
                if entry.is_used {
                    return None;
                }
                let message =
                    format!("an exception of `{id}` covers nothing: {}", entry.exception.reason);
                let primary = label("nothing breaks the rule here any more".to_owned());
                upkeep(self.context, Upkeep::UnusedException, primary, message)
            })
            .collect()
    }
}
