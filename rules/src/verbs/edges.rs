//! Judging dependencies one by one: what `forbid`, `only`, `may-use` and `external` have
//! in common.

use rustc_hash::FxHashSet;

use super::Violation;
use super::sides::Sides;
use crate::context::Context;
use crate::facts::{
    ChainId, Dependency, DependencyId, DependencyKind, Facts, Hop, HopKind, ItemKind, Target,
};
use crate::finding::{Label, Location, Step};
use crate::tree::NodeId;

/// A dependency that crosses from one side to the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Crossing {
    pub(super) dependency: DependencyId,
    /// The hop through something on the other side, when the target itself is not there.
    pub(super) through: Option<Hop>,
}

/// The first hop of each chain that stands in something that may not be used.
pub(super) struct ForbiddenHops(Vec<Option<Hop>>);

impl ForbiddenHops {
    pub(super) fn new(context: &Context<'_>, sides: &Sides<'_>) -> Self {
        let first = |chain: &Vec<Hop>| {
            chain.iter().copied().find(|hop| sides.is_to(context.tree.module(hop.module)))
        };
        Self(context.facts.chains.iter().map(first).collect())
    }

    /// The first hop of `dependency`, which starts at `from`, through something that
    /// `from` may not use.
    pub(super) fn of(
        &self,
        context: &Context<'_>,
        sides: &Sides<'_>,
        from: NodeId,
        chain: ChainId,
    ) -> Option<Hop> {
        let first = self.0.get(chain.index()).copied().flatten()?;
        if sides.pairs.is_none() {
            return Some(first);
        }
        let is_forbidden = |hop: &&Hop| sides.forbids(from, context.tree.module(hop.module));
        context.facts.chains[chain.index()].iter().find(is_forbidden).copied()
    }
}

/// Every dependency that crosses from `From` to `To`, without those that only restate
/// another which crosses too, and one at most of those that are held in one place: none
/// where a written path crosses.
pub(super) fn crossings(context: &Context<'_>, sides: &Sides<'_>) -> Vec<Crossing> {
    let hops = ForbiddenHops::new(context, sides);
    let mut crossings = Vec::new();
    let mut source = None;
    let (mut from, mut is_from) = (NodeId(0), false);
    for (index, dependency) in context.facts.dependencies.iter().enumerate() {
        // Dependencies of one item follow each other as a rule: look it up once.
        if source != Some((dependency.from, dependency.item)) {
            source = Some((dependency.from, dependency.item));
            from = context.tree.source(dependency);
            is_from = sides.is_from(from);
        }
        if !is_from {
            continue;
        }
        let is_target = sides.forbids(from, context.tree.target(dependency.to));
        let through =
            if is_target { None } else { hops.of(context, sides, from, dependency.chain) };
        let crosses = is_target || through.is_some();
        if crosses && sides.counts_kind(dependency) && context.counts(dependency) {
            crossings.push(Crossing { dependency: DependencyId::new(index), through });
        }
    }
    let all: FxHashSet<DependencyId> =
        crossings.iter().map(|crossing| crossing.dependency).collect();
    let dependency = |crossing: &Crossing| &context.facts.dependencies[crossing.dependency.index()];
    let place = |dependency: &Dependency| (dependency.file, dependency.span, dependency.from);
    let mut told: FxHashSet<_> = crossings
        .iter()
        .map(dependency)
        .filter(|dependency| !dependency.inferred)
        .map(place)
        .collect();
    crossings.retain(|crossing| {
        let dependency = dependency(crossing);
        let restates = dependency.restates.is_some_and(|other| all.contains(&other));
        !restates && (!dependency.inferred || told.insert(place(dependency)))
    });
    crossings
}

/// What a crossing starts from, and the thing on the other side that it leads to or goes
/// through.
pub(super) fn ends(context: &Context<'_>, crossing: Crossing) -> [NodeId; 2] {
    let dependency = &context.facts.dependencies[crossing.dependency.index()];
    let target = || context.tree.target(dependency.to);
    let other = crossing.through.map_or_else(target, |hop| context.tree.module(hop.module));
    [context.tree.source(dependency), other]
}

/// A crossing as a violation.
pub(super) fn violation(context: &Context<'_>, sides: &Sides<'_>, crossing: Crossing) -> Violation {
    let facts = context.facts;
    let dependency = &facts.dependencies[crossing.dependency.index()];
    let target = context.tree.target(dependency.to);
    let [from, forbidden] = ends(context, crossing);
    let message = format!(
        "{} must not use {}{}",
        sides.describe(context, from),
        sides.describe(context, forbidden),
        sides.remark
    );
    let hops = &facts.chains[dependency.chain.index()];
    let mut to = vec![target];
    to.extend(
        hops.iter()
            .map(|hop| context.tree.module(hop.module))
            .filter(|node| sides.forbids(from, *node)),
    );
    Violation {
        message,
        primary: Label {
            location: location(context, dependency),
            text: label(context, dependency, crossing),
        },
        secondary: Vec::new(),
        chain: hops.iter().map(|hop| step(context, hop)).collect(),
        from,
        to,
        written: facts.names.text(dependency.written).to_owned(),
        kind: kind_word(dependency.kind),
        ceiling: None,
    }
}

