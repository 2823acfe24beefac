use jiff::civil::date;
use layers_rules::finding::{Identity, Location};
use miette::{GraphicalReportHandler, GraphicalTheme};

use super::*;
use crate::disk::Boundary;

fn entry(rule: &str, from: &str, to: &str, written: &str) -> BaselineEntry {
    BaselineEntry {
        rule: rule.to_owned(),
        identity: Identity {
            from: from.to_owned(),
            to: to.to_owned(),
            written: written.to_owned(),
            kind: "use".to_owned(),
        },
        count: 1,
        reason: None,
        owner: None,
        since: Some(date(2026, 11, 22)),
        until: None,
        location: Location::default(),
    }
}

fn sample() -> Vec<BaselineEntry> {
    let mut odd = entry("odd rule\n", "", "", "\"a\"\n\t'''\u{1b}ß\\");
    odd.identity.kind = String::new();
    let mut full = entry("pure", "shop::domain", "sqlx::Pool", "db::Pool");
    full.count = 3;
    full.reason = Some("moves with \"billing\"".to_owned());
    full.owner = Some("@billing".to_owned());
    full.until = Some(date(2027, 3, 1));
    vec![odd, entry("pure", "shop::app", "sqlx::Pool", "sqlx::Pool"), full]
}

fn read(text: &str) -> Result<Vec<BaselineEntry>, BaselineError> {
    let file = ConfigFile { path: FILE_NAME.to_owned(), text: text.to_owned() };
    read::entries(&file)
}

fn shown(text: &str) -> String {
    let error = read(text).expect_err(text);
    let mut shown = String::new();
    GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
        .render_report(&mut shown, &error)
        .expect("a report");
    shown
}

#[test]
fn what_is_written_is_one_line_each() {
    insta::assert_snapshot!(Baseline::text(&sample()));
}

#[test]
fn what_is_written_can_be_read() {
    let entries = sample();
    let text = Baseline::text(&entries);
    let mut found = read(&text).expect("a baseline");
    for (entry, line) in found.iter_mut().zip([8, 11, 12]) {
        let at = entry.location.span.range();
        assert_eq!(text[..at.start].lines().count(), line, "{entry:?}");
        assert!(text[at].starts_with("{ fingerprint = "));
        entry.location = Location::default();
    }
    assert_eq!(found, entries);
    assert_eq!(read(&text.replace('\n', "\r\n")).expect("a baseline").len(), 3);
    assert_eq!(read(&Baseline::text(&[])).expect("a baseline"), []);
}

#[test]
fn an_entry_told_twice_is_one() {
    let text = "version = 1\n[findings]\na = [{ from = \"x\", count = 2 }, { from = \"x\" }]\n";
    let entries = read(text).expect("a baseline");
    assert_eq!(entries.iter().map(|entry| entry.count).collect::<Vec<_>>(), [2]);
}

#[test]
fn mistakes_are_shown_where_they_are() {
    for (text, parts) in [
        ("version = 2\n", &["version 2 of the baseline is not known", "1 │ version = 2"][..]),
        ("[findings]\n", &["the key `version` is missing"]),
        ("version = 1\n[finding]\n", &["`finding` is not known here", "did you mean `findings`?"]),
        (
            "version = 1\n[findings]\na = [\n{ form = \"x\" },\n]\n",
            &["`form` is not known here", "did you mean `from`?", "4 │ { form"],
        ),
        (
            "version = 1\n[findings]\na = [{ count = 0 }, { until = \"soon\" }]\n",
            &["an entry stands for one finding at least", "`soon` is not a date"],
        ),
        (
            "version = 1\n<<<<<<< ours\n[findings]\n=======\n>>>>>>> theirs\n",
            &["layers-baseline.toml holds the marks of a merge", "--prune"],
        ),
        ("version = ", &["layers-baseline.toml"]),
    ] {
        let shown = shown(text);
        for part in parts {
            assert!(shown.contains(part), "{part}:\n{shown}");
        }
    }
}

#[test]
fn a_file_need_not_be_there_but_must_be_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
    let boundary = Boundary::of([root]);
    let workspace = Workspace { root: root.to_owned(), packages: Vec::new(), boundary };
    let none = Baseline::read(&workspace, None).expect("none");
    assert!(none.file.is_none() && none.entries.is_empty());
    assert_eq!(none.path, root.join(FILE_NAME));
    let text = Baseline::text(&sample());
    none.write(&text).expect("written");
    let one = Baseline::read(&workspace, None).expect("one");
    assert_eq!((one.entries.len(), one.name(root).as_str()), (3, FILE_NAME));
    assert!(one.says(&text) && !none.says(&text) && !one.says(""));
    let other = root.join("arch");
    std::fs::create_dir(&other).expect("a folder");
    let error = Baseline::read(&workspace, Some(&other)).expect_err("a folder is no file");
    assert!(matches!(error, BaselineError::Read { .. }), "{error:?}");
}
