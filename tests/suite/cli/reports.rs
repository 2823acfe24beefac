//! The formats that other tools read, held against what those tools expect.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use camino::{Utf8Path, Utf8PathBuf};
use cargo_metadata::Message;
use cargo_metadata::diagnostic::{DiagnosticLevel, DiagnosticSpan};
use jsonschema::Validator;
use layers_tests::binary::{command, run};
use layers_tests::fixture::{self, Fixture};
use layers_tests::{repository, tree};
use quick_junit::{Report, TestCaseStatus};
use serde_json::Value;

use super::{CLEAN, FAILED, VIOLATIONS, layers, project};

/// What `check` prints for a workspace in a format, as if the repository began at `repository`.
fn report(root: &Utf8Path, format: &str, repository: Option<&Utf8Path>) -> String {
    let mut command = command(root, &["layers", "check", "--format", format]);
    if let Some(repository) = repository {
        command.env("GITHUB_WORKSPACE", repository);
    }
    let run = run(&mut command);
    assert!(matches!(run.code, CLEAN | VIOLATIONS), "{root}: {run:?}");
    run.stdout
}

/// The reports on every fixture of a rule and every project, as one run each writes them:
/// SARIF, and code quality.
fn of_fixtures() -> &'static [(Utf8PathBuf, Value, Value)] {
    static REPORTS: LazyLock<Vec<(Utf8PathBuf, Value, Value)>> = LazyLock::new(|| {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let folder = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
        let [sarif, gitlab] = ["sarif", "gitlab"].map(|name| folder.join(name));
        let outputs = [format!("sarif={sarif}"), format!("gitlab={gitlab}")];
        let arguments = ["check", "--output", &outputs[0], "--output", &outputs[1]];
        let all = fixture::of_rules().into_iter().chain(fixture::projects());
        let reports = all.map(|Fixture { root, .. }| {
            let run = layers(&root, &arguments);
            assert!(matches!(run.code, CLEAN | VIOLATIONS), "{root}: {run:?}");
            (root, json(&tree::read(&sarif)), json(&tree::read(&gitlab)))
        });
        reports.collect()
    });
    &REPORTS
}

/// The schema of the standard. Two of its patterns have a bracket too many, as errata 01 of
/// the standard says, and are no regular expressions.
fn schema() -> Validator {
    let text = tree::read(&repository::root().join("tests/schemas/sarif-2.1.0.json"));
    let wrong = "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$";
    assert_eq!(text.matches(wrong).count(), 2);
    let schema = json(&text.replace(wrong, "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"));
    jsonschema::validator_for(&schema).expect("the schema is one")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn list<'v>(value: &'v Value, pointer: &str) -> &'v Vec<Value> {
    let found = value.pointer(pointer).and_then(Value::as_array);
    found.unwrap_or_else(|| panic!("no list at {pointer}: {value}"))
}

