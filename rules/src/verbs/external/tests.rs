//! The verb `external`.

use crate::check::{Selection, check};
use crate::facts::{Package, PackageDependency, PackageDependencyKind as Kind, PackageId, Span};
use crate::finding::Finding;
use crate::planting::{Edit, On};
use crate::testing::World;

mod at_hand;

/// Lets the package `from` declare a dependency on `to`; gives the entry, to be changed.
fn depends<'w>(world: &'w mut World, from: &str, to: &str) -> &'w mut PackageDependency {
    let position = |world: &World, name: &str| {
        let is_called = |package: &Package| world.facts.names.text(package.name) == name;
        world.facts.packages.iter().position(is_called)
    };
    let (index, member) = (position(world, from).expect("a package"), position(world, to));
    let package = world.facts.names.intern(to);
    let extern_name = world.facts.names.intern(&to.replace('-', "_"));
    let dependencies = &mut world.facts.packages[index].dependencies;
    let start = 10 * u32::try_from(dependencies.len()).expect("few");
    dependencies.push(PackageDependency {
        package,
        extern_name,
        workspace: member.map(PackageId::new),
        kind: Kind::Normal,
        optional: false,
        features: Vec::new(),
        target: None,
        span: Span { start, end: start + 4 },
        inherited: None,
    });
    dependencies.last_mut().expect("just added")
}

/// The domain gets `sqlx` through a crate of the workspace, and `mio` through two outside.
fn shop() -> World {
    let mut world = World::new(&["shop-domain", "shop-shared", "shop-store"]);
    depends(&mut world, "shop-domain", "uuid");
    depends(&mut world, "shop-domain", "shop-shared");
    depends(&mut world, "shop-shared", "tokio");
    depends(&mut world, "shop-store", "sqlx");
    world.links("tokio", "mio");
    world.links("mio", "libc");
    world
}

fn rule(keys: &str) -> String {
    format!("[layers]\ndomain = \"shop-domain\"\n[rules.r]\nexternal = {{ {keys} }}\n")
}

fn findings(world: &World, keys: &str) -> Vec<Finding> {
    world.check(&rule(keys)).findings
}

fn messages(world: &World, keys: &str) -> Vec<String> {
    world.messages(&rule(keys))
}

#[test]
fn what_is_denied_is_told_at_its_entry() {
    let world = shop();
    let found = findings(&world, "from = \"@domain\", deny = [\"uuid\", \"sqlx\"]");
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(finding.message, "`shop-domain` (domain) must not depend on `uuid`");
    assert_eq!(finding.primary.location.file, "shop-domain/Cargo.toml");
    assert_eq!(finding.primary.text, "a normal dependency");
    assert!(finding.chain.is_empty());
    let kinds = (finding.identity.to.as_str(), finding.identity.kind.as_str());
    assert_eq!(kinds, ("uuid", "dependency"));
}

#[test]
fn what_is_not_allowed_is_told_and_the_workspace_is_left_alone() {
    let world = shop();
    assert!(messages(&world, "from = \"@domain\", allow = \"uuid\"").is_empty());
    assert_eq!(
        messages(&world, "from = \"shop-*\", allow = [\"uuid\", \"tok*\"]"),
        ["r: `shop-store` must not depend on `sqlx`: of the crates outside the workspace \
          `shop-*` may depend on only `uuid` and `tok*`"]
    );
    assert_eq!(messages(&world, "from = \"@domain\", allow = []").len(), 1);
    // What is allowed can be denied all the same, and members can be denied too.
    assert_eq!(messages(&world, "from = \"@domain\", allow = \"*\", deny = \"uuid\"").len(), 1);
    assert_eq!(
        messages(&world, "from = \"@domain\", deny = \"shop-shared\""),
        ["r: `shop-domain` (domain) must not depend on `shop-shared`"]
    );
}

