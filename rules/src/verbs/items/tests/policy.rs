//! Mistakes in selectors, what they need, what they speak of, and how they read.

use crate::check::{Selection, check};
use crate::facts::Visibility::{Private, Public};
use crate::facts::{ItemKind, Needs};
use crate::policy::Problem;
use crate::testing::World;

fn world() -> World {
    let mut world = World::new(&["shop"]);
    world.item("shop::domain::Port").kind = ItemKind::Trait;
    world.item("shop::domain::Order");
    world.declares("sqlx", "sqlx");
    world
}

/// What is wrong with a selector.
fn problems(selector: &str) -> Vec<Problem> {
    let policy = format!("[rules.r]\nitems = {{ {selector} }}\nmust = {{ name = \"*\" }}\n");
    world().policy(&policy).expect_err(selector)
}

#[test]
fn what_has_no_meaning_is_refused() {
    for (selector, message, help) in [
        (
            "kind = \"struct\", self = \"ref\"",
            "`self` says nothing of a struct",
            "`self` is a key for methods",
        ),
        (
            "kind = [\"struct\", \"enum\"], async = true",
            "`async` says nothing of a struct or an enum",
            "`async` is a key for fns and methods",
        ),
        (
            "kind = \"fn\", implemented = { min = 1 }",
            "`implemented` says nothing of a fn",
            "`implemented` is a key for traits",
        ),
        (
            "parameters = { some = { visibility = \"pub\" } }",
            "`visibility` says nothing of a parameter",
            "`visibility` is a key for",
        ),
        (
            "fields = { every = { derives = \"Clone\" } }",
            "`derives` says nothing of a field",
            "`derives` is a key for structs, enums and unions",
        ),
        (
            "kind = \"trait\", any = [{ derives = \"Clone\" }]",
            "`derives` says nothing of a trait",
            "`derives` is a key for",
        ),
        (
            "not = { kind = \"fn\", fields = 1 }",
            "`fields` says nothing of a fn",
            "`fields` is a key for",
        ),
    ] {
        let problems = problems(selector);
        let [problem] = problems.as_slice() else { panic!("{selector}: {problems:?}") };
        assert_eq!(problem.message, message, "{selector}");
        let said = problem.help.as_deref().unwrap_or_default();
        assert!(said.starts_with(help), "{selector}: {said}");
        assert_eq!(problem.labels.len(), 1);
    }
}

#[test]
fn kinds_that_exclude_each_other_are_refused() {
    for (selector, message) in [
        ("fields = { some = { kind = \"struct\" } }", "a field is never a struct"),
        ("kind = \"struct\", not = { kind = \"trait\" }", "a struct is never a trait"),
        (
            "methods = { none = { kind = [\"fn\", \"const\"] } }",
            "a method is never a fn or a const",
        ),
    ] {
        assert_eq!(problems(selector)[0].message, message);
    }
    let policy = "[rules.r]\nitems = { kind = \"fn\" }\nmust = { kind = \"method\" }\n";
    assert_eq!(world().policy(policy).expect_err("fn")[0].message, "a fn is never a method");
}

#[test]
fn numbers_words_and_lists_must_make_sense() {
    for (selector, message) in [
        ("lines = { min = 3, max = 2 }", "no number is at least 3 and at most 2"),
        ("lines = {}", "an empty table says nothing of a number"),
        ("fields = {}", "this asks nothing of the parts it speaks of"),
        ("fields = { which = { name = \"a\" } }", "this asks nothing of the parts it speaks of"),
        ("fields = { min = 3, max = 2 }", "no number is at least 3 and at most 2"),
        ("implemented = {}", "an empty table says nothing of impls"),
        ("implemented = { min = 2, max = 1 }", "no number is at least 2 and at most 1"),
        ("self = \"mutable\"", "`mutable` is not one of the ways to take `self`"),
        ("self = []", "an empty list stands for nothing"),
        ("name = []", "an empty list stands for nothing"),
        ("kind = []", "an empty list stands for nothing"),
        ("file = []", "an empty list stands for nothing"),
        ("returns = []", "an empty list stands for nothing"),
        ("file = \"./src/*.rs\"", "no file of the workspace is called `./src/*.rs`"),
        (
            "file = \"src/{a\"",
            "`src/{a` is no pattern for files: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)",
        ),
        (
            "body-calls-method = \"a::b\"",
            "`:` cannot stand in the segment `a::b` of a path pattern",
        ),
    ] {
        let problems = problems(selector);
        assert_eq!(problems[0].message, message, "{selector}");
    }
}

