//! Answers for the rules that ask questions.

use std::time::Duration;

use layers_rules::context::layer_members;
use layers_rules::facts::{Answer as RuleAnswer, AnswerRow, AnswerRows, Facts, NoAnswer};
use layers_rules::policy::Policy;
use miette::Diagnostic;
use rusqlite::types::Value;

use super::{Answer, Budget, Database, QueryError};
use crate::report::places::Places;
use crate::report::sources::{Position, Sources};
use crate::source::Overlay;
use crate::workspace::Workspace;

/// What the question of a rule may cost. More violations than that are one that nobody
/// reads.
const BUDGET: Budget = Budget { rows: 10_000, time: Duration::from_secs(10) };

/// Answers `questions`, and adds that to the facts they are asked of; their files are
/// read from what `overlay` shows, and their layers from `policy`. What is wrong with a
/// question is its answer.
///
/// # Errors
///
/// When the tables do not fit the memory there is.
pub fn answer(
    facts: &mut Facts,
    workspace: &Workspace,
    overlay: &Overlay,
    policy: &Policy,
    questions: &[&str],
) -> Result<(), QueryError> {
    if questions.is_empty() {
        return Ok(());
    }
    let mut sources = Sources::default();
    for file in &facts.files {
        let text = overlay.read(&workspace.root.join(&file.path), &workspace.boundary);
        if let Ok(Ok(text)) = text.map(|bytes| String::from_utf8(bytes.into_owned())) {
            sources.insert(file.path.clone(), text);
        }
    }
    let places = Places { facts, sources };
    // Layers that overlap keep every rule from being judged, and are told of then.
    let layers = layer_members(places.facts, policy).unwrap_or_default();
    let mut database = Database::new(&places, &layers)?;
    let answers = questions.iter().map(|sql| RuleAnswer {
        sql: (*sql).to_owned(),
        rows: match database.ask(sql, BUDGET) {
            Ok(answer) => Ok(rows(&places, &answer)),
            Err(error) => Err(no_answer(&error)),
        },
    });
    let answers = answers.collect();
    facts.answers = answers;
    Ok(())
}

fn no_answer(error: &QueryError) -> NoAnswer {
    let help = match error {
        QueryError::TooManyRows { .. } => {
            "a rule with so many violations tells nothing: make the question narrower".to_owned()
        }
        QueryError::TooSlow { .. } => "look for a join without a condition".to_owned(),
        error => error.help().map_or_else(String::new, |help| help.to_string()),
    };
    NoAnswer { message: error.to_string(), help }
}

fn rows(places: &Places<'_>, answer: &Answer) -> AnswerRows {
    let column = |name: &str| answer.columns.iter().position(|column| column == name);
    let [file, line, first] = ["file", "line", "column"].map(column);
    let row = |values: &Vec<Value>| {
        let number = |column: Option<usize>| match column.map(|column| &values[column]) {
            Some(Value::Integer(number)) => u32::try_from(*number).unwrap_or(1),
            _ => 1,
        };
        let location = match file.map(|column| &values[column]) {
            Some(Value::Text(file)) => {
                places.location(file, Position { line: number(line), column: number(first) })
            }
            _ => None,
        };
        AnswerRow { location, values: values.iter().map(text).collect() }
    };
    AnswerRows { columns: answer.columns.clone(), rows: answer.rows.iter().map(row).collect() }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => format!("{} bytes", bytes.len()),
    }
}
