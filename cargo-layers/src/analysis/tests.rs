//! Resolution from files to dependencies, one test for each branch of the resolver.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use layers_rules::facts::{
    CrateKind, DependencyKind, Facts, ModuleId, Needs, PackageDependencyKind,
};

mod contents;
mod exceptions;
mod files;
mod imports;
mod items;
mod scopes;

use super::{Analysis, analyze, analyze_for};
use crate::configuration::Configuration;
use crate::disk::Boundary;
use crate::workspace::{Dependency, Edition, Package, Target, Workspace};

/// A workspace in a temporary folder: one package a crate, each with a library, every
/// one depending on those before it.
struct Sources {
    folder: tempfile::TempDir,
    edition: Edition,
    renamed: Option<(&'static str, &'static str)>,
}

impl Sources {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        Self { folder, edition: Edition::E2024, renamed: None }
    }

    fn workspace(&self) -> Workspace {
        let root = Utf8PathBuf::try_from(self.folder.path().to_owned()).expect("UTF-8");
        let mut names: Vec<String> = std::fs::read_dir(&root)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
            .collect();
        names.sort();
        let packages = names
            .iter()
            .enumerate()
            .map(|(index, name)| {
                let folder = root.join(name);
                let targets = [(CrateKind::Lib, "src/lib.rs"), (CrateKind::Bin, "src/main.rs")]
                    .into_iter()
                    .filter(|(_, file)| folder.join(file).exists())
                    .map(|(kind, file)| Target {
                        name: name.clone(),
                        kind,
                        root: folder.join(file),
                        edition: self.edition,
                    })
                    .collect();
                let member = |member: usize| dependency(&names[member], Some(member), self.renamed);
                let outside = ["sqlx", "tokio"].map(|name| dependency(name, None, self.renamed));
                Package {
                    name: name.clone(),
                    id: String::new(),
                    manifest: folder.join("Cargo.toml"),
                    targets,
                    dependencies: (0..index).map(member).chain(outside).collect(),
                    features: BTreeMap::new(),
                    layer: None,
                }
            })
            .collect();
        Workspace { boundary: Boundary::of([root.as_path()]), root, packages }
    }

    /// The facts with everything that only some rules need.
    fn all_facts(&self) -> Facts {
        analyze_for(&self.workspace(), &Configuration::default(), Needs::SOURCE).facts
    }

    fn analyze(&self) -> Analysis {
        analyze(&self.workspace())
    }
}

fn dependency(
    name: &str,
    member: Option<usize>,
    renamed: Option<(&'static str, &'static str)>,
) -> Dependency {
    let new = renamed.filter(|(old, _)| *old == name).map(|(_, new)| new);
    Dependency {
        package: name.to_owned(),
        extern_name: new.unwrap_or(name).to_owned(),
        renamed: new.is_some(),
        member,
        kind: PackageDependencyKind::Normal,
        optional: false,
        target: None,
        features: Vec::new(),
        default_features: true,
        folder: None,
    }
}

/// `file:line written -> target [hop, …]` for each dependency, std's prelude left out.
fn edges(sources: &Sources) -> Vec<String> {
    let workspace = sources.workspace();
    let Analysis { facts, issues } = analyze(&workspace);
    assert_eq!(issues, []);
    facts
        .dependencies
        .iter()
        .filter(|edge| facts.names.text(edge.written) != "Clone")
        .map(|edge| {
            let line = |file: layers_rules::facts::FileId, start: u32| {
                let path = &facts.files[file.index()].path;
                let text = std::fs::read_to_string(workspace.root.join(path)).expect("a file");
                let line = text[..start as usize].matches('\n').count() + 1;
                let file = path.rsplit('/').next().expect("a name");
                format!("{file}:{line}")
            };
            let hops: Vec<String> = facts.chains[edge.chain.index()]
                .iter()
                .map(|hop| format!(" via {}", line(hop.file, hop.span.start)))
                .collect();
            format!(
                "{} {} -> {}{}{}",
                line(edge.file, edge.span.start),
                facts.names.text(edge.written),
                facts.target_path(edge.to),
                hops.concat(),
                if edge.restates.is_some() { " again" } else { "" },
            )
        })
        .collect()
}

fn one_file(text: &str) -> Vec<String> {
    edges(&Sources::new(&[("shop/src/lib.rs", text)]))
}

const INFRA: &str = "mod infra { pub struct Pool; pub enum Kind { A } pub fn open() {} pub mod db { pub struct Row; } }\n";

fn with_infra(text: &str) -> Vec<String> {
    one_file(&format!("{INFRA}{text}"))
}
