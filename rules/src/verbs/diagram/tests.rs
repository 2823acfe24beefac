//! The verb `diagram`.

use jiff::civil::date;

use crate::check::{Report, Selection, check};
use crate::policy::{Attached, Policy, Problem};
use crate::testing::{World, source};

const LAYERS: &str = "[layers]\nhttp = \"shop::http\"\napp = \"shop::app\"\n\
                      order-store = \"shop::store\"\n";

/// The policy of a rule whose diagram is `text`.
fn policy(world: &World, keys: &str, file: &str, text: &str) -> Result<Policy, Vec<Problem>> {
    let rule = format!("{LAYERS}[rules.r]\ndiagram = {{ file = \"{file}\"{keys} }}\n");
    let mut source = source("layers.toml", &rule);
    source.attached.push(Attached {
        name: file.to_owned(),
        file: format!("docs/{file}"),
        text: text.to_owned(),
    });
    Policy::build(&source, &world.members(), date(2026, 11, 22))
}

fn report(world: &World, keys: &str, text: &str) -> Report {
    let policy = policy(world, keys, "a.mmd", text).expect("a policy");
    check(&world.facts, &policy, &Selection::default()).expect("a policy to judge by")
}

fn messages(world: &World, keys: &str, text: &str) -> Vec<String> {
    report(world, keys, text).findings.into_iter().map(|finding| finding.message).collect()
}

/// `http` uses `app`, and `app` uses the store.
fn shop() -> World {
    let mut world = World::new(&["shop"]);
    world.uses("shop::http", "shop::app::Pay");
    world.uses("shop::app", "shop::store::Rows");
    world
}

const DRAWN: &str = "flowchart TD\n  http --> app\n  app --> store[Order store]\n";

#[test]
fn what_follows_the_arrows_is_allowed_and_nothing_else() {
    let mut world = shop();
    assert!(messages(&world, ", strict = true", DRAWN).is_empty());
    world.uses("shop::http", "shop::store::Rows");
    world.uses("shop::other", "shop::store::Rows");
    assert_eq!(
        messages(&world, "", DRAWN),
        ["`shop::http` (http) must not use `shop::store` (order-store): in `docs/a.mmd` no arrow \
          leads from `http` to `Order store`"]
    );
}

#[test]
fn arrows_lead_one_way() {
    let mut world = shop();
    world.uses("shop::store", "shop::app::Port");
    let found = messages(&world, "", DRAWN);
    assert_eq!(found.len(), 1, "{found:?}");
    let both = DRAWN.replace("app --> store", "app <--> store");
    assert!(messages(&world, "", &both).is_empty());
}

#[test]
fn a_strict_diagram_shows_only_what_is_used() {
    let world = shop();
    let text = format!("{DRAWN}  http --> store\n");
    assert!(messages(&world, "", &text).is_empty());
    let report = report(&world, ", strict = true", &text);
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    assert_eq!(finding.message, "`http` uses nothing of `Order store`, as this arrow says");
    let location = &finding.primary.location;
    assert_eq!(location.file, "docs/a.mmd");
    assert_eq!(
        &text[text[..location.span.range().start].rfind('\n').expect("a line")..],
        "\n  http --> store\n"
    );
}

#[test]
fn a_frame_stands_for_all_in_it() {
    let mut world = shop();
    let text = "flowchart TD\n  subgraph inside [Behind the door]\n    app\n    order-store\n  end\n  \
                http --> inside\n  app --> order-store\n";
    world.uses("shop::http", "shop::store::Rows");
    assert!(messages(&world, "", text).is_empty());
    world.uses("shop::store", "shop::http::Page");
    assert_eq!(messages(&world, "", text).len(), 1);
}

#[test]
fn a_part_belongs_to_what_names_it_most_exactly() {
    let mut world = shop();
    world.uses("shop::http", "shop::app::secret::Key");
    world.uses("shop::app", "shop::app::secret::Key");
    let text = "flowchart TD\n  http --> app\n  app --> key[shop::app::secret] & order-store\n";
    assert_eq!(
        messages(&world, "", text),
        ["`shop::http` (http) must not use `shop::app::secret` (app): in `docs/a.mmd` no arrow \
          leads from `http` to `shop::app::secret`"]
    );
}

#[test]
fn components_are_told_what_they_mean() {
    let mut world = shop();
    world.uses("shop::app", "sqlx::Pool");
    let text = "flowchart TD\n  user([User]) --> http --> app --> order-store\n  \
                order-store --> db[(Database)]\n";
    let keys = ", components = { User = [], Database = \"sqlx\" }";
    assert_eq!(
        messages(&world, keys, text),
        ["`shop::app` (app) must not use `sqlx`: in `docs/a.mmd` no arrow leads from `app` to \
          `Database`"]
    );
}

#[test]
fn plantuml_is_read_as_well() {
    let world = shop();
    let text = "@startuml\n[http] --> [app]\n[Rows] <<order-store>> as rows\n@enduml\n";
    let policy = policy(&world, "", "a.puml", text).expect("a policy");
    let report = check(&world.facts, &policy, &Selection::default()).expect("judged");
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    assert!(finding.message.ends_with("no arrow leads from `app` to `Rows`"), "{finding:?}");
}

#[test]
fn what_makes_no_sense_is_shown_in_the_diagram() {
    let world = shop();
    for (keys, text, message, at, help) in [
        ("", "flowchart TD\n http --> apq\n", "`apq` is no layer", "apq", "did you mean `app`?"),
        ("", "flowchart TD\n http --> Nobody\n", "`Nobody` is no layer", "Nobody", "`components`"),
        (
            "",
            "flowchart TD\n http --- app\n",
            "this line has no direction",
            "---",
            "give it a head",
        ),
    ] {
        let problems = policy(&world, keys, "a.mmd", text).expect_err(text);
        let [problem] = &problems[..] else { panic!("{problems:?}") };
        assert!(problem.message.contains(message), "{problem:?}");
        let location = &problem.labels[0].location;
        assert_eq!(location.file, "docs/a.mmd");
        assert_eq!(&text[location.span.range()], at);
        let said = problem.help.clone().unwrap_or_default();
        assert!(said.contains(help), "{said}");
    }
    let keys = ", components = { Hppt = \"shop::http\" }";
    let problems = policy(&world, keys, "a.mmd", DRAWN).expect_err("it is not drawn");
    assert_eq!(problems[0].message, "the diagram shows no `Hppt`");
    assert_eq!(problems[0].labels[0].location.file, "layers.toml");
}

#[test]
fn a_diagram_of_nothing_that_is_there_is_idle() {
    let world = World::new(&["shop"]);
    let found = messages(&world, "", DRAWN);
    assert!(found.iter().any(|it| it.contains("the rule `r` matches nothing")), "{found:?}");
}

#[test]
fn the_text_has_to_be_at_hand() {
    let world = shop();
    let problems =
        world.policy("[rules.r]\ndiagram = { file = \"a.mmd\" }\n").expect_err("no text");
    assert_eq!(problems[0].message, "the text of `a.mmd` is not at hand");
}

#[test]
fn the_rule_reads_as_a_sentence() {
    let world = shop();
    let policy = policy(&world, ", strict = true", "a.mmd", DRAWN).expect("a policy");
    assert_eq!(
        policy.rule("r").expect("the rule").sentence(),
        "what `docs/a.mmd` shows uses each other only along its arrows, and along each of them"
    );
}