/// A dependency as a violation with a message of its own.
pub(crate) fn violation_of(
    context: &Context<'_>,
    dependency: DependencyId,
    message: String,
) -> Violation {
    let facts = context.facts;
    let crossing = Crossing { dependency, through: None };
    let dependency = &facts.dependencies[dependency.index()];
    let hops = &facts.chains[dependency.chain.index()];
    let mut to = vec![context.tree.target(dependency.to)];
    to.extend(hops.iter().map(|hop| context.tree.module(hop.module)));
    Violation {
        message,
        primary: Label {
            location: location(context, dependency),
            text: label(context, dependency, crossing),
        },
        secondary: Vec::new(),
        chain: hops.iter().map(|hop| step(context, hop)).collect(),
        from: context.tree.source(dependency),
        to,
        written: facts.names.text(dependency.written).to_owned(),
        kind: kind_word(dependency.kind),
        ceiling: None,
    }
}

/// Where a dependency is written.
pub(super) fn location(context: &Context<'_>, dependency: &Dependency) -> Location {
    let file = context.facts.files[dependency.file.index()].path.clone();
    Location { file, span: dependency.span }
}

/// What to say under the written path.
pub(super) fn label(context: &Context<'_>, dependency: &Dependency, crossing: Crossing) -> String {
    let facts = context.facts;
    let target = facts.target_path(dependency.to);
    let hops = &facts.chains[dependency.chain.index()];
    let is_other_name = facts.names.text(dependency.written) != target;
    if let Some(hop) = crossing.through {
        let through = facts.module_path(hop.module);
        return if is_other_name {
            format!("goes through `{through}` and resolves to `{target}`")
        } else {
            format!("goes through `{through}`")
        };
    }
    if dependency.inferred {
        let written = facts.names.text(dependency.written);
        return match holder_of_method(facts, dependency) {
            Some(holder) => format!("holds a `{holder}` and calls its `{written}`"),
            None if is_other_name => format!("holds a `{target}`, handed over by `{written}`"),
            None => format!("holds a `{target}`"),
        };
    }
    if hops.iter().any(|hop| hop.how == HopKind::Macro) {
        return format!("the macro's body names `{target}`");
    }
    if is_other_name {
        return format!("resolves to `{target}`");
    }
    match dependency.kind {
        DependencyKind::Use => "imported here",
        DependencyKind::Reexport => "re-exported here",
        DependencyKind::Type => "named here",
        DependencyKind::Call | DependencyKind::Value => "used here",
        DependencyKind::Impl => "part of this impl",
        DependencyKind::Derive => "derived here",
        DependencyKind::Attribute => "part of this attribute",
        DependencyKind::Macro => "called here",
    }
    .to_owned()
}

/// The path of the type or trait whose method is called, when one is.
fn holder_of_method(facts: &Facts, dependency: &Dependency) -> Option<String> {
    let Target::Item(item) = dependency.to else { return None };
    let item = &facts.items[item.index()];
    let holder = item.parent.filter(|_| item.kind == ItemKind::Method)?;
    Some(facts.item_path(holder))
}

/// A hop as a reader sees it.
pub(super) fn step(context: &Context<'_>, hop: &Hop) -> Step {
    let facts = context.facts;
    let module = facts.module_path(hop.module);
    let name = facts.names.text(hop.name);
    let how = match hop.how {
        HopKind::Reexport => "reexport",
        HopKind::Glob => "glob",
        HopKind::Import => "import",
        HopKind::ExternCrate => "extern-crate",
        HopKind::Macro => "macro",
    };
    Step {
        location: Location { file: facts.files[hop.file.index()].path.clone(), span: hop.span },
        from: if name.is_empty() { module } else { format!("{module}::{name}") },
        to: facts.target_path(hop.to),
        how: how.to_owned(),
        detail: String::new(),
    }
}

/// The word for a kind of dependency.
pub(super) fn kind_word(kind: DependencyKind) -> &'static str {
    match kind {
        DependencyKind::Use => "use",
        DependencyKind::Reexport => "reexport",
        DependencyKind::Type => "type",
        DependencyKind::Call => "call",
        DependencyKind::Impl => "impl",
        DependencyKind::Derive => "derive",
        DependencyKind::Attribute => "attribute",
        DependencyKind::Macro => "macro",
        DependencyKind::Value => "value",
    }
}

/// A dependency as one step of a longer chain.
pub(super) fn edge_step(context: &Context<'_>, dependency: &Dependency) -> Step {
    Step {
        location: location(context, dependency),
        from: context.facts.module_path(dependency.from),
        to: context.facts.target_path(dependency.to),
        how: kind_word(dependency.kind).to_owned(),
        detail: String::new(),
    }
}