#[test]
fn chains_are_followed_through_members_and_outside() {
    let world = shop();
    assert!(messages(&world, "from = \"@domain\", deny = \"libc\"").is_empty());
    let found = findings(&world, "from = \"@domain\", deny = \"libc\", via = \"any\"");
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    let message = "`shop-domain` (domain) must not depend on `libc`, not even through others";
    assert_eq!(finding.message, message);
    assert_eq!(finding.primary.text, "a normal dependency; leads to `libc` in 4 steps");
    assert_eq!(finding.primary.location.span.start, 10);
    let hops: Vec<_> = finding
        .chain
        .iter()
        .map(|it| (it.from.as_str(), it.to.as_str(), it.how.as_str(), it.location.file.as_str()))
        .collect();
    let shared = "shop-shared/Cargo.toml";
    assert_eq!(
        hops,
        [
            ("shop-shared", "tokio", "dependency", shared),
            ("tokio", "mio", "cargo", shared),
            ("mio", "libc", "cargo", shared),
        ]
    );
}

#[test]
fn what_an_allowed_crate_brings_along_is_its_own_affair() {
    let world = shop();
    let any = |keys: &str| messages(&world, &format!("from = \"@domain\", via = \"any\", {keys}"));
    assert!(any("allow = [\"uuid\", \"tokio\"]").is_empty());
    assert_eq!(
        any("allow = \"uuid\""),
        ["r: `shop-domain` (domain) must not depend on `tokio`, not even through others: of the \
          crates outside the workspace `domain` may depend on only `uuid`"]
    );
    assert_eq!(any("allow = [\"uuid\", \"tokio\"], deny = \"mio\"").len(), 1);
}

#[test]
fn packages_of_from_are_held_to_the_rule_by_themselves() {
    let world = shop();
    let found = findings(&world, "from = \"shop-*\", deny = \"tokio\", via = \"any\"");
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(finding.primary.location.file, "shop-shared/Cargo.toml");
    // In doubt a package may depend on its like.
    assert!(messages(&world, "from = \"shop-*\", deny = \"shop-*\"").is_empty());
    assert_eq!(messages(&world, "from = \"shop-*\", deny = \"shop-shared\"").len(), 1);
}

#[test]
fn kinds_limit_the_rule_and_test_code_brings_its_own() {
    let mut world = World::new(&["shop-domain"]);
    depends(&mut world, "shop-domain", "cc").kind = Kind::Build;
    depends(&mut world, "shop-domain", "rstest").kind = Kind::Dev;
    let deny = "from = \"@domain\", deny = [\"cc\", \"rstest\"]";
    let texts = |keys: &str| -> Vec<String> {
        findings(&world, keys).into_iter().map(|it| it.primary.text).collect()
    };
    assert_eq!(texts(deny), ["a build dependency"]);
    let dev = texts(&format!("{deny}, dependency-kinds = [\"dev\"]"));
    assert_eq!(dev, ["a dev-dependency"]);
    assert_eq!(texts(&format!("{deny}, dependency-kinds = [\"normal\"]")), [""; 0]);
    assert_eq!(world.messages(&format!("{}tests = true\n", rule(deny))).len(), 2);
    let layer =
        rule(deny).replace("= \"shop-domain\"", "= { members = \"shop-domain\", tests = true }");
    assert_eq!(world.messages(&layer).len(), 2);
}

#[test]
fn others_dev_dependencies_are_nobodys_and_build_ones_count_with_build() {
    let mut world = shop();
    depends(&mut world, "shop-shared", "rstest").kind = Kind::Dev;
    world.links("tokio", "cc").kind = Kind::Build;
    let any =
        |keys: &str| messages(&world, &format!("from = \"@domain\", via = \"any\", {keys}")).len();
    assert_eq!(any("deny = \"rstest\", dependency-kinds = [\"normal\", \"dev\"]"), 0);
    assert_eq!(any("deny = \"cc\""), 1);
    assert_eq!(any("deny = \"cc\", dependency-kinds = [\"normal\"]"), 0);
}

