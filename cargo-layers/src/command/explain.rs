//! `explain`: what a rule demands, and why.

mod built_in;

use std::fmt::Write;

use clap::Args;
use layers_rules::finding::Location;
use layers_rules::policy::{Origin, Rule, Snippet};

use super::error::CommandError;
use super::exit::Exit;
use super::{PolicyArgs, terminal};
use crate::config::Config;
use crate::report::Sources;
use crate::report::human::Style;

/// Which rule to explain.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    #[command(flatten)]
    policy: PolicyArgs,

    /// Id of the rule, as it stands in brackets after "error" in a report
    rule: String,
}

pub(super) fn run(arguments: &ExplainArgs) -> Result<Exit, CommandError> {
    let (id, style) = (arguments.rule.as_str(), terminal::output_style());
    let text = match workspace_config(&arguments.policy) {
        Ok(config) => match config.policy.rule(id) {
            Some(rule) => text(rule, &origin(&rule.origin, &config), style),
            None => built_in::text(id, style)
                .ok_or_else(|| CommandError::unknown_rule(id, &config.policy))?,
        },
        // Rules of packs are the same everywhere, so a policy that is missing or wrong does
        // not keep anyone from reading about them.
        Err(error) => built_in::text(id, style).ok_or(error)?,
    };
    terminal::write_output(&text)?;
    Ok(Exit::Clean)
}

fn workspace_config(arguments: &PolicyArgs) -> Result<Config, CommandError> {
    arguments.config(&arguments.workspace()?)
}

/// The rule as text for people; `origin` says where it comes from.
fn text(rule: &Rule, origin: &str, style: Style) -> String {
    let (level, bold) = (style.severity(rule.severity), style.bold());
    let word = if rule.enabled { rule.severity.to_string() } else { "off".to_owned() };
    let mut text = String::new();
    let _ = writeln!(text, "{bold}{}{bold:#} ({level}{word}{level:#})", rule.id);
    let _ = writeln!(text, "{}", rule.sentence());
    section(&mut text, "Why", rule.because.as_deref(), style);
    section(&mut text, "What to do instead", rule.fix.as_deref(), style);
    section(&mut text, "Where it may err", rule.heuristic.as_deref(), style);
    for example in &rule.examples {
        let text_of = |snippet: &Option<Snippet>| snippet.as_ref().map(|it| it.text.clone());
        section(&mut text, "This breaks it", text_of(&example.bad).as_deref(), style);
        section(&mut text, "This keeps it", text_of(&example.good).as_deref(), style);
    }
    let _ = writeln!(text, "\n{origin}");
    text
}

fn section(text: &mut String, title: &str, body: Option<&str>, style: Style) {
    let Some(body) = body else { return };
    let bold = style.bold();
    let _ = writeln!(text, "\n{bold}{title}{bold:#}");
    for line in body.trim_matches('\n').lines() {
        let _ = writeln!(text, "{}", format!("  {line}").trim_end());
    }
}

/// Where a rule of the workspace's policy is defined.
fn origin(origin: &Origin, config: &Config) -> String {
    let mut sources = Sources::default();
    sources.insert_config(config);
    let place =
        |location: &Location| format!("{}:{}", location.file, sources.range(location).start.line);
    match origin {
        Origin::File { location } => format!("Defined at {}.", place(location)),
        Origin::Layer { location } => {
            format!("Follows from `may-use` or `external` of the layer, at {}.", place(location))
        }
        Origin::Pack { name, entry } => {
            format!("Defined by the pack `{name}`, which is extended at {}.", place(entry))
        }
        Origin::Upkeep => "Built in: it watches over the rules themselves.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use camino::Utf8Path;

    use super::*;
    use crate::{config, workspace};

    /// The explanation of a rule in a workspace of one package with this layers.toml.
    fn explain(layers: &str, rule: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        fs::write(root.join("Cargo.toml"), "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n")
            .unwrap();
        fs::create_dir(root.join("src")).unwrap();
        fs::write(root.join("src/lib.rs"), "").unwrap();
        fs::write(root.join("layers.toml"), layers).unwrap();
        let workspace = workspace::load(None, root).unwrap();
        let config = config::load(&workspace, None).unwrap();
        let rule = config.policy.rule(rule).unwrap();
        text(rule, &origin(&rule.origin, &config), Style::Plain)
    }

    #[test]
    fn a_rule_of_the_workspace() {
        let layers = r#"
[layers]
domain = "shop::domain"

[rules.domain-ignores-sqlx]
forbid = { from = "@domain", to = "sqlx" }
heuristic = "macros can hide what it looks for"
because = "it must be testable without a database"
fix = """
declare a port
and implement it elsewhere"""

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
        insta::assert_snapshot!(explain(layers, "domain-ignores-sqlx"));
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
        let pack = explain(layers, "domain-is-pure");
        assert!(
            pack.ends_with(
                "\nDefined by the pack `hexagonal`, which is extended at layers.toml:1.\n"
            ),
            "{pack}"
        );
        let layer = explain(layers, "domain-may-use");
        assert!(layer.ends_with("of the layer, at layers.toml:3.\n"), "{layer}");
        let off = explain(layers, "inbound-ignores-outbound");
        assert!(off.starts_with("inbound-ignores-outbound (off)\n"), "{off}");
        let upkeep = explain(layers, "matches-nothing");
        assert!(upkeep.ends_with("Built in: it watches over the rules themselves.\n"), "{upkeep}");
    }
}
