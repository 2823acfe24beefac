//! The rule over one graph.

use std::fmt::Write as _;

use super::External;
use super::graph::{Edge, Graph, Unit};
use super::platform::Platform;
use super::search::{Chain, chains};
use crate::check::production_modules;
use crate::context::{Context, Ranks};
use crate::facts::PackageDependencyKind as Kind;
use crate::finding::{Label, Location, Severity, Step};
use crate::pattern::Pattern;
use crate::policy::Operand;
use crate::prose;
use crate::tree::NodeId;
use crate::verbs::Violation;

/// The rule over one graph.
pub(super) struct Judgement<'j> {
    pub(super) context: &'j Context<'j>,
    pub(super) rule: &'j External,
    pub(super) graph: Graph<'j>,
    pub(super) from: Ranks,
    /// For each package of the workspace whether all of it is in `from`.
    is_whole: Vec<bool>,
    pub(super) allow: Option<Ranks>,
    pub(super) deny: Option<Ranks>,
}

impl<'j> Judgement<'j> {
    pub(super) fn new(context: &'j Context<'_>, rule: &'j External) -> Self {
        let ranks = |operand: &Operand| context.ranks(operand);
        let from = ranks(&rule.from);
        // A Cargo.toml that serves other layers as well says nothing of one of them.
        let mut is_whole = vec![true; context.facts.packages.len()];
        for module in production_modules(context.facts) {
            let crate_id = context.facts.modules[module.index()].crate_id;
            let package = context.facts.crates[crate_id.index()].package;
            is_whole[package.index()] &= from.contains(context.tree.module(module));
        }
        Self {
            context,
            rule,
            graph: Graph::new(context),
            from,
            is_whole,
            allow: rule.allow.as_ref().map(ranks),
            deny: rule.deny.as_ref().map(ranks),
        }
    }

    /// The packages that are held to the rule.
    pub(super) fn packages(&self) -> Vec<usize> {
        (0..self.context.facts.packages.len()).filter(|unit| self.is_from(*unit)).collect()
    }

    pub(super) fn is_from(&self, unit: usize) -> bool {
        let Unit { member, node, .. } = &self.graph.units[unit];
        member.is_some_and(|package| self.is_whole[package.index()])
            && node.is_some_and(|node| self.from.contains(node))
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
    pub(super) fn is_denied(&self, unit: usize) -> bool {
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
        let name = format!("`{}`{}", units[package].name, layer.unwrap_or_default());
        let is_certain = self.is_certain(rest);
        let mut message = if is_certain {
            format!("{name} must not depend on {}", self.describe(end))
        } else {
            let end = self.describe(end);
            format!("Cargo.lock does not tell whether {name} depends on {end} through others")
        };
        if !rest.is_empty() && is_certain {
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
        if !is_certain {
            text.push_str("; after `cargo fetch` Cargo can tell");
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
            ceiling: (!is_certain).then_some(Severity::Note),
        })
    }

    /// Whether a chain that goes on with `rest` behind its first dependency is there for the sake
    /// of the package it begins with. Cargo.lock says of everything what it needs with the features on that
    /// anything in the workspace switches on; and so do manifests of what is optional in them.
    fn is_certain(&self, rest: &[&Edge]) -> bool {
        let is_declared = |edge: &&Edge| edge.declared.is_some() && !edge.optional;
        !self.rule.at_hand || self.graph.is_resolved() || rest.iter().all(is_declared)
    }

    /// The first dependency of those packages, or of what they need of the workspace, of which
    /// nothing says what it brings along.
    pub(super) fn unknown(&self, packages: &[usize]) -> Option<Violation> {
        let mut reached = packages.to_vec();
        let mut next = 0;
        let mut unknown = None;
        while let (Some(package), None) = (reached.get(next).copied(), unknown) {
            next += 1;
            for edge in &self.graph.edges[package] {
                let counts = self.kinds(package).contains(&edge.kind) && !self.is_denied(edge.to);
                if counts && self.graph.is_unknown(edge.to) {
                    unknown = unknown.or(Some((package, edge)));
                } else if counts
                    && self.graph.units[edge.to].member.is_some()
                    && !reached.contains(&edge.to)
                {
                    reached.push(edge.to);
                }
            }
        }
        let (package, edge) = unknown?;
        let name = &self.graph.units[edge.to].name;
        let lock = if self.context.facts.locked.is_empty() {
            "there is no Cargo.lock".to_owned()
        } else {
            format!("Cargo.lock does not have `{name}`")
        };
        let mut violation = self.violation(package, &Chain { edges: vec![edge] })?;
        violation.message = format!("what `{name}` and others bring along is not known: {lock}");
        "`cargo build` writes it".clone_into(&mut violation.primary.text);
        violation.ceiling = Some(Severity::Note);
        Some(violation)
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
}
