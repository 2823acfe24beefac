//! From the files of an example to the workspace that they are.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use cargo_toml::{AbstractFilesystem, DepsSet, Manifest, Product};
use layers_rules::facts::{CrateKind, PackageDependencyKind};
use serde::Deserialize;

use super::files::Files;
use super::{DEFAULT_PACKAGE, ExampleError};
use crate::disk::Boundary;
use crate::workspace::{Dependency, Edition, Package, Target, Workspace};

/// Where the workspaces of examples seem to be.
const ROOT: &str = "/example";

/// The workspace of an example.
#[derive(Debug)]
pub struct ExampleWorkspace {
    /// Its packages.
    pub workspace: Workspace,
    /// For each of them, whether its dependencies are to be inferred from its sources.
    pub inferred: Vec<bool>,
}

/// What `[package.metadata]` may say to us.
#[derive(Clone, Debug, Default, Deserialize)]
struct Metadata {
    layers: Option<LayersTable>,
}

#[derive(Clone, Debug, Deserialize)]
struct LayersTable {
    layer: Option<String>,
}

/// Makes a workspace of the packages that `files` belong to. Those without a Cargo.toml
/// have the targets that Cargo finds by itself, the 2024 edition, and may name each other.
///
/// # Errors
///
/// When a Cargo.toml makes no sense.
pub fn workspace(files: &Files) -> Result<ExampleWorkspace, ExampleError> {
    let mut packages = Vec::new();
    for (folder, own) in files.packages() {
        let path = folder.join("Cargo.toml");
        let given = files.get(&path);
        let text = given.map_or("", |file| file.text.as_str());
        let fail = |message: String| {
            let line = given.and_then(|file| file.line).unwrap_or(1);
            ExampleError::Manifest { line, path: path.clone(), message }
        };
        let mut manifest = Manifest::from_slice_with_metadata(text.as_bytes())
            .map_err(|error| fail(error.to_string()))?;
        manifest.package.get_or_insert_with(|| unnamed(&folder));
        manifest
            .complete_from_abstract_filesystem::<Metadata, _>(&Listing(&own), None)
            .map_err(|error| fail(error.to_string()))?;
        packages.push((folder, manifest, given.is_none()));
    }
    if let Some(name) = repeated(&packages) {
        return Err(ExampleError::PackageTwice { name });
    }
    packages.sort_by(|(_, a, _), (_, b, _)| a.package().name().cmp(b.package().name()));
    let libraries: BTreeMap<String, (usize, String)> = packages
        .iter()
        .enumerate()
        .map(|(index, (_, manifest, _))| {
            let name = manifest.package().name();
            let library = manifest.lib.as_ref().and_then(|lib| lib.name.clone());
            (name.to_owned(), (index, code_name(library.as_deref().unwrap_or(name))))
        })
        .collect();
    let inferred = packages.iter().map(|(_, _, inferred)| *inferred).collect();
    let packages = packages
        .iter()
        .map(|(folder, manifest, inferred)| package(folder, manifest, *inferred, &libraries))
        .collect();
    let boundary = Boundary::default();
    let workspace = Workspace { root: ROOT.into(), packages, boundary };
    Ok(ExampleWorkspace { workspace, inferred })
}

/// What a package is when its Cargo.toml does not say so: called like its folder.
fn unnamed(folder: &Utf8Path) -> cargo_toml::Package<Metadata> {
    let mut package = cargo_toml::Package::default();
    folder.file_name().unwrap_or(DEFAULT_PACKAGE).clone_into(&mut package.name);
    package.edition = cargo_toml::Inheritable::Set(cargo_toml::Edition::E2024);
    package
}

/// The name that two packages have.
fn repeated(packages: &[(Utf8PathBuf, Manifest<Metadata>, bool)]) -> Option<String> {
    let mut names = BTreeSet::new();
    let mut all = packages.iter().map(|(_, manifest, _)| manifest.package().name());
    all.find(|name| !names.insert(*name)).map(str::to_owned)
}

/// The files of one package, as the reader of its manifest looks for targets among them.
struct Listing<'a>(&'a BTreeSet<Utf8PathBuf>);

impl AbstractFilesystem for Listing<'_> {
    fn file_names_in(&self, folder: &str) -> io::Result<HashSet<Box<str>>> {
        let below = |file: &Utf8PathBuf| {
            let rest = file.strip_prefix(folder).ok()?;
            rest.components().next().map(|part| Box::from(part.as_str()))
        };
        Ok(self.0.iter().filter_map(below).collect())
    }
}

