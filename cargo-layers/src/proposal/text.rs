//! A proposal as TOML.

use std::fmt::Write;

use toml_writer::{ToTomlKey, ToTomlValue, TomlStringBuilder};

use super::{FoundBy, Proposal, ProposedLayer};

/// A list on one line is no longer than this.
const WIDTH: usize = 90;

pub(super) fn text(proposal: &Proposal, schema: Option<&str>) -> String {
    let mut text = String::new();
    if let Some(schema) = schema {
        let _ = writeln!(text, "#:schema {schema}\n");
    }
    let _ = writeln!(text, "# {}", origin(proposal.found_by));
    if !proposal.packs.is_empty() {
        let _ = writeln!(text, "extends = [{}]", strings(&proposal.packs).join(", "));
    }
    layers(&mut text, &proposal.layers);
    if !proposal.off.is_empty() {
        text.push_str("\n[rules]\n");
        for rule in &proposal.off {
            let _ = writeln!(text, "{} = \"off\"", rule.to_toml_key());
        }
    }
    for rule in &proposal.rules {
        let _ = writeln!(text, "\n[rules.{}]\n{}", rule.id.to_toml_key(), rule.verb);
        let _ = writeln!(text, "because = {}", string(rule.because));
    }
    text
}

fn origin(found_by: FoundBy) -> &'static str {
    match found_by {
        FoundBy::CrateNames => {
            "Layers by the names of the crates. Change them to what should hold."
        }
        FoundBy::ModuleNames => {
            "Layers by the names of the modules. Change them to what should hold."
        }
        FoundBy::Dependencies => {
            "Levels of crates by what depends on what today: each may use those below it.\n\
             # Give them names that say what they are for, and move what stands too high."
        }
        FoundBy::Given => "Layers as they were given to `cargo layers init`.",
        FoundBy::Nothing => {
            "No layers were found. Name some here to say who may use whom:\n\
             # [layers]\n\
             # core = \"my-crate::core\""
        }
    }
}

fn layers(text: &mut String, layers: &[ProposedLayer]) {
    let (open, closed): (Vec<_>, Vec<_>) = layers.iter().partition(|it| it.may_use.is_none());
    if !open.is_empty() {
        text.push_str("\n[layers]\n");
        let width = open.iter().map(|layer| layer.name.to_toml_key().len()).max().unwrap_or(0);
        for layer in open {
            let _ =
                writeln!(text, "{:width$} = {}", layer.name.to_toml_key(), list(&layer.members));
        }
    }
    for layer in closed {
        let _ = writeln!(text, "\n[layers.{}]", layer.name.to_toml_key());
        let _ = writeln!(text, "members = {}", list(&layer.members));
        let may_use = layer.may_use.as_deref().unwrap_or_default();
        let _ = writeln!(text, "may-use = [{}]", strings(may_use).join(", "));
    }
}

/// One string, or a list of several; a long one over several lines.
fn list(entries: &[String]) -> String {
    let strings = strings(entries);
    if let [only] = strings.as_slice() {
        return only.clone();
    }
    let line = format!("[{}]", strings.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    let lines: Vec<String> = strings.iter().map(|entry| format!("    {entry},")).collect();
    format!("[\n{}\n]", lines.join("\n"))
}

fn strings(entries: &[String]) -> Vec<String> {
    entries.iter().map(|entry| string(entry)).collect()
}

fn string(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}
