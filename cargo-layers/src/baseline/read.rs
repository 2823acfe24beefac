//! From the text of a baseline to its entries.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use indexmap::IndexMap;
use jiff::civil::Date;
use layers_rules::check::Problem;
use layers_rules::exceptions::baseline::BaselineEntry;
use layers_rules::finding::{Identity, Label, Location};
use serde::Deserialize;
use serde_spanned::Spanned;

use super::{BaselineError, VERSION};
use crate::config::{self, ConfigFile};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBaseline {
    version: Spanned<u32>,
    #[serde(default)]
    findings: IndexMap<String, Vec<Spanned<RawEntry>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    // For people who look an entry of a report up here; the other keys are what counts, so
    // that a path which is renamed everywhere is renamed here as well.
    #[serde(rename = "fingerprint")]
    _fingerprint: Option<String>,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    written: Option<String>,
    #[serde(default)]
    kind: String,
    count: Option<Spanned<usize>>,
    since: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    owner: Option<String>,
    reason: Option<String>,
}

/// The entries of a file. Those that are told twice, as a merge may leave them, are one.
pub(super) fn entries(file: &ConfigFile) -> Result<Vec<BaselineEntry>, BaselineError> {
    if file.text.lines().any(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ")) {
        return Err(BaselineError::Unmerged { path: file.path.clone() });
    }
    let raw: RawBaseline =
        config::parse_toml(file).map_err(|problem| BaselineError::invalid(file, vec![problem]))?;
    let mut reader = Reader { file, problems: Vec::new() };
    if *raw.version.get_ref() != VERSION {
        let message = format!("version {} of the baseline is not known", raw.version.get_ref());
        let help = format!("this cargo-layers knows version {VERSION}: use the one that wrote it");
        reader.complain(message, raw.version.span(), "not known", &help);
    }
    let mut entries: BTreeMap<(String, Identity), BaselineEntry> = BTreeMap::new();
    for (rule, list) in raw.findings {
        for raw in list {
            let entry = reader.entry(&rule, raw);
            match entries.entry((rule.clone(), entry.identity.clone())) {
                Entry::Vacant(vacant) => {
                    vacant.insert(entry);
                }
                Entry::Occupied(mut known) => {
                    let known = known.get_mut();
                    known.count = known.count.max(entry.count);
                }
            }
        }
    }
    if !reader.problems.is_empty() {
        return Err(BaselineError::invalid(file, reader.problems));
    }
    let mut entries: Vec<BaselineEntry> = entries.into_values().collect();
    entries.sort_by(|a, b| a.location.cmp(&b.location));
    Ok(entries)
}

struct Reader<'a> {
    file: &'a ConfigFile,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn entry(&mut self, rule: &str, raw: Spanned<RawEntry>) -> BaselineEntry {
        let location = self.at(raw.span());
        let raw = raw.into_inner();
        if raw.count.as_ref().is_some_and(|count| *count.get_ref() == 0)
            && let Some(count) = &raw.count
        {
            let message = "an entry stands for one finding at least".to_owned();
            self.complain(message, count.span(), "none", "remove the entry");
        }
        BaselineEntry {
            rule: rule.to_owned(),
            identity: Identity {
                from: raw.from,
                written: raw.written.unwrap_or_else(|| raw.to.clone()),
                to: raw.to,
                kind: raw.kind,
            },
            count: raw.count.map_or(1, Spanned::into_inner),
            reason: raw.reason,
            owner: raw.owner,
            since: self.date(raw.since),
            until: self.date(raw.until),
            location,
        }
    }

    fn date(&mut self, date: Option<Spanned<String>>) -> Option<Date> {
        let date = date?;
        let parsed = date.get_ref().parse().ok();
        if parsed.is_none() {
            let message = format!("`{}` is not a date", date.get_ref());
            self.complain(message, date.span(), "not a date", "write it as in \"2027-03-01\"");
        }
        parsed
    }

    fn complain(&mut self, message: String, span: Range<usize>, text: &str, help: &str) {
        let label = Label { location: self.at(span), text: text.to_owned() };
        self.problems.push(Problem { message, labels: vec![label], help: Some(help.to_owned()) });
    }

    fn at(&self, span: Range<usize>) -> Location {
        Location { file: self.file.path.clone(), span: config::to_span(span) }
    }
}
