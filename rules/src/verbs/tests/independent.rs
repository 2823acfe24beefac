//! The verb `independent`.

use crate::testing::World;

fn features() -> World {
    let mut world = World::new(&["app"]);
    for module in ["app::features::cart", "app::features::login", "app::features::mail"] {
        world.thing(module);
    }
    world
}

fn rule(members: &str) -> String {
    format!("[rules.r]\nindependent = {{ members = {members} }}\n")
}

#[test]
fn no_member_uses_another_however_they_are_named() {
    let mut world = features();
    world.uses("app::features::cart::view", "app::features::login::User");
    world.uses("app::features::cart::view", "app::features::cart::Line");
    world.uses("app", "app::features::cart::Line");
    world.uses("app::features::cart", "app::shared::Id");
    let expected = ["r: `app::features::cart` must not use `app::features::login`: \
         they are to be independent of each other"];
    for members in [
        "[\"app::features::cart\", \"app::features::login\"]",
        "\"app::features::*\"",
        "\"app::features::<one>\"",
        "\"app::<any>::<one>\"",
    ] {
        assert_eq!(world.messages(&rule(members)), expected, "{members}");
    }
    let set = "[sets]\nours = [\"app::features::cart\", \"app::features::login\"]\n";
    assert_eq!(world.messages(&format!("{set}{}", rule("\"@ours\""))), expected);
    assert!(world.messages(&rule("[\"app::features::cart\", \"app::features::mail\"]")).is_empty());
}

#[test]
fn what_has_the_same_value_is_one_member_wherever_it_lies() {
    let mut world = World::new(&["app", "lib"]);
    world.uses("app::cart", "lib::cart::Line");
    world.uses("lib::cart", "app::login::User");
    world.thing("lib::login");
    assert_eq!(
        world.messages(&rule("[\"app::<one>\", \"lib::<one>\"]")),
        ["r: `lib::cart` must not use `app::login`: they are to be independent of each other"]
    );
}

#[test]
fn layers_are_members() {
    let mut world = World::new(&["app"]);
    world.uses("app::http::one", "app::http::two::Two");
    world.uses("app::http", "app::cli::Args");
    let layers = "[layers]\nhttp = \"app::http\"\ncli = \"app::cli\"\n";
    assert_eq!(
        world.messages(&format!("{layers}{}", rule("[\"@http\", \"@cli\"]"))),
        [
            "r: `app::http` (http) must not use `app::cli` (cli): they are to be independent of each other"
        ]
    );
}

#[test]
fn what_lies_deeper_is_a_member_of_its_own() {
    let mut world = features();
    world.uses("app::features::cart::api", "app::features::cart::Line");
    let members = "[\"app::features::cart\", \"app::features::cart::api\"]";
    assert_eq!(
        world.messages(&rule(members)),
        ["r: `app::features::cart::api` must not use `app::features::cart`: \
             they are to be independent of each other"]
    );
}

#[test]
fn functions_beside_the_modules_are_no_members() {
    let mut world = features();
    world.uses("app::features::register()", "app::features::cart::Line");
    world.uses("app::features::register()", "app::features::login::User");
    for members in ["\"app::features::<one>\"", "\"app::features::*\""] {
        assert!(world.messages(&rule(members)).is_empty(), "{members}");
    }
}

#[test]
fn with_any_no_member_reaches_another_through_what_is_none() {
    let mut world = features();
    world.uses("app::features::cart::view", "app::shared::Id");
    world.uses("app::shared", "app::glue::Glue");
    world.uses("app::glue", "app::features::login::User");
    // What login reaches is its own.
    world.uses("app::features::login", "app::glue::Glue");
    let any = "\"app::features::<one>\", via = \"any\"";
    assert!(world.messages(&rule("\"app::features::<one>\"")).is_empty());
    let report = world.check(&rule(any));
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    assert_eq!(
        finding.message,
        "`app::features::cart` must not reach `app::features::login`, not even through others"
    );
    let hops: Vec<_> = finding.chain.iter().map(|step| step.to.as_str()).collect();
    assert_eq!(hops, ["app::glue::Glue", "app::features::login::User"]);
}

#[test]
fn test_code_is_independent_only_on_request() {
    let mut world = features();
    let id = world.uses("app::features::cart", "app::features::login::User");
    world.dependency(id).test = true;
    let policy = rule("\"app::features::<one>\"");
    assert!(world.messages(&policy).is_empty());
    assert_eq!(world.messages(&format!("{policy}tests = true\n")).len(), 1);
}

#[test]
fn one_member_alone_is_a_mistake_unless_there_can_be_more() {
    let problem = |members: &str| {
        let found = features().policy(&rule(members)).expect_err("a mistake");
        found[0].message.clone()
    };
    assert_eq!(
        problem("\"app::features::cart\""),
        "`app::features::cart` alone has nothing to be independent of"
    );
    assert_eq!(
        problem("\"app::<!one>\""),
        "`<!one>` says what a segment is not, and here nothing is compared with it"
    );
    assert!(features().messages(&rule("\"app::<one>\"")).is_empty());
    assert_eq!(
        features().messages(&rule("[\"app::features::cart\", \"app::features::logout\"]")),
        ["matches-nothing: `app::features::logout` in `members` of the rule `r` matches nothing"]
    );
    assert_eq!(
        features().messages(&rule("\"app::<a>::<a>\"")),
        ["matches-nothing: `app::<a>::<a>` in `members` of the rule `r` matches nothing"]
    );
}
