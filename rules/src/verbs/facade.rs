//! `facade = { module, exposes }`: from outside, a module is used through its facade only.
//!
//! Without `exposes`, the facade is what the module itself declares and what it re-exports;
//! a path that goes on through its submodules is refused, even when it leads to the same
//! thing. With `exposes`, it is what is named there. Each thing that `module` names has a
//! facade of its own, and where it captures, each value.
//!
//! What a call hands over is not named by anyone: dependencies of kind `value` are left
//! alone.
//!
//! ```toml
//! [rules.contexts-have-a-facade]
//! facade  = { module = "shop::<context>", exposes = ["api", "events"] }
//! because = "what is behind the facade can change without asking others"
//! ```

use rustc_hash::FxHashSet;

use super::edges::{Crossing, kind_word, label, location, step};
use super::units::Units;
use super::{Part, Role, Rule, Verdict, Violation};
use crate::context::Context;
use crate::facts::{ChainId, Dependency, DependencyId, Hop, HopKind};
use crate::finding::Label;
use crate::pattern::Pattern;
use crate::planting::dependencies::{Forbidden, places, plants, using_below};
use crate::planting::{Edit, Plant, Unprovable};
use crate::policy::{Operand, Term};
use crate::prose;
use crate::tree::{NodeId, Thing};

/// The verb `facade`.
#[derive(Clone, Debug)]
pub struct Facade {
    /// What has a facade.
    pub module: Operand,
    /// Whether what the module itself declares and re-exports belongs to the facade.
    pub exposes_own: bool,
    /// What else does.
    pub exposes: Operand,
}

impl Facade {
    fn limit(&self) -> String {
        let own = self.exposes_own.then(|| "what it declares or re-exports itself".to_owned());
        let others = (!self.exposes.words.is_empty()).then(|| self.exposes.all());
        let exposed: Vec<String> = own.into_iter().chain(others).collect();
        prose::series(&exposed, "and")
    }
}

impl Rule for Facade {
    fn id(&self) -> &'static str {
        "facade"
    }

    fn sentence(&self) -> String {
        format!("outsiders use of {} only {}", self.module.all(), self.limit())
    }

    fn operands(&self) -> Vec<Part<'_>> {
        let module = Part { key: "module", operand: &self.module, role: Role::Subject };
        let exposes = Part { key: "exposes", operand: &self.exposes, role: Role::Exposed };
        vec![module, exposes]
    }

    fn gate(&self) -> Option<&Operand> {
        Some(&self.module)
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let judgement = Judgement::new(context, self);
        let mut breaches: Vec<(DependencyId, Breach)> = Vec::new();
        for (index, dependency) in context.facts.dependencies.iter().enumerate() {
            if !dependency.inferred
                && context.counts(dependency)
                && let Some(breach) = judgement.breach(dependency)
            {
                breaches.push((DependencyId::new(index), breach));
            }
        }
        let told: FxHashSet<DependencyId> = breaches.iter().map(|(id, _)| *id).collect();
        let is_new = |(id, _): &&(DependencyId, Breach)| {
            let restates = context.facts.dependencies[id.index()].restates;
            restates.is_none_or(|restated| !told.contains(&restated))
        };
        let violation = |(id, breach): &(DependencyId, Breach)| judgement.violation(*id, breach);
        let violations = breaches.iter().filter(is_new).map(violation).collect();
        Verdict { violations, idle: None }
    }

    /// A use of what is not exposed, or of something new that is not.
    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        let judgement = Judgement::new(context, self);
        let forbids = |from: NodeId, to: NodeId| {
            let unit = judgement.units.of(to);
            unit.is_some_and(|unit| !judgement.is_inside(from, unit))
                && !judgement.is_open[to.index()]
        };
        let nodes = || context.tree.nodes().filter(|node| !context.tree.is_outside(*node));
        let hidden: Vec<NodeId> = nodes()
            .filter(|node| judgement.units.of(*node).is_some())
            .filter(|node| !judgement.is_open[node.index()])
            .collect();
        let forbidden = Forbidden { forbids: &forbids, kinds: None, outside: None };
        if !hidden.is_empty() {
            return plants(context, nodes(), &hidden, &forbidden, name);
        }
        let roots = judgement.units.list.iter().flat_map(|unit| &unit.roots);
        let plants = places(context, roots.copied()).into_iter().filter_map(|module| {
            let root = context.tree.module(module);
            let unit = judgement.units.of(root)?;
            let outside = nodes().filter(|node| !judgement.is_inside(*node, unit));
            let used = format!("{name}::Planted");
            let text = format!("pub mod {name} {{ pub struct Planted; }}");
            let mut edits = vec![Edit::Append { module, text }];
            edits.extend(places(context, outside).into_iter().find_map(|user| {
                using_below(context, user, root, &used, &format!("{name}_use"))
            })?);
            Some(Plant::new(edits))
        });
        Ok(plants.collect())
    }
}

/// A way around a facade.
struct Breach {
    /// The unit whose facade it is.
    unit: u32,
    /// The hop by which the path comes in, when it is not the thing itself.
    through: Option<Hop>,
}

struct Judgement<'j> {
    context: &'j Context<'j>,
    facade: &'j Facade,
    units: Units,
    /// For each node, whether it is exposed, or a module above something exposed.
    is_open: Vec<bool>,
    patterns: Vec<&'j Pattern>,
}

