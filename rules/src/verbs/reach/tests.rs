use super::*;
use crate::exceptions::{ExceptionComment, directive};
use crate::facts::Span;
use crate::testing::World;

/// Reaches `infra` over `app` in two steps, over `far` in three, and over a crate outside
/// in as many.
fn shop() -> (World, [DependencyId; 3]) {
    let mut world = World::new(&["shop"]);
    let starts = [
        world.uses("shop::domain", "shop::app::Service"),
        world.uses("shop::domain", "shop::far::Away"),
        world.uses("shop::domain", "kit::Kit"),
    ];
    world.uses("shop::app", "shop::infra::Pool");
    world.uses("shop::far", "shop::farther::Away");
    world.uses("shop::farther", "shop::infra::Mail");
    world.uses("shop::infra", "sqlx::Pool");
    world.uses("shop::infra", "http::Body");
    let pairs = [("kit", "http"), ("http", "sqlx")];
    for (from, to) in pairs {
        world.links(from, to);
    }
    (world, starts)
}

/// The ends of the chains that are told, and what upkeep says of exceptions.
fn told(world: &World, except: &str) -> Vec<String> {
    let policy = format!(
        "[rules.pure]\nforbid = {{ from = \"shop::domain\", to = [\"shop::infra\", \"sqlx\"], via = \"any\" }}\nexcept = [{except}]\n"
    );
    let findings = world.check(&policy).findings.into_iter();
    let findings = findings.map(|finding| match finding.rule.as_str() {
        "pure" => format!("{} > {}", finding.identity.written, finding.identity.to),
        _ => finding.message,
    });
    findings.collect()
}

#[test]
fn one_chain_is_told_and_an_exception_of_it_brings_the_next() {
    let (world, _) = shop();
    let nothing = "an exception of `pure` covers nothing: r";
    for (except, expected) in [
        ("", vec!["shop::app::Service > shop::infra::Pool"]),
        // By what it ends in, by what it goes through at first, and on its way.
        (
            "{ to = \"shop::infra::Pool\", reason = \"r\" }",
            vec!["shop::far::Away > shop::infra::Mail"],
        ),
        ("{ to = \"shop::app\", reason = \"r\" }", vec!["shop::far::Away > shop::infra::Mail"]),
        (
            "{ to = \"shop::app\", reason = \"r\" }, { to = \"shop::farther\", reason = \"r\" }",
            vec!["kit::Kit > sqlx"],
        ),
        ("{ to = \"shop::infra\", reason = \"r\" }, { to = \"http\", reason = \"r\" }", vec![]),
        ("{ to = [\"shop::infra\", \"sqlx\"], reason = \"r\" }", vec![]),
        ("{ from = \"shop::domain\", reason = \"r\" }", vec![]),
        (
            "{ to = \"shop::infra::Mail\", reason = \"r\" }",
            vec!["shop::app::Service > shop::infra::Pool", nothing],
        ),
        (
            "{ from = \"shop::app\", to = \"shop::infra::Pool\", reason = \"r\" }",
            vec!["shop::app::Service > shop::infra::Pool", nothing],
        ),
        (
            "{ to = \"shop::infra::Pool\", reason = \"r\", until = \"2026-01-01\" }",
            vec![
                "shop::app::Service > shop::infra::Pool",
                "an exception of `pure` has expired on 2026-01-01: r",
            ],
        ),
    ] {
        let mut found = told(&world, except);
        let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{except}");
    }
}

#[test]
fn a_comment_covers_the_chains_that_begin_in_its_place() {
    let (mut world, starts) = shop();
    let allow = |world: &mut World, start: DependencyId| {
        let dependency = world.dependency(start).clone();
        let file = world.facts.files[dependency.file.index()].path.clone();
        let location = crate::finding::Location { file, span: Span { start: 900, end: 910 } };
        let says = directive::read("layers: allow(pure): r", 900).expect("an exception");
        let covers = dependency.span;
        world.facts.exceptions.push(ExceptionComment { location, covers, files: Vec::new(), says });
    };
    let chains = ["shop::far::Away > shop::infra::Mail", "kit::Kit > sqlx", ""];
    for (start, expected) in starts.into_iter().zip(chains) {
        allow(&mut world, start);
        let expected: Vec<String> =
            Some(expected.to_owned()).into_iter().filter(|it| !it.is_empty()).collect();
        assert_eq!(told(&world, ""), expected);
    }
}

#[test]
fn an_exception_of_one_item_leaves_its_neighbours_alone() {
    let mut world = World::new(&["shop"]);
    world.uses("shop::domain::one()", "shop::app::Service");
    world.uses("shop::domain::two()", "shop::app::Service");
    world.uses("shop::app", "shop::infra::Pool");
    let chain = "shop::app::Service > shop::infra::Pool";
    let from = |items: &str, rest: &str| format!("{{ from = [{items}]{rest}, reason = \"r\" }}");
    for to in ["", ", to = \"shop::app\""] {
        assert_eq!(told(&world, &from("\"shop::domain::one\"", to)), [chain], "{to}");
        let both = from("\"shop::domain::one\", \"shop::domain::two\"", to);
        assert_eq!(told(&world, &both), Vec::<String>::new(), "{to}");
    }
}

#[test]
fn each_module_has_its_own_chains() {
    let (mut world, _) = shop();
    world.uses("shop::domain::orders", "shop::app::Service");
    let except = "{ from = \"shop::domain::orders\", to = \"shop::app\", reason = \"r\" }";
    assert_eq!(told(&world, except), ["shop::app::Service > shop::infra::Pool"]);
}
