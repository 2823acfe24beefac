//! `deprecated = { from, to, until }`: what is in `to` may still be used, and no longer from
//! the day `until` on.
//!
//! Before that day each use is a warning that says how many days are left (or a note, where
//! the rule has that severity); from that day on it weighs what the rule does. What counts as
//! a use is what `forbid` forbids.
//!
//! ```toml
//! [rules.old-billing]
//! deprecated = { from = "@application", to = "shop::billing::v1", until = "2027-03-01" }
//! fix        = "use `shop::billing`"
//! ```

use jiff::civil::Date;

use super::edges::{crossings, ends, violation};
use super::sides::{Side, Sides};
use super::{Part, Role, Rule, Verdict};
use crate::context::Context;
use crate::finding::Severity;
use crate::planting::{Plant, Unprovable};
use crate::policy::Operand;
use crate::tree::NodeId;

/// The verb `deprecated`.
#[derive(Clone, Debug)]
pub struct Deprecated {
    /// Who uses it; anyone, if absent.
    pub from: Option<Operand>,
    /// What is not to be used any more.
    pub to: Operand,
    /// The first day on which it may not be used.
    pub until: Date,
}

impl Deprecated {
    /// Whether the day has not come yet.
    fn is_allowed(&self, today: Date) -> bool {
        today < self.until
    }

    /// How many days are left, in words.
    fn days_left(&self, today: Date) -> String {
        match (self.until - today).get_days() {
            1 => "1 day is left".to_owned(),
            days => format!("{days} days are left"),
        }
    }

    fn sides(&self, context: &Context<'_>) -> Sides<'_> {
        let from = self.from.as_ref().map(|from| context.ranks(from));
        let to = context.ranks(&self.to);
        let side = |node: NodeId| {
            let is_user = !context.tree.is_outside(node)
                && from.as_ref().is_none_or(|from| from.contains(node));
            // A thing that both name is on the side that names it more exactly.
            let is_deprecated = to.contains(node)
                && from.as_ref().is_none_or(|from| !is_user || to.rank(node) > from.rank(node));
            match (is_deprecated, is_user) {
                (true, _) => Side::To,
                (false, true) => Side::From,
                (false, false) => Side::Neither,
            }
        };
        let of = context.tree.nodes().map(side).collect();
        Sides { of, pairs: None, kinds: None, remark: String::new(), to: Some(&self.to) }
    }
}

impl Rule for Deprecated {
    fn id(&self) -> &'static str {
        "deprecated"
    }

    fn sentence(&self) -> String {
        let by = match &self.from {
            Some(from) => format!(" by {}", from.all()),
            None => String::new(),
        };
        format!("{} may not be used{by} from {} on", self.to.all(), self.until)
    }

    fn operands(&self) -> Vec<Part<'_>> {
        let from = self.from.as_ref();
        let from = from.map(|operand| Part { key: "from", operand, role: Role::Subject });
        let to = Part { key: "to", operand: &self.to, role: Role::Object };
        from.into_iter().chain([to]).collect()
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let sides = self.sides(context);
        let swallows = self.from.is_some()
            && !sides.of.contains(&Side::To)
            && sides.of.contains(&Side::From)
            && self.to.terms.iter().any(|term| !context.named(term).is_empty());
        let idle = swallows.then(|| {
            "everything in `to` is in `from` as well, so nothing is deprecated".to_owned()
        });
        let today = context.policy.today();
        let violations = crossings(context, &sides).into_iter().map(|crossing| {
            let [from, to] = ends(context, crossing).map(|end| sides.describe(context, end));
            let message = if self.is_allowed(today) {
                let left = self.days_left(today);
                format!("{from} uses {to}, which is deprecated: {left} until {}", self.until)
            } else {
                format!("{from} must not use {to} any more: it was deprecated until {}", self.until)
            };
            super::Violation { message, ..violation(context, &sides, crossing) }
        });
        Verdict { violations: violations.collect(), idle }
    }

    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        self.sides(context).plants(context, Some(&self.to), name)
    }

    fn ceiling(&self, today: Date) -> Severity {
        if self.is_allowed(today) { Severity::Warn } else { Severity::Error }
    }
}

#[cfg(test)]
mod tests;
