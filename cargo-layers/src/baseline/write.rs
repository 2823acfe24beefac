//! From entries to the text of a baseline.

use std::fmt::Write;

use layers_rules::check::fingerprint;
use layers_rules::exceptions::baseline::BaselineEntry;
use toml_writer::{ToTomlKey, ToTomlValue, TomlStringBuilder};

use super::VERSION;

/// What a reader has to know.
const HEADER: &str = "\
# What broke the rules on the day it was recorded: `cargo layers check` passes over it.
# Written by `cargo layers baseline`, which takes away what is fixed. `reason`, `owner` and
# `until` can be added to an entry by hand, and are kept; comments are not.
";

/// One line for each entry, those of a rule in one list.
pub(super) fn text(entries: &[BaselineEntry]) -> String {
    let mut text = format!("{HEADER}version = {VERSION}\n\n[findings]\n");
    for of_rule in entries.chunk_by(|a, b| a.rule == b.rule) {
        let _ = writeln!(text, "{} = [", of_rule[0].rule.to_toml_key());
        for entry in of_rule {
            let _ = writeln!(text, "    {{ {} }},", keys(entry).join(", "));
        }
        text.push_str("]\n");
    }
    text
}

/// The keys of an entry with their values, those left out that say nothing.
fn keys(entry: &BaselineEntry) -> Vec<String> {
    let identity = &entry.identity;
    let mut keys = vec![key("fingerprint", &fingerprint(&entry.rule, identity, 0))];
    let mut add = |name: &str, value: &str, default: &str| {
        if value != default {
            keys.push(key(name, value));
        }
    };
    add("from", &identity.from, "");
    add("to", &identity.to, "");
    add("written", &identity.written, &identity.to);
    add("kind", &identity.kind, "");
    if entry.count > 1 {
        keys.push(format!("count = {}", entry.count));
    }
    keys.extend(entry.since.map(|date| key("since", &date.to_string())));
    keys.extend(entry.until.map(|date| key("until", &date.to_string())));
    keys.extend(entry.owner.as_ref().map(|owner| key("owner", owner)));
    keys.extend(entry.reason.as_ref().map(|reason| key("reason", reason)));
    keys
}

/// A key with its value on one line, whatever is in it.
fn key(name: &str, value: &str) -> String {
    format!("{name} = {}", TomlStringBuilder::new(value).as_basic().to_toml_value())
}
