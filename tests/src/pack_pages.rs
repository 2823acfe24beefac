//! The pages of the book about built-in packs, written from the packs themselves.

use std::fmt::Write;

use cargo_layers::config::{layers_of, load_pack, pack_policy};
use layers_rules::packs::Pack;
use layers_rules::policy::raw::{RawEntry, RawExample};
use layers_rules::policy::{Policy, PolicyRule, Source};
use serde_spanned::Spanned;

/// The page about one pack: what it is for, its layers and sets, and each of its rules as
/// the pack writes it, with its examples.
///
/// # Panics
///
/// When the pack makes no sense.
#[must_use]
pub fn page(pack: Pack) -> String {
    let (source, _) = load_pack(pack).expect("a built-in pack can be read");
    let policy = pack_policy(pack).expect("a built-in pack makes sense");
    let mut page = format!("# {}\n\n{}\n", pack.name, introduction(pack));
    let _ = writeln!(page, "```toml\nextends = [\"{}\"]\n```\n", pack.name);
    let inner: Vec<String> = source
        .raw
        .extends
        .iter()
        .map(|entry| format!("[{0}]({0}.md)", entry.pack.get_ref()))
        .collect();
    if !inner.is_empty() {
        let _ = writeln!(page, "Extends {}.\n", inner.join(", "));
    }
    page.push_str(&layers(&source));
    if !source.raw.sets.is_empty() {
        let _ = writeln!(page, "## Sets\n\n```toml\n{}\n```\n", table(pack, "sets"));
    }
    let rules = rules(&source, &policy);
    if !rules.is_empty() {
        page.push_str("## Rules\n\n| rule | severity | says |\n|---|---|---|\n");
        for (rule, _) in &rules {
            let sentence = rule.sentence().replace('|', "\\|");
            let _ = writeln!(page, "| [{0}](#{0}) | {1} | {sentence} |", rule.id, severity(rule));
        }
        page.push('\n');
    }
    for (rule, examples) in rules {
        let _ = writeln!(page, "### {}\n", rule.id);
        page.push_str(&section(pack, &rule.id));
        for example in examples.iter().map(Spanned::get_ref) {
            let texts = [("Breaks it", &example.bad), ("Keeps it", &example.good)];
            for (title, text) in texts {
                let Some(text) = text else { continue };
                let _ = writeln!(page, "{title}:\n\n```rust\n{}\n```\n", text.get_ref().trim());
            }
        }
    }
    page.trim_end().to_owned() + "\n"
}

/// One line about each pack: its name, the first sentence about it, its layers, and how
/// many rules it has with those of the packs it extends.
///
/// # Panics
///
/// When a pack makes no sense.
#[must_use]
pub fn overview(packs: &[Pack]) -> String {
    let mut text = String::from("| pack | is about | layers | rules |\n|---|---|---|---|\n");
    for pack in packs {
        let (source, _) = load_pack(*pack).expect("a built-in pack can be read");
        let introduction = introduction(*pack).replace('\n', " ");
        let about = introduction.split_inclusive(". ").next().unwrap_or_default().trim();
        let layers: Vec<String> =
            layers_of(&source)
                .into_iter()
                .map(|layer| {
                    if is_optional(&source, layer) {
                        format!("({layer})")
                    } else {
                        layer.to_owned()
                    }
                })
                .collect();
        let _ = writeln!(
            text,
            "| [{0}](packs/{0}.md) | {about} | {1} | {2} |",
            pack.name,
            layers.join(", "),
            count(&source)
        );
    }
    text
}

/// The comment that a pack begins with.
fn introduction(pack: Pack) -> String {
    let lines = pack.text.lines().take_while(|line| line.starts_with('#'));
    lines
        .map(|line| line.trim_start_matches("# ").trim_start_matches('#').to_owned() + "\n")
        .collect()
}

fn layers(source: &Source) -> String {
    let mut text = String::new();
    for (what, optional) in [("Needs", false), ("Speaks of, where there are such,", true)] {
        let names: Vec<String> = source
            .raw
            .layers
            .iter()
            .filter(|(_, layer)| layer.optional.unwrap_or(false) == optional)
            .map(|(name, _)| format!("`{}`", name.get_ref()))
            .collect();
        if !names.is_empty() {
            let s = if names.len() == 1 { "layer" } else { "layers" };
            let _ = writeln!(text, "{what} the {s} {}.\n", names.join(", "));
        }
    }
    text
}

fn is_optional(source: &Source, layer: &str) -> bool {
    source
        .raw
        .layers
        .iter()
        .all(|(name, raw)| name.get_ref() != layer || raw.optional.unwrap_or(false))
}

fn count(source: &Source) -> usize {
    source.raw.rules.len() + source.extends.iter().map(|inner| count(&inner.source)).sum::<usize>()
}

/// The rules that a pack itself holds, with their examples, in its order.
fn rules<'s>(
    source: &'s Source,
    policy: &'s Policy,
) -> Vec<(&'s PolicyRule, &'s [Spanned<RawExample>])> {
    let raw = source.raw.rules.iter().filter_map(|(id, entry)| match entry {
        RawEntry::Rule(raw) => Some((policy.rule(id.get_ref())?, raw.examples.as_slice())),
        RawEntry::Level(_) => None,
    });
    raw.collect()
}

fn severity(rule: &PolicyRule) -> String {
    if rule.enabled { rule.severity.to_string() } else { "off".to_owned() }
}

/// The comment above a rule, and the rule as written, examples apart.
fn section(pack: Pack, id: &str) -> String {
    let mut comment = String::new();
    let mut rule = String::new();
    let mut pending = String::new();
    let mut is_inside = false;
    for line in pack.text.lines() {
        if line.starts_with('[') {
            let header = line.trim_matches(['[', ']']);
            let is_of_rule = header == format!("rules.{id}")
                || header.starts_with(&format!("rules.{id}.")) && !header.ends_with(".examples");
            if is_of_rule && !is_inside {
                comment = std::mem::take(&mut pending);
            }
            is_inside = is_of_rule;
        }
        if line.starts_with('#') {
            pending.push_str(line.trim_start_matches("# "));
            pending.push('\n');
            continue;
        }
        pending.clear();
        if is_inside {
            rule.push_str(line);
            rule.push('\n');
        }
    }
    let comment = if comment.is_empty() { comment } else { comment + "\n" };
    format!("{comment}```toml\n{}\n```\n\n", rule.trim())
}

/// What stands under `[NAME]` in a pack, header included.
fn table(pack: Pack, name: &str) -> String {
    let header = format!("[{name}]");
    let lines = pack.text.lines().skip_while(|line| *line != header);
    let is_next = |(index, line): &(usize, &str)| *index > 0 && line.starts_with('[');
    let lines = lines.enumerate().take_while(|it| !is_next(it)).map(|(_, line)| line);
    let mut lines: Vec<&str> = lines.collect();
    // A comment at the end is that of the rule below.
    while lines.last().is_some_and(|line| line.is_empty() || line.starts_with('#')) {
        lines.pop();
    }
    lines.join("\n")
}
