//! What is known without asking Cargo, what Cargo builds for one package, and what source uses.

use super::*;
use crate::finding::Severity;

/// A world of which no more is known than what Cargo.lock says.
fn locked(world: &mut World, packages: &[&str]) {
    world.facts.gathered.external_graph = false;
    world.facts.locked = packages.iter().map(|name| world.facts.names.intern(name)).collect();
}

const OPTIONAL: &str = "[layers]\ndomain = \"shop-domain\"\n[rules.r]\noptional = true\n\
                        external = { from = \"@domain\", deny = \"DENIED\", via = \"any\" }\n";

fn asks_cargo(world: &World, policy: &str) -> bool {
    crate::check::asks_cargo(&world.facts, &world.policy(policy).expect("a policy"))
}

#[test]
fn an_optional_rule_is_content_with_the_lock_file() {
    let mut world = shop();
    locked(&mut world, &["libc", "mio", "sqlx", "tokio", "uuid"]);
    let policy = |denied: &str| OPTIONAL.replace("DENIED", denied);
    let needs = world.policy(&policy("libc")).expect("a policy").needs();
    assert!(needs.lock_file && !needs.external_graph);
    // Nothing leads there with any features, so that nothing remains to be asked.
    assert!(!asks_cargo(&world, &policy("sqlx")));
    assert!(world.messages(&policy("sqlx")).is_empty());
    // What manifests say is certain.
    assert!(!asks_cargo(&world, &policy("tokio")));
    assert!(world.messages(&policy("tokio"))[0].contains("not even through others"));
    // What only Cargo.lock says may be there for somebody else.
    assert!(asks_cargo(&world, &policy("libc")));
    let found = world.check(&policy("libc")).findings;
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(finding.severity, Severity::Note);
    let message = "Cargo.lock does not tell whether `shop-domain` (domain) depends on `libc` \
                   through others";
    assert_eq!(finding.message, message);
    assert!(finding.primary.text.ends_with("after `cargo fetch` Cargo can tell"), "{finding:?}");
    assert_eq!(finding.chain.len(), 3);
}

#[test]
fn what_a_member_only_has_with_a_feature_is_asked_of_cargo() {
    let mut world = shop();
    depends(&mut world, "shop-shared", "sqlx").optional = true;
    locked(&mut world, &["libc", "mio", "sqlx", "tokio", "uuid"]);
    assert!(asks_cargo(&world, &OPTIONAL.replace("DENIED", "sqlx")));
}

#[test]
fn what_the_lock_file_does_not_have_is_told_once() {
    let mut world = shop();
    locked(&mut world, &["libc", "mio", "sqlx", "tokio"]);
    let policy = OPTIONAL.replace("DENIED", "sqlx");
    let found = world.check(&policy).findings;
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    let message =
        "what `uuid` and others bring along is not known: Cargo.lock does not have `uuid`";
    assert_eq!((finding.message.as_str(), finding.severity), (message, Severity::Note));
    locked(&mut world, &[]);
    assert!(world.messages(&policy)[0].ends_with("is not known: there is no Cargo.lock"));
    // With the graph nothing remains unknown.
    world.facts.gathered.external_graph = true;
    assert!(world.messages(&policy).is_empty());
}

#[test]
fn what_is_not_built_for_a_package_does_not_count() {
    let mut world = shop();
    let any = "from = \"@domain\", deny = \"libc\", via = \"any\"";
    let built = |world: &mut World, names: &[&str]| {
        let names = names.iter().map(|name| world.facts.names.intern(name)).collect();
        world.facts.built_alone = vec![(PackageId::new(0), names)];
    };
    built(&mut world, &["libc", "mio", "shop-domain", "shop-shared", "tokio", "uuid"]);
    assert_eq!(messages(&world, any).len(), 1);
    built(&mut world, &["mio", "shop-domain", "shop-shared", "tokio", "uuid"]);
    assert!(messages(&world, any).is_empty(), "another package switches the feature on");
}

#[test]
fn source_is_judged_where_the_rule_says_so() {
    let mut world = shop();
    world.uses("shop_domain::model", "uuid::Uuid");
    world.uses("shop_domain::model", "anyhow::Error");
    world.uses("shop_domain::model", "std::fmt::Display");
    let policy = "[layers]\ndomain = \"shop-domain::model\"\n[sets]\nplain = [\"uuid\"]\n\
                  [rules.r]\nexternal = { from = \"@domain\", allow = \"@plain\", by = \"source\" }\n";
    let message = "r: `shop_domain::model` (domain) must not use `anyhow`: `domain` may use \
                   only `plain`";
    assert_eq!(world.messages(policy), [message]);
    assert!(!world.policy(policy).expect("a policy").needs().manifests);
    for (keys, message) in [
        ("by = \"source\"", "does not say what to allow"),
        ("by = \"source\", allow = \"uuid\", deny = \"sqlx\"", "`deny` is about Cargo.toml"),
        ("by = \"source\", allow = \"uuid\", via = \"any\"", "`via` is about Cargo.toml"),
    ] {
        let problems = world.policy(&rule(&format!("from = \"@domain\", {keys}")));
        let problems = problems.expect_err(keys);
        assert!(problems[0].message.contains(message), "{keys}: {problems:?}");
    }
}

#[test]
fn a_crate_is_told_of_once_where_source_is_judged() {
    let mut world = shop();
    for module in ["shop_domain::a", "shop_domain::b", "shop_domain::c"] {
        world.uses(module, "anyhow::Error");
    }
    let rule = "[layers]\ndomain = \"shop-domain\"\n\
                [rules.r]\nexternal = { from = \"@domain\", allow = [], by = \"source\" }\n";
    let found = world.check(rule).findings;
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert!(finding.primary.text.ends_with(", and in 2 other places"), "{finding:?}");
    let identity = (finding.identity.from.as_str(), finding.identity.to.as_str());
    assert_eq!(identity, ("shop_domain", "anyhow"));
    // What is excepted counts for nothing, and the exception as used.
    let except = "[[rules.r.except]]\nfrom = \"shop_domain::a\"\nreason = \"later\"\n";
    let found = world.check(&format!("{rule}{except}")).findings;
    let [rest] = found.as_slice() else { panic!("{found:?}") };
    assert!(rest.primary.text.ends_with(", and in 1 other place"), "{rest:?}");
    assert_eq!(rest.identity, finding.identity);
}

#[test]
fn a_manifest_that_serves_other_layers_is_nobodys() {
    let mut world = shop();
    world.thing("shop_domain::http");
    let policy = "[layers]\ndomain = \"shop-domain\"\nweb = \"shop-domain::http\"\n\
                  [rules.r]\nexternal = { from = FROM, deny = \"uuid\" }\n";
    let messages = |from: &str| world.messages(&policy.replace("FROM", from));
    assert!(messages("\"@domain\"")[0].contains("holds no whole package"));
    assert_eq!(messages("[\"@domain\", \"@web\"]").len(), 1);
    assert_eq!(messages("\"shop-domain\"").len(), 1);
}