#[test]
fn sarif_keeps_to_the_schema_of_the_standard() {
    let validator = schema();
    let mut flows = 0;
    let mut results = 0;
    for (root, log, _) in of_fixtures() {
        let errors: Vec<String> = validator
            .iter_errors(log)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{root}: {errors:#?}");
        let rules = list(log, "/runs/0/tool/driver/rules");
        for result in list(log, "/runs/0/results") {
            results += 1;
            let index = result["ruleIndex"].as_u64().expect("every result has a rule");
            let index = usize::try_from(index).expect("it is small");
            assert_eq!(rules[index]["id"], result["ruleId"], "{root}");
            if let Some(flow) = result.pointer("/codeFlows/0/threadFlows/0/locations") {
                flows += 1;
                let first = flow.pointer("/0/location/physicalLocation");
                assert_eq!(first, result.pointer("/locations/0/physicalLocation"), "{root}");
            }
        }
    }
    assert!(results > 300 && flows > 50, "{results} results, {flows} flows");

    let mut broken = json(&report(project("shop-red").root(), "sarif", None));
    broken["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&broken), "the schema takes anything");
}

#[test]
fn sarif_says_where_things_are_in_the_repository() {
    let red = project("shop-red");
    let above = red.root().parent().expect("a copy stands in a folder");
    let log = json(&report(red.root(), "sarif", Some(above)));
    let uri = log.pointer("/runs/0/results/0/locations/0/physicalLocation/artifactLocation");
    let uri = uri.expect("it has a place");
    let name = red.root().file_name().expect("a copy has a name");
    assert_eq!(uri["uri"], format!("{name}/crates/application/src/lib.rs"));
    assert_eq!(uri["uriBaseId"], "%SRCROOT%");
}

#[test]
fn gitlab_gets_what_it_requires_of_every_entry() {
    let mut entries = 0;
    for (root, _, report) in of_fixtures() {
        let mut fingerprints = BTreeSet::new();
        for entry in report.as_array().expect("the report is a list") {
            entries += 1;
            let text = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
            assert!(!text("description").is_empty() && !text("check_name").is_empty(), "{entry}");
            assert!(["info", "minor", "major"].contains(&text("severity").as_str()), "{entry}");
            assert!(entry["location"]["path"].is_string(), "{entry}");
            assert!(entry["location"]["lines"]["begin"].is_u64(), "{entry}");
            // GitLab drops entries with a fingerprint that it has seen.
            assert!(fingerprints.insert(text("fingerprint")), "{root}: {entry}");
        }
    }
    assert!(entries > 300, "{entries}");
}

#[test]
fn junit_is_read_back_with_a_test_for_each_rule() {
    for (name, broken) in [("shop-green", 0), ("shop-red", 2)] {
        let red = project(name);
        let text = report(red.root(), "junit", None);
        let junit = Report::deserialize_from_str(&text).expect("it is JUnit XML");
        assert_eq!((junit.failures, junit.errors), (broken, 0), "{text}");
        let checked = json(&report(red.root(), "json", None));
        let checked = list(&checked, "/summary/rules/checked").len();
        assert_eq!((junit.tests, junit.test_suites[0].test_cases.len()), (checked, checked));
        let failed = junit.test_suites[0].test_cases.iter().filter_map(|case| match &case.status {
            TestCaseStatus::NonSuccess { message, description, .. } => Some((message, description)),
            _ => None,
        });
        for (message, description) in failed {
            assert!(message.is_some() && description.is_some(), "{text}");
        }
    }
}

#[test]
fn cargo_messages_are_read_as_those_of_the_compiler() {
    let red = project("shop-red");
    let path = red.root().join("crates/http/src/handlers.rs");
    let before = tree::read(&path);
    // Characters of several bytes before the place, and above it.
    let line = "use shop_application::OrderRepository;";
    tree::write(&path, &before.replace(line, &format!("/* größer */ {line}")));
    let after = tree::read(&path);
    assert_ne!(before, after);
    let text = report(red.root(), "cargo", None);
    let messages: Vec<Message> = Message::parse_stream(text.as_bytes())
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{error}: {text}"));
    let Some((Message::BuildFinished(end), compiler)) = messages.split_last() else {
        panic!("nothing ends the messages: {text}");
    };
    assert!(!end.success);
    let compiler: Vec<_> = compiler
        .iter()
        .map(|message| match message {
            Message::CompilerMessage(message) => message,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(compiler.len(), list(&json(&report(red.root(), "json", None)), "/findings").len());

    let message = compiler
        .iter()
        .find(|message| message.message.spans[0].file_name == "crates/http/src/handlers.rs")
        .expect("the handler is reported");
    assert!(message.package_id.repr.contains("crates/http"), "{}", message.package_id);
    assert_eq!((message.target.name.as_str(), message.target.is_lib()), ("shop_http", true));
    let diagnostic = &message.message;
    assert_eq!(diagnostic.level, DiagnosticLevel::Error);
    let code = diagnostic.code.as_ref().expect("the rule is its code");
    assert_eq!(code.code, "presentation-ignores-infrastructure");
    let rendered = diagnostic.rendered.as_deref().unwrap_or_default();
    assert!(rendered.starts_with("error[presentation-ignores-infrastructure]: "), "{rendered}");
    assert!(rendered.contains("because: "), "{rendered}");

    let span = &diagnostic.spans[0];
    assert_eq!(&after[bytes(span)], "shop_application::OrderRepository");
    assert_eq!((span.line_start, span.line_end), (4, 4));
    let column = "/* größer */ use ".chars().count() + 1;
    assert_eq!((span.column_start, span.column_end), (column, column + 33));
    let shown = &span.text[0];
    assert_eq!((shown.highlight_start, shown.highlight_end), (column, column + 33));
    assert_eq!(Some(shown.text.as_str()), after.lines().nth(3));

    let levels: Vec<DiagnosticLevel> =
        diagnostic.children.iter().map(|child| child.level).collect();
    assert_eq!(levels, [DiagnosticLevel::Note, DiagnosticLevel::Note, DiagnosticLevel::Help]);
    let hop = &diagnostic.children[0];
    assert!(hop.message.starts_with("via shop_application::OrderRepository → "), "{hop:?}");
    let library = tree::read(&red.root().join(&hop.spans[0].file_name));
    assert!(library[bytes(&hop.spans[0])].contains("OrderRepository"), "{hop:?}");
    assert!(diagnostic.children[1].message.starts_with("because: "), "{diagnostic:?}");
}

fn bytes(span: &DiagnosticSpan) -> std::ops::Range<usize> {
    let number = |byte: u32| usize::try_from(byte).expect("it is small");
    number(span.byte_start)..number(span.byte_end)
}

#[test]
fn a_clean_check_ends_like_a_build_that_succeeds() {
    let text = report(project("shop-green").root(), "cargo", None);
    assert_eq!(text, "{\"reason\":\"build-finished\",\"success\":true}\n");
}

#[test]
fn markdown_links_to_the_commit_where_ci_names_one() {
    let red = project("shop-red");
    let mut command = command(red.root(), &["layers", "check", "--format", "markdown"]);
    let on_github = [
        ("GITHUB_SERVER_URL", "https://git.example"),
        ("GITHUB_REPOSITORY", "acme/shop"),
        ("GITHUB_SHA", "0123abc"),
    ];
    let run = run(command.envs(on_github).env("GITHUB_WORKSPACE", red.root()));
    assert_eq!(run.code, VIOLATIONS);
    let address = "](https://git.example/acme/shop/blob/0123abc/crates/http/src/handlers.rs#L4)";
    assert!(run.stdout.contains(address), "{}", run.stdout);
    assert!(!report(red.root(), "markdown", None).contains("]("));
}

#[test]
fn one_run_writes_several_reports() {
    let red = project("shop-red");
    let run = layers(
        red.root(),
        &[
            "check",
            "--output",
            "sarif=out.sarif",
            "--output",
            "json=o=ut.json",
            "--output",
            "human=h.txt",
            "--color",
            "always",
        ],
    );
    assert_eq!(run.code, VIOLATIONS, "{run:?}");
    let written = |file: &str| tree::read(&red.root().join(file));
    assert_eq!(written("out.sarif"), report(red.root(), "sarif", None));
    assert_eq!(written("o=ut.json"), report(red.root(), "json", None));
    let human = written("h.txt");
    assert!(human.contains("because") && !human.contains('\u{1b}'), "{human}");
    assert!(run.stdout.contains("because") && run.stdout.contains('\u{1b}'), "{}", run.stdout);
}

#[test]
fn reports_that_cannot_be_written_are_errors() {
    let red = project("shop-red");
    for (arguments, parts) in [
        (&["sarif"][..], &["a format, an equals sign and a file"][..]),
        (&["sarif="], &["no file is named"]),
        (&["sarfi=x"], &["there is no format `sarfi`", "`sarif`"]),
        (&["sarif=no/such/folder/x"], &["`no/such/folder/x`", "folders that exist"]),
        (&["sarif=x", "json=x"], &["two reports", "`x`"]),
    ] {
        let mut all = vec!["check"];
        for argument in arguments {
            all.extend(["--output", argument]);
        }
        let run = layers(red.root(), &all);
        assert_eq!(run.code, FAILED, "{arguments:?}: {run:?}");
        for part in parts {
            assert!(run.stderr.contains(part), "{arguments:?}: {part}: {}", run.stderr);
        }
    }
}
