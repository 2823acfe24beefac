//! `query = { sql, message }`: each row of the answer is a violation.
//!
//! The question is asked of the tables that `cargo layers query --schema` describes. The
//! columns `file`, `line` and `column` say where a row's violation is; without them it is
//! told at the rule. Its message is made of `message`, or is what the column `message`
//! holds.
//!
//! ```toml
//! [rules.small-enums]
//! because = "a match over that many variants hides what matters"
//! fix     = "split the enum by what its variants have in common"
//!
//! [rules.small-enums.query]
//! sql     = """
//! SELECT enum.path, enum.file, enum.line, enum.column, count(*) AS variants
//! FROM items AS enum JOIN items AS variant ON variant.parent = enum.path
//! WHERE variant.kind = 'variant' GROUP BY enum.path HAVING count(*) > 40
//! """
//! message = "`{path}` has {variants} variants"
//! ```

mod template;

pub use template::{MessageTemplate, TemplateError};

use super::{Part, Rule, Verdict, Violation};
use crate::context::Context;
use crate::facts::{Answer, AnswerRow, AnswerRows, Facts, ModuleId, Needs};
use crate::finding::{Label, Location};
use crate::planting::{Plant, Unprovable};
use crate::policy::Problem;
use crate::suggest;
use crate::tree::NodeId;

/// The column that holds the message, where there is no template.
const MESSAGE: &str = "message";

/// The verb `query`.
#[derive(Clone, Debug)]
pub struct Query {
    /// The question.
    pub sql: String,
    /// What to say of a row.
    pub message: Option<MessageTemplate>,
    /// Where the question stands.
    pub location: Location,
    /// Where the message stands; where there is none, the question.
    pub message_location: Location,
}

impl Query {
    fn answer<'f>(&self, facts: &'f Facts) -> Option<&'f Answer> {
        facts.answers.iter().find(|answer| answer.sql == self.sql)
    }

    /// The columns that the message speaks of and the answer does not have.
    fn missing_columns<'a>(&'a self, rows: &AnswerRows) -> Vec<&'a str> {
        let spoken: Vec<&str> = match &self.message {
            Some(template) => template.columns().collect(),
            None => vec![MESSAGE],
        };
        let is_missing = |name: &&str| !rows.columns.iter().any(|column| column == name);
        spoken.into_iter().filter(is_missing).collect()
    }

    fn violation(&self, context: &Context<'_>, columns: &[String], row: &AnswerRow) -> Violation {
        let value = |name: &str| {
            let column = columns.iter().position(|column| column == name);
            column.and_then(|column| row.values.get(column)).map_or("", String::as_str)
        };
        let message = match &self.message {
            Some(template) => template.fill(value),
            None => value(MESSAGE).to_owned(),
        };
        let (location, text) = match &row.location {
            Some(location) => (location.clone(), "found here"),
            None => (self.location.clone(), "a row of this question names no place"),
        };
        Violation {
            written: message.clone(),
            message,
            from: node_of_file(context, &location.file),
            primary: Label { location, text: text.to_owned() },
            secondary: Vec::new(),
            chain: Vec::new(),
            to: Vec::new(),
            kind: "query",
            ceiling: None,
        }
    }
}

/// The module that a file holds; for a file that holds none, the first one there is.
fn node_of_file(context: &Context<'_>, path: &str) -> NodeId {
    let facts = context.facts;
    let holds = |module: &ModuleId| {
        let module = &facts.modules[module.index()];
        !module.inline && facts.files[module.file.index()].path == path
    };
    let found = (0..facts.modules.len()).map(ModuleId::new).find(holds);
    context.tree.module(found.unwrap_or(ModuleId::FIRST))
}

impl Rule for Query {
    fn id(&self) -> &'static str {
        "query"
    }

    fn sentence(&self) -> String {
        let words: Vec<&str> = self.sql.split_whitespace().collect();
        format!("nothing may answer the question `{}`", words.join(" "))
    }

    fn operands(&self) -> Vec<Part<'_>> {
        Vec::new()
    }

    fn objections(&self, facts: &Facts) -> Vec<Problem> {
        let label = |location: &Location, text: &str| {
            vec![Label { location: location.clone(), text: text.to_owned() }]
        };
        let rows = match self.answer(facts).map(|answer| &answer.rows) {
            None => {
                return vec![Problem {
                    message: "a question in SQL has not been asked".to_owned(),
                    labels: label(&self.location, "this question"),
                    help: Some("build cargo-layers with its feature `query`".to_owned()),
                }];
            }
            Some(Err(error)) => {
                return vec![Problem {
                    message: error.message.clone(),
                    labels: label(&self.location, "this question"),
                    help: Some(error.help.clone()),
                }];
            }
            Some(Ok(rows)) => rows,
        };
        let missing = self.missing_columns(rows).into_iter();
        missing
            .map(|name| Problem {
                message: format!("the answer has no column `{name}`, which the message speaks of"),
                labels: label(&self.message_location, "speaks of it"),
                help: Some(match &self.message {
                    Some(_) => {
                        suggest::help(name, "columns", rows.columns.iter().map(String::as_str))
                    }
                    None => "add `message = \"…\"` beside `sql`, with `{column}` for values, or a column `message` to the question".to_owned(),
                }),
            })
            .collect()
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let rows = self.answer(context.facts).and_then(|answer| answer.rows.as_ref().ok());
        let violations = rows.into_iter().flat_map(|rows| {
            rows.rows.iter().map(|row| self.violation(context, &rows.columns, row))
        });
        Verdict {
            violations: if context.facts.modules.is_empty() {
                Vec::new()
            } else {
                violations.collect()
            },
            idle: None,
        }
    }

    fn plant(&self, _context: &Context<'_>, _name: &str) -> Result<Vec<Plant>, Unprovable> {
        let reason =
            "what would answer a question in SQL only who asks it can tell, by a `bad` example";
        Err(Unprovable(reason.to_owned()))
    }

    fn question(&self) -> Option<&str> {
        Some(&self.sql)
    }

    fn needs(&self) -> Needs {
        Needs::SOURCE
    }
}

#[cfg(test)]
mod tests;
