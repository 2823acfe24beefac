//! `diagram = { file, strict, components }`: the arrows of a diagram are law.
//!
//! What is drawn may use each other only along arrows; each dependency beside them is a
//! violation where it is written. With `strict`, an arrow along which nothing is used is one
//! too, at its line in the diagram. A thing belongs to the component that names it most
//! exactly; what no component names is left alone. A frame and what is drawn in it may use
//! each other, and an arrow to a frame leads to all in it.
//!
//! How a file becomes components and arrows is the business of [`crate::drawing`].

use rustc_hash::FxHashSet;

use super::edges::{Crossing, crossings, ends, violation};
use super::sides::{Pairs, Side, Sides};
use super::{Part, Role, Rule, Verdict, Violation};
use crate::context::Context;
use crate::finding::{Label, Location};
use crate::planting::{Plant, Unprovable};
use crate::policy::{LayerId, Operand};
use crate::rule::Partition;
use crate::tree::{NodeId, Rank};

/// The verb `diagram`.
#[derive(Clone, Debug)]
pub struct Diagram {
    /// The file, as messages name it.
    pub file: String,
    /// What is drawn.
    pub components: Vec<Component>,
    /// Who may use whom.
    pub arrows: Vec<Arrow>,
    /// Pairs of components of which one is drawn within the other.
    pub nested: Vec<(usize, usize)>,
    /// Whether every arrow has to be used.
    pub strict: bool,
}

/// A component.
#[derive(Clone, Debug)]
pub struct Component {
    /// As the diagram shows it.
    pub name: String,
    /// What belongs to it.
    pub operand: Operand,
}

/// An arrow.
#[derive(Clone, Debug)]
pub struct Arrow {
    /// Where it begins, as the diagram shows it.
    pub from: String,
    /// Where it leads.
    pub to: String,
    /// The components at its beginning: indices into [`Diagram::components`].
    pub users: Vec<usize>,
    /// Those at its head.
    pub used: Vec<usize>,
    /// Where it stands in the diagram.
    pub location: Location,
}

impl Rule for Diagram {
    fn id(&self) -> &'static str {
        "diagram"
    }

    fn sentence(&self) -> String {
        let strict = if self.strict { ", and along each of them" } else { "" };
        format!("what `{}` shows uses each other only along its arrows{strict}", self.file)
    }

    fn operands(&self) -> Vec<Part<'_>> {
        let operands = self.components.iter().map(|component| &component.operand);
        operands.map(|operand| Part { key: "file", operand, role: Role::Object }).collect()
    }

    fn separates(&self, from: LayerId, to: LayerId) -> bool {
        let of = |layer: LayerId| {
            self.components.iter().position(|component| component.operand.names(layer))
        };
        of(from).zip(of(to)).is_some_and(|(from, to)| !self.allowed()[from][to])
    }

    fn partition(&self) -> Partition {
        let name = |index: usize| self.components[index].name.clone();
        let mut partition = Partition::default();
        for (from, row) in self.allowed().into_iter().enumerate() {
            partition.parts.insert(name(from));
            let forbidden = row.into_iter().enumerate().filter(|(_, is_allowed)| !is_allowed);
            partition.apart.extend(forbidden.map(|(to, _)| (name(from), name(to))));
        }
        partition
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let of = self.components_of(context);
        let there: FxHashSet<u32> = of.iter().flatten().copied().collect();
        if there.len() < 2 {
            let idle = format!("fewer than two of the components of `{}` are there", self.file);
            return Verdict { violations: Vec::new(), idle: Some(idle) };
        }
        let sides = self.sides(context, &of);
        let mut violations: Vec<Violation> = crossings(context, &sides)
            .into_iter()
            .map(|crossing| self.violation(context, &sides, &of, crossing))
            .collect();
        if self.strict {
            violations.extend(self.unused(context, &of));
        }
        Verdict { violations, idle: None }
    }

    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        let of = self.components_of(context);
        self.sides(context, &of).plants(context, None, name)
    }
}