fn package(
    folder: &Utf8Path,
    manifest: &Manifest<Metadata>,
    inferred: bool,
    libraries: &BTreeMap<String, (usize, String)>,
) -> Package {
    let root = Utf8Path::new(ROOT).join(folder);
    let package = manifest.package();
    let targets = targets(&root, manifest);
    let mut dependencies = if inferred {
        let others = libraries.iter().filter(|(name, _)| *name != package.name());
        others.map(|(name, (index, library))| plain(name, library, Some(*index))).collect()
    } else {
        declared(manifest, libraries)
    };
    sort(&mut dependencies);
    Package {
        name: package.name().to_owned(),
        id: String::new(),
        manifest: root.join("Cargo.toml"),
        targets,
        dependencies,
        features: manifest.features.clone(),
        layer: package.metadata.as_ref().and_then(|it| it.layers.as_ref()?.layer.clone()),
    }
}

fn targets(root: &Utf8Path, manifest: &Manifest<Metadata>) -> Vec<Target> {
    let package = manifest.package();
    let target = |product: &Product, kind: CrateKind| -> Option<Target> {
        Some(Target {
            name: code_name(product.name.as_deref().unwrap_or(package.name())),
            kind,
            root: root.join(product.path.as_deref()?),
            edition: edition(product.edition.unwrap_or(package.edition())),
        })
    };
    let library = manifest.lib.as_ref().and_then(|library| {
        let is_macro = library.proc_macro || library.crate_type.iter().any(|it| it == "proc-macro");
        target(library, if is_macro { CrateKind::ProcMacro } else { CrateKind::Lib })
    });
    let others = [
        (&manifest.bin, CrateKind::Bin),
        (&manifest.example, CrateKind::Example),
        (&manifest.test, CrateKind::Test),
        (&manifest.bench, CrateKind::Bench),
    ];
    let others = others.into_iter().flat_map(|(products, kind)| {
        products.iter().filter_map(move |product| target(product, kind))
    });
    let script = match &package.build {
        Some(cargo_toml::OptionalFile::Path(path)) => path.to_str().map(|path| Target {
            name: "build_script_build".to_owned(),
            kind: CrateKind::BuildScript,
            root: root.join(path),
            edition: edition(package.edition()),
        }),
        _ => None,
    };
    let mut targets: Vec<Target> = library.into_iter().chain(others).chain(script).collect();
    targets.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    targets
}

fn edition(edition: cargo_toml::Edition) -> Edition {
    match edition {
        cargo_toml::Edition::E2015 => Edition::E2015,
        cargo_toml::Edition::E2018 => Edition::E2018,
        cargo_toml::Edition::E2021 => Edition::E2021,
        _ => Edition::E2024,
    }
}

/// The dependencies that a Cargo.toml names.
fn declared(
    manifest: &Manifest<Metadata>,
    libraries: &BTreeMap<String, (usize, String)>,
) -> Vec<Dependency> {
    let mut tables = vec![
        (&manifest.dependencies, PackageDependencyKind::Normal, None),
        (&manifest.dev_dependencies, PackageDependencyKind::Dev, None),
        (&manifest.build_dependencies, PackageDependencyKind::Build, None),
    ];
    for (target, of_target) in &manifest.target {
        tables.extend([
            (&of_target.dependencies, PackageDependencyKind::Normal, Some(target)),
            (&of_target.dev_dependencies, PackageDependencyKind::Dev, Some(target)),
            (&of_target.build_dependencies, PackageDependencyKind::Build, Some(target)),
        ]);
    }
    let of_table = |(table, kind, target): (&DepsSet, PackageDependencyKind, Option<&String>)| {
        let dependencies = table.iter().map(|(key, entry)| {
            let package = entry.package().unwrap_or(key);
            let member = libraries.get(package);
            let library = member.map_or_else(|| code_name(package), |(_, library)| library.clone());
            let detail = entry.detail();
            Dependency {
                extern_name: if package == key { library } else { code_name(key) },
                renamed: package != key,
                kind,
                optional: entry.optional(),
                target: target.cloned(),
                features: entry.req_features().to_vec(),
                default_features: detail.is_none_or(|detail| detail.default_features),
                folder: None,
                ..plain(package, "", member.map(|(index, _)| *index))
            }
        });
        dependencies.collect::<Vec<_>>()
    };
    tables.into_iter().flat_map(of_table).collect()
}

/// A dependency as it is when nothing more is said of it.
pub(super) fn plain(package: &str, library: &str, member: Option<usize>) -> Dependency {
    Dependency {
        package: package.to_owned(),
        extern_name: library.to_owned(),
        renamed: false,
        member,
        kind: PackageDependencyKind::Normal,
        optional: false,
        target: None,
        features: Vec::new(),
        default_features: true,
        folder: None,
    }
}

/// Puts dependencies into the order in which a workspace has them.
pub(super) fn sort(dependencies: &mut [Dependency]) {
    dependencies.sort_by(|a, b| {
        (a.kind, &a.package, &a.extern_name, &a.target).cmp(&(
            b.kind,
            &b.package,
            &b.extern_name,
            &b.target,
        ))
    });
}

fn code_name(name: &str) -> String {
    name.replace('-', "_")
}
