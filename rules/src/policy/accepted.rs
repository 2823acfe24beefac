//! Rules that need not be proved.

use super::PolicyRule;
use super::merge::Merged;
use super::operand::Resolver;
use crate::finding::Location;
use crate::suggest;

/// A rule that need not be proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Its id.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// Where that is said.
    pub location: Location,
}

/// Checks what the files say under `[prove]`.
pub(super) fn accepted(
    resolver: &mut Resolver<'_>,
    merged: &Merged,
    rules: &[PolicyRule],
) -> Vec<Accepted> {
    let mut all = Vec::new();
    for (id, reason) in &merged.accepted {
        let location = reason.scope.at(id.span());
        if !rules.iter().any(|rule| rule.id == *id.get_ref()) {
            let known = rules.iter().map(|rule| rule.id.as_str());
            let help = suggest::help(id.get_ref(), "rules", known);
            let message = format!("there is no rule `{}` to accept", id.get_ref());
            resolver.complain(message, location, "not defined", Some(help));
            continue;
        }
        if reason.value.get_ref().trim().is_empty() {
            let message = "to accept a rule without proof needs a reason".to_owned();
            let at = reason.scope.at(reason.value.span());
            resolver.complain(message, at, "empty", None);
        }
        let reason = reason.value.get_ref().clone();
        all.push(Accepted { rule: id.get_ref().clone(), reason, location });
    }
    all
}
