//! Cargo's graph: packages of the workspace as their manifests describe them, packages
//! outside as Cargo resolves them.

use std::collections::BTreeMap;

use crate::context::Context;
use crate::facts::{CrateKind, PackageDependency, PackageDependencyKind as Kind, PackageId, Span};
use crate::finding::Location;
use crate::names::Name;
use crate::pattern::normalized;
use crate::prose;
use crate::tree::NodeId;

/// A package.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Its name, hyphens kept.
    pub(super) name: String,
    /// The node that stands for it; none where not one of its crates can be read.
    pub(super) node: Option<NodeId>,
    /// The package, when it is one of the workspace.
    pub(super) member: Option<PackageId>,
}

/// A dependency of one package on another.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    /// Index of the package depended on, in [`Graph::units`].
    pub(super) to: usize,
    pub(super) kind: Kind,
    pub(super) optional: bool,
    /// The features that switch it on, where it is optional.
    pub(super) features: Vec<Name>,
    /// The targets it is for; all, if empty.
    pub(super) targets: Vec<Name>,
    /// The name that it goes by where Cargo.toml gives it a new one.
    pub(super) renamed: Option<Name>,
    /// Where a Cargo.toml of the workspace declares it.
    pub(super) declared: Option<Declared>,
}

/// Where a dependency is declared.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    /// In the package's own Cargo.toml.
    pub(super) here: Location,
    /// In the one at the root, whence it is inherited.
    pub(super) inherited: Option<Location>,
}

/// The packages, those of the workspace first, and what each depends on.
pub(super) struct Graph<'c> {
    context: &'c Context<'c>,
    pub(super) units: Vec<Unit>,
    pub(super) edges: Vec<Vec<Edge>>,
    /// For each package of the workspace whether each unit is built for it, where that is known.
    built: Vec<Option<Vec<bool>>>,
    /// Whether Cargo.lock has each unit, where that is all that is known.
    locked: Option<Vec<bool>>,
}

impl<'c> Graph<'c> {
    pub(super) fn new(context: &'c Context<'_>) -> Self {
        let facts = context.facts;
        let members = (0..facts.packages.len()).map(|index| Unit {
            name: facts.names.text(facts.packages[index].name).to_owned(),
            node: node_of(context, PackageId::new(index)),
            member: Some(PackageId::new(index)),
        });
        let units = members.collect();
        let mut graph = Self { context, units, edges: Vec::new(), built: Vec::new(), locked: None };
        let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
        for root in context.tree.crates().iter().filter(|root| root.crate_id.is_none()) {
            for name in root.names() {
                by_name.entry(name.to_owned()).or_insert(graph.units.len());
            }
            let name = context.tree.name(root.node).to_owned();
            graph.units.push(Unit { name, node: Some(root.node), member: None });
        }
        for (index, package) in facts.packages.iter().enumerate() {
            by_name.entry(normalized(facts.names.text(package.name))).or_insert(index);
        }
        graph.edges = vec![Vec::new(); graph.units.len()];
        graph.add_manifests(&by_name);
        graph.add_links(&by_name);
        graph.add_extents(&by_name);
        graph
    }

    /// Whether Cargo's resolved graph is known, and not just what Cargo.lock says.
    pub(super) fn is_resolved(&self) -> bool {
        self.locked.is_none()
    }

    /// Whether a unit is built where one package of the workspace is built by itself, as far as
    /// that is known.
    pub(super) fn is_built_for(&self, package: usize, unit: usize) -> bool {
        self.built[package].as_ref().is_none_or(|built| built[unit])
    }

    /// Whether nothing says what a unit outside the workspace depends on.
    pub(super) fn is_unknown(&self, unit: usize) -> bool {
        let is_missing = |locked: &Vec<bool>| !locked[unit];
        self.units[unit].member.is_none() && self.locked.as_ref().is_some_and(is_missing)
    }

    fn add_extents(&mut self, by_name: &BTreeMap<String, usize>) {
        let facts = self.context.facts;
        let marked = |names: &[Name]| {
            let mut marks = vec![false; self.units.len()];
            for name in names {
                if let Some(unit) = by_name.get(&normalized(facts.names.text(*name))) {
                    marks[*unit] = true;
                }
            }
            marks
        };
        let mut built = vec![None; facts.packages.len()];
        for (package, names) in &facts.built_alone {
            built[package.index()] = Some(marked(names));
        }
        let is_by_lock = facts.gathered.lock_file && !facts.gathered.external_graph;
        self.locked = is_by_lock.then(|| marked(&facts.locked));
        self.built = built;
    }

