//! `independent = { members, via }`: none of several parts uses another.
//!
//! The members are the things that patterns name, each by itself, and the layers; where a
//! pattern captures, what has the same value is one member, so that `features::<one>` covers
//! every feature there will be. With `via = "any"`, no member reaches another through what
//! is no member either.
//!
//! ```toml
//! [rules.features-are-independent]
//! independent = { members = "app::features::<one>" }
//! because = "a feature must be removable without touching another"
//! ```

use super::edges::{crossings, violation};
use super::sides::{Pairs, Side, Sides};
use super::units::Units;
use super::{Part, Role, Rule, Verdict, reach};
use crate::context::Context;
use crate::planting::{Plant, Unprovable};
use crate::policy::Operand;
use crate::policy::raw::Via;
use crate::tree::NodeId;

/// The verb `independent`.
#[derive(Clone, Debug)]
pub struct Independent {
    /// The parts that do not use each other.
    pub members: Operand,
    /// Whether chains count.
    pub via: Via,
}

impl Independent {
    /// Each unit against all others.
    fn apart<'u>(context: &Context<'_>, units: &'u Units) -> Sides<'u> {
        let unit = |node: NodeId| units.of(node);
        let side = |node| if unit(node).is_some() { Side::Both } else { Side::Neither };
        let group = |node| unit(node).map_or(0, |unit| unit + 1);
        let pairs = Pairs {
            count: Box::new(move |from, to| unit(from) != unit(to)),
            groups: context.tree.nodes().map(group).collect(),
        };
        Self::sides(context.tree.nodes().map(side).collect(), Some(pairs))
    }

    fn sides(of: Vec<Side>, pairs: Option<Pairs<'_>>) -> Sides<'_> {
        let remark = ": they are to be independent of each other".to_owned();
        Sides { of, pairs, kinds: None, remark, to: None }
    }
}

impl Rule for Independent {
    fn id(&self) -> &'static str {
        "independent"
    }

    fn sentence(&self) -> String {
        let verb = match self.via {
            Via::Direct => "use each other",
            Via::Any => "reach each other, even through others",
        };
        format!("no two of {} {verb}", self.members.all())
    }

    fn operands(&self) -> Vec<Part<'_>> {
        vec![Part { key: "members", operand: &self.members, role: Role::Subject }]
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let units = Units::of_operand(context, &self.members);
        let unit = |node: NodeId| units.of(node);
        let sides = Self::apart(context, &units);
        let mut violations: Vec<_> = crossings(context, &sides)
            .into_iter()
            .map(|crossing| violation(context, &sides, crossing))
            .collect();
        if self.via == Via::Any && units.list.len() > 1 {
            for own in 0..units.list.len() {
                let side = |node| match unit(node) {
                    None => Side::Neither,
                    Some(unit) if unit as usize == own => Side::From,
                    Some(_) => Side::To,
                };
                let of = context.tree.nodes().map(side).collect();
                violations.extend(reach::chains(context, &Self::sides(of, None)));
            }
        }
        Verdict { violations, idle: None }
    }

    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        let units = Units::of_operand(context, &self.members);
        if units.list.len() < 2 {
            let reason = "there is one member only, and nothing it could use";
            return Err(Unprovable(reason.to_owned()));
        }
        Self::apart(context, &units).plants(context, None, name)
    }
}
