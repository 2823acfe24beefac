//! From facts to the tree.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use super::{Node, NodeId, PathTree, Root, Thing, is_sysroot};
use crate::facts::{CrateId, CrateKind, ExternalId, Facts, ItemId, ItemKind, ModuleId};
use crate::pattern::normalized;

/// The end of a list of siblings.
const NONE: u32 = u32::MAX;

impl<'a> PathTree<'a> {
    /// Puts everything that has a path into one tree.
    #[must_use]
    pub fn new(facts: &'a Facts) -> Self {
        let size = facts.modules.len() + facts.items.len() + facts.externals.len();
        let mut tree = Self {
            facts,
            nodes: Vec::with_capacity(size),
            roots: Vec::new(),
            modules: vec![NodeId(NONE); facts.modules.len()],
            items: vec![NodeId(NONE); facts.items.len()],
            externals: vec![NodeId(NONE); facts.externals.len()],
            found: Mutex::default(),
        };
        tree.add_workspace();
        tree.add_outside();
        tree
    }

    fn add_workspace(&mut self) {
        let facts = self.facts;
        let siblings = Siblings::new(facts);
        let packages = member_names(facts);
        for (index, krate) in facts.crates.iter().enumerate() {
            let package = normalized(facts.names.text(facts.packages[krate.package.index()].name));
            let name = normalized(facts.names.text(krate.name));
            let is_named_in_paths =
                matches!(krate.kind, CrateKind::Lib | CrateKind::ProcMacro | CrateKind::Bin);
            let own_name = (is_named_in_paths && name != package && !packages.contains(&name))
                .then(|| name.clone());
            self.roots.push(Root {
                node: NodeId::new(self.nodes.len()),
                crate_id: Some(CrateId::new(index)),
                names: vec![package],
                own_name,
                target_name: name,
            });
            self.add_module(krate.root, &siblings);
        }
        self.adopt_stray_items();
    }

    /// Adds a crate's root module and everything below it, each node before its
    /// children.
    fn add_module(&mut self, root: ModuleId, siblings: &Siblings) {
        let facts = self.facts;
        let mut open: Vec<NodeId> = Vec::new();
        let mut pending = vec![(Below::Module(root), 0)];
        while let Some((below, level)) = pending.pop() {
            self.close(open.drain(level..));
            let parent = open.last().copied();
            let (node, mut module, mut item) = match below {
                Below::Module(id) => {
                    let name = facts.names.text(facts.modules[id.index()].name);
                    let node = self.push(name.into(), Thing::Module(id), parent);
                    self.modules[id.index()] = node;
                    let first_module = siblings.first_module[id.index()];
                    (node, first_module, siblings.first_item_of_module[id.index()])
                }
                Below::Item(id) => {
                    let name = facts.names.text(facts.items[id.index()].name);
                    let node = self.push(name.into(), Thing::Item(id), parent);
                    self.items[id.index()] = node;
                    (node, NONE, siblings.first_item_of_item[id.index()])
                }
            };
            open.push(node);
            while item != NONE {
                pending.push((Below::Item(ItemId::new(item as usize)), level + 1));
                item = siblings.next_item[item as usize];
            }
            while module != NONE {
                pending.push((Below::Module(ModuleId::new(module as usize)), level + 1));
                module = siblings.next_module[module as usize];
            }
        }
        self.close(open);
    }

    /// An item that no chain of parents joins to its module is taken for the module.
    fn adopt_stray_items(&mut self) {
        for (index, item) in self.facts.items.iter().enumerate() {
            if self.items[index].0 == NONE {
                self.items[index] = self.modules[item.module.index()];
            }
        }
    }

    fn add_outside(&mut self) {
        let facts = self.facts;
        let mut crates: BTreeMap<Cow<'a, str>, BTreeMap<Vec<&'a str>, ExternalId>> =
            BTreeMap::new();
        for (index, external) in facts.externals.iter().enumerate() {
            let mut path = external.path.iter().map(|name| facts.names.text(*name));
            let krate = Cow::Borrowed(path.next().unwrap_or_default());
            crates.entry(krate).or_default().insert(path.collect(), ExternalId::new(index));
        }
        let aliases = aliases(facts, |name| crates.contains_key(name));
        let is_alias = |name: &String| aliases.values().any(|names| names.contains(name));
        for name in declared_outside(facts).into_iter().filter(|name| !is_alias(name)) {
            crates.entry(Cow::Owned(name)).or_default();
        }
        for (name, paths) in crates {
            let mut names = vec![normalized(&name)];
            names.extend(aliases.get(name.as_ref()).into_iter().flatten().cloned());
            self.roots.push(Root {
                node: NodeId::new(self.nodes.len()),
                crate_id: None,
                names,
                own_name: None,
                target_name: String::new(),
            });
            let node = self.push(name, Thing::Outside, None);
            self.add_external_paths(node, paths);
        }
    }

