use crate::facts::{CrateKind, DependencyKind, HopKind, ItemKind, PackageId, Target};
use crate::finding::Severity;
use crate::testing::World;

const POLICY: &str = r#"
[layers]
domain = "shop::domain"
infrastructure = "shop::infra"
[rules.pure]
forbid = { from = "@domain", to = "@infrastructure" }
because = "it must be testable"
fix = "declare a port"
"#;

fn shop() -> World {
    let mut world = World::new(&["shop"]);
    world.thing("shop::domain::Order");
    world.thing("shop::infra::Pool");
    world
}

#[test]
fn a_dependency_into_the_forbidden_subtree_is_a_finding_with_everything_to_know() {
    let mut world = shop();
    let id = world.uses("shop::domain::orders::Order", "shop::infra::db::Pool");
    world.dependency(id).written = world.facts.names.intern("crate::infra::db::Pool");
    world.uses("shop::infra::db", "shop::domain::Order");
    let report = world.check(POLICY);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(
        finding.message,
        "`shop::domain` (domain) must not use `shop::infra` (infrastructure)"
    );
    assert_eq!(finding.severity, Severity::Error);
    assert_eq!(finding.primary.location.file, "shop/domain/orders.rs");
    assert_eq!(finding.primary.location.span.range(), 0..5);
    assert_eq!(finding.primary.text, "resolves to `shop::infra::db::Pool`");
    assert_eq!(finding.because.as_deref(), Some("it must be testable"));
    assert_eq!(finding.fix.as_deref(), Some("declare a port"));
    assert!(finding.chain.is_empty());
    assert_eq!(report.rules.len(), 1);
    assert_eq!((report.rules[0].id.as_str(), report.rules[0].findings), ("pure", 1));
    assert_eq!((report.governed_modules, report.ungoverned_modules), (4, 1));
}

#[test]
fn the_hops_of_a_re_export_are_the_chain() {
    let mut world = shop();
    world.uses_through("shop::domain", "shop::prelude", "Db", "shop::infra::Pool");
    let report = world.check(POLICY);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    let [step] = finding.chain.as_slice() else { panic!("{:?}", finding.chain) };
    assert_eq!((step.from.as_str(), step.to.as_str()), ("shop::prelude::Db", "shop::infra::Pool"));
    assert_eq!(step.how, "reexport");
}

#[test]
fn naming_something_through_a_forbidden_module_is_using_it() {
    let mut world = shop();
    world.uses_through("shop::domain", "shop::infra", "Id", "shop::shared::Id");
    let report = world.check(POLICY);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert!(finding.message.contains("must not use `shop::infra` (infrastructure)"));
    assert_eq!(
        finding.primary.text,
        "goes through `shop::infra` and resolves to `shop::shared::Id`"
    );
}

#[test]
fn what_lies_within_the_other_side_is_on_the_side_that_names_it_more_exactly() {
    let mut world = shop();
    world.uses("shop::domain", "shop::domain::Order");
    world.uses("shop::domain", "shop::infra::Pool");
    let inner = "[rules.r]\nforbid = { from = \"shop::domain\", to = \"shop\" }\n";
    assert_eq!(world.messages(inner), ["r: `shop::domain` must not use `shop`"]);
    let outer = "[rules.r]\nforbid = { from = \"shop\", to = \"shop::infra\" }\n";
    world.uses("shop::infra::db", "shop::infra::Pool");
    assert_eq!(world.messages(outer), ["r: `shop` must not use `shop::infra`"]);
}

#[test]
fn a_use_that_restates_a_reported_import_is_not_reported_again() {
    let mut world = shop();
    // The use stands above the import, which is allowed.
    let call = world.uses("shop::domain", "shop::infra::Pool");
    let import = world.uses("shop::domain", "shop::infra::Pool");
    world.dependency(call).restates = Some(import);
    world.dependency(call).kind = DependencyKind::Call;
    let report = world.check(POLICY);
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].primary.location.span.start, 10);
    // When only calls count, the call stands for itself.
    let calls =
        POLICY.replace("to = \"@infrastructure\"", "to = \"@infrastructure\", kinds = [\"call\"]");
    let report = world.check(&calls);
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].primary.location.span.start, 0);
}

#[test]
fn test_code_is_outside_unless_asked_for() {
    let mut world = shop();
    let id = world.uses("shop::domain", "shop::infra::Pool");
    world.dependency(id).test = true;
    assert_eq!(world.messages(POLICY).len(), 0);
    assert_eq!(world.messages(&format!("{POLICY}tests = true\n")).len(), 1);
    let layer = POLICY.replace("\"shop::domain\"", "{ members = \"shop::domain\", tests = true }");
    assert_eq!(world.messages(&layer).len(), 1);
    let mut world = shop();
    world.uses("shop::domain::checks", "shop::infra::Pool");
    let module = world.module("shop::domain::checks");
    world.facts.modules[module.index()].test = true;
    assert_eq!(world.messages(POLICY).len(), 0);
    let mut world = shop();
    world.target(PackageId::FIRST, CrateKind::Test, "it");
    world.uses("it", "shop::infra::Pool");
    let policy = "[rules.r]\nforbid = { from = \"shop\", to = \"shop::infra\" }\n";
    assert_eq!(world.messages(policy).len(), 0);
    assert_eq!(world.messages(&format!("{policy}tests = true\n")).len(), 1);
}

