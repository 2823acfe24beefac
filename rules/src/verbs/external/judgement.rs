//! The rule over one graph.

use std::fmt::Write as _;

use super::External;
use super::graph::{Edge, Graph};
use super::platform::Platform;
use super::search::{Chain, chains};
use crate::context::{Context, Ranks};
use crate::facts::{PackageDependencyKind as Kind, PackageId};
use crate::finding::{Label, Location, Step};
use crate::pattern::Pattern;
use crate::planting::On;
use crate::planting::targets::outside;
use crate::policy::{Operand, Term, TermKind};
use crate::prose;
use crate::tree::NodeId;
use crate::verbs::Violation;

/// The rule over one graph.
pub(super) struct Judgement<'j> {
    pub(super) context: &'j Context<'j>,
    pub(super) rule: &'j External,
    pub(super) graph: Graph<'j>,
    pub(super) from: Ranks,
    pub(super) allow: Option<Ranks>,
    pub(super) deny: Option<Ranks>,
}

impl<'j> Judgement<'j> {
    pub(super) fn new(context: &'j Context<'_>, rule: &'j External) -> Self {
        let ranks = |operand: &Operand| context.ranks(operand);
        Self {
            context,
            rule,
            graph: Graph::new(context),
            from: ranks(&rule.from),
            allow: rule.allow.as_ref().map(ranks),
            deny: rule.deny.as_ref().map(ranks),
        }
    }

    /// The packages that are held to the rule.
    pub(super) fn packages(&self) -> Vec<usize> {
        (0..self.context.facts.packages.len()).filter(|unit| self.is_from(*unit)).collect()
    }

    pub(super) fn is_from(&self, unit: usize) -> bool {
        let unit = &self.graph.units[unit];
        unit.member.is_some() && unit.node.is_some_and(|node| self.from.contains(node))
    }

    /// The tables that count of a package.
    pub(super) fn kinds(&self, package: usize) -> Vec<Kind> {
        if let Some(kinds) = &self.rule.kinds {
            return kinds.clone();
        }
        let context = self.context;
        let layer = self.graph.units[package].node.and_then(|node| context.layering.layer(node));
        let has_tests =
            context.tests || layer.is_some_and(|layer| context.policy.layer(layer).tests);
        let dev = has_tests.then_some(Kind::Dev);
        [Kind::Normal, Kind::Build].into_iter().chain(dev).collect()
    }

    /// Whether `deny` names a package. One of `from` is on the side that names it more
    /// exactly.
    fn is_denied(&self, unit: usize) -> bool {
        let (Some(deny), Some(node)) = (&self.deny, self.graph.units[unit].node) else {
            return false;
        };
        deny.contains(node) && !(self.is_from(unit) && self.from.rank(node) >= deny.rank(node))
    }

    /// Whether there is a list of what is allowed, and a package outside is not on it.
    fn is_stranger(&self, unit: usize) -> bool {
        let unit = &self.graph.units[unit];
        let is_allowed = |allow: &Ranks| unit.node.is_some_and(|node| allow.contains(node));
        unit.member.is_none() && self.allow.as_ref().is_some_and(|allow| !is_allowed(allow))
    }

    /// Whether a package may not depend on another: as every package may not, or as one of the
    /// workspace may not.
    pub(super) fn is_forbidden(&self, from: usize, to: usize) -> bool {
        let is_member = self.graph.units[from].member.is_some();
        self.is_denied(to) || (is_member && self.is_stranger(to))
    }

    /// Whether a dependency counts on the targets that the rule is for.
    pub(super) fn counts_target(&self, edge: &Edge) -> bool {
        let text = |name| self.context.facts.names.text(name);
        let may_be = |platform: &Platform| {
            edge.targets.iter().any(|target| platform.may_have(text(*target)))
        };
        let targets = self.rule.targets.as_ref().filter(|_| !edge.targets.is_empty());
        targets.is_none_or(|targets| targets.iter().any(may_be))
    }

    /// Whether the features of the rule leave a dependency of the package itself.
    fn counts_feature(&self, edge: &Edge) -> bool {
        let text = |name| self.context.facts.names.text(name);
        let is_on = |(feature, _): &(String, Location)| {
            edge.features.iter().any(|known| text(*known) == feature)
        };
        let features = self.rule.features.as_ref().filter(|_| edge.optional);
        features.is_none_or(|features| features.iter().any(is_on))
    }

    pub(super) fn violations(&self, package: usize) -> Vec<Violation> {
        let kinds = self.kinds(package);
        let mut violations = Vec::new();
        for edge in &self.graph.edges[package] {
            let counts = edge.to != package
                && kinds.contains(&edge.kind)
                && self.counts_feature(edge)
                && self.counts_target(edge);
            if counts {
                violations.extend(chains(self, package, edge, kinds.contains(&Kind::Build)));
            }
        }
        violations
    }