    /// Adds the paths below an outside crate, which come sorted, so that each shares its
    /// beginning with the one before.
    fn add_external_paths(&mut self, root: NodeId, paths: BTreeMap<Vec<&'a str>, ExternalId>) {
        let mut open = vec![root];
        for (path, external) in paths {
            let shared = path
                .iter()
                .zip(&open[1..])
                .take_while(|(name, node)| self.name(**node) == **name)
                .count();
            self.close(open.drain(shared + 1..));
            let mut last = open[shared];
            for name in &path[shared..] {
                last = self.push(Cow::Borrowed(*name), Thing::Outside, Some(last));
                open.push(last);
            }
            self.externals[external.index()] = last;
        }
        self.close(open);
    }

    /// Adds a node, below `parent` or as the root that was begun last.
    fn push(&mut self, name: Cow<'a, str>, thing: Thing, parent: Option<NodeId>) -> NodeId {
        let node = NodeId::new(self.nodes.len());
        let (depth, root) = match parent {
            Some(parent) => {
                let parent = &self.nodes[parent.index()];
                (parent.depth.saturating_add(1), parent.root)
            }
            None => (1, NodeId::new(self.roots.len() - 1).0),
        };
        self.nodes.push(Node { name, thing, parent, end: node.0 + 1, depth, root });
        node
    }

    /// Notes that the subtrees of `nodes` end here.
    fn close(&mut self, nodes: impl IntoIterator<Item = NodeId>) {
        let end = NodeId::new(self.nodes.len()).0;
        for node in nodes {
            self.nodes[node.index()].end = end;
        }
    }
}

/// What waits to be added to the tree.
enum Below {
    Module(ModuleId),
    Item(ItemId),
}

/// Children by parent, as linked lists through vectors.
struct Siblings {
    first_module: Vec<u32>,
    next_module: Vec<u32>,
    first_item_of_module: Vec<u32>,
    first_item_of_item: Vec<u32>,
    next_item: Vec<u32>,
}

impl Siblings {
    fn new(facts: &Facts) -> Self {
        let mut siblings = Self {
            first_module: vec![NONE; facts.modules.len()],
            next_module: vec![NONE; facts.modules.len()],
            first_item_of_module: vec![NONE; facts.modules.len()],
            first_item_of_item: vec![NONE; facts.items.len()],
            next_item: vec![NONE; facts.items.len()],
        };
        for (index, module) in facts.modules.iter().enumerate() {
            if let Some(parent) = module.parent {
                let first = &mut siblings.first_module[parent.index()];
                siblings.next_module[index] =
                    std::mem::replace(first, ModuleId::new(index).number());
            }
        }
        for (index, item) in facts.items.iter().enumerate() {
            // A module that is also listed as an item is in the tree as a module.
            if item.kind == ItemKind::Module {
                continue;
            }
            let first = match item.parent {
                Some(parent) => &mut siblings.first_item_of_item[parent.index()],
                None => &mut siblings.first_item_of_module[item.module.index()],
            };
            siblings.next_item[index] = std::mem::replace(first, ItemId::new(index).number());
        }
        siblings
    }
}

/// The names of the packages of the workspace, hyphens turned into underscores.
fn member_names(facts: &Facts) -> BTreeSet<String> {
    facts.packages.iter().map(|package| normalized(facts.names.text(package.name))).collect()
}

/// The crates outside the workspace that exist for it whether or not its source names
/// them.
fn declared_outside(facts: &Facts) -> BTreeSet<String> {
    let declared = facts
        .packages
        .iter()
        .flat_map(|package| &package.dependencies)
        .filter(|dependency| dependency.workspace.is_none())
        .map(|dependency| dependency.package);
    let resolved = facts.external_graph.iter().flat_map(|link| [link.from, link.to]);
    let members = member_names(facts);
    declared
        .chain(resolved)
        .map(|name| normalized(facts.names.text(name)))
        .filter(|name| !members.contains(name))
        .chain(["std", "core", "alloc"].map(str::to_owned))
        .collect()
}

/// Further names of outside crates, by the name they have: what Cargo.toml renames them
/// to, and their package where its library has a name of its own. A name that is some
/// package's own is nobody's alias.
fn aliases(facts: &Facts, is_named: impl Fn(&str) -> bool) -> BTreeMap<String, BTreeSet<String>> {
    let dependencies = || facts.packages.iter().flat_map(|package| &package.dependencies);
    let packages: BTreeSet<String> =
        dependencies().map(|dependency| normalized(facts.names.text(dependency.package))).collect();
    let mut aliases: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for dependency in dependencies().filter(|dependency| dependency.workspace.is_none()) {
        let package = normalized(facts.names.text(dependency.package));
        let extern_name = normalized(facts.names.text(dependency.extern_name));
        if packages.contains(&extern_name) || is_sysroot(&extern_name) {
            continue;
        }
        // Which of the two the source's paths begin with tells a new name given in
        // Cargo.toml from a library that is called otherwise than its package.
        if is_named(&extern_name) {
            aliases.entry(extern_name).or_default().insert(package);
        } else {
            aliases.entry(package).or_default().insert(extern_name);
        }
    }
    aliases
}
