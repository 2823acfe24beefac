//! Answers as bytes.

use std::fmt::Write;

use indexmap::IndexMap;
use rusqlite::types::Value;

use crate::command::error::CommandError;
use crate::command::{columns, terminal};
use crate::query::Answer;
use crate::report::sources::printable;

/// For people: the rows below the names of the columns, and how many there are.
pub(super) fn table(answer: &Answer) -> String {
    let mut table = columns::table();
    table.set_header(answer.columns.iter().map(|column| cell(column)));
    for row in &answer.rows {
        table.add_row(row.iter().map(|value| cell(&text(value))));
    }
    let mut shown = columns::lines(&mut table, "");
    let rows = if answer.rows.len() == 1 { "row" } else { "rows" };
    let _ = writeln!(shown, "\n{} {rows}", answer.rows.len());
    shown
}

/// A text that takes one line and steers no terminal.
fn cell(text: &str) -> String {
    printable(&text.replace(['\n', '\r', '\t'], " "))
}

/// An array of objects. Two columns of one name would be one field.
pub(super) fn json(answer: &Answer) -> Result<String, CommandError> {
    let columns = &answer.columns;
    for (index, column) in columns.iter().enumerate() {
        if columns[..index].contains(column) {
            return Err(CommandError::RepeatedColumn { column: column.clone() });
        }
    }
    let rows: Vec<IndexMap<&str, serde_json::Value>> = answer
        .rows
        .iter()
        .map(|row| columns.iter().map(String::as_str).zip(row.iter().map(json_value)).collect())
        .collect();
    Ok(terminal::json(&rows))
}

fn json_value(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Integer(number) => (*number).into(),
        // Infinity has no place in JSON.
        Value::Real(number) => serde_json::Number::from_f64(*number).into(),
        Value::Text(text) => text.as_str().into(),
        Value::Blob(_) => text(value).into(),
    }
}

/// As RFC 4180 says, with a line feed at the end of each line.
pub(super) fn csv(answer: &Answer) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let lines = std::iter::once(answer.columns.clone())
        .chain(answer.rows.iter().map(|row| row.iter().map(text).collect()));
    for line in lines {
        writer.write_record(line).expect("a line of equal length into memory");
    }
    let bytes = writer.into_inner().expect("writing into memory does not fail");
    String::from_utf8(bytes).expect("text stays text")
}

/// A value as text: nothing for NULL, hexadecimal digits for bytes.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => bytes.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer() -> Answer {
        let text = |text: &str| Value::Text(text.to_owned());
        Answer {
            columns: vec!["b".to_owned(), "a".to_owned()],
            rows: vec![
                vec![text("say \"x\",\ny"), Value::Integer(-1)],
                vec![Value::Null, Value::Real(0.5)],
                vec![Value::Blob(vec![0, 255]), Value::Real(f64::INFINITY)],
            ],
        }
    }

    #[test]
    fn csv_quotes_what_needs_it() {
        assert_eq!(csv(&answer()), "b,a\n\"say \"\"x\"\",\ny\",-1\n,0.5\n00ff,inf\n");
    }

    #[test]
    fn json_keeps_the_order_of_columns() {
        let text = json(&answer()).expect("distinct columns");
        let lines: String = text.split_whitespace().collect();
        assert_eq!(
            lines,
            r#"[{"b":"say\"x\",\ny","a":-1},{"b":null,"a":0.5},{"b":"00ff","a":null}]"#
        );
        let twice = Answer { columns: vec!["a".to_owned(), "a".to_owned()], ..answer() };
        assert!(matches!(json(&twice), Err(CommandError::RepeatedColumn { .. })));
    }

    #[test]
    fn a_row_of_the_table_is_one_line() {
        assert_eq!(
            table(&answer()),
            "b           a\nsay \"x\", y  -1\n            0.5\n00ff        inf\n\n3 rows\n"
        );
    }
}