#[test]
fn a_rule_can_say_in_its_own_words_what_it_demands() {
    let mut world = world();
    let derive = world.reference("Debug", "std::fmt::Debug");
    world.item("shop::domain::Order").derives.push(derive);
    let rule = |says: &str| {
        format!(
            "[rules.r]\nitems = {{ kind = \"struct\" }}\nmust-not = {{ derives = \"Debug\" }}\nsays = \"{says}\"\n"
        )
    };
    let report = world.check(&rule("must keep its secrets"));
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(finding.message, "the struct `shop::domain::Order` must keep its secrets");
    assert_eq!(finding.primary.text, "must not derive `Debug`");
    let policy = world.policy(&rule("must keep its secrets")).expect("a policy");
    let sentence = policy.rule("r").expect("the rule").sentence();
    assert_eq!(sentence, "what is a struct must keep its secrets");

    let problems = world.policy(&rule("should keep its secrets")).expect_err("no demand");
    assert_eq!(problems[0].message, "what a rule says of an item begins with `must`");
    let forbid = "[rules.r]\nforbid = { from = \"shop\", to = \"sqlx\" }\nsays = \"must not\"\n";
    let problems = world.policy(forbid).expect_err("another verb");
    assert_eq!(problems[0].message, "`says` puts into words what `must` and `must-not` demand");
}

#[test]
fn what_is_wrong_is_shown_and_else_why_it_was_selected() {
    let mut world = world();
    world.fields("shop::domain::Line", &[("id", Private, &["sqlx::Id"]), ("x", Public, &["u8"])]);
    let labels = |must_not: &str| {
        let policy = format!(
            "[rules.r]\nitems = {{ kind = \"struct\", fields = {{ some = {{ name = \"id\" }} }} }}\nmust-not = {{ {must_not} }}\n"
        );
        let report = world.check(&policy);
        let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
        finding.secondary.iter().map(|it| it.location.span.start).collect::<Vec<_>>()
    };
    let starts: Vec<u32> = world.facts.fields.iter().map(|field| field.span.start).collect();
    assert_eq!(labels("name = \"Line\""), [starts[0]]);
    assert_eq!(labels("fields = { some = { visibility = \"pub\" } }"), [starts[1]]);
}

#[test]
fn facts_are_asked_for_where_they_are_needed() {
    let needs = |selector: &str| {
        let policy = format!("[rules.r]\nitems = {{ {selector} }}\nmust = {{ name = \"*\" }}\n");
        world().policy(&policy).expect(selector).needs()
    };
    let signatures = Needs { signatures: true, ..Needs::default() };
    let bodies = Needs { bodies: true, ..Needs::default() };
    for (selector, expected) in [
        ("lines = { max = 3 }, async = true, any = [{ name = \"x\" }]", Needs::default()),
        ("methods = { some = { self = \"mut\" } }", Needs::default()),
        ("implemented = { min = 1 }", Needs::default()),
        ("kind = \"field\"", signatures),
        ("kind = \"use\"", signatures),
        ("returns = \"none\"", signatures),
        ("exposes = \"sqlx\"", signatures),
        ("fields = 0", signatures),
        ("holds = { max = 3 }", signatures),
        ("not = { signature-mentions = \"sqlx\" }", signatures),
        ("methods = { every = { parameters = 0 } }", signatures),
        ("implemented = { by = { fields = 0 } }", signatures),
        ("body-uses = \"sqlx\"", bodies),
        ("body-runs = \"sqlx\"", bodies),
        ("body-calls-method = \"x\"", bodies),
        ("returns = { fields = 0 }", signatures),
        ("returns = { tested = true }", Needs::SOURCE),
        ("tested = false", bodies),
        ("any = [{ tested = true }, { all = [{ parameters = 1 }] }]", Needs::SOURCE),
    ] {
        assert_eq!(needs(selector), expected, "{selector}");
    }
}

#[test]
fn facts_that_were_not_gathered_are_missed() {
    let mut world = world();
    world.facts.gathered = Needs::default();
    let policy = world
        .policy("[rules.r]\nitems = { kind = \"struct\" }\nmust = { fields = 0 }\n")
        .expect("a policy");
    let problems = check(&world.facts, &policy, &Selection::default());
    let problems = problems.expect_err("nothing is known of fields");
    assert_eq!(problems[0].message, "what the rule `r` asks for was not gathered");
}

