//! `require = { from, to, via }`: every member of `from` uses something of `to`.
//!
//! The members are what the patterns of `from` name, each by itself, with all below it: for
//! `shop::handlers::*` every module there, for `shop-http-*` every such package, for a layer
//! every crate or module at the top of what it holds. A member uses what its own code names
//! or goes through; with `via = "any"` it may also get there through other modules and crates.
//! What lies in `to` itself owes nothing.
//!
//! ```toml
//! [rules.handlers-are-traced]
//! require = { from = "shop_http::handlers::*", to = "tracing" }
//! because = "a request that leaves no trace cannot be followed"
//! ```

pub(super) mod members;

use super::edges::ForbiddenHops;
use super::sides::{Side, Sides};
use super::{Part, Role, Rule, Verdict, Violation, reach};
use crate::context::{Context, Ranks};
use crate::facts::{Dependency, Needs};
use crate::finding::Label;
use crate::planting::additions::additions;
use crate::planting::{Plant, Unprovable};
use crate::policy::Operand;
use crate::policy::raw::Via;
use crate::tree::NodeId;
use members::{Member, members};

/// The verb `require`.
#[derive(Clone, Debug)]
pub struct Require {
    /// Which members must.
    pub from: Operand,
    /// What each of them must use.
    pub to: Operand,
    /// Whether it may be used through others.
    pub via: Via,
    /// Whether `to` can be an outside crate that is only reached through others.
    pub reaches_outside: bool,
}

impl Require {
    /// For each dependency, whether it is one that is required.
    fn answers(&self, context: &Context<'_>, sides: &Sides<'_>) -> Vec<bool> {
        if self.via == Via::Any {
            return reach::leading(context, sides);
        }
        let hops = ForbiddenHops::new(context, sides);
        let is_answer = |dependency: &Dependency| {
            let source = context.tree.source(dependency);
            let is_target = sides.is_to(context.tree.target(dependency.to));
            context.counts(dependency)
                && (is_target || hops.of(context, sides, source, dependency.chain).is_some())
        };
        context.facts.dependencies.iter().map(is_answer).collect()
    }

    fn violation(&self, context: &Context<'_>, member: &Member, to: &[NodeId]) -> Violation {
        let (verb, text) = match self.via {
            Via::Direct => ("use", "nothing in it uses"),
            Via::Any => ("reach", "nothing in it leads to"),
        };
        let wanted = self.to.sentence();
        Violation {
            message: format!("{} must {verb} {wanted}", context.describe(member.shown())),
            primary: Label { location: member.location(context), text: format!("{text} {wanted}") },
            secondary: Vec::new(),
            chain: Vec::new(),
            from: member.shown(),
            to: to.to_vec(),
            written: String::new(),
            kind: "require",
            ceiling: None,
        }
    }
}

impl Rule for Require {
    fn id(&self) -> &'static str {
        "require"
    }

    fn sentence(&self) -> String {
        let verb = match self.via {
            Via::Direct => "must use",
            Via::Any => "must reach, if only through others,",
        };
        format!("every member of {} {verb} {}", self.from.all(), self.to.sentence())
    }

    fn operands(&self) -> Vec<Part<'_>> {
        vec![
            Part { key: "from", operand: &self.from, role: Role::Subject },
            Part { key: "to", operand: &self.to, role: Role::Object },
        ]
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let to = context.ranks(&self.to);
        let is_outside_to = |member: &Member| !member.nodes.iter().all(|node| to.contains(*node));
        let members: Vec<Member> =
            members(context, &self.from).into_iter().filter(is_outside_to).collect();
        if members.is_empty() {
            let idle = "no crate, module or item in `from` is held to it".to_owned();
            return Verdict { violations: Vec::new(), idle: Some(idle) };
        }
        let side = |node| if to.contains(node) { Side::To } else { Side::Neither };
        let sides = Sides {
            of: context.tree.nodes().map(side).collect(),
            pairs: None,
            kinds: None,
            remark: String::new(),
            to: Some(&self.to),
        };
        let sources = sources(context, &self.answers(context, &sides), &to);
        let uses_it = |member: &Member| {
            member.nodes.iter().any(|node| {
                let subtree = context.tree.subtree(*node);
                sources[subtree.start] < sources[subtree.end]
            })
        };
        let required: Vec<NodeId> =
            self.to.terms.iter().flat_map(|term| context.named(term)).collect();
        let violations = members
            .iter()
            .filter(|member| !uses_it(member))
            .map(|member| self.violation(context, member, &required))
            .collect();
        Verdict { violations, idle: None }
    }

    /// A new member, which uses nothing.
    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        let plants: Vec<Plant> = additions(context, &self.from, name)
            .into_iter()
            .map(|addition| Plant::new(vec![addition]))
            .collect();
        if plants.is_empty() {
            let reason =
                "every member is called by its name, and nothing that is added could be one";
            return Err(Unprovable(reason.to_owned()));
        }
        Ok(plants)
    }

    fn needs(&self) -> Needs {
        Needs { external_graph: self.reaches_outside, ..Needs::default() }
    }
}

/// How many of the nodes before each node are the source of a dependency that is required,
/// so that two entries tell whether there is one between them. What lies in `to` is no
/// source: a member that holds it does not use it by that.
fn sources(context: &Context<'_>, answers: &[bool], to: &Ranks) -> Vec<u32> {
    let mut counts = vec![0; context.tree.len() + 1];
    for (dependency, is_answer) in context.facts.dependencies.iter().zip(answers) {
        let source = context.tree.source(dependency);
        if *is_answer && !to.contains(source) {
            counts[source.index() + 1] = 1;
        }
    }
    for index in 1..counts.len() {
        counts[index] += counts[index - 1];
    }
    counts
}

#[cfg(test)]
mod tests;
