//! The messages that Cargo writes with `--message-format=json`, so that whatever shows
//! those shows findings: rust-analyzer by its setting `check.overrideCommand`, and through
//! it every editor.
//!
//! The format is documented at
//! <https://doc.rust-lang.org/cargo/reference/external-tools.html#json-messages>, what is in
//! a diagnostic at <https://doc.rust-lang.org/rustc/json.html>.

mod member;
mod message;

use layers_rules::finding::{Finding, Label, Location, Severity};

use super::human::{self, Style};
use super::sources::{Source, Unit};
use super::{RuleHelp, Sources};
use message::{BuildFinished, Code, CompilerMessage, Diagnostic, Line, Span};

pub use member::{Member, members};
pub use message::{Package, Target};

/// The report: one line of JSON for each finding, and one that ends them. A message names
/// the package and the target that its file belongs to; what belongs to no package, such as
/// `layers.toml`, is said of the first one.
///
/// # Panics
///
/// Never: text and numbers can always be written as JSON.
#[must_use]
pub fn render(
    findings: &[Finding],
    rules: &[RuleHelp],
    members: &[Member],
    sources: &Sources,
) -> String {
    let mut text = String::new();
    for finding in findings {
        let Some((package, target)) = owner(members, &finding.primary.location.file) else {
            continue;
        };
        let message = diagnostic(finding, rules, sources);
        push(&mut text, &CompilerMessage { reason: "compiler-message", package, target, message });
    }
    let success = findings.iter().all(|finding| finding.severity != Severity::Error);
    push(&mut text, &BuildFinished { reason: "build-finished", success });
    text
}

fn push(text: &mut String, message: &impl serde::Serialize) {
    text.push_str(&serde_json::to_string(message).expect("text and numbers"));
    text.push('\n');
}

/// The package in the innermost folder around a file, and its target in the innermost
/// folder around it.
fn owner<'m>(members: &'m [Member], file: &str) -> Option<(&'m Package, &'m Target)> {
    let around = members.iter().filter(|member| file.starts_with(&member.folder));
    let member = around.max_by_key(|member| member.folder.len()).or(members.first())?;
    let folder = |root: &str| root.rfind('/').map_or(0, |slash| slash + 1);
    let shared = |root: &str| match () {
        () if root == file => usize::MAX,
        () if file.starts_with(&root[..folder(root)]) => folder(root),
        () => 0,
    };
    // The last of several maxima is taken, and libraries come first.
    let (_, target) = member.targets.iter().rev().max_by_key(|(root, _)| shared(root))?;
    Some((&member.package, target))
}

fn diagnostic<'f>(
    finding: &'f Finding,
    rules: &'f [RuleHelp],
    sources: &Sources,
) -> Diagnostic<'f> {
    let rule = rules.iter().find(|rule| rule.id == finding.rule);
    let primary = span(&finding.primary, true, sources);
    let near = finding.secondary.iter().map(|label| span(label, false, sources));
    Diagnostic {
        message_type: "diagnostic",
        message: finding.message.clone(),
        code: Some(Code { code: &finding.rule, explanation: rule.map(|rule| rule.text.as_str()) }),
        level: level(finding.severity),
        spans: std::iter::once(primary).chain(near).collect(),
        children: children(finding, sources),
        rendered: Some(human::one(finding, sources, Style::Plain)),
    }
}

/// rustc has no level for what is below a warning but the one of notes.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warn => "warning",
        Severity::Note => "note",
    }
}

/// Every hop of the chain at its place, then why, and what to do.
fn children<'f>(finding: &'f Finding, sources: &Sources) -> Vec<Diagnostic<'f>> {
    let child = |level, message: String, spans| Diagnostic {
        message_type: "diagnostic",
        message,
        code: None,
        level,
        spans,
        children: Vec::new(),
        rendered: None,
    };
    let mut children: Vec<Diagnostic> = finding
        .chain
        .iter()
        .map(|step| {
            let label = Label { location: step.location.clone(), text: step.how.clone() };
            let message = format!("via {} → {}", step.from, step.to);
            child("note", message, vec![span(&label, true, sources)])
        })
        .collect();
    let notes = [
        ("note", "because: ", &finding.because),
        ("help", "", &finding.fix),
        ("note", "docs: ", &finding.docs),
    ];
    for (level, word, note) in notes {
        if let Some(note) = note {
            children.push(child(level, format!("{word}{}", note.trim()), Vec::new()));
        }
    }
    children
}

