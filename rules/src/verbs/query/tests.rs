//! Each branch of `query`, with answers made by hand.

use crate::check::{Selection, check};
use crate::facts::{Answer, AnswerRow, AnswerRows, NoAnswer, Span};
use crate::finding::Location;
use crate::testing::World;

const SQL: &str = "SELECT path, file FROM items";

fn world(rows: Option<Result<AnswerRows, NoAnswer>>) -> World {
    let mut world = World::new(&["shop"]);
    world.uses("shop::orders", "shop::billing::Bill");
    world.facts.answers.extend(rows.map(|rows| Answer { sql: SQL.to_owned(), rows }));
    world
}

fn rows(columns: &[&str], rows: &[(Option<&str>, &[&str])]) -> AnswerRows {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let row = |(file, values): &(Option<&str>, &[&str])| AnswerRow {
        location: file
            .map(|file| Location { file: file.to_owned(), span: Span { start: 4, end: 9 } }),
        values: texts(values),
    };
    AnswerRows { columns: texts(columns), rows: rows.iter().map(row).collect() }
}

fn policy(message: &str) -> String {
    format!("[rules.big]\nquery = {{ sql = \"{SQL}\"{message} }}\n")
}

fn objection(world: &World, policy: &str) -> (String, String) {
    let policy = world.policy(policy).expect("a policy");
    let problems = check(&world.facts, &policy, &Selection::default()).expect_err("objections");
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    (problem.message.clone(), problem.help.clone().unwrap_or_default())
}

#[test]
fn each_row_is_a_violation_where_it_says() {
    let answer = rows(
        &["path", "fields"],
        &[(Some("shop/orders.rs"), &["shop::Order", "9"]), (None, &["shop::Bill", "8"])],
    );
    let report = world(Some(Ok(answer))).check(&policy(", message = \"`{path}` has {fields}\""));
    let places: Vec<_> = report
        .findings
        .iter()
        .map(|finding| (finding.message.as_str(), finding.primary.location.file.as_str()))
        .collect();
    assert_eq!(
        places,
        [("`shop::Bill` has 8", "layers.toml"), ("`shop::Order` has 9", "shop/orders.rs")]
    );
    assert_ne!(report.findings[0].fingerprint, report.findings[1].fingerprint);
}

#[test]
fn the_question_itself_may_make_the_message() {
    let answer = rows(&["message"], &[(Some("shop/orders.rs"), &["too big"])]);
    assert_eq!(world(Some(Ok(answer))).messages(&policy("")), ["big: too big"]);
}

#[test]
fn no_row_is_no_violation() {
    assert_eq!(
        world(Some(Ok(rows(&["message"], &[])))).messages(&policy("")),
        Vec::<String>::new()
    );
}

#[test]
fn exceptions_cover_rows_by_the_module_of_their_file() {
    let answer = rows(&["message"], &[(Some("shop/orders.rs"), &["too big"])]);
    let excepted = policy("")
        + "except = [{ from = \"shop::orders\", reason = \"moves with the rewrite\" }]\n";
    assert_eq!(world(Some(Ok(answer))).messages(&excepted), Vec::<String>::new());
}

#[test]
fn a_question_without_an_answer_is_a_mistake_in_the_policy() {
    let (message, help) = objection(&world(None), &policy(""));
    assert_eq!(message, "a question in SQL has not been asked");
    assert!(help.contains("feature"), "{help}");
    let error = NoAnswer { message: "no such column: pth".to_owned(), help: "path?".to_owned() };
    let (message, help) = objection(&world(Some(Err(error))), &policy(""));
    assert_eq!((message.as_str(), help.as_str()), ("no such column: pth", "path?"));
}

#[test]
fn a_message_speaks_of_columns_that_are_there() {
    let answer = || rows(&["path"], &[]);
    let (message, help) = objection(&world(Some(Ok(answer()))), &policy(", message = \"{pth}\""));
    assert_eq!(message, "the answer has no column `pth`, which the message speaks of");
    assert!(help.contains("`path`"), "{help}");
    let (message, help) = objection(&world(Some(Ok(answer()))), &policy(""));
    assert!(message.contains("`message`"), "{message}");
    assert!(help.contains("beside `sql`"), "{help}");
}

#[test]
fn stray_braces_and_empty_questions_are_refused() {
    let world = world(None);
    let problem = |policy: &str| world.policy(policy).expect_err("a mistake")[0].message.clone();
    assert_eq!(problem(&policy(", message = \"{path\"")), "a `{` is not closed");
    assert_eq!(
        problem("[rules.big]\nquery = { sql = \" \" }\n"),
        "an empty question has no answer"
    );
}
