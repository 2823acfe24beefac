//! Where manifests declare what a package depends on.

use std::collections::BTreeMap;

use camino::Utf8Path;
use indexmap::IndexMap;
use layers_rules::facts::{Facts, PackageDependencyKind, Span};
use serde::Deserialize;
use serde_spanned::Spanned;
use toml::Value;

use super::shown_manifest;
use crate::source::Overlay;
use crate::workspace::{Dependency, Workspace};

/// A table of dependencies.
type Table = IndexMap<Spanned<String>, Value>;

/// The tables of dependencies in a Cargo.toml, in what it says for one target, or in what
/// members of the workspace can inherit.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Tables {
    #[serde(default)]
    dependencies: Table,
    #[serde(default, alias = "dev_dependencies")]
    dev_dependencies: Table,
    #[serde(default, alias = "build_dependencies")]
    build_dependencies: Table,
    #[serde(default)]
    target: IndexMap<String, Tables>,
    workspace: Option<Box<Tables>>,
}

impl Tables {
    fn of_kind(&self, kind: PackageDependencyKind) -> &Table {
        match kind {
            PackageDependencyKind::Normal => &self.dependencies,
            PackageDependencyKind::Dev => &self.dev_dependencies,
            PackageDependencyKind::Build => &self.build_dependencies,
        }
    }

    /// The entry of a dependency, and whether it is inherited from the workspace.
    fn entry(&self, dependency: &Dependency) -> Option<(&Spanned<String>, bool)> {
        let tables = match &dependency.target {
            None => self,
            Some(target) => {
                // Cargo spells a condition in its own way.
                let spelled = |text: &str| text.replace(char::is_whitespace, "");
                let mut targets = self.target.iter();
                targets.find(|(written, _)| spelled(written) == spelled(target))?.1
            }
        };
        let table = tables.of_kind(dependency.kind);
        let (key, value) = table.iter().find(|(key, _)| is_key(dependency, key.get_ref()))?;
        let is_inherited = value.get("workspace").and_then(Value::as_bool).unwrap_or_default();
        Some((key, is_inherited))
    }
}

/// Whether an entry with this key declares the dependency.
fn is_key(dependency: &Dependency, key: &str) -> bool {
    if dependency.renamed {
        key.replace('-', "_") == dependency.extern_name
    } else {
        key == dependency.package
    }
}

/// Adds to `facts`, which are those of `workspace`, where its manifests declare each
/// dependency. One that only exists in memory has an empty place at the beginning, each another, so
/// that what is said of two of them is not taken for one thing.
pub(super) fn add(workspace: &Workspace, overlay: &Overlay, facts: &mut Facts) {
    let read = |path: &Utf8Path| {
        // Cargo has just read it; should it be gone or broken since, no place is known.
        let bytes = overlay.read(path, &workspace.boundary).unwrap_or_default();
        toml::from_str::<Tables>(&String::from_utf8_lossy(&bytes)).unwrap_or_default()
    };
    let root = read(&workspace.root.join("Cargo.toml"));
    let shared: BTreeMap<&str, Span> = root
        .workspace
        .iter()
        .flat_map(|shared| shared.dependencies.keys())
        .map(|key| (key.get_ref().as_str(), to_span(key)))
        .collect();
    for (package, entry) in workspace.packages.iter().zip(&mut facts.packages) {
        debug_assert_eq!(shown_manifest(workspace, &package.manifest), entry.manifest);
        let manifest = read(&package.manifest);
        let entries = package.dependencies.iter().zip(&mut entry.dependencies);
        for (number, (dependency, entry)) in (0..).zip(entries) {
            entry.span = Span { start: number, end: number };
            if let Some((key, is_inherited)) = manifest.entry(dependency) {
                entry.span = to_span(key);
                let inherited = is_inherited.then(|| shared.get(key.get_ref().as_str()).copied());
                entry.inherited = inherited.flatten();
            }
        }
    }
}

fn to_span(key: &Spanned<String>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { start: offset(key.span().start), end: offset(key.span().end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text around the place of an entry in this manifest.
    fn place(text: &str, dependency: &Dependency) -> Option<(String, bool)> {
        let manifest: Tables = toml::from_str(text).expect("a manifest");
        let (key, is_inherited) = manifest.entry(dependency)?;
        let line = text[key.span().start..].lines().next().unwrap_or_default();
        assert_eq!(text[key.span()].trim_matches('"'), key.get_ref());
        Some((line.to_owned(), is_inherited))
    }

    fn dependency(package: &str) -> Dependency {
        Dependency {
            package: package.to_owned(),
            extern_name: package.replace('-', "_"),
            renamed: false,
            member: None,
            folder: None,
            kind: PackageDependencyKind::Normal,
            optional: false,
            target: None,
            features: Vec::new(),
            default_features: true,
        }
    }

    const MANIFEST: &str = r#"
        [package]
        name = "shop"
        version.workspace = true
        [dependencies]
        serde = "1"
        courier-kit = { package = "tokio", version = "1" }
        log.workspace = true
        [dependencies.sqlx]
        version = "0.8"
        [build-dependencies]
        cc = "1"
        [target.'cfg( windows )'.dependencies]
        winapi = "0.3"
        [target.x86_64-unknown-linux-gnu.dev_dependencies]
        "nix" = "0.30"
    "#;

    #[test]
    fn every_way_to_declare_a_dependency_has_a_place() {
        let at = |dependency: &Dependency| place(MANIFEST, dependency).expect("an entry");
        assert_eq!(at(&dependency("serde")).0, "serde = \"1\"");
        assert_eq!(at(&dependency("log")), ("log.workspace = true".to_owned(), true));
        assert_eq!(at(&dependency("sqlx")).0, "sqlx]");
        let renamed = Dependency {
            renamed: true,
            extern_name: "courier_kit".to_owned(),
            ..dependency("tokio")
        };
        assert!(at(&renamed).0.starts_with("courier-kit"));
        let build = Dependency { kind: PackageDependencyKind::Build, ..dependency("cc") };
        assert_eq!(at(&build).0, "cc = \"1\"");
        let windows =
            Dependency { target: Some("cfg(windows)".to_owned()), ..dependency("winapi") };
        assert_eq!(at(&windows).0, "winapi = \"0.3\"");
        let linux = Dependency {
            target: Some("x86_64-unknown-linux-gnu".to_owned()),
            kind: PackageDependencyKind::Dev,
            ..dependency("nix")
        };
        assert_eq!(at(&linux).0, "\"nix\" = \"0.30\"");
    }

    #[test]
    fn what_stands_elsewhere_is_another_dependency() {
        let at = |dependency: &Dependency| place(MANIFEST, dependency);
        assert_eq!(at(&dependency("tokio")), None);
        assert_eq!(at(&dependency("cc")), None);
        assert_eq!(at(&dependency("winapi")), None);
    }
}
