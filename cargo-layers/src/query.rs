//! Questions in SQL about the facts, answered by `SQLite` in memory.
//!
//! The one who asks may read and nothing else: an authorizer refuses every statement that
//! is no question, and a [`Budget`] holds the time, the rows and the memory of an answer.

mod answers;
mod error;
mod members;
mod tables;
#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

use layers_rules::facts::Target;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

use crate::report::places::Places;
pub use answers::answer;
pub use error::QueryError;
use error::Vocabulary;
pub use tables::SCHEMA;

/// Steps of `SQLite`'s machine between two looks at the clock.
const STEPS: i32 = 10_000;

/// The longest text that an answer may hold, in bytes.
const LONGEST_TEXT: i32 = 16 * 1024 * 1024;

/// The memory that the tables and an answer may take together, in bytes.
const MEMORY: i64 = 1024 * 1024 * 1024;

/// The most bytes of text in all rows of an answer.
const LONGEST_ANSWER: usize = 256 * 1024 * 1024;

/// How much a question may cost.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// The most rows of an answer.
    pub rows: usize,
    /// The longest time to find them.
    pub time: Duration,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The rows, each with a value for every column.
    pub rows: Vec<Vec<Value>>,
}

/// The facts of a workspace as tables.
#[derive(Debug)]
pub struct Database {
    connection: Connection,
    vocabulary: Vocabulary,
}

impl Database {
    /// Fills the tables; `layers` says what is in which layer, by its name.
    ///
    /// # Errors
    ///
    /// When they do not fit the memory there is.
    pub fn new(places: &Places<'_>, layers: &[(String, Target)]) -> Result<Self, QueryError> {
        let mut connection = tables::filled(places, layers).map_err(QueryError::Tables)?;
        let vocabulary = Vocabulary::of(&connection).map_err(QueryError::Tables)?;
        restrict(&mut connection).map_err(QueryError::Tables)?;
        Ok(Self { connection, vocabulary })
    }

    /// Answers one question.
    ///
    /// # Errors
    ///
    /// When `sql` is no question or has a mistake, and when the answer costs too much.
    pub fn ask(&mut self, sql: &str, budget: Budget) -> Result<Answer, QueryError> {
        let deadline = Instant::now() + budget.time;
        self.connection
            .progress_handler(STEPS, Some(move || Instant::now() > deadline))
            .map_err(QueryError::Tables)?;
        let named = |error| error::of(error, sql, budget, &self.vocabulary);
        let mut statement = self.connection.prepare(sql).map_err(named)?;
        if statement.column_count() == 0 {
            return Err(QueryError::NoQuestion);
        }
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = Vec::new();
        let mut bytes = 0;
        let mut found = statement.query([]).map_err(named)?;
        while let Some(row) = found.next().map_err(named)? {
            let row = values(row, columns.len()).map_err(named)?;
            bytes += row.iter().map(size).sum::<usize>();
            if rows.len() == budget.rows {
                return Err(QueryError::TooManyRows { rows: budget.rows });
            }
            if bytes > LONGEST_ANSWER {
                return Err(QueryError::TooBig);
            }
            rows.push(row);
        }
        Ok(Answer { columns, rows })
    }
}

fn values(row: &Row<'_>, width: usize) -> rusqlite::Result<Vec<Value>> {
    (0..width).map(|column| row.get(column)).collect()
}

/// The bytes that a value takes besides its own place.
fn size(value: &Value) -> usize {
    match value {
        Value::Null | Value::Integer(_) | Value::Real(_) => 0,
        Value::Text(text) => text.len(),
        Value::Blob(bytes) => bytes.len(),
    }
}

/// Makes a connection one that only answers questions.
fn restrict(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "PRAGMA query_only = 1; PRAGMA trusted_schema = 0; PRAGMA hard_heap_limit = {MEMORY};"
    ))?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST_TEXT)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.authorizer(Some(|context: AuthContext<'_>| match context.action {
        AuthAction::Select
        | AuthAction::Read { .. }
        | AuthAction::Recursive
        | AuthAction::Function { .. } => Authorization::Allow,
        _ => Authorization::Deny,
    }))
}
