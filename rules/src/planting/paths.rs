//! How code of one module names a thing that stands elsewhere.

use super::{Edit, On};
use crate::context::Context;
use crate::facts::{CrateKind, ItemKind, ModuleId, PackageDependencyKind, PackageId, Visibility};
use crate::pattern::normalized;
use crate::tree::{NodeId, Thing, is_sysroot};

/// A path that can be written in a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    pub(crate) text: String,
    /// What has to be added to manifests for it: a dependency that is not declared yet, a
    /// library where there are only binaries.
    pub(crate) needs: Vec<Edit>,
}

/// The words that can be names only behind `r#`, in any edition.
const KEYWORDS: [&str; 40] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type",
];

/// The path by which code of the module `from` names the thing at `to`; `None` where
/// there is none.
pub(crate) fn to_node(context: &Context<'_>, from: ModuleId, to: NodeId) -> Option<Path> {
    let tree = context.tree;
    let mut names = Vec::new();
    let mut current = to;
    while let Some(parent) = tree.parent(current) {
        names.push(tree.name(current));
        current = parent;
    }
    names.reverse();
    let root = tree.root(to);
    let Some(crate_id) = root.crate_id else {
        let path: Vec<&str> = std::iter::once(tree.name(root.node)).chain(names).collect();
        return Some(outside(context, from, &path));
    };
    if !can_be_named(context, to) {
        return None;
    }
    let (facts, from_crate) = (context.facts, context.facts.modules[from.index()].crate_id);
    if crate_id == from_crate {
        return Some(Path { text: joined("crate", &names), needs: Vec::new() });
    }
    let theirs = &facts.crates[crate_id.index()];
    let package = facts.crates[from_crate.index()].package;
    let mut needs = Vec::new();
    let library = match theirs.kind {
        CrateKind::Lib => facts.names.text(theirs.name).to_owned(),
        CrateKind::ProcMacro if names.is_empty() => facts.names.text(theirs.name).to_owned(),
        CrateKind::Bin if names.is_empty() && package != theirs.package => {
            needs.push(new_library(context, theirs.package)?);
            normalized(facts.names.text(facts.packages[theirs.package.index()].name))
        }
        _ => return None,
    };
    if package == theirs.package {
        return Some(Path { text: joined(&format!("::{library}"), &names), needs });
    }
    let table = table(context, from);
    let declared = facts.packages[package.index()].dependencies.iter().find(|dependency| {
        dependency.workspace == Some(theirs.package) && (dependency.kind == table)
    });
    let name = declared.map_or(library.as_str(), |it| facts.names.text(it.extern_name));
    if declared.is_none() {
        needs.push(Edit::Dependency { package, on: On::Member(theirs.package), kind: table });
    }
    Some(Path { text: joined(&format!("::{name}"), &names), needs })
}

/// A library for a package that has none, so that others can name it.
fn new_library(context: &Context<'_>, package: PackageId) -> Option<Edit> {
    let is_library = |kind| matches!(kind, CrateKind::Lib | CrateKind::ProcMacro);
    let mut crates = context.facts.crates.iter();
    let has_library = crates.any(|it| it.package == package && is_library(it.kind));
    (!has_library).then_some(Edit::Library { package })
}

/// The path by which code of the module `from` names something outside the workspace;
/// `path` begins with the name of its crate.
pub(crate) fn outside(context: &Context<'_>, from: ModuleId, path: &[&str]) -> Path {
    let (root, rest) = path.split_first().expect("a path has a first segment");
    if is_sysroot(root) {
        return Path { text: joined(&format!("::{root}"), rest), needs: Vec::new() };
    }
    let facts = context.facts;
    let package = facts.crates[facts.modules[from.index()].crate_id.index()].package;
    let table = table(context, from);
    let declared = facts.packages[package.index()].dependencies.iter().find(|dependency| {
        dependency.workspace.is_none()
            && dependency.kind == table
            && normalized(facts.names.text(dependency.package)) == *root
    });
    let name = declared.map_or(*root, |dependency| facts.names.text(dependency.extern_name));
    let on = On::Outside((*root).to_owned());
    let missing = declared.is_none().then_some(Edit::Dependency { package, on, kind: table });
    Path { text: joined(&format!("::{name}"), rest), needs: missing.into_iter().collect() }
}

/// The table whose dependencies code of a module can name.
fn table(context: &Context<'_>, from: ModuleId) -> PackageDependencyKind {
    let crate_id = context.facts.modules[from.index()].crate_id;
    match context.facts.crates[crate_id.index()].kind {
        CrateKind::BuildScript => PackageDependencyKind::Build,
        _ => PackageDependencyKind::Normal,
    }
}

/// Whether a path from afar can lead to a thing of the workspace: of what stands in other
/// items to a method of a trait.
pub(crate) fn can_be_named(context: &Context<'_>, node: NodeId) -> bool {
    let Thing::Item(item) = context.tree.thing(node) else { return true };
    let items = &context.facts.items;
    let item = &items[item.index()];
    let is_of_module = matches!(
        item.kind,
        ItemKind::Struct
            | ItemKind::Enum
            | ItemKind::Union
            | ItemKind::Trait
            | ItemKind::Fn
            | ItemKind::Const
            | ItemKind::Static
            | ItemKind::Type
    );
    match item.parent {
        None => is_of_module && item.visibility != Visibility::Private,
        Some(parent) => {
            let is_trait = items[parent.index()].kind == ItemKind::Trait;
            let parent = context.tree.item(parent);
            item.kind == ItemKind::Method && is_trait && can_be_named(context, parent)
        }
    }
}

fn joined(first: &str, rest: &[&str]) -> String {
    let mut path = first.to_owned();
    for name in rest {
        path.push_str("::");
        if KEYWORDS.contains(name) {
            path.push_str("r#");
        }
        path.push_str(name);
    }
    path
}

/// Whether a name can be written in source.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|rest| rest.is_alphanumeric() || rest == '_')
        && name != "_"
}
