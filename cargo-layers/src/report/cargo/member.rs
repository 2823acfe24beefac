//! The packages of a workspace as Cargo speaks of them.

use camino::Utf8Path;
use layers_rules::facts::CrateKind;

use super::message::{Package, Target};
use crate::workspace::{self, Edition, Workspace};

/// A package, the folder it stands in and its targets, as far as messages speak of them.
#[derive(Clone, Debug)]
pub struct Member {
    /// The folder, relative to the workspace root, with a slash at its end; empty for the
    /// root itself.
    pub folder: String,
    /// The package.
    pub package: Package,
    /// Its targets with the files they begin with, relative to the workspace root; libraries
    /// first.
    pub targets: Vec<(String, Target)>,
}

/// The packages of a workspace.
#[must_use]
pub fn members(workspace: &Workspace) -> Vec<Member> {
    workspace.packages.iter().map(|package| member(package, &workspace.root)).collect()
}

fn member(package: &workspace::Package, root: &Utf8Path) -> Member {
    let folder = package.manifest.parent().map(|folder| relative(folder, root));
    let folder = folder.filter(|folder| !folder.is_empty()).map(|folder| folder + "/");
    Member {
        folder: folder.unwrap_or_default(),
        package: Package {
            package_id: package.id.clone(),
            manifest_path: package.manifest.to_string(),
        },
        targets: package.targets.iter().map(|it| (relative(&it.root, root), target(it))).collect(),
    }
}

/// A path relative to the workspace root, with forward slashes; as it is where it lies
/// outside.
fn relative(path: &Utf8Path, root: &Utf8Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    parts.map(|part| part.as_str()).collect::<Vec<_>>().join("/")
}

fn target(target: &workspace::Target) -> Target {
    let (kind, crate_type) = match target.kind {
        CrateKind::Lib => ("lib", "lib"),
        CrateKind::ProcMacro => ("proc-macro", "proc-macro"),
        CrateKind::Bin => ("bin", "bin"),
        CrateKind::Example => ("example", "bin"),
        CrateKind::Test => ("test", "bin"),
        CrateKind::Bench => ("bench", "bin"),
        CrateKind::BuildScript => ("custom-build", "bin"),
    };
    let is_library = matches!(target.kind, CrateKind::Lib | CrateKind::ProcMacro);
    Target {
        kind: vec![kind.to_owned()],
        crate_types: vec![crate_type.to_owned()],
        name: target.name.clone(),
        src_path: target.root.to_string(),
        edition: edition(target.edition),
        doc: is_library || target.kind == CrateKind::Bin,
        doctest: target.kind == CrateKind::Lib,
        test: !matches!(target.kind, CrateKind::BuildScript | CrateKind::Example),
    }
}

fn edition(edition: Edition) -> &'static str {
    match edition {
        Edition::E2015 => "2015",
        Edition::E2018 => "2018",
        Edition::E2021 => "2021",
        Edition::E2024 => "2024",
    }
}
