//! `describe`: the whole architecture as prose.

mod layers;
mod rules;

use clap::Args;
use layers_rules::context::Layering;
use layers_rules::facts::Facts;
use layers_rules::policy::{Policy, Problem};
use layers_rules::tree::PathTree;

use super::PolicyArgs;
use super::error::CommandError;
use super::exit::Exit;
use super::explain::ProseFormat;
use crate::analysis::analyze;
use crate::config;
use crate::report::document::Document;
use crate::report::wording;

/// What to describe, and how.
#[derive(Debug, Args)]
pub(super) struct DescribeArgs {
    #[command(flatten)]
    policy: PolicyArgs,

    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    format: ProseFormat,
}

pub(super) fn run(arguments: &DescribeArgs) -> Result<Exit, CommandError> {
    let workspace = arguments.policy.workspace()?;
    let config = arguments.policy.config(&workspace)?;
    let facts = analyze(&workspace).facts;
    let document =
        document(&config.policy, &facts).map_err(|problems| config::problems(&config, problems))?;
    arguments.format.write(&document)?;
    Ok(Exit::Clean)
}

/// The architecture that `policy` wants of the workspace that `facts` are about.
fn document(policy: &Policy, facts: &Facts) -> Result<Document, Vec<Problem>> {
    let tree = PathTree::new(facts);
    let layering = Layering::new(&tree, policy)?;
    let mut document = Document::default();
    document.heading(1, "Architecture");
    layers::describe(&mut document, policy, &tree, &layering);
    rules::describe(&mut document, policy);
    let words = wording::sets(policy, policy.rules().iter().filter(|rule| rule.enabled));
    if !words.is_empty() {
        document.heading(2, "What the names of sets mean");
        document.list(words);
    }
    document.heading(2, "How it is kept");
    document.paragraph(
        "`cargo layers check` holds the code to all of this, and `cargo layers explain RULE` says more about one rule.",
    );
    Ok(document)
}

#[cfg(test)]
mod tests;
