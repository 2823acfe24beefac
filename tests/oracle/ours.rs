//! What we know of the same workspace.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use cargo_layers::analysis::{analyze, analyze_for};
use cargo_layers::configuration::{Configuration, FeatureChoice};
use cargo_layers::report::places::Places;
use cargo_layers::workspace::{self, Workspace};
use layers_rules::facts::{
    CrateId, CrateKind, Dependency, Facts, FileId, HopKind, ItemId, ItemKind, ModuleId, Needs,
    Span, Target,
};

/// A place in a file: line, the first is 1, and column in bytes, the first is 0.
pub type Place = (u32, u32);

/// The flags that rust-analyzer sets for the code it reads.
const FLAGS: [&str; 3] = ["test", "debug_assertions", "miri"];

/// One of our dependencies.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the edge")]
pub struct Edge {
    /// Where the written path begins.
    pub start: Place,
    /// Where it ends.
    pub end: Place,
    /// The path as written.
    pub written: String,
    /// Full path of what it means.
    pub path: String,
    /// The file that defines that, in the workspace.
    pub file: Option<String>,
    /// Whether it is inferred and not written.
    pub inferred: bool,
    /// Whether the compiler leaves it out, or what it leads to.
    pub inactive: bool,
    /// The predicate it stands under.
    pub cfg: Option<String>,
    /// Whether it leads to a package that depends on the one it starts in, as only tests
    /// can.
    pub in_circle: bool,
    /// Whether it leads to the root of a crate.
    pub to_root: bool,
    /// Whether it stands in the definition of a macro, or comes from the body of one.
    pub of_macro: bool,
}

/// What we know of a workspace, by file.
pub struct Ours {
    /// Dependencies by the file they start in.
    pub edges: BTreeMap<String, Vec<Edge>>,
    /// Paths that are not resolved: where each begins and ends, and how it is written.
    pub unseen: BTreeMap<String, Vec<(Place, Place, String)>>,
    /// Items by name: the file, and the full path.
    pub items: BTreeMap<String, Vec<(String, String)>>,
    /// The crates that hold a file.
    crates: BTreeMap<String, BTreeSet<CrateId>>,
    /// The crates that others can use.
    libraries: BTreeSet<CrateId>,
}

impl Ours {
    /// Reads a checkout; what is not compiled for `target` with the default features is
    /// marked.
    pub fn of(checkout: &Utf8Path, target: &str) -> Result<Self, String> {
        let root = checkout.canonicalize_utf8().map_err(|error| format!("{checkout}: {error}"))?;
        let workspace = workspace::load(None, &root).map_err(|error| error.to_string())?;
        let compiled =
            Configuration::new(&workspace, Some(target), Some(&FeatureChoice::default()))
                .map_err(|error| error.to_string())?
                .with_flags(FLAGS);
        let facts = analyze(&workspace).facts;
        let places = Places::new(&facts, &workspace.root, &workspace.boundary);
        let mut ours = Self {
            edges: BTreeMap::new(),
            unseen: BTreeMap::new(),
            items: BTreeMap::new(),
            crates: BTreeMap::new(),
            libraries: BTreeSet::new(),
        };
        ours.add_layout(&facts);
        let active = active(&workspace, &compiled);
        for edge in &facts.dependencies {
            let inactive = !active.contains(&identity(&facts, edge));
            let from = facts.files[edge.file.index()].path.clone();
            let edge = made(&places, edge, inactive);
            ours.edges.entry(from).or_default().push(edge);
        }
        for path in &facts.unseen {
            let (start, end) = range(&places, path.file, path.span);
            let written = facts.names.text(path.written).to_owned();
            let file = facts.files[path.file.index()].path.clone();
            ours.unseen.entry(file).or_default().push((start, end, written));
        }
        Ok(ours)
    }

