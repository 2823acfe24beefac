//! `explain`: what a rule demands, and why.

mod built_in;

use clap::{Args, ValueEnum};
use layers_rules::policy::PolicyRule;

use super::error::CommandError;
use super::exit::Exit;
use super::{PolicyArgs, terminal};
use crate::config::Config;
use crate::report::Sources;
use crate::report::document::Document;
use crate::report::explanation::explanation;

/// Which rule to explain.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    #[command(flatten)]
    policy: PolicyArgs,

    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    format: ProseFormat,

    /// Id of the rule, as it stands in brackets after "error" in a report
    rule: String,
}

/// How prose is shown.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum ProseFormat {
    /// For people at a terminal
    #[default]
    Text,
    /// For a document, or for an assistant
    Markdown,
}

impl ProseFormat {
    pub(super) fn write(self, document: &Document) -> Result<(), CommandError> {
        terminal::write_output(&match self {
            Self::Text => document.text(terminal::output_style()),
            Self::Markdown => document.markdown(),
        })
    }
}

pub(super) fn run(arguments: &ExplainArgs) -> Result<Exit, CommandError> {
    let id = arguments.rule.as_str();
    let document = match workspace_config(&arguments.policy) {
        Ok(config) => match config.policy.rule(id) {
            Some(rule) => document(rule, &config),
            None => built_in::document(id)
                .ok_or_else(|| CommandError::unknown_rule(id, &config.policy))?,
        },
        // Rules of packs are the same everywhere, so a policy that is missing or wrong does
        // not keep anyone from reading about them.
        Err(error) => built_in::document(id).ok_or(error)?,
    };
    arguments.format.write(&document)?;
    Ok(Exit::Clean)
}

fn workspace_config(arguments: &PolicyArgs) -> Result<Config, CommandError> {
    arguments.config(&arguments.workspace()?)
}

/// The explanation of a rule of the workspace's policy.
fn document(rule: &PolicyRule, config: &Config) -> Document {
    let mut sources = Sources::default();
    sources.insert_config(config);
    explanation(rule, &config.policy, &sources)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use camino::Utf8Path;

    use super::*;
    use crate::report::human::Style;
    use crate::{config, workspace};

    /// The explanation of a rule in a workspace of one package with this layers.toml.
    fn explain(layers: &str, rule: &str) -> Document {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        fs::write(root.join("Cargo.toml"), "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n")
            .unwrap();
        fs::create_dir(root.join("src")).unwrap();
        fs::write(root.join("src/lib.rs"), "").unwrap();
        fs::write(root.join("layers.toml"), layers).unwrap();
        let workspace = workspace::load(None, root).unwrap();
        let config = config::load(&workspace, None).unwrap();
        document(config.policy.rule(rule).unwrap(), &config)
    }

    #[test]
    fn a_rule_of_the_workspace() {
        let layers = r#"
[layers]
domain = ["shop::domain", "shop::money"]

[sets]
drivers = ["sqlx", "redis"]

[rules.domain-ignores-sqlx]
forbid = { from = "@domain", to = ["@drivers", "diesel"] }
tests = true
heuristic = "macros can hide what it looks for"
because = "it must be testable without a database"
fix = """
declare a port
and implement it elsewhere"""

[[rules.domain-ignores-sqlx.except]]
from = "shop::domain::legacy"
reason = "moves with the billing rewrite"
until = "2999-03-01"
owner = "@billing"

[[rules.domain-ignores-sqlx.except]]
to = ["diesel::result", "diesel::pg"]
reason = "they are plain data"

[[rules.domain-ignores-sqlx.examples]]
bad = '''
//- shop/src/lib.rs
mod domain {
    use sqlx::PgPool; //~ domain-ignores-sqlx
}
'''
good = '''
//- shop/src/lib.rs
mod domain {}
'''
"#;
        let document = explain(layers, "domain-ignores-sqlx");
        insta::assert_snapshot!(document.text(Style::Plain));
        insta::assert_snapshot!("a_rule_of_the_workspace_as_markdown", document.markdown());
    }

    #[test]
    fn rules_say_where_they_come_from() {
        let layers = r#"extends = ["hexagonal"]
[layers]
domain = { members = "shop::domain", may-use = [] }
inbound = "shop::inbound"
outbound = "shop::outbound"
[rules]
inbound-ignores-outbound = "off"
"#;
        let text = |rule: &str| explain(layers, rule).text(Style::Plain);
        let pack = text("domain-is-pure");
        assert!(
            pack.ends_with(
                "\n  Defined by the pack `hexagonal`, which is extended at layers.toml:1.\n"
            ),
            "{pack}"
        );
        let layer = text("domain-may-use");
        assert!(layer.ends_with("of the layer, at layers.toml:3.\n"), "{layer}");
        let off = text("inbound-ignores-outbound");
        assert!(off.starts_with("inbound-ignores-outbound (off)\n"), "{off}");
        let upkeep = text("matches-nothing");
        assert!(upkeep.ends_with("Built in: it watches over the rules themselves.\n"), "{upkeep}");
    }
}