    pub(super) fn violation(&self, package: usize, chain: &Chain<'_>) -> Option<Violation> {
        let (context, units) = (self.context, &self.graph.units);
        let (first, rest) = chain.edges.split_first()?;
        let end = chain.edges.last().map_or(first.to, |edge| edge.to);
        let declared = first.declared.as_ref()?;
        let from = units[package].node?;
        let layer = context.layer_name(from).map(|layer| format!(" ({layer})"));
        let mut message = format!(
            "`{}`{} must not depend on {}",
            units[package].name,
            layer.unwrap_or_default(),
            self.describe(end),
        );
        if !rest.is_empty() {
            message.push_str(", not even through others");
        }
        if let Some(limit) = self.rule.limit().filter(|_| !self.is_denied(end)) {
            let from = self.rule.from.all();
            let _ = write!(
                message,
                ": of the crates outside the workspace {from} may depend on {limit}"
            );
        }
        let mut text = self.graph.describe(first);
        if !rest.is_empty() {
            let steps = prose::count(chain.edges.len(), "step");
            let _ = write!(text, "; leads to `{}` in {steps}", units[end].name);
        }
        let inherited = declared.inherited.iter().map(|location| Label {
            location: location.clone(),
            text: "inherited from here".to_owned(),
        });
        // What is forbidden goes first, then what the chain goes through.
        let to = chain.edges.iter().rev().filter_map(|edge| units[edge.to].node);
        Some(Violation {
            message,
            primary: Label { location: declared.here.clone(), text },
            secondary: inherited.collect(),
            chain: self.steps(first, rest),
            from,
            to: to.collect(),
            written: units[first.to].name.clone(),
            kind: match first.kind {
                Kind::Normal => "dependency",
                Kind::Dev => "dev-dependency",
                Kind::Build => "build-dependency",
            },
        })
    }

    /// The hops behind the first dependency of a chain. Those of packages outside are told at
    /// the last place that was written.
    fn steps(&self, first: &Edge, rest: &[&Edge]) -> Vec<Step> {
        let mut place = first.declared.as_ref().map(|declared| declared.here.clone());
        let mut from = first.to;
        let mut steps = Vec::new();
        for edge in rest {
            let here = edge.declared.as_ref().map(|declared| declared.here.clone());
            let how = if here.is_some() { "dependency" } else { "cargo" };
            place = here.or(place);
            steps.push(Step {
                location: place.clone().unwrap_or_default(),
                from: self.graph.units[from].name.clone(),
                to: self.graph.units[edge.to].name.clone(),
                how: how.to_owned(),
                detail: self.graph.detail(edge),
            });
            from = edge.to;
        }
        steps
    }

    /// A package as messages name it: with its layer, or the set that denies it.
    fn describe(&self, unit: usize) -> String {
        let unit = &self.graph.units[unit];
        let layer = unit.node.and_then(|node| self.context.layer_name(node));
        let set = || unit.node.and_then(|node| self.set_of(node));
        match layer.or_else(set) {
            Some(word) => format!("`{}` ({word})", unit.name),
            None => format!("`{}`", unit.name),
        }
    }

    fn set_of(&self, node: NodeId) -> Option<&str> {
        self.rule.deny.as_ref()?.terms.iter().find_map(|term| {
            let set = term.set.as_deref()?;
            let names_it = |pattern: &&Pattern| {
                self.context.tree.roots(pattern).iter().any(|(root, _)| *root == node)
            };
            term.patterns().iter().find(names_it).map(|_| set)
        })
    }

    /// What a package could be made to depend on against the rule.
    pub(super) fn forbidden(&self, package: usize, name: &str) -> Vec<On> {
        let mut forbidden = Vec::new();
        let mut crates = |paths: Vec<Vec<String>>| {
            let names = paths.into_iter().filter_map(|path| path.into_iter().next());
            forbidden.extend(names.take(1).map(On::Outside));
        };
        if let Some(deny) = &self.rule.deny {
            crates(outside(self.context, deny, name));
        }
        let is_open = |term: &Term| match &term.kind {
            TermKind::Path(pattern) => pattern.matches([name]),
            TermKind::Layer { .. } => false,
        };
        if self.rule.allow.as_ref().is_some_and(|allow| !allow.terms.iter().any(is_open)) {
            crates(vec![vec![name.to_owned()]]);
        }
        let members = 0..self.context.facts.packages.len();
        let mut denied = members.filter(|unit| *unit != package && self.is_denied(*unit));
        forbidden.extend(denied.next().map(|unit| On::Member(PackageId::new(unit))));
        forbidden
    }
}
