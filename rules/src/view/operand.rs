//! From the texts of a question to what they stand for.

use thiserror::Error;

use super::View;
use crate::check::{is_dead_part, near};
use crate::pattern::Pattern;
use crate::policy::{Operand, Problem};
use crate::rule::{Part, Role, Verdict};
use crate::verbs::NamedTarget;

/// A question that makes no sense, or names what is not there.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}{}", .help.as_ref().map(|help| format!(": {help}")).unwrap_or_default())]
pub struct QuestionError {
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

impl From<Problem> for QuestionError {
    fn from(problem: Problem) -> Self {
        Self { message: problem.message, help: problem.help }
    }
}

/// A rule whose question makes no sense had nothing to judge.
impl From<QuestionError> for Verdict {
    fn from(mistake: QuestionError) -> Self {
        Self { idle: Some(mistake.to_string()), ..Self::default() }
    }
}

/// What path patterns and `@names` stand for in this part of a question. Something of it must
/// be there, unless it speaks only of layers that may be empty.
pub(super) fn operand(
    view: &View<'_>,
    texts: &[&str],
    role: Role,
) -> Result<Operand, QuestionError> {
    let operand = view.policy.operand(texts)?;
    let context = view.context();
    let part = Part { key: "", operand: &operand, role };
    if texts.is_empty() {
        let message = "an empty list stands for nothing".to_owned();
        return Err(QuestionError { message, help: None });
    }
    if is_dead_part(&context, &part) && !context.is_all_absent(&operand) {
        let message = match role {
            Role::Object => format!("nothing is known that {} could mean", operand.sentence()),
            _ => format!("{} names nothing in the workspace", operand.sentence()),
        };
        let near = texts.iter().find_map(|text| near(&context, text));
        let help = near.map(|near| format!("did you mean `{near}`?"));
        return Err(QuestionError { message, help });
    }
    Ok(operand)
}

/// What attributes, derives and traits are compared with: path patterns, `@names`, or mere
/// names.
pub(super) fn named(view: &View<'_>, texts: &[&str]) -> Result<NamedTarget, QuestionError> {
    let operand = view.policy.operand(texts)?;
    let patterns = texts.iter().filter(|text| !text.starts_with('@'));
    let written = patterns.filter_map(|text| Pattern::parse(text).ok()).collect();
    Ok(NamedTarget { operand, written, paths: None })
}
