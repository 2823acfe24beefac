use layers_rules::facts::PackageDependencyKind;

use super::*;
use crate::disk::Boundary;
use crate::workspace::{Dependency, Package};

fn package(name: &str, features: &[(&str, &[&str])], dependencies: Vec<Dependency>) -> Package {
    Package {
        name: name.to_owned(),
        id: String::new(),
        manifest: format!("/w/{name}/Cargo.toml").into(),
        targets: Vec::new(),
        dependencies,
        features: features
            .iter()
            .map(|(name, implied)| {
                ((*name).to_owned(), implied.iter().map(|name| (*name).to_owned()).collect())
            })
            .collect(),
        layer: None,
    }
}

fn on(member: usize, name: &str, optional: bool, features: &[&str]) -> Dependency {
    Dependency {
        package: name.to_owned(),
        extern_name: name.to_owned(),
        renamed: false,
        member: Some(member),
        kind: PackageDependencyKind::Normal,
        optional,
        target: None,
        features: features.iter().map(|name| (*name).to_owned()).collect(),
        default_features: false,
        folder: None,
    }
}

fn workspace() -> Workspace {
    let store: &[(&str, &[&str])] = &[("default", &["pool"]), ("pool", &[]), ("tls", &["pool"])];
    let shop: &[(&str, &[&str])] = &[
        ("default", &["web"]),
        ("web", &["dep:store", "store?/tls"]),
        ("fast", &["store/pool"]),
        ("store", &["dep:store"]),
    ];
    Workspace {
        root: "/w".into(),
        packages: vec![
            package("store", store, Vec::new()),
            package("shop", shop, vec![on(0, "store", true, &[])]),
        ],
        boundary: Boundary::default(),
    }
}

fn features(choice: &FeatureChoice) -> Vec<Vec<String>> {
    let configuration = Configuration::new(&workspace(), None, Some(choice)).expect("known names");
    let features = configuration.features.expect("a choice was made");
    features.into_iter().map(|features| features.into_iter().collect()).collect()
}

#[test]
fn features_are_followed_through_dependencies() {
    let none = FeatureChoice { no_default: true, ..FeatureChoice::default() };
    assert_eq!(features(&none), [Vec::<String>::new(), Vec::new()]);
    assert_eq!(
        features(&FeatureChoice::default()),
        [vec!["default", "pool", "tls"], vec!["default", "store", "web"]]
    );
    let fast = FeatureChoice { named: vec!["shop/fast".to_owned()], ..none };
    assert_eq!(features(&fast), [vec!["pool"], vec!["fast", "store"]]);
    let all = FeatureChoice { all: true, ..FeatureChoice::default() };
    assert_eq!(features(&all)[1], ["default", "fast", "store", "web"]);
}

#[test]
fn a_name_that_does_not_exist_is_an_error_with_what_there_is() {
    let error = |target: Option<&str>, features: Option<&str>| {
        let choice = features.map(|feature| FeatureChoice {
            named: vec![feature.to_owned()],
            ..FeatureChoice::default()
        });
        let error = Configuration::new(&workspace(), target, choice.as_ref());
        let error = error.expect_err("an unknown name");
        let help = miette::Diagnostic::help(&error).expect("help").to_string();
        format!("{error}; {help}")
    };
    assert_eq!(
        error(None, Some("tsl")),
        "no package of the workspace has a feature `tsl`; did you mean `tls`?"
    );
    assert_eq!(
        error(None, Some("store/web")),
        "the workspace has no package `store` with a feature `web`; \
         the features are `default`, `pool`, `tls`"
    );
    assert_eq!(
        error(Some("x86_64-unknown-linux-gnuu"), None),
        "rustc knows no target `x86_64-unknown-linux-gnuu`; \
         did you mean `x86_64-unknown-linux-gnu`?"
    );
    assert_eq!(
        error(Some("vax"), None),
        "rustc knows no target `vax`; `rustc --print target-list` lists them"
    );
}

#[test]
fn only_what_is_decided_excludes_code() {
    let workspace = workspace();
    let open = Configuration::default();
    assert!(open.may_hold(1, "all(unix, not(unix))"));
    let linux = Configuration::new(&workspace, Some("x86_64-unknown-linux-gnu"), None)
        .expect("a known target");
    assert!(linux.may_hold(1, "unix"));
    assert!(!linux.may_hold(1, "windows"));
    assert!(!linux.may_hold(1, "any(windows, target_os = \"macos\")"));
    assert!(linux.may_hold(1, "all(test, feature = \"fast\")"));
    assert!(linux.may_hold(1, "tokio_unstable"));
    assert!(!linux.may_hold(1, "all(windows, test)"));
    let plain = Configuration::new(&workspace, None, Some(&FeatureChoice::default()))
        .expect("no names at all");
    assert!(plain.may_hold(1, "all(windows, feature = \"web\")"));
    assert!(!plain.may_hold(1, "feature = \"fast\""));
    assert!(!plain.may_hold(1, "not(feature = \"web\")"));
}

#[test]
fn flags_are_decided_when_they_are_known() {
    let flags = Configuration::default().with_flags(["test"]);
    assert!(flags.may_hold(0, "all(test, unix)"));
    for absent in ["debug_assertions", "tokio_unstable", "backend = \"x\"", "not(test)"] {
        assert!(!flags.may_hold(0, absent), "{absent}");
        assert!(Configuration::default().may_hold(0, absent), "{absent}");
    }
}
