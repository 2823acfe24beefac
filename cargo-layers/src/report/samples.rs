//! Findings made by hand, for the tests of the formats.

use std::time::Duration;

use layers_rules::check::{Excepted, RuleOutcome, Subtraction};
use layers_rules::facts::Span;
use layers_rules::finding::{Finding, Identity, Label, Location, Severity, Step};

use super::summary::Paths;
use super::{RuleHelp, Since, Sources, Summary};

pub(super) const ORDER: &str = "crates/domain/src/order.rs";
const ORDER_TEXT: &str =
    "//! Orders.\n\nuse shop_prelude::PgPool;\n\npub struct Order {\n\tid: u64, // größer\n}\n";
const PRELUDE: &str = "crates/prelude/src/lib.rs";
const PRELUDE_TEXT: &str = "//! Names for all.\r\n\r\n    pub use shop_persistence::db::*;\r\n";

/// Where `needle` stands in `text`.
pub(super) fn span(text: &str, needle: &str) -> Span {
    let start = text.find(needle).expect("the sample holds it");
    let end = start + needle.len();
    Span { start: start.try_into().unwrap(), end: end.try_into().unwrap() }
}

pub(super) fn label(file: &str, span: Span, text: &str) -> Label {
    Label { location: Location { file: file.to_owned(), span }, text: text.to_owned() }
}

/// A finding with nothing but a rule, a message and a place.
pub(super) fn bare(file: &str, span: Span) -> Finding {
    Finding {
        rule: "unused-exception".to_owned(),
        severity: Severity::Warn,
        message: "this exception matches nothing".to_owned(),
        primary: label(file, span, ""),
        secondary: Vec::new(),
        chain: Vec::new(),
        because: None,
        fix: None,
        docs: None,
        identity: Identity::default(),
        fingerprint: "00000000000000ff".to_owned(),
    }
}

fn full() -> Finding {
    Finding {
        rule: "domain-is-pure".to_owned(),
        severity: Severity::Error,
        message: "`shop_domain` (domain) must not use `shop_persistence` (infrastructure)"
            .to_owned(),
        primary: label(
            ORDER,
            span(ORDER_TEXT, "shop_prelude::PgPool"),
            "resolves to `shop_persistence::db::PgPool`",
        ),
        secondary: vec![label(
            "layers.toml",
            Span { start: 9, end: 15 },
            "the layer is defined here",
        )],
        chain: vec![
            Step {
                location: Location {
                    file: PRELUDE.to_owned(),
                    span: span(PRELUDE_TEXT, "pub use shop_persistence::db::*;"),
                },
                from: "shop_prelude::PgPool".to_owned(),
                to: "shop_persistence::db::PgPool".to_owned(),
                how: "glob".to_owned(),
                detail: String::new(),
            },
            Step {
                location: Location {
                    file: "crates/persistence/src/db.rs".to_owned(),
                    span: Span::default(),
                },
                from: "shop_persistence::db::PgPool".to_owned(),
                to: "sqlx::PgPool".to_owned(),
                how: "reexport".to_owned(),
                detail: String::new(),
            },
        ],
        because: Some("the domain must be testable without a database".to_owned()),
        fix: Some(
            "declare a port in `shop_application::ports`\nand let infrastructure implement it"
                .to_owned(),
        ),
        docs: Some("https://example.org/domain-is-pure".to_owned()),
        identity: Identity::default(),
        fingerprint: "0123456789abcdef".to_owned(),
    }
}

/// The rules that the findings of [`run`] are of.
pub(super) fn rules() -> Vec<RuleHelp> {
    let rule = |id: &str, severity, because: Option<&str>| RuleHelp {
        id: id.to_owned(),
        severity,
        demand: format!("This is what `{id}` demands."),
        because: because.map(str::to_owned),
        text: format!("{id}\n"),
        markdown: format!("# {id}\n"),
    };
    vec![
        rule("domain-is-pure", Severity::Error, Some("the domain must be testable")),
        rule("ports-in-application", Severity::Warn, None),
        rule("unreadable-file", Severity::Note, None),
        rule("unused-exception", Severity::Warn, None),
    ]
}

/// One finding that uses every field, one bare warning, and one note in a file that
/// cannot be read.
pub(super) fn run() -> (Vec<Finding>, Sources, Summary) {
    let mut sources = Sources::default();
    sources.insert(ORDER.to_owned(), ORDER_TEXT.to_owned());
    sources.insert(PRELUDE.to_owned(), PRELUDE_TEXT.to_owned());
    sources.insert("layers.toml".to_owned(), "[layers]\ndomain = \"shop-domain\"\n".to_owned());

    let mut unreadable = bare("crates/gone/src/lib.rs", Span { start: 7, end: 11 });
    unreadable.severity = Severity::Note;
    unreadable.rule = "unreadable-file".to_owned();
    unreadable.message = "this file cannot be read".to_owned();
    let findings = vec![full(), bare(ORDER, span(ORDER_TEXT, "id: u64, // größer")), unreadable];

    let summary = Summary {
        rules: vec![
            RuleOutcome { id: "domain-is-pure".to_owned(), severity: Severity::Error, findings: 1 },
            RuleOutcome {
                id: "ports-in-application".to_owned(),
                severity: Severity::Warn,
                findings: 0,
            },
        ],
        left_to_rust: 0,
        governed_modules: 214,
        ungoverned_modules: 3,
        excepted: Excepted { config: 1, inline: 2, baseline: 40 },
        baseline: Subtraction { fixed: 5, moved: 1 },
        since: Some(Since {
            revision: "origin/main".to_owned(),
            commit: "0123456789abcdef0123456789abcdef01234567".to_owned(),
            left_out: 1_200,
        }),
        paths: Paths {
            seen: 48_120,
            resolved: 30_000,
            external: 18_106,
            opaque: 2,
            unresolved: 12,
        },
        elapsed: Duration::from_millis(314),
    };
    (findings, sources, summary)
}