#[test]
fn what_a_rule_speaks_of_must_be_there() {
    let world = world();
    let nothing = |rule: &str| {
        let policy = format!(
            "[layers]\nnone = {{ members = \"shop::none\", optional = true }}\n[rules.r]\n{rule}\n"
        );
        let messages = world.messages(&policy);
        messages
            .into_iter()
            .filter(|message| message.starts_with("matches-nothing"))
            .collect::<Vec<_>>()
    };
    let structs = "items = { kind = \"struct\" }\n";
    for (rule, part) in [
        (
            "must-not = { signature-mentions = \"shop::gone\" }",
            "`shop::gone` in `signature-mentions`",
        ),
        ("must-not = { body-uses = \"shop::gone\" }", "`shop::gone` in `body-uses`"),
        ("must-not = { body-runs = \"shop::gone\" }", "`shop::gone` in `body-runs`"),
        ("must-not = { derives = \"gone::Debug\" }", "`derives`"),
        ("must = { not = { exposes = \"shop::gone\" } }", "`shop::gone` in `exposes`"),
        (
            "must = { fields = { none = { signature-mentions = \"shop::gone\" } } }",
            "`shop::gone` in `signature-mentions`",
        ),
        (
            "must-not = { any = [{ body-uses = \"shop::gone\" }, { name = \"X\" }] }",
            "`shop::gone` in `body-uses`",
        ),
    ] {
        let found = nothing(&format!("{structs}{rule}"));
        assert_eq!(found.len(), 1, "{rule}: {found:?}");
        assert!(found[0].contains(part), "{rule}: {found:?}");
    }
    // A mere name may stand for anything, and what must be there is missed by all.
    for rule in [
        "must-not = { derives = \"Gone\" }",
        "must-not = { signature-mentions = \"sqlx\" }",
        "must = { derives = \"gone::Debug\" }",
    ] {
        assert_eq!(nothing(&format!("{structs}{rule}")), [""; 0], "{rule}");
    }
    // A rule has a meaning without what it only speaks of beside other things.
    let aside =
        "items = { kind = \"struct\", not = { in = \"@none\" } }\nmust = { name = \"X\" }\n";
    let policy = format!(
        "[layers]\nnone = {{ members = \"shop::none\", optional = true }}\n[rules.r]\n{aside}"
    );
    assert_eq!(world.messages(&policy).len(), 1);
}

#[test]
fn sentences_read_well() {
    for (rule, sentence) in [
        (
            "items = { kind = \"trait\", in = \"shop::domain\" }\nmust = { implemented = { in = \"shop\", max = 2 } }",
            "what is a trait and is in `shop::domain` must have at most 2 impls in `shop`",
        ),
        (
            "items = { kind = \"fn\", async = true }\nmust-not = { body-uses = [\"std::fs\", \"std::thread::sleep\"] }",
            "what is a fn and is async must not use `std::fs` or `std::thread::sleep` in its body",
        ),
        (
            "items = { kind = \"fn\", async = false }\nmust-not = { async = false }",
            "what is a fn and is not async must be async",
        ),
        (
            "items = { kind = \"struct\" }\nmust = { fields = { every = { visibility = \"private\" } }, methods = { none = { self = \"mut\" } } }",
            "what is a struct must have only fields that are `private` and have no method that takes `&mut self`",
        ),
        (
            "items = { kind = \"struct\" }\nmust = { methods = { min = 1, some = { name = \"new\", self = \"none\", returns = [\"none\", \"Result\"] } } }",
            "what is a struct must have at least 1 method and have a method that is named `new` and takes no `self` and returns nothing or `Result`",
        ),
        (
            "items = { kind = \"module\" }\nmust = { holds = { which = { kind = \"struct\" }, max = 1 }, lines = { max = 200 } }",
            "what is a module must have at most 200 lines and hold at most 1 item that is a struct",
        ),
        (
            "items = { kind = \"module\" }\nmust = { holds = { every = { kind = [\"module\", \"use\"] } } }",
            "what is a module must hold only items that are modules or uses",
        ),
        (
            "items = { kind = \"field\" }\nmust-not = { documented = false }",
            "what is a field must be documented",
        ),
        (
            "items = { kind = \"method\" }\nmust = { has-body = false, parameters = { which = { name = \"a\" }, some = { signature-mentions = \"u8\" } } }",
            "what is a method must not have a body and have a parameter that mentions `u8` in its declaration among those that are named `a`",
        ),
        (
            "items = { kind = \"enum\" }\nmust-not = { not = { any = [{ tested = true }, { name = \"A\" }] } }",
            "what is an enum must (be used by tests or be named `A`)",
        ),
        (
            "items = { kind = \"enum\" }\nmust = { file = \"src/**\", exposes = \"u8\", body-calls-method = \"x\" }",
            "what is an enum must be in a file `src/**` and expose `u8` and call the method `x`",
        ),
    ] {
        let policy = world().policy(&format!("[rules.r]\n{rule}\n")).expect(rule);
        assert_eq!(policy.rules()[0].sentence(), sentence);
    }
}