#[test]
fn optional_and_conditional_dependencies_count_and_say_so() {
    let mut world = World::new(&["shop-domain"]);
    let features: Vec<_> = ["full", "tls"].map(|name| world.facts.names.intern(name)).into();
    world.facts.packages[0].features = features.clone();
    let windows = world.facts.names.intern("cfg(windows)");
    let entry = depends(&mut world, "shop-domain", "rustls");
    entry.optional = true;
    entry.features = features;
    let name = world.facts.names.intern("registry");
    let entry = depends(&mut world, "shop-domain", "winreg");
    entry.target = Some(windows);
    entry.extern_name = name;
    let deny = "from = \"@domain\", deny = [\"rustls\", \"winreg\"]";
    let texts = |keys: &str| -> Vec<String> {
        findings(&world, keys).into_iter().map(|it| it.primary.text).collect()
    };
    let rustls = "a normal dependency, by the features `full` or `tls`";
    let winreg = "a normal dependency, only for `cfg(windows)`, called `registry` here";
    assert_eq!(texts(deny), [rustls, winreg]);
    assert_eq!(texts(&format!("{deny}, features = []")), [winreg]);
    assert_eq!(texts(&format!("{deny}, features = \"tls\"")), [rustls, winreg]);
    let linux = format!("{deny}, targets = \"x86_64-unknown-linux-gnu\"");
    assert_eq!(texts(&linux), [rustls]);
    let windows = format!("{deny}, targets = \"x86_64-pc-windows-msvc\"");
    assert_eq!(texts(&windows), [rustls, winreg]);
    let policy = world.policy(&rule(&format!("{deny}, features = \"tsl\""))).expect("a policy");
    let problems = check(&world.facts, &policy, &Selection::default());
    let problems = problems.expect_err("no such feature");
    assert_eq!(problems[0].message, "no package of the workspace has a feature `tsl`");
    assert_eq!(problems[0].help.as_deref(), Some("did you mean `tls`?"));
}

#[test]
fn exceptions_cover_ways_and_leave_the_others_open() {
    let mut world = shop();
    depends(&mut world, "shop-shared", "socket2");
    world.links("socket2", "libc");
    let keys = "from = \"@domain\", deny = \"libc\", via = \"any\"";
    let except = |keys_of_exception: &str| {
        let exception = format!("[[rules.r.except]]\n{keys_of_exception}\nreason = \"known\"\n");
        let report = world.check(&format!("{}{exception}", rule(keys)));
        let texts = report.findings.iter().map(|it| format!("{}: {}", it.rule, it.primary.text));
        texts.collect::<Vec<_>>()
    };
    // The shortest chain goes through socket2; around it there is another.
    assert_eq!(except("to = \"socket2\""), ["r: a normal dependency; leads to `libc` in 4 steps"]);
    assert_eq!(except("to = [\"socket2\", \"mio\"]"), [""; 0]);
    assert_eq!(except("from = \"shop-domain\""), [""; 0]);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let world = shop();
    for (keys, message) in [
        ("from = \"@domain\"", "says neither what to allow nor what to deny"),
        ("from = \"shop-domain::x\", deny = \"uuid\"", "`shop-domain::x` is a part of a package"),
        ("from = \"@domain::x\", deny = \"uuid\"", "`@domain::x` is a part of a package"),
        ("from = \"@domain\", deny = \"tokio::fs\"", "`tokio::fs` is a part of a package"),
        ("from = \"@domain\", deny = \"std\"", "`std` comes with the compiler"),
        ("from = \"@domain\", deny = \"uuid\", dependency-kinds = []", "empty list of kinds"),
        ("from = \"@domain\", deny = \"uuid\", targets = \"x86_64-linux\"", "knows no target"),
        ("from = \"@domain\", deny = []", "an empty list stands for nothing"),
    ] {
        let problems = world.policy(&rule(keys)).expect_err(keys);
        assert!(problems[0].message.contains(message), "{keys}: {problems:?}");
    }
}

