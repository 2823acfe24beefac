//! Dependencies by steps.

use super::*;

fn pairs(dependencies: Dependencies<'_>) -> Vec<String> {
    let found = dependencies.direct().expect("dependencies");
    found.iter().map(Dependency::to_string).collect()
}

#[test]
fn each_step_narrows_down() {
    let mut world = shop();
    let id = world.uses("shop::edge", "sqlx::query()");
    world.dependency(id).kind = DependencyKind::Call;
    ask(&world, |view| {
        let all = view.dependencies();
        assert_eq!(pairs(all).len(), 4);
        let place = "`shop::edge::handlers::place` uses `shop::domain::OrderService`";
        let order = "`shop::edge` uses `shop::domain::Order`";
        assert_eq!(pairs(view.dependencies().to("@domain")), [place, order]);
        assert_eq!(
            pairs(view.dependencies().from("@domain")),
            ["`shop::domain::Order` uses `sqlx::Pool`"]
        );
        assert_eq!(pairs(view.dependencies().from("@handlers").to("@domain")), [place]);
        let calls = view.dependencies().kind(DependencyKind::Call).to("@drivers");
        assert_eq!(pairs(calls), ["`shop::edge` uses `sqlx::query()`"]);
        let both = view.dependencies().from(["@domain", "@edge"]).to("sqlx");
        assert_eq!(pairs(both).len(), 2);
    });
}

#[test]
fn a_dependency_tells_its_ends() {
    let mut world = shop();
    world.uses_through("shop::edge", "shop::prelude", "Pool", "sqlx::Pool");
    ask(&world, |view| {
        let found = view.dependencies().from("@edge").to("sqlx").direct().expect("one");
        let [dependency] = &found[..] else { panic!("{found:?}") };
        assert_eq!(dependency.written(), "shop::prelude::Pool");
        assert_eq!((dependency.from_layer(), dependency.to_layer()), (Some("edge"), None));
        assert_eq!(
            (dependency.kind(), dependency.module()),
            (DependencyKind::Use, "shop::edge".into())
        );
        assert!(!dependency.is_test() && !dependency.is_inferred());
        assert_eq!(dependency.chain()[0].from, "shop::prelude::Pool");
        let violation = dependency.violation("no");
        assert_eq!(violation.primary.location, dependency.location());
        assert_eq!(violation.primary.text, "resolves to `sqlx::Pool`");
        assert_eq!((violation.chain.len(), violation.to.len()), (1, 2));
    });
}

#[test]
fn verdicts_are_those_of_the_verb() {
    ask(&shop(), |view| {
        let verdict = view.dependencies().from("@domain").to("@drivers").forbid();
        let message = "`shop::domain` (domain) must not use `sqlx` (drivers)";
        assert_eq!(messages(&verdict), [message]);
        let verdict = view.dependencies().from("@edge").to("@domain").violations(|dependency| {
            let is_service = dependency.to().ends_with("Service");
            is_service.then(|| dependency.violation(dependency.to()))
        });
        assert_eq!(messages(&verdict), ["shop::domain::OrderService"]);
        let verdict = view.dependencies().from("@nobody").to("@drivers").forbid();
        assert!(verdict.idle.is_some_and(|idle| idle.starts_with("no layer and no set")));
    });
}

#[test]
fn chains_go_through_others() {
    ask(&shop(), |view| {
        let chains = view.dependencies().from("@edge").to("sqlx").via_any().expect("chains");
        let shown: Vec<String> = chains.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "`shop::edge` reaches `sqlx::Pool`",
                "`shop::edge::handlers::place` reaches `sqlx::Pool`",
            ]
        );
        assert_eq!(chains[0].steps().len(), 1);
        assert_eq!(chains[1].location().file, "shop/edge/handlers.rs");
        assert_eq!(
            view.dependencies().from("@edge").to("sqlx").forbid_via_any().violations.len(),
            2
        );
        assert_eq!(view.dependencies().from("@edge").to("sqlx").forbid().violations.len(), 0);
    });
}

#[test]
fn chains_through_what_was_not_gathered_are_an_error() {
    let mut world = shop();
    world.facts.gathered.external_graph = false;
    ask(&world, |view| {
        let error = view.dependencies().from("@edge").to("@drivers").via_any().expect_err("blind");
        assert_eq!(error.message, "what crates outside the workspace depend on was not gathered");
        assert!(view.dependencies().from("@edge").to("@domain").via_any().is_ok());
        assert!(view.dependencies().from("@edge").to("std::fs").via_any().is_ok());
    });
}

#[test]
fn what_nobody_knows_is_an_error() {
    ask(&shop(), |view| {
        let error = view.dependencies().to("sqlxx").direct().expect_err("no such crate");
        assert_eq!(error.to_string(), "nothing is known that `sqlxx` could mean");
        assert!(view.dependencies().to(["sqlx", "sqlxx"]).direct().is_ok(), "one of them is there");
    });
}
