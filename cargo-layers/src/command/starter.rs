//! A first layers.toml for a workspace that has none.

use std::cmp::Reverse;

use layers_rules::facts::{CrateKind, Facts, ModuleId, PackageDependencyKind};

use crate::analysis::analyze;
use crate::workspace::Workspace;

/// Two parts of a workspace, the first of which does not use the second.
struct Pair {
    lower: Part,
    upper: Part,
}

struct Part {
    layer: String,
    pattern: String,
}

/// Five lines that hold for `workspace` as it is, or at least name things that exist: its
/// packages, or for a lone package its modules.
pub(super) fn text(workspace: &Workspace) -> String {
    let pair = packages(workspace).or_else(|| modules(&analyze(workspace).facts));
    let Some(Pair { lower, upper }) = pair else {
        let name = workspace.packages.first().map_or("my-crate", |package| &package.name);
        return format!(
            "[layers]\n\
             core = \"{name}\"\n\
             [rules.core-starts-no-processes]\n\
             forbid = {{ from = \"@core\", to = \"std::process\" }}\n\
             because = \"it must be safe to use anywhere\"\n"
        );
    };
    let width = lower.layer.len().max(upper.layer.len());
    format!(
        "[layers]\n\
         {:width$} = \"{}\"\n\
         {:width$} = \"{}\"\n\
         [rules.{}-ignores-{}]\n\
         forbid = {{ from = \"@{}\", to = \"@{}\" }}\n",
        lower.layer,
        lower.pattern,
        upper.layer,
        upper.pattern,
        lower.layer,
        upper.layer,
        lower.layer,
        upper.layer,
    )
}

/// The member that most others depend on, and the one of those that most depend on in
/// turn: Cargo already keeps the former from using the latter.
fn packages(workspace: &Workspace) -> Option<Pair> {
    let users = |index: usize| {
        workspace.packages.iter().enumerate().filter(move |(user, package)| {
            *user != index
                && package.dependencies.iter().any(|dependency| {
                    dependency.member == Some(index)
                        && dependency.kind == PackageDependencyKind::Normal
                })
        })
    };
    let most_used = |among: &mut dyn Iterator<Item = usize>| {
        among.max_by_key(|index| (users(*index).count(), Reverse(*index)))
    };
    let lower = most_used(&mut (0..workspace.packages.len()))?;
    let upper = most_used(&mut users(lower).map(|(user, _)| user))
        .or_else(|| (0..workspace.packages.len()).find(|index| *index != lower))?;
    let names = [lower, upper].map(|index| workspace.packages[index].name.as_str());
    let [lower_layer, upper_layer] = short_names(names);
    Some(Pair {
        lower: Part { layer: lower_layer, pattern: names[0].to_owned() },
        upper: Part { layer: upper_layer, pattern: names[1].to_owned() },
    })
}

/// The last words of two package names, or all of both where those are the same.
fn short_names(names: [&str; 2]) -> [String; 2] {
    let short = names.map(|name| name.rsplit(['-', '_']).next().unwrap_or(name));
    let chosen = if short[0] == short[1] { names } else { short };
    chosen.map(str::to_owned)
}

/// Two modules at the top of the first library or binary: the pair with the most uses in
/// one direction and none in the other.
fn modules(facts: &Facts) -> Option<Pair> {
    let is_code = |kind| matches!(kind, CrateKind::Lib | CrateKind::Bin);
    let root = facts.crates.iter().find(|krate| is_code(krate.kind))?.root;
    let mut tops: Vec<ModuleId> = (0..facts.modules.len())
        .map(ModuleId::new)
        .filter(|module| {
            let module = &facts.modules[module.index()];
            module.parent == Some(root) && !module.test
        })
        .collect();
    tops.sort_by_key(|module| facts.module_path(*module));

    let top = |mut module: ModuleId| {
        while let Some(parent) = facts.modules[module.index()].parent {
            if parent == root {
                return tops.iter().position(|top| *top == module);
            }
            module = parent;
        }
        None
    };
    let mut uses = vec![vec![0_u32; tops.len()]; tops.len()];
    for dependency in facts.dependencies.iter().filter(|dependency| !dependency.test) {
        let target = facts.target_module(dependency.to).and_then(top);
        if let (Some(from), Some(to)) = (top(dependency.from), target) {
            uses[from][to] += 1;
        }
    }
    let pairs = (0..tops.len()).flat_map(|lower| (0..tops.len()).map(move |upper| (lower, upper)));
    let (lower, upper) = pairs
        .filter(|(lower, upper)| lower != upper)
        .filter(|(lower, upper)| uses[*lower][*upper] == 0)
        .max_by_key(|(lower, upper)| (uses[*upper][*lower], Reverse((*lower, *upper))))?;
    let part = |index: usize| Part {
        layer: facts.names.text(facts.modules[tops[index].index()].name).to_owned(),
        pattern: facts.module_path(tops[index]),
    };
    Some(Pair { lower: part(lower), upper: part(upper) })
}

#[cfg(test)]
mod tests {
    use camino::Utf8PathBuf;

    use super::*;
    use crate::disk::Boundary;
    use crate::workspace::{Dependency, Package};

    /// A workspace of packages that depend on those with these indices.
    fn workspace(packages: &[(&str, &[usize])]) -> Workspace {
        let names: Vec<&str> = packages.iter().map(|(name, _)| *name).collect();
        let package = |(name, dependencies): &(&str, &[usize])| Package {
            name: (*name).to_owned(),
            id: String::new(),
            manifest: Utf8PathBuf::from(format!("/w/{name}/Cargo.toml")),
            targets: Vec::new(),
            dependencies: dependencies
                .iter()
                .map(|index| Dependency {
                    package: names[*index].to_owned(),
                    extern_name: names[*index].replace('-', "_"),
                    renamed: false,
                    member: Some(*index),
                    kind: PackageDependencyKind::Normal,
                    optional: false,
                    target: None,
                    features: Vec::new(),
                    default_features: true,
                    folder: None,
                })
                .collect(),
            features: std::collections::BTreeMap::new(),
            layer: None,
        };
        Workspace {
            root: "/w".into(),
            packages: packages.iter().map(package).collect(),
            boundary: Boundary::default(),
        }
    }

    #[test]
    fn what_most_depend_on_ignores_what_depends_on_it() {
        let shop = workspace(&[
            ("shop-admin", &[1, 2]),
            ("shop-app", &[2]),
            ("shop-domain", &[]),
            ("shop-log", &[]),
        ]);
        insta::assert_snapshot!(text(&shop), @r#"
        [layers]
        domain = "shop-domain"
        app    = "shop-app"
        [rules.domain-ignores-app]
        forbid = { from = "@domain", to = "@app" }
        "#);
    }

    #[test]
    fn layers_of_one_name_keep_the_whole() {
        assert_eq!(short_names(["a-core", "b-core"]), ["a-core", "b-core"]);
        assert_eq!(short_names(["a-core", "a_web"]), ["core", "web"]);
    }

    #[test]
    fn packages_that_know_nothing_of_each_other_will_do() {
        let text = text(&workspace(&[("a", &[]), ("b", &[])]));
        assert!(text.contains("[rules.a-ignores-b]"), "{text}");
    }

    #[test]
    fn an_empty_package_gets_a_rule_all_the_same() {
        let text = text(&workspace(&[("tool", &[])]));
        assert!(text.contains("core = \"tool\""), "{text}");
        assert_eq!(text.lines().count(), 5);
    }
}
