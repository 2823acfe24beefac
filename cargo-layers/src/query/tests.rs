use std::time::Duration;

use layers_rules::facts::Facts;
use rusqlite::types::Value;

use super::*;
use crate::disk::Boundary;

const BUDGET: Budget = Budget { rows: 10, time: Duration::from_mins(1) };

fn ask(sql: &str, budget: Budget) -> Result<Answer, QueryError> {
    let facts = Facts::default();
    let places = Places::new(&facts, "/nowhere".into(), &Boundary::default());
    Database::new(&places, &[]).expect("empty tables").ask(sql, budget)
}

fn refusal(sql: &str) -> String {
    ask(sql, BUDGET).expect_err("no answer").to_string()
}

#[test]
fn a_question_is_answered_in_order_and_with_types() {
    let answer = ask("SELECT 1 AS a, 'x' AS b, NULL AS c, 0.5 UNION ALL SELECT 2, 3, 4, 5", BUDGET)
        .expect("an answer");
    assert_eq!(answer.columns, ["a", "b", "c", "0.5"]);
    let first = vec![Value::Integer(1), Value::Text("x".to_owned()), Value::Null, Value::Real(0.5)];
    assert_eq!(answer.rows[0], first);
    assert_eq!(answer.rows.len(), 2);
}

#[test]
fn nothing_but_questions_is_allowed() {
    for sql in [
        "DELETE FROM items",
        "INSERT INTO items SELECT * FROM items",
        "UPDATE items SET name = 'x'",
        "CREATE TABLE t (a)",
        "CREATE TEMP TABLE t (a)",
        "DROP TABLE items",
        "ATTACH 'file' AS other",
        "PRAGMA query_only = 0",
        "BEGIN",
    ] {
        assert!(matches!(ask(sql, BUDGET), Err(QueryError::NotAllowed)), "{sql}");
    }
    assert!(matches!(ask("VACUUM INTO 'file'", BUDGET), Err(QueryError::NoQuestion)));
    assert!(matches!(ask("SELECT load_extension('x')", BUDGET), Err(QueryError::Sql { .. })));
}

#[test]
fn one_question_at_a_time() {
    assert!(matches!(ask("SELECT 1; SELECT 2", BUDGET), Err(QueryError::Several)));
    assert!(ask("SELECT 1; -- and no more", BUDGET).is_ok());
    for sql in ["", " -- nothing", ";"] {
        assert!(matches!(ask(sql, BUDGET), Err(QueryError::NoQuestion)), "{sql:?}");
    }
}

#[test]
fn a_mistake_is_shown_where_it_is() {
    let error = ask("SELECT nam FROM items", BUDGET).expect_err("no such column");
    let QueryError::Sql { message, at, help, .. } = error else { panic!("{error}") };
    assert_eq!(message, "no such column: nam");
    assert_eq!(at.map(|span| (span.offset(), span.len())), Some((7, 3)));
    assert!(help.starts_with("did you mean `name`?"), "{help}");
    let error = ask("SELECT * FROM dependancies", BUDGET).expect_err("no such table");
    let QueryError::Sql { help, .. } = error else { panic!("{error}") };
    assert!(help.starts_with("did you mean `dependencies`?"), "{help}");
    assert!(refusal("SELEC 1").contains("syntax error"));
}

#[test]
fn an_answer_beyond_the_budget_is_none() {
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
    assert!(matches!(ask(endless, BUDGET), Err(QueryError::TooManyRows { rows: 10 })));
    assert!(ask(&format!("{endless} LIMIT 10"), BUDGET).is_ok());
    let never = endless.replace("SELECT i FROM", "SELECT max(i) FROM");
    let soon = Budget { time: Duration::ZERO, ..BUDGET };
    assert!(matches!(ask(&never, soon), Err(QueryError::TooSlow { .. })));
    assert!(matches!(ask("SELECT zeroblob(100000000)", BUDGET), Err(QueryError::TooBig)));
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 30) \
                SELECT hex(zeroblob(8000000)) FROM n";
    let more = Budget { rows: 100, ..BUDGET };
    assert!(matches!(ask(many, more), Err(QueryError::TooBig)));
}
