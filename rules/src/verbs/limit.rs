//! `limit = { of, metric, max, min, within }`: nothing is larger, or smaller, than so much.
//!
//! `of` says what is measured: layers, crates, modules, slices by patterns, or the items that
//! a selector picks. Every metric is described at [`Metric`].
//!
//! ```toml
//! [rules.modules-fit-on-a-few-screens]
//! limit = { of = "modules", metric = "lines", max = 400 }
//!
//! [rules.few-parameters]
//! limit = { of = { kind = ["fn", "method"], in = "@application" }, metric = "parameters", max = 5 }
//! ```

mod metric;
mod parts;
mod planted;

use super::items::{Measured, Selector, measured, speaks_of, wants};
use super::units::Scope;
use super::{Part, Role, Rule, Verdict, Violation};
use crate::context::Context;
use crate::facts::Needs;
use crate::finding::Label;
use crate::planting::{Plant, Unprovable};
use crate::policy::Operand;

pub use metric::{Bounds, Metric};

/// The verb `limit`.
#[derive(Clone, Debug)]
pub struct Limit {
    /// What is measured.
    pub of: Measurable,
    /// Where parts must lie to be measured; anywhere, if absent.
    pub within: Option<Operand>,
    /// What is measured of it.
    pub metric: Metric,
    /// What is allowed.
    pub bounds: Bounds,
}

/// What can be measured.
#[derive(Clone, Debug)]
pub enum Measurable {
    /// Parts of the workspace.
    Parts(Scope),
    /// Items.
    Items(Box<Selector>),
}

impl Rule for Limit {
    fn id(&self) -> &'static str {
        "limit"
    }

    fn sentence(&self) -> String {
        let demand = self.metric.demand(self.bounds);
        match &self.of {
            Measurable::Parts(scope) => {
                let within =
                    self.within.as_ref().map(|within| format!(" within {}", within.sentence()));
                format!("{}{} have {demand} each", scope.words(), within.unwrap_or_default())
            }
            Measurable::Items(selector) => format!("what {} has {demand}", selector.sentence()),
        }
    }

    fn operands(&self) -> Vec<Part<'_>> {
        let within = self.within.as_ref().map(|within| ("within", within));
        let part = |(key, operand)| Part { key, operand, role: Role::Subject };
        match &self.of {
            Measurable::Parts(scope) => {
                scope.operand("of").into_iter().chain(within).map(part).collect()
            }
            Measurable::Items(selector) => speaks_of(selector),
        }
    }

    fn needs(&self) -> Needs {
        match &self.of {
            Measurable::Parts(_) => Needs::default(),
            Measurable::Items(selector) => wants(selector),
        }
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let (measured, nothing) = match &self.of {
            Measurable::Parts(scope) => {
                let nothing = format!("there are no {} to be measured", scope.noun());
                (parts::measured(context, scope, self.within.as_ref(), self.metric), nothing)
            }
            Measurable::Items(selector) => {
                let nothing = format!("there is no item that {}", selector.sentence());
                (measured(selector, self.metric, context), nothing)
            }
        };
        let idle = match measured.as_slice() {
            [] => Some(nothing),
            all if all.iter().all(|it| it.value.is_none()) => {
                Some(format!("nothing of what is measured has {}", self.metric.one()))
            }
            _ => None,
        };
        let violations = measured.into_iter().filter_map(|it| self.violation(it)).collect();
        Verdict { violations, idle }
    }

    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        planted::plants(self, context, name)
    }
}

impl Limit {
    fn violation(&self, measured: Measured) -> Option<Violation> {
        let value = measured.value.filter(|value| !self.bounds.allow(*value))?;
        let amount = self.metric.amount(value);
        let demand = self.bounds.words();
        let neighbours = match measured.neighbours.as_str() {
            "" => String::new(),
            neighbours => format!(": {neighbours}"),
        };
        let text = match measured.remark.as_str() {
            "" => amount.clone(),
            remark => format!("{amount}: {remark}"),
        };
        Some(Violation {
            message: format!(
                "{} has {amount}, and must have {demand}{neighbours}",
                measured.described
            ),
            primary: Label { location: measured.location, text },
            secondary: measured.places,
            chain: Vec::new(),
            from: measured.node,
            to: Vec::new(),
            written: format!("{} {}", self.metric.word(), measured.identity).trim_end().to_owned(),
            kind: "limit",
            ceiling: None,
        })
    }
}

#[cfg(test)]
mod tests;