    fn add_manifests(&mut self, by_name: &BTreeMap<String, usize>) {
        let facts = self.context.facts;
        for (index, package) in facts.packages.iter().enumerate() {
            for dependency in &package.dependencies {
                let name = facts.names.text(dependency.package);
                let outside = || by_name.get(&normalized(name)).copied();
                let Some(to) = dependency.workspace.map(PackageId::index).or_else(outside) else {
                    continue;
                };
                if self.units[to].member.is_none() {
                    // The node may be called after the library, which Cargo does not name.
                    name.clone_into(&mut self.units[to].name);
                }
                let location = |span: Span| Location { file: package.manifest.clone(), span };
                let shared = |span: Span| Location { file: "Cargo.toml".to_owned(), span };
                let renamed = self.renamed(dependency);
                self.edges[index].push(Edge {
                    to,
                    kind: dependency.kind,
                    optional: dependency.optional,
                    features: dependency.features.clone(),
                    targets: dependency.target.into_iter().collect(),
                    renamed,
                    declared: Some(Declared {
                        here: location(dependency.span),
                        inherited: dependency.inherited.map(shared),
                    }),
                });
            }
        }
    }

    fn add_links(&mut self, by_name: &BTreeMap<String, usize>) {
        let facts = self.context.facts;
        for link in &facts.external_graph {
            let unit = |name| by_name.get(&normalized(facts.names.text(name))).copied();
            let (Some(from), Some(to)) = (unit(link.from), unit(link.to)) else { continue };
            for (unit, name) in [(from, link.from), (to, link.to)] {
                if self.units[unit].member.is_none() {
                    facts.names.text(name).clone_into(&mut self.units[unit].name);
                }
            }
            self.edges[from].push(Edge {
                to,
                kind: link.kind,
                optional: !link.features.is_empty(),
                features: link.features.clone(),
                targets: link.targets.clone(),
                renamed: None,
                declared: None,
            });
        }
    }

    /// The new name that Cargo.toml gives a dependency.
    fn renamed(&self, dependency: &PackageDependency) -> Option<Name> {
        let facts = self.context.facts;
        let name = facts.names.text(dependency.extern_name);
        let is_own = |known: Name| normalized(facts.names.text(known)) == name;
        let is_library = dependency.workspace.is_some_and(|package| {
            let mut crates = facts.crates.iter().filter(|krate| krate.package == package);
            crates.any(|krate| is_own(krate.name))
        });
        (!is_own(dependency.package) && !is_library).then_some(dependency.extern_name)
    }

    /// What is to be said of a dependency beside its two ends: "dev, feature `tls`, for
    /// `cfg(windows)` only"; nothing of a normal one that is always there.
    pub(super) fn detail(&self, edge: &Edge) -> String {
        let kind = (edge.kind != Kind::Normal).then(|| edge.kind.word().to_owned());
        kind.into_iter().chain(self.conditions(edge)).collect::<Vec<_>>().join(", ")
    }

    /// The kind of a dependency and what else there is to say of it.
    pub(super) fn describe(&self, edge: &Edge) -> String {
        let kind = match edge.kind {
            Kind::Normal => "a normal dependency",
            Kind::Dev => "a dev-dependency",
            Kind::Build => "a build dependency",
        };
        let name = |name| format!("called `{}` here", self.context.facts.names.text(name));
        let renamed = edge.renamed.map(name);
        let parts: Vec<String> =
            std::iter::once(kind.to_owned()).chain(self.conditions(edge)).chain(renamed).collect();
        parts.join(", ")
    }

    /// When a dependency is there.
    fn conditions(&self, edge: &Edge) -> Vec<String> {
        const MOST: usize = 3;
        let texts = |names: &[Name]| -> Vec<String> {
            names.iter().map(|name| self.context.facts.names.text(*name).to_owned()).collect()
        };
        let mut conditions = Vec::new();
        match texts(&edge.features).as_slice() {
            [] if edge.optional => conditions.push("optional".to_owned()),
            [] => {}
            [one] => conditions.push(format!("by the feature `{one}`")),
            many if many.len() <= MOST => {
                conditions.push(format!("by the features {}", prose::any_of(many)));
            }
            many => {
                let more = many.len() - MOST;
                let shown: Vec<String> =
                    many[..MOST].iter().map(|name| format!("`{name}`")).collect();
                conditions.push(format!("by the features {} or {more} more", shown.join(", ")));
            }
        }
        if !edge.targets.is_empty() {
            conditions.push(format!("only for {}", prose::any_of(&texts(&edge.targets))));
        }
        conditions
    }
}

/// The node that stands for a package: its library, or else a binary, or whatever it has.
fn node_of(context: &Context<'_>, package: PackageId) -> Option<NodeId> {
    let kind = |node: NodeId| {
        let root = context.tree.root(node);
        root.crate_id.map(|crate_id| context.facts.crates[crate_id.index()].kind)
    };
    let roots = context.tree.crates().iter().map(|root| root.node);
    let nodes = roots.filter(|node| context.tree.package(*node) == Some(package));
    nodes.min_by_key(|node| {
        let rank = match kind(*node) {
            Some(CrateKind::Lib | CrateKind::ProcMacro) => 0,
            Some(CrateKind::Bin) => 1,
            _ => 2,
        };
        (rank, *node)
    })
}
