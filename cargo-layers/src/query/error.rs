//! What can go wrong with a question.

use std::time::Duration;

use layers_rules::suggest;
use miette::{Diagnostic, SourceSpan};
use rusqlite::{Connection, ErrorCode};
use thiserror::Error;

use super::Budget;

/// Why there is no answer.
#[derive(Debug, Error, Diagnostic)]
pub enum QueryError {
    /// The tables could not be made.
    #[error("the tables could not be filled")]
    Tables(#[source] rusqlite::Error),

    /// A mistake in the SQL.
    #[error("this is no SQL that can be answered: {message}")]
    Sql {
        /// What `SQLite` says.
        message: String,
        /// The question.
        #[source_code]
        sql: String,
        /// Where the mistake is, when that is known.
        #[label("here")]
        at: Option<SourceSpan>,
        /// What to do.
        #[help]
        help: String,
    },

    /// Something other than a question.
    #[error("only questions are answered: nothing can be changed")]
    #[diagnostic(help("ask with SELECT, WITH or VALUES"))]
    NotAllowed,

    /// Nothing, or nothing that has an answer.
    #[error("there is no question in this SQL")]
    #[diagnostic(help("ask with SELECT, WITH or VALUES"))]
    NoQuestion,

    /// Several statements.
    #[error("there is more than one statement in this SQL")]
    #[diagnostic(help("ask one question at a time; WITH gives names to parts of it"))]
    Several,

    /// The answer is too long.
    #[error("the answer has more than {rows} rows")]
    #[diagnostic(help("count or group them, end the question with LIMIT, or raise --max-rows"))]
    TooManyRows {
        /// The budget.
        rows: usize,
    },

    /// The answer takes too long.
    #[error("there was no answer within {} s", time.as_secs())]
    #[diagnostic(help("look for a join without a condition, or raise --timeout"))]
    TooSlow {
        /// The budget.
        time: Duration,
    },

    /// The answer takes too much memory.
    #[error("the answer takes more memory than a question may use")]
    #[diagnostic(help("ask for fewer or shorter values"))]
    TooBig,
}

/// The error for one of `SQLite`'s.
pub(super) fn of(
    error: rusqlite::Error,
    sql: &str,
    budget: Budget,
    vocabulary: &Vocabulary,
) -> QueryError {
    match error {
        rusqlite::Error::MultipleStatement => QueryError::Several,
        rusqlite::Error::SqlInputError { msg, offset, .. } => {
            let at = usize::try_from(offset).ok().map(|offset| word(sql, offset));
            QueryError::Sql { help: help(&msg, vocabulary), message: msg, sql: sql.to_owned(), at }
        }
        error => match error.sqlite_error_code() {
            Some(ErrorCode::OperationInterrupted) => QueryError::TooSlow { time: budget.time },
            Some(ErrorCode::AuthorizationForStatementDenied | ErrorCode::ReadOnly) => {
                QueryError::NotAllowed
            }
            Some(ErrorCode::OutOfMemory | ErrorCode::TooBig) => QueryError::TooBig,
            _ => {
                let message = error.to_string();
                let help = help(&message, vocabulary);
                QueryError::Sql { message, sql: sql.to_owned(), at: None, help }
            }
        },
    }
}

/// The word of `sql` that begins at `offset`.
fn word(sql: &str, offset: usize) -> SourceSpan {
    let rest = sql.get(offset..).unwrap_or_default();
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let end = rest.find(|character| !is_part(character)).unwrap_or(rest.len());
    (offset.min(sql.len()), end.max(usize::from(!rest.is_empty()))).into()
}

/// The names of the tables and their columns.
#[derive(Debug)]
pub(super) struct Vocabulary {
    tables: Vec<String>,
    columns: Vec<String>,
}

impl Vocabulary {
    pub(super) fn of(connection: &Connection) -> rusqlite::Result<Self> {
        let strings = |sql: &str| -> rusqlite::Result<Vec<String>> {
            connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
        };
        let tables = strings("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
        let mut columns = strings(
            "SELECT columns.name FROM sqlite_schema tables, pragma_table_info(tables.name) columns",
        )?;
        columns.sort();
        columns.dedup();
        Ok(Self { tables, columns })
    }
}

/// What may have been meant by a table or column that does not exist.
fn help(message: &str, vocabulary: &Vocabulary) -> String {
    let schema = "`cargo layers query --schema` shows the tables and their columns";
    let (known, word) = if let Some(table) = message.strip_prefix("no such table: ") {
        (&vocabulary.tables, table)
    } else if let Some(column) = message.strip_prefix("no such column: ") {
        (&vocabulary.columns, column.rsplit('.').next().unwrap_or(column))
    } else {
        return schema.to_owned();
    };
    match suggest::closest(word, known.iter().map(String::as_str)) {
        Some(closest) => format!("did you mean `{closest}`? {schema}"),
        None => schema.to_owned(),
    }
}