fn span(label: &Label, is_primary: bool, sources: &Sources) -> Span {
    let Location { file, span } = &label.location;
    let range = sources.range_in(&label.location, Unit::CodePoints);
    let source = sources.get(file);
    let bytes = source.map_or(span.range(), |source| source.clamp(*span));
    Span {
        file_name: file.clone(),
        byte_start: bytes.start,
        byte_end: bytes.end,
        line_start: range.start.line,
        line_end: range.end.line,
        column_start: range.start.column,
        column_end: range.end.column,
        is_primary,
        text: source.map_or_else(Vec::new, |source| lines(source, bytes, range)),
        label: Some(label.text.clone()).filter(|text| !text.is_empty()),
        suggested_replacement: None,
        suggestion_applicability: None,
        expansion: None,
    }
}

/// The lines of a span, each with the columns in it that are meant.
fn lines(
    source: &Source,
    bytes: std::ops::Range<usize>,
    range: super::sources::Range,
) -> Vec<Line> {
    let (first, last) = (source.line_index(bytes.start), source.line_index(bytes.end));
    (first..=last)
        .map(|index| {
            let text = source.line(index).to_owned();
            let end = u32::try_from(text.chars().count()).unwrap_or(u32::MAX).saturating_add(1);
            Line {
                highlight_start: if index == first { range.start.column } else { 1 },
                highlight_end: if index == last { range.end.column } else { end },
                text,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn target(name: &str) -> Target {
        Target {
            kind: vec!["lib".to_owned()],
            crate_types: vec!["lib".to_owned()],
            name: name.to_owned(),
            src_path: format!("/w/{name}"),
            edition: "2024",
            doc: true,
            doctest: true,
            test: true,
        }
    }

    fn member(folder: &str, roots: &[&str]) -> Member {
        Member {
            folder: folder.to_owned(),
            package: Package {
                package_id: format!("path+file:///w/{folder}#0.1.0"),
                manifest_path: format!("/w/{folder}Cargo.toml"),
            },
            targets: roots.iter().map(|root| ((*root).to_owned(), target(root))).collect(),
        }
    }

    #[test]
    fn one_line_each_and_one_that_ends_them() {
        let (findings, sources, _) = samples::run();
        let members = [member("crates/domain/", &["crates/domain/src/lib.rs"])];
        let text = render(&findings, &samples::rules(), &members, &sources);
        assert_eq!(text.lines().count(), findings.len() + 1);
        let pretty = text.lines().map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
            serde_json::to_string_pretty(&value).expect("it was JSON") + "\n"
        });
        insta::assert_snapshot!(pretty.collect::<String>());
    }

    #[test]
    fn a_file_belongs_to_the_nearest_package_and_target() {
        let members = [
            member("", &["src/lib.rs", "src/bin/tool/main.rs", "build.rs", "tests/it.rs"]),
            member("crates/a/", &["crates/a/src/lib.rs", "crates/a/src/main.rs"]),
            member("crates/a/b/", &["crates/a/b/lib.rs"]),
        ];
        let name = |file| owner(&members, file).map(|(_, target)| target.name.clone());
        for (file, expected) in [
            ("src/orders/mod.rs", "src/lib.rs"),
            ("src/bin/tool/args.rs", "src/bin/tool/main.rs"),
            ("build.rs", "build.rs"),
            ("layers.toml", "src/lib.rs"),
            ("tests/it.rs", "tests/it.rs"),
            ("crates/a/src/x.rs", "crates/a/src/lib.rs"),
            ("crates/a/src/main.rs", "crates/a/src/main.rs"),
            ("crates/a/b/x.rs", "crates/a/b/lib.rs"),
        ] {
            assert_eq!(name(file).as_deref(), Some(expected), "{file}");
        }
        assert_eq!(owner(&[], "src/lib.rs"), None);
    }

    #[test]
    fn a_span_of_several_lines_highlights_each() {
        let text = "a\nfn ß() {\n}\nb";
        let mut sources = Sources::default();
        sources.insert("src/lib.rs".to_owned(), text.to_owned());
        let label = samples::label("src/lib.rs", samples::span(text, "ß() {\n}"), "");
        let span = span(&label, true, &sources);
        let lines: Vec<_> = span
            .text
            .iter()
            .map(|line| (line.text.as_str(), line.highlight_start, line.highlight_end))
            .collect();
        assert_eq!(lines, [("fn ß() {", 4, 9), ("}", 1, 2)]);
        assert_eq!((span.byte_start, span.byte_end), (5, 13));
        assert_eq!((span.column_start, span.column_end), (4, 2));
    }
}