    fn add_layout(&mut self, facts: &Facts) {
        for (index, krate) in facts.crates.iter().enumerate() {
            if matches!(krate.kind, CrateKind::Lib | CrateKind::ProcMacro) {
                self.libraries.insert(CrateId::new(index));
            }
        }
        for module in &facts.modules {
            let file = facts.files[module.file.index()].path.clone();
            self.crates.entry(file).or_default().insert(module.crate_id);
        }
        let mut add = |name: &str, file: FileId, path: String| {
            let file = facts.files[file.index()].path.clone();
            self.items.entry(name.to_owned()).or_default().push((file, path));
        };
        for (index, item) in facts.items.iter().enumerate() {
            add(facts.names.text(item.name), item.file, facts.item_path(ItemId::new(index)));
        }
        for (index, module) in facts.modules.iter().enumerate() {
            let path = facts.module_path(ModuleId::new(index));
            add(facts.names.text(module.name), module.file, path);
        }
    }

    /// Whether code in one file can use what another file defines at all: they share a
    /// crate, or the other belongs to a library. A file that is in no crate can not.
    pub fn can_use(&self, from: &str, def: &str) -> bool {
        let (Some(from), Some(def)) = (self.crates.get(from), self.crates.get(def)) else {
            return false;
        };
        def.iter().any(|krate| from.contains(krate) || self.libraries.contains(krate))
    }

    /// Whether a file belongs to a crate.
    pub fn knows(&self, file: &str) -> bool {
        self.crates.contains_key(file)
    }
}

/// The dependencies of the code that is compiled.
fn active(workspace: &Workspace, compiled: &Configuration) -> BTreeSet<Identity> {
    let facts = analyze_for(workspace, compiled, Needs::default()).facts;
    facts.dependencies.iter().map(|edge| identity(&facts, edge)).collect()
}

/// What a dependency is known by in two analyses of one workspace: its file and place,
/// what it means, and the file that defines that.
type Identity = (String, Span, String, Option<String>);

fn identity(facts: &Facts, edge: &Dependency) -> Identity {
    let path = |file: FileId| facts.files[file.index()].path.clone();
    (path(edge.file), edge.span, facts.target_path(edge.to), target_file(facts, edge.to).map(path))
}

fn target_file(facts: &Facts, target: Target) -> Option<FileId> {
    match target {
        Target::Module(module) => Some(facts.modules[module.index()].file),
        Target::Item(item) => Some(facts.items[item.index()].file),
        Target::External(_) => None,
    }
}

fn made(places: &Places<'_>, edge: &Dependency, inactive: bool) -> Edge {
    let facts = places.facts;
    let (start, end) = range(places, edge.file, edge.span);
    let file = target_file(facts, edge.to);
    let to_root = matches!(edge.to, Target::Module(module)
        if facts.modules[module.index()].parent.is_none());
    let in_definition =
        edge.item.is_some_and(|item| facts.items[item.index()].kind == ItemKind::Macro);
    let through_body = facts.chains[edge.chain.index()].iter().any(|hop| hop.how == HopKind::Macro);
    Edge {
        start,
        end,
        written: facts.names.text(edge.written).to_owned(),
        path: facts.target_path(edge.to),
        file: file.map(|file| facts.files[file.index()].path.clone()),
        inferred: edge.inferred,
        inactive,
        cfg: edge.cfg.map(|cfg| facts.names.text(cfg).replace('\n', " ")),
        in_circle: in_circle(facts, edge),
        to_root,
        of_macro: in_definition || through_body,
    }
}

/// Whether the package of what an edge leads to depends on the package it starts in.
fn in_circle(facts: &Facts, edge: &Dependency) -> bool {
    let package =
        |module: ModuleId| facts.crates[facts.modules[module.index()].crate_id.index()].package;
    let (from, to) = (package(edge.from), facts.target_module(edge.to).map(package));
    to.is_some_and(|to| {
        let dependencies = &facts.packages[to.index()].dependencies;
        to != from && dependencies.iter().any(|dependency| dependency.workspace == Some(from))
    })
}

fn range(places: &Places<'_>, file: FileId, span: Span) -> (Place, Place) {
    let at = |offset: u32| {
        let position = places.start(file, Span { start: offset, end: offset });
        (position.line, position.column - 1)
    };
    (at(span.start), at(span.end))
}
