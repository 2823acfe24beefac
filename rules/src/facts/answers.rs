//! Answers to the questions that rules ask of all facts.

use crate::finding::Location;

/// The answer to a question in SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The question.
    pub sql: String,
    /// Its rows in order, or why there is no answer.
    pub rows: Result<AnswerRows, NoAnswer>,
}

/// The rows of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerRows {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<AnswerRow>,
}

/// One row of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerRow {
    /// The place that its columns `file`, `line` and `column` name, if they name one.
    pub location: Option<Location>,
    /// A text for every column; nothing for NULL.
    pub values: Vec<String>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAnswer {
    /// What is wrong with the question.
    pub message: String,
    /// The way out.
    pub help: String,
}