impl Diagram {
    /// Who may use whom.
    fn allowed(&self) -> Vec<Vec<bool>> {
        let count = self.components.len();
        let mut allowed = vec![vec![false; count]; count];
        for (index, row) in allowed.iter_mut().enumerate() {
            row[index] = true;
        }
        for (one, other) in &self.nested {
            allowed[*one][*other] = true;
            allowed[*other][*one] = true;
        }
        for arrow in &self.arrows {
            for (from, to) in
                arrow.users.iter().flat_map(|from| arrow.used.iter().map(move |to| (from, to)))
            {
                allowed[*from][*to] = true;
            }
        }
        allowed
    }

    /// The component of each node: the one that names it most exactly.
    fn components_of(&self, context: &Context<'_>) -> Vec<Option<u32>> {
        let mut of = vec![None; context.tree.len()];
        let mut best = vec![Rank::NONE; context.tree.len()];
        for (index, component) in (0_u32..).zip(&self.components) {
            let ranks = context.ranks(&component.operand);
            for node in context.tree.nodes() {
                let rank = ranks.rank(node);
                if rank > best[node.index()] {
                    best[node.index()] = rank;
                    of[node.index()] = Some(index);
                }
            }
        }
        of
    }

    fn sides<'s>(&self, context: &Context<'_>, of: &'s [Option<u32>]) -> Sides<'s> {
        let side = |node: NodeId| match (of[node.index()], context.tree.is_outside(node)) {
            (None, _) => Side::Neither,
            (Some(_), true) => Side::To,
            (Some(_), false) => Side::Both,
        };
        let allowed = self.allowed();
        let count = move |from: NodeId, to: NodeId| {
            let ends = of[from.index()].zip(of[to.index()]);
            ends.is_some_and(|(from, to)| !allowed[from as usize][to as usize])
        };
        let groups = of.iter().map(|component| component.unwrap_or(u32::MAX)).collect();
        Sides {
            of: context.tree.nodes().map(side).collect(),
            pairs: Some(Pairs { count: Box::new(count), groups }),
            kinds: None,
            remark: String::new(),
            to: None,
        }
    }

    fn name(&self, component: Option<u32>) -> &str {
        let component = component.and_then(|index| self.components.get(index as usize));
        component.map_or("", |component| component.name.as_str())
    }

    fn violation(
        &self,
        context: &Context<'_>,
        sides: &Sides<'_>,
        of: &[Option<u32>],
        crossing: Crossing,
    ) -> Violation {
        let mut violation = violation(context, sides, crossing);
        let [from, to] = ends(context, crossing).map(|node| self.name(of[node.index()]));
        violation.message = format!(
            "{}: in `{}` no arrow leads from `{from}` to `{to}`",
            violation.message, self.file
        );
        violation
    }

    /// The arrows along which nothing is used, as far as what they join is there.
    fn unused(&self, context: &Context<'_>, of: &[Option<u32>]) -> Vec<Violation> {
        let mut used: FxHashSet<(u32, u32)> = FxHashSet::default();
        for dependency in context.facts.dependencies.iter().filter(|it| context.counts(it)) {
            let Some(from) = of[context.tree.source(dependency).index()] else { continue };
            let hops = context.facts.chains[dependency.chain.index()].iter();
            let through = hops.map(|hop| context.tree.module(hop.module));
            for node in std::iter::once(context.tree.target(dependency.to)).chain(through) {
                used.extend(of[node.index()].map(|to| (from, to)));
            }
        }
        let first = |components: &[usize]| {
            context.tree.nodes().find(|node| {
                of[node.index()].is_some_and(|component| components.contains(&(component as usize)))
            })
        };
        let violation = |arrow: &Arrow| {
            let joins = |(from, to): &(u32, u32)| {
                arrow.users.contains(&(*from as usize)) && arrow.used.contains(&(*to as usize))
            };
            let (from, to) = first(&arrow.users).zip(first(&arrow.used))?;
            let is_unused = !used.iter().any(joins);
            is_unused.then(|| Violation {
                message: format!(
                    "`{}` uses nothing of `{}`, as this arrow says",
                    arrow.from, arrow.to
                ),
                primary: Label {
                    location: arrow.location.clone(),
                    text: "no dependency leads along it".to_owned(),
                },
                secondary: Vec::new(),
                chain: Vec::new(),
                from,
                to: vec![to],
                written: format!("{} → {}", arrow.from, arrow.to),
                kind: "arrow",
                ceiling: None,
            })
        };
        self.arrows.iter().filter_map(violation).collect()
    }
}

#[cfg(test)]
mod tests;