#[test]
fn modules_have_no_manifest() {
    let mut world = shop();
    world.module("shop_domain::model");
    let policy = "[layers]\ndomain = \"shop-domain::model\"\n\
                  [rules.r]\nexternal = { from = \"@domain\", deny = \"uuid\" }\n";
    assert_eq!(
        world.messages(policy),
        ["matches-nothing: the rule `r` matches nothing: `from` holds no whole package, and \
          Cargo.toml speaks of nothing less"]
    );
}

#[test]
fn the_rule_reads_as_a_sentence() {
    let world = shop();
    let sentence = |keys: &str| {
        let policy = world.policy(&rule(keys)).expect("a policy");
        policy.rule("r").expect("the rule").sentence()
    };
    assert_eq!(
        sentence("from = \"@domain\", deny = [\"a\", \"b\"], via = \"any\""),
        "in Cargo.toml, `domain` may not depend, even through others, on `a` or `b`"
    );
    assert_eq!(
        sentence(
            "from = \"@domain\", allow = [], deny = \"a\", dependency-kinds = [\"dev\"], \
             targets = \"x86_64-pc-windows-msvc\", features = []"
        ),
        "in Cargo.toml, of the crates outside the workspace, `domain` may depend on none, and \
         not on `a` (as `dev` dependencies, without optional dependencies, for \
         `x86_64-pc-windows-msvc`)"
    );
}

#[test]
fn only_bans_that_reach_outside_need_the_graph() {
    let world = shop();
    let needs = |keys: &str| world.policy(&rule(keys)).expect("a policy").needs();
    assert!(needs("from = \"@domain\", deny = \"libc\", via = \"any\"").external_graph);
    for keys in [
        "from = \"@domain\", deny = \"libc\"",
        "from = \"@domain\", allow = \"uuid\", via = \"any\"",
        "from = \"@domain\", deny = \"shop-store\", via = \"any\"",
    ] {
        assert!(!needs(keys).external_graph && needs(keys).manifests, "{keys}");
    }
}

#[test]
fn what_is_planted_is_forbidden() {
    let world = shop();
    let edits = |keys: &str| {
        let policy = world.policy(&rule(keys)).expect("a policy");
        let rules = [policy.rule("r").expect("the rule")];
        let plants = crate::planting::plants(&world.facts, &policy, &rules, |_| "p".to_owned());
        plants.expect("no overlap").remove(0).expect("plants").remove(0).edits
    };
    let edit = |on: On, kind| Edit::Dependency { package: PackageId::new(0), on, kind };
    let outside = |name: &str| On::Outside(name.to_owned());
    assert_eq!(
        edits("from = \"@domain\", deny = \"open-ssl\""),
        [edit(outside("open_ssl"), Kind::Normal)]
    );
    assert_eq!(
        edits("from = \"@domain\", allow = \"uuid\""),
        [edit(outside("p_outside"), Kind::Normal)]
    );
    let (name, text) = ("p".to_owned(), String::new());
    assert_eq!(
        edits("from = \"@domain\", deny = \"sqlx\", via = \"any\""),
        [
            edit(outside("sqlx"), Kind::Normal),
            Edit::Package { name, text, dependencies: vec![outside("sqlx")] },
            edit(On::Planted("p".to_owned()), Kind::Normal),
        ]
    );
    for direct in ["from = \"*\", deny = \"sqlx\"", "from = \"@domain\", deny = \"*\""] {
        assert_eq!(edits(&format!("{direct}, via = \"any\"")).len(), 1, "{direct}");
    }
    assert_eq!(
        edits("from = \"@domain\", deny = \"shop-store\", dependency-kinds = [\"build\"]"),
        [edit(On::Member(PackageId::new(2)), Kind::Build)]
    );
}