#[test]
fn labels_say_how_it_is_used() {
    let cases = [
        (DependencyKind::Use, "imported here"),
        (DependencyKind::Reexport, "re-exported here"),
        (DependencyKind::Type, "named here"),
        (DependencyKind::Call, "used here"),
        (DependencyKind::Impl, "part of this impl"),
        (DependencyKind::Derive, "derived here"),
        (DependencyKind::Attribute, "part of this attribute"),
        (DependencyKind::Macro, "called here"),
    ];
    for (kind, expected) in cases {
        let mut world = shop();
        let id = world.uses("shop::domain", "shop::infra::Pool");
        world.dependency(id).kind = kind;
        assert_eq!(world.check(POLICY).findings[0].primary.text, expected);
    }
    let mut world = shop();
    let id = world.uses("shop::domain", "shop::infra::Pool");
    world.dependency(id).inferred = true;
    assert_eq!(world.check(POLICY).findings[0].primary.text, "holds a `shop::infra::Pool`");
    world.dependency(id).written = world.facts.names.intern("make_pool");
    assert_eq!(
        world.check(POLICY).findings[0].primary.text,
        "holds a `shop::infra::Pool`, handed over by `make_pool`"
    );
    let mut world = shop();
    world.uses_through("shop::domain", "shop::shared", "query", "shop::infra::Pool");
    world.facts.chains[1][0].how = HopKind::Macro;
    assert_eq!(
        world.check(POLICY).findings[0].primary.text,
        "the macro's body names `shop::infra::Pool`"
    );
}

#[test]
fn what_is_held_is_told_once_in_a_place_and_never_beside_what_is_written() {
    let mut world = shop();
    let method = world.uses("shop::domain", "shop::infra::ping()");
    let result = world.uses("shop::domain", "shop::infra::Pool");
    for id in [method, result] {
        world.dependency(id).inferred = true;
        world.dependency(id).kind = DependencyKind::Value;
    }
    world.dependency(result).span = world.dependency(method).span;
    let Target::Item(ping) = world.dependency(method).to else { panic!("a method is an item") };
    let Target::Item(block) = world.thing("shop::infra::Pool") else { panic!("it is an item") };
    world.facts.items[ping.index()].kind = ItemKind::Method;
    world.facts.items[ping.index()].parent = Some(block);
    world.dependency(method).written = world.facts.names.intern("ping");
    let report = world.check(POLICY);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(finding.primary.text, "holds a `shop::infra::Pool` and calls its `ping`");
    assert!(finding.secondary.is_empty());
    world.dependency(result).inferred = false;
    world.dependency(result).kind = DependencyKind::Type;
    let report = world.check(POLICY);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(finding.primary.text, "named here");
}

#[test]
fn several_meanings_at_one_place_are_one_finding() {
    let mut world = shop();
    let first = world.uses("shop::domain", "shop::infra::Pool");
    let second = world.uses("shop::domain", "shop::infra::pool()");
    world.dependency(second).span = world.dependency(first).span;
    let written = world.facts.names.intern("infra::it");
    world.dependency(first).written = written;
    world.dependency(second).written = written;
    let report = world.check(POLICY);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(finding.primary.text, "resolves to `shop::infra::Pool`");
    assert_eq!(finding.secondary.len(), 1);
    assert_eq!(finding.secondary[0].text, "resolves to `shop::infra::pool`");
}

#[test]
fn what_is_outside_is_named_by_crate_package_and_new_name() {
    let mut world = shop();
    world.declares("sqlx-core", "sql");
    world.declares("md-5", "md5");
    world.uses("shop::domain", "sqlx_core::Pool");
    world.uses("shop::domain", "md5::Digest");
    world.uses("shop::domain", "core::fmt::Display");
    let policy = |to: &str| format!("[rules.r]\nforbid = {{ from = \"shop\", to = \"{to}\" }}\n");
    for to in ["sqlx-core", "sqlx_core::Pool", "sql", "sqlx*"] {
        assert_eq!(
            world.messages(&policy(to)),
            ["r: `shop` must not use `sqlx_core`"].map(|text| {
                if to.contains("::") {
                    format!("{text}::Pool").replace("`::Pool", "::Pool`")
                } else {
                    text.to_owned()
                }
            }),
            "{to}"
        );
    }
    for to in ["md-5", "md5"] {
        assert_eq!(world.messages(&policy(to)), ["r: `shop` must not use `md5`"], "{to}");
    }
    assert_eq!(world.messages(&policy("std::fmt")), ["r: `shop` must not use `core::fmt`"]);
    assert_eq!(world.messages(&policy("core::fmt")), ["r: `shop` must not use `core::fmt`"]);
    assert_eq!(world.messages(&policy("std::io")), Vec::<String>::new());
    assert_eq!(world.messages(&policy("alloc::fmt")), Vec::<String>::new());
}

#[test]
fn a_set_is_named_in_the_message() {
    let mut world = shop();
    world.uses("shop::domain", "sqlx::Pool");
    let policy = "[sets]\ndrivers = [\"sqlx\", \"diesel\"]\n[rules.r]\nforbid = { from = \"shop::domain\", to = \"@drivers\" }\n";
    assert_eq!(world.messages(policy), ["r: `shop::domain` must not use `sqlx` (drivers)"]);
}