impl<'j> Judgement<'j> {
    fn new(context: &'j Context<'_>, facade: &'j Facade) -> Self {
        let units = Units::of_operand(context, &facade.module);
        let tree = context.tree;
        let mut is_open = vec![false; tree.len()];
        let patterns: Vec<&Pattern> =
            facade.exposes.terms.iter().flat_map(Term::patterns).collect();
        for (root, _) in patterns.iter().flat_map(|pattern| tree.roots(pattern).to_vec()) {
            is_open[tree.subtree(root)].fill(true);
            // Who names what is exposed goes through what is above it.
            let mut above = tree.parent(root);
            while let Some(node) = above {
                is_open[node.index()] = true;
                above = tree.parent(node);
            }
        }
        for root in units.list.iter().flat_map(|unit| &unit.roots) {
            is_open[root.index()] = true;
            let is_item = |node: &NodeId| matches!(tree.thing(*node), Thing::Item(_));
            let own = tree.children(*root).filter(is_item);
            for item in own.filter(|_| facade.exposes_own) {
                is_open[tree.subtree(item)].fill(true);
            }
        }
        // What a type can do belongs to it, wherever that is written.
        for block in &context.facts.impls {
            let of_open = block.self_type.is_some_and(|of| is_open[tree.target(of).index()]);
            if of_open {
                is_open[tree.subtree(tree.item(block.item))].fill(true);
            }
        }
        Self { context, facade, units, is_open, patterns }
    }

    /// How a dependency gets around the facade of what it leads into, if it does.
    fn breach(&self, dependency: &Dependency) -> Option<Breach> {
        let target = self.context.tree.target(dependency.to);
        let hops = self.hops(dependency.chain);
        let of_hop = |hop: &Hop| self.units.of(self.context.tree.module(hop.module));
        let entered =
            hops.iter().find(|hop| hop.module != dependency.from && of_hop(hop).is_some());
        let unit = entered.and_then(of_hop).or_else(|| self.units.of(target))?;
        if self.is_inside(self.context.tree.source(dependency), unit) {
            return None;
        }
        // What another module brings in, or what the body of a macro in there names, is told
        // where that is written.
        let before = hops.iter().take_while(|hop| of_hop(hop) != Some(unit));
        let is_told_elsewhere =
            before.clone().any(|hop| hop.how != HopKind::Macro && hop.module != dependency.from);
        if is_told_elsewhere {
            return None;
        }
        match entered {
            Some(hop) if self.is_exposed(*hop, dependency, unit) => None,
            Some(hop) => Some(Breach { unit, through: Some(*hop) }),
            None => (!self.is_open[target.index()]).then_some(Breach { unit, through: None }),
        }
    }

    fn hops(&self, chain: ChainId) -> &'j [Hop] {
        self.context.facts.chains.get(chain.index()).map(Vec::as_slice).unwrap_or_default()
    }

    fn is_inside(&self, node: NodeId, unit: u32) -> bool {
        let is_below = |root: &NodeId| self.context.tree.subtree(*root).contains(&node.index());
        self.units.of(node) == Some(unit)
            || self.units.list[unit as usize].roots.iter().any(is_below)
    }

    /// Whether the name by which a path comes into a unit belongs to its facade.
    fn is_exposed(&self, hop: Hop, dependency: &Dependency, unit: u32) -> bool {
        let module = self.context.tree.module(hop.module);
        let is_own = self.units.list[unit as usize].roots.contains(&module);
        // A macro of the module names what it likes: it is the macro that is used.
        if hop.how == HopKind::Macro || (is_own && self.facade.exposes_own) {
            return true;
        }
        let names = self.names(hop, dependency);
        let is_named = |pattern: &&Pattern| {
            names.iter().any(|name| self.context.tree.would_name(pattern, module, name))
        };
        self.patterns.iter().any(is_named)
    }

    /// The names that a hop can go by in its module: what a glob brings in is called as what
    /// it leads to, or as what holds that.
    fn names(&self, hop: Hop, dependency: &Dependency) -> Vec<&'j str> {
        if hop.how != HopKind::Glob {
            return vec![self.context.facts.names.text(hop.name)];
        }
        let tree = self.context.tree;
        let mut names = Vec::new();
        let mut node = Some(tree.target(dependency.to));
        while let Some(current) = node {
            names.push(tree.name(current));
            node = tree.parent(current).filter(|_| matches!(tree.thing(current), Thing::Item(_)));
        }
        names
    }

    fn violation(&self, id: DependencyId, breach: &Breach) -> Violation {
        let (context, facts) = (self.context, self.context.facts);
        let dependency = &facts.dependencies[id.index()];
        let target = context.tree.target(dependency.to);
        let from = context.tree.source(dependency);
        let crossing = Crossing { dependency: id, through: breach.through };
        let message = format!(
            "{} must not use {}: of {} only {} is exposed",
            context.describe(context.tree.module(dependency.from)),
            context.describe(target),
            self.units.describe(context, breach.unit),
            self.facade.limit(),
        );
        let text = label(context, dependency, crossing);
        let hops = self.hops(dependency.chain);
        Violation {
            message,
            primary: Label { location: location(context, dependency), text },
            secondary: Vec::new(),
            chain: hops.iter().map(|hop| step(context, hop)).collect(),
            from,
            to: vec![target],
            written: facts.names.text(dependency.written).to_owned(),
            kind: kind_word(dependency.kind),
            ceiling: None,
        }
    }
}
