//! SARIF 2.1.0, which code scanning of GitHub, and many viewers, read.
//!
//! The format is an OASIS standard:
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>. Findings that an
//! exception takes away are no results: code scanning reads no `suppressions`, and would
//! show each as an open alert.

mod log;

use std::collections::BTreeMap;

use layers_rules::finding::{Finding, Label, Location, Severity, Step};

use super::sources::Unit;
use super::{RuleHelp, Sources, address, prose};
use log::{
    ArtifactLocation, BaseId, CodeFlow, Configuration, Content, Driver, FlowLocation, Log,
    PhysicalLocation, Place, Region, Reporting, Run, SRCROOT, ThreadFlow, Tool,
};

/// The report, indented, with a line break at its end. `rules` are those that were checked;
/// every finding is of one of them. Addresses are relative to the root of the repository, so
/// `prefix` is put before each: empty, or the way from there to the workspace with a slash
/// at its end.
///
/// # Panics
///
/// Never: text and numbers can always be written as JSON.
#[must_use]
pub fn render(findings: &[Finding], rules: &[RuleHelp], sources: &Sources, prefix: &str) -> String {
    let writer = Writer { sources, prefix };
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "cargo-layers",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: rules.iter().map(reporting).collect(),
                },
            },
            column_kind: "utf16CodeUnits",
            original_uri_base_ids: BTreeMap::from([(
                SRCROOT,
                BaseId { description: Content::new("The root of the repository.") },
            )]),
            results: findings.iter().map(|finding| writer.result(finding, rules)).collect(),
        }],
    };
    let mut text = serde_json::to_string_pretty(&log).expect("text and numbers");
    text.push('\n');
    text
}

fn reporting(rule: &RuleHelp) -> Reporting<'_> {
    Reporting {
        id: &rule.id,
        short_description: Content::new(&rule.demand),
        full_description: rule.because.as_deref().map(Content::new),
        help: Content { text: rule.text.clone(), markdown: Some(rule.markdown.clone()) },
        default_configuration: Configuration { level: level(rule.severity) },
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warn => "warning",
        Severity::Note => "note",
    }
}

struct Writer<'a> {
    sources: &'a Sources,
    prefix: &'a str,
}

impl Writer<'_> {
    fn result<'f>(&self, finding: &'f Finding, rules: &[RuleHelp]) -> log::Result<'f> {
        let text = prose::headline(finding) + &prose::reasons(finding);
        let related = finding.chain.iter().map(|step| self.step(step));
        let related = related.chain(finding.secondary.iter().map(|label| self.label(label)));
        log::Result {
            rule_id: &finding.rule,
            rule_index: rules.iter().position(|rule| rule.id == finding.rule),
            level: level(finding.severity),
            message: Content::new(&text),
            locations: [self.place(&finding.primary.location, None)],
            related_locations: related
                .enumerate()
                .map(|(id, place)| Place { id: Some(id + 1), ..place })
                .collect(),
            code_flows: self.code_flow(finding).into_iter().collect(),
            // Not `primaryLocationLineHash`: code scanning warns of every result that has one
            // which is not the hash of its line.
            partial_fingerprints: BTreeMap::from([(
                "layersFingerprint/v1",
                finding.fingerprint.as_str(),
            )]),
        }
    }

    /// The chain, from the written path to what it means.
    fn code_flow(&self, finding: &Finding) -> Option<CodeFlow> {
        if finding.chain.is_empty() {
            return None;
        }
        let written = match finding.primary.text.as_str() {
            "" => &finding.message,
            text => text,
        };
        let start = self.place(&finding.primary.location, Some(written));
        let steps = finding.chain.iter().map(|step| self.step(step));
        let locations = std::iter::once(start).chain(steps);
        let locations = locations.map(|location| FlowLocation { location }).collect();
        Some(CodeFlow { thread_flows: [ThreadFlow { locations }] })
    }

    fn step(&self, step: &Step) -> Place {
        let text = format!("{} → {} ({})", step.from, step.to, step.how);
        self.place(&step.location, Some(&text))
    }

    fn label(&self, label: &Label) -> Place {
        let text = Some(label.text.as_str()).filter(|text| !text.is_empty());
        self.place(&label.location, text)
    }

    fn place(&self, location: &Location, text: Option<&str>) -> Place {
        // Without the text of the file nobody can say where in it the place is.
        let region = self.sources.get(&location.file).map(|_| {
            let range = self.sources.range_in(location, Unit::Utf16);
            Region {
                start_line: range.start.line,
                start_column: range.start.column,
                end_line: range.end.line,
                end_column: range.end.column,
            }
        });
        Place {
            id: None,
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation {
                    uri: address::relative(&format!("{}{}", self.prefix, location.file)),
                    uri_base_id: SRCROOT,
                },
                region,
            },
            message: text.map(Content::new),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn the_whole_log() {
        let (findings, sources, _) = samples::run();
        let text = render(&findings, &samples::rules(), &sources, "back end/");
        insta::assert_snapshot!(text);
    }

    #[test]
    fn columns_count_units_of_utf_16() {
        let text = "/*𝄞ß*/ use a::b;";
        let mut sources = Sources::default();
        sources.insert("src/lib.rs".to_owned(), text.to_owned());
        let finding = samples::bare("src/lib.rs", samples::span(text, "a::b"));
        let log = render(&[finding], &[], &sources, "");
        assert!(log.contains("\"columnKind\": \"utf16CodeUnits\""), "{log}");
        assert!(log.contains("\"startColumn\": 13"), "{log}");
        assert!(log.contains("\"endColumn\": 17"), "{log}");
    }
}
