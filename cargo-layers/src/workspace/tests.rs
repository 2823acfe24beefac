//! Loading small workspaces written to a temporary folder.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use layers_rules::facts::{CrateKind, PackageDependencyKind};
use tempfile::TempDir;

use super::external_graph::Link;
use super::{Edition, Package, Workspace, WorkspaceError, cargo, external_graph, load};

struct Project {
    _folder: TempDir,
    root: Utf8PathBuf,
}

impl Project {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap().canonicalize_utf8().unwrap();
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self { _folder: folder, root }
    }

    fn load(&self) -> Result<Workspace, WorkspaceError> {
        load(None, &self.root)
    }
}

fn package<'a>(workspace: &'a Workspace, name: &str) -> &'a Package {
    workspace.packages.iter().find(|package| package.name == name).unwrap()
}

fn targets(package: &Package) -> Vec<(&str, CrateKind)> {
    package.targets.iter().map(|target| (target.name.as_str(), target.kind)).collect()
}

const SHOP: &[(&str, &str)] = &[
    (
        "Cargo.toml",
        r#"
[workspace]
resolver = "2"
members = ["crates/*"]
[patch.crates-io]
shop-clock = { path = "./crates/../crates/clock" }
"#,
    ),
    (
        "crates/http/Cargo.toml",
        r#"
[package]
name = "shop-http"
version = "0.1.0"
edition = "2021"
build = "build.rs"
[[bin]]
name = "shop-server"
path = "src/main.rs"
[dependencies]
store = { package = "shop-domain", path = "../domain" }
shop-clock = "1"
serde-json = { package = "serde_json", version = "1", optional = true }
[target.'cfg(unix)'.dependencies]
async-trait = "0.1"
[dev-dependencies]
shop-macros = { path = "../macros" }
shop-clock = "2"
"#,
    ),
    ("crates/http/src/lib.rs", ""),
    ("crates/http/src/main.rs", "fn main() {}"),
    ("crates/http/build.rs", "fn main() { panic!(\"a build script was run\") }"),
    ("crates/http/tests/it-works.rs", ""),
    ("crates/http/examples/demo.rs", "fn main() {}"),
    ("crates/http/benches/speed.rs", ""),
    (
        "crates/domain/Cargo.toml",
        r#"
[package]
name = "shop-domain"
version = "0.1.0"
edition = "2024"
[package.metadata.layers]
layer = "domain"
[lib]
name = "the_domain"
crate-type = ["cdylib", "rlib"]
[dev-dependencies]
shop-domain = { path = "." }
"#,
    ),
    ("crates/domain/src/lib.rs", ""),
    (
        "crates/macros/Cargo.toml",
        "[package]\nname = \"shop-macros\"\nversion = \"0.1.0\"\n[lib]\nproc-macro = true\n",
    ),
    ("crates/macros/src/lib.rs", ""),
    ("crates/clock/Cargo.toml", "[package]\nname = \"shop-clock\"\nversion = \"1.2.0\"\n"),
    ("crates/clock/src/lib.rs", ""),
];

#[test]
fn packages_are_sorted_and_hold_every_target() {
    let project = Project::new(SHOP);
    let workspace = project.load().unwrap();
    assert_eq!(workspace.root, project.root);
    let names: Vec<&str> = workspace.packages.iter().map(|package| package.name.as_str()).collect();
    assert_eq!(names, ["shop-clock", "shop-domain", "shop-http", "shop-macros"]);

    let http = package(&workspace, "shop-http");
    assert_eq!(
        targets(http),
        [
            ("shop_http", CrateKind::Lib),
            ("shop_server", CrateKind::Bin),
            ("demo", CrateKind::Example),
            ("it_works", CrateKind::Test),
            ("speed", CrateKind::Bench),
            ("build_script_build", CrateKind::BuildScript),
        ]
    );
    assert_eq!(http.manifest, project.root.join("crates/http/Cargo.toml"));
    assert_eq!(http.targets[1].root, project.root.join("crates/http/src/main.rs"));
    assert_eq!(http.targets[0].edition, Edition::E2021);

    let macros = package(&workspace, "shop-macros");
    assert_eq!(targets(macros), [("shop_macros", CrateKind::ProcMacro)]);
    assert_eq!(macros.targets[0].edition, Edition::E2015);
}

#[test]
fn a_crate_of_several_forms_is_one_library() {
    let workspace = Project::new(SHOP).load().unwrap();
    let domain = package(&workspace, "shop-domain");
    assert_eq!(targets(domain), [("the_domain", CrateKind::Lib)]);
    assert_eq!(domain.layer.as_deref(), Some("domain"));
    assert_eq!(package(&workspace, "shop-http").layer, None);
}

#[test]
fn dependencies_know_their_members_and_their_names_in_code() {
    let workspace = Project::new(SHOP).load().unwrap();
    let shown: Vec<String> = package(&workspace, "shop-http")
        .dependencies
        .iter()
        .map(|dependency| {
            let table = match dependency.kind {
                PackageDependencyKind::Normal => "normal",
                PackageDependencyKind::Dev => "dev",
                PackageDependencyKind::Build => "build",
            };
            let member = dependency
                .member
                .map_or("outside", |member| workspace.packages[member].name.as_str());
            format!(
                "{table} {} as {} renamed={} optional={} target={:?} → {member}",
                dependency.package,
                dependency.extern_name,
                dependency.renamed,
                dependency.optional,
                dependency.target,
            )
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    normal async-trait as async_trait renamed=false optional=false target=Some("cfg(unix)") → outside
    normal serde_json as serde_json renamed=true optional=true target=None → outside
    normal shop-clock as shop_clock renamed=false optional=false target=None → shop-clock
    normal shop-domain as store renamed=true optional=false target=None → shop-domain
    dev shop-clock as shop_clock renamed=false optional=false target=None → outside
    dev shop-macros as shop_macros renamed=false optional=false target=None → shop-macros
    "#);
}

#[test]
fn the_name_of_a_member_in_code_is_that_of_its_library() {
    let workspace = Project::new(SHOP).load().unwrap();
    let domain = package(&workspace, "shop-domain");
    let own = &domain.dependencies[0];
    assert_eq!((own.extern_name.as_str(), own.renamed), ("the_domain", false));
    assert_eq!(own.member, Some(1));
}

#[test]
fn a_workspace_is_found_from_a_folder_below_and_by_its_manifest() {
    let project = Project::new(SHOP);
    let below = load(None, &project.root.join("crates/http/src")).unwrap();
    assert_eq!(below.root, project.root);
    assert_eq!(below.packages.len(), 4);
    let named = load(Some("../clock/Cargo.toml".into()), &project.root.join("crates/http"));
    assert_eq!(named.unwrap().root, project.root);
}

#[test]
fn nothing_is_written_into_the_workspace() {
    let project = Project::new(SHOP);
    project.load().unwrap();
    assert!(!project.root.join("Cargo.lock").exists());
    assert!(!project.root.join("target").exists());
}

#[test]
fn cargo_is_started_where_the_workspace_chooses_no_program() {
    let project = Project::new(SHOP);
    let command = cargo::metadata(&project.root.join("Cargo.toml")).unwrap().cargo_command();
    let folder = Utf8Path::from_path(command.get_current_dir().unwrap()).unwrap();
    assert_eq!(folder.parent(), None);
    for wrapper in ["RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"] {
        let value = command.get_envs().find(|(name, _)| *name == wrapper);
        assert_eq!(value, Some((wrapper.as_ref(), Some("".as_ref()))));
    }
}

#[test]
fn a_registry_of_the_workspace_is_known() {
    let mut files = SHOP.to_vec();
    files.extend([
        (".cargo/config.toml", "[registries.own]\nindex = \"sparse+https://own.example/\"\n"),
        (
            "crates/own/Cargo.toml",
            "[package]\nname = \"own\"\nversion = \"0.1.0\"\n[dependencies]\nlog = { version = \"1\", registry = \"own\" }\n",
        ),
        ("crates/own/src/lib.rs", ""),
    ]);
    let workspace = Project::new(&files).load().unwrap();
    assert_eq!(package(&workspace, "own").dependencies[0].package, "log");
}

#[test]
fn no_manifest_far_and_wide() {
    let project = Project::new(&[("src/lib.rs", "")]);
    let error = load(None, &project.root.join("src")).unwrap_err();
    assert!(matches!(error, WorkspaceError::NoManifest { .. }), "{error}");
}

#[test]
fn a_manifest_path_must_lead_to_a_manifest() {
    let project = Project::new(SHOP);
    let error = load(Some("crates/nowhere/Cargo.toml".into()), &project.root).unwrap_err();
    assert!(matches!(error, WorkspaceError::MissingManifest { .. }), "{error}");

    for wrong in ["crates/http", "crates/http/build.rs"] {
        let error = load(Some(wrong.into()), &project.root).unwrap_err();
        let WorkspaceError::NotAManifest { suggestion, .. } = error else {
            panic!("{wrong}: {error}")
        };
        assert_eq!(suggestion, project.root.join("crates/http/Cargo.toml"));
    }
}

#[test]
fn what_cargo_says_of_a_bad_manifest_is_passed_on() {
    let project = Project::new(&[("Cargo.toml", "[package]\nname = \"a b\"\n")]);
    let WorkspaceError::InvalidManifest { message, .. } = project.load().unwrap_err() else {
        panic!("a manifest that Cargo refuses is refused")
    };
    assert!(message.contains("Cargo.toml"), "{message}");
    assert!(!message.starts_with("error:"), "{message}");
}

#[test]
fn the_layer_of_a_package_is_checked() {
    let with = |table: &str| {
        let manifest =
            format!("[package]\nname = \"one\"\nversion = \"0.1.0\"\n[package.metadata]\n{table}");
        let project = Project::new(&[("Cargo.toml", &manifest), ("src/lib.rs", "")]);
        project.load()
    };
    assert_eq!(
        with("layers = { layer = \"core\" }").unwrap().packages[0].layer,
        Some("core".into())
    );
    assert_eq!(with("layers = { pack = \"layers.toml\" }").unwrap().packages[0].layer, None);
    for wrong in ["layers = 1", "layers = { layer = [] }", "layers = { layr = \"core\" }"] {
        let error = with(wrong).unwrap_err();
        assert!(matches!(error, WorkspaceError::InvalidLayerTable { .. }), "{wrong}: {error}");
    }
}

#[test]
fn the_graph_outside_needs_a_lock_file() {
    let project = Project::new(&[
        (
            "Cargo.toml",
            "[package]\nname = \"one\"\nversion = \"0.1.0\"\n[dependencies]\ntwo = { path = \"two\", features = [\"tls\"] }\n[workspace]\nexclude = [\"two\", \"three\", \"five\"]\n",
        ),
        ("src/lib.rs", ""),
        (
            "two/Cargo.toml",
            "[package]\nname = \"two\"\nversion = \"0.1.0\"\n[features]\ntls = [\"dep:five\"]\n[dependencies]\nfive = { path = \"../five\", optional = true }\n[target.'cfg(unix)'.build-dependencies]\nthree = { path = \"../three\" }\n[dev-dependencies]\nfour = { path = \"../four\" }\n",
        ),
        ("two/src/lib.rs", ""),
        ("two/build.rs", "fn main() {}"),
        ("three/Cargo.toml", "[package]\nname = \"three\"\nversion = \"0.1.0\"\n"),
        ("three/src/lib.rs", ""),
        ("five/Cargo.toml", "[package]\nname = \"five\"\nversion = \"0.1.0\"\n"),
        ("five/src/lib.rs", ""),
        ("four/Cargo.toml", "[package]\nname = \"four\"\nversion = \"0.1.0\"\n"),
        ("four/src/lib.rs", ""),
    ]);
    let workspace = project.load().unwrap();
    let error = external_graph::load(&workspace).unwrap_err();
    let WorkspaceError::NoExternalGraph { message } = error else { panic!("{error}") };
    assert!(message.contains("--locked"), "{message}");

    fs::write(
        project.root.join("Cargo.lock"),
        "version = 3\n\
         [[package]]\nname = \"five\"\nversion = \"0.1.0\"\n\
         [[package]]\nname = \"one\"\nversion = \"0.1.0\"\ndependencies = [\"two\"]\n\
         [[package]]\nname = \"three\"\nversion = \"0.1.0\"\n\
         [[package]]\nname = \"two\"\nversion = \"0.1.0\"\ndependencies = [\"five\", \"three\"]\n",
    )
    .unwrap();
    let graph = external_graph::load(&workspace).unwrap();
    let link = |to: &str, kind, features: &[&str], targets: &[&str]| Link {
        from: "two".to_owned(),
        to: to.to_owned(),
        kind,
        features: features.iter().map(|text| (*text).to_owned()).collect(),
        targets: targets.iter().map(|text| (*text).to_owned()).collect(),
    };
    let expected = [
        link("five", PackageDependencyKind::Normal, &["tls"], &[]),
        link("three", PackageDependencyKind::Build, &[], &["cfg(unix)"]),
    ];
    assert_eq!(graph.links, expected);
    let built = ["five", "one", "three", "two"].map(str::to_owned).to_vec();
    assert_eq!(graph.built_alone, [(0, built)]);
}
