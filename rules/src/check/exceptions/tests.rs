use super::super::tests::{POLICY, shop, told};
use super::*;
use crate::check::{Issue, Report, check_with};
use crate::exceptions::directive;
use crate::facts::{DependencyId, PackageId, Span};
use crate::finding::{Identity, Severity};
use crate::testing::World;

impl World {
    /// Where a dependency is written.
    pub(crate) fn place(&self, id: DependencyId) -> Location {
        let dependency = &self.facts.dependencies[id.index()];
        let file = self.facts.files[dependency.file.index()].path.clone();
        Location { file, span: dependency.span }
    }

    /// A comment of this text that covers a place.
    pub(crate) fn comment(&mut self, covers: &Location, text: &str) {
        self.facts.exceptions.push(ExceptionComment {
            location: Location { file: covers.file.clone(), span: Span { start: 0, end: 9 } },
            covers: Span { start: covers.span.start, end: covers.span.end.max(1) },
            files: Vec::new(),
            says: directive::read(text, 0).expect("meant as an exception"),
        });
    }
}

#[test]
fn an_exception_covers_what_it_names_and_must_be_needed() {
    let world = shop();
    let with = |except: &str| {
        let report = world.check(&format!("{POLICY}except = [{except}]\n"));
        let ids = report.findings.iter().map(|finding| finding.rule.clone());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(with("{ from = \"shop::domain::legacy\", reason = \"r\" }"), ["pure"]);
    assert_eq!(with("{ to = \"shop::infra::db\", reason = \"r\" }"), Vec::<String>::new());
    assert_eq!(
        with("{ from = \"shop::domain::legacy\", to = \"std\", reason = \"r\" }"),
        ["unused-exception", "pure", "pure"]
    );
    assert_eq!(
        with("{ from = \"shop::domain\", reason = \"r\", until = \"2026-11-22\" }"),
        Vec::<String>::new()
    );
    assert_eq!(
        with("{ from = \"shop::domain\", reason = \"r\", until = \"2026-11-21\" }"),
        ["expired-exception", "pure", "pure"]
    );
}

#[test]
fn exceptions_are_told_of_where_they_stand() {
    let policy = format!(
        "{POLICY}except = [{{ from = \"shop::domain\", reason = \"old\", until = \"2026-01-01\", owner = \"@ann\" }}, {{ from = \"shop::infra\", reason = \"why\" }}]\n"
    );
    assert_eq!(
        told(&shop(), &policy),
        [
            "error expired-exception: an exception of `pure`, owned by @ann, has expired on 2026-01-01: old [{ from = \"shop::domain\", reason = \"old\", until = \"2026-01-01\", owner = \"@ann\" }]",
            "warning unused-exception: an exception of `pure` covers nothing: why [{ from = \"shop::infra\", reason = \"why\" }]",
        ]
    );
    let quiet = format!("{policy}[rules]\nunused-exception = \"off\"\n");
    assert_eq!(told(&shop(), &quiet).len(), 1);
}

#[test]
fn the_exception_of_an_import_covers_what_restates_it() {
    let mut world = World::new(&["shop"]);
    let import = world.uses("shop::domain", "shop::infra::Pool");
    let call = world.uses("shop::domain", "shop::infra::Pool");
    world.dependency(call).restates = Some(import);
    let policy = format!("{POLICY}except = [{{ to = \"shop::infra::Pool\", reason = \"r\" }}]\n");
    assert_eq!(world.check(&policy).findings.len(), 0);
}

fn told_of(report: &Report) -> Vec<String> {
    let findings = report.findings.iter();
    findings.map(|finding| format!("{}: {}", finding.rule, finding.message)).collect()
}

#[test]
fn a_comment_covers_its_place_in_its_file() {
    let mut world = shop();
    let covered = world.uses("shop::domain::orders", "shop::infra::db::Conn");
    let location = world.place(covered);
    world.comment(&location, "layers: allow(pure): for now");
    let report = world.check(POLICY);
    assert_eq!(report.findings.len(), 2);
    assert_eq!(report.excepted, Excepted { inline: 1, ..Excepted::default() });
    let Location { file, span } = location;
    for elsewhere in [
        Location { file: "shop/other.rs".to_owned(), span },
        Location { file, span: Span { start: span.start + 1, end: span.end + 1 } },
    ] {
        world.facts.exceptions.clear();
        world.comment(&elsewhere, "layers: allow(pure): for now");
        let ids: Vec<String> = world.check(POLICY).findings.into_iter().map(|it| it.rule).collect();
        assert_eq!(ids.iter().filter(|id| *id == "pure").count(), 3);
        assert_eq!(ids.iter().filter(|id| *id == "unused-exception").count(), 1);
    }
}

#[test]
fn a_comment_is_of_the_rules_it_names_and_says_when_it_is_of_no_use() {
    let mut world = World::new(&["shop", "yard"]);
    world.uses("shop::domain::legacy", "shop::infra::db::Pool");
    world.uses("shop::domain::orders", "shop::infra::db::Pool");
    let covered = world.uses("shop::domain::orders", "shop::infra::db::Conn");
    let location = world.place(covered);
    let both = format!("{POLICY}[rules.other]\nforbid = {{ from = \"@infra\", to = \"std\" }}\n");
    world.comment(&location, "layers: allow(pure, other): for now, owner @ann");
    let told = told_of(&world.check(&both));
    assert_eq!(told.len(), 3);
    assert_eq!(
        told[2],
        "unused-exception: an exception of `other`, owned by @ann, covers nothing: for now"
    );
    let only = Selection { rules: vec!["pure".to_owned()], ..Selection::default() };
    assert!(told_of(&world.select(&both, &only)).iter().all(|it| it.starts_with("pure")));
    let partial = Selection { partial: true, ..Selection::default() };
    assert!(told_of(&world.select(&both, &partial)).iter().all(|it| it.starts_with("pure")));
    let elsewhere = Selection { packages: vec![PackageId::new(1)], ..Selection::default() };
    assert_eq!(told_of(&world.select(&both, &elsewhere)), Vec::<String>::new());
    let off = both.replace("[rules.other]\n", "[rules.other]\nseverity = \"off\"\n");
    assert!(told_of(&world.check(&off)).iter().all(|it| it.starts_with("pure")));
}

#[test]
fn a_comment_that_has_expired_covers_nothing() {
    let mut world = shop();
    let covered = world.uses("shop::domain::orders", "shop::infra::db::Conn");
    let location = world.place(covered);
    world.comment(&location, "layers: allow(pure): r, until 2026-11-21");
    let report = world.check(POLICY);
    assert_eq!(report.findings.len(), 4);
    assert!(told_of(&report).contains(
        &"expired-exception: an exception of `pure` has expired on 2026-11-21: r".to_owned()
    ));
    let entry = &report.ledger[0];
    assert_eq!((entry.expired, entry.findings, entry.is_needed()), (true, Some(1), Some(true)));
    world.facts.exceptions.clear();
    world.comment(&location, "layers: allow(pure): r, until 2026-11-22");
    assert_eq!(world.check(POLICY).findings.len(), 2);
}

#[test]
fn a_comment_that_is_no_exception_is_told() {
    let mut world = World::new(&["app", "shop"]);
    world.uses("shop::domain", "shop::infra");
    let location = Location { file: "shop/x.rs".to_owned(), ..Location::default() };
    for (text, expected) in [
        ("layers: allow(puer): r", "no rule is called `puer`"),
        ("layers: allow(missing-modul): r", "no rule is called `missing-modul`"),
        (
            "layers: allow(unused-exception): r",
            "`unused-exception` watches over the exceptions and knows none",
        ),
        ("layers: alow(pure): r", "`alow` is not known here"),
    ] {
        world.facts.exceptions.clear();
        world.comment(&location, text);
        let report = world.check(POLICY);
        let told = report.findings.iter().find(|finding| finding.rule == "malformed-exception");
        let told = told.unwrap_or_else(|| panic!("{text}: {report:?}"));
        assert_eq!((told.message.as_str(), told.severity), (expected, Severity::Error));
        let fix = told.fix.clone().unwrap_or_default();
        assert!(fix.contains("did you mean") || fix.contains("[rules]"), "{fix}");
        let elsewhere = Selection { packages: vec![PackageId::FIRST], ..Selection::default() };
        assert_eq!(told_of(&world.select(POLICY, &elsewhere)), Vec::<String>::new());
    }
}

#[test]
fn an_exception_of_the_policy_goes_before_a_comment() {
    let mut world = shop();
    let covered = world.uses("shop::domain::orders", "shop::infra::db::Conn");
    let location = world.place(covered);
    world.comment(&location, "layers: allow(pure): r");
    let policy =
        format!("{POLICY}except = [{{ to = \"shop::infra::db::Conn\", reason = \"r\" }}]\n");
    let report = world.check(&policy);
    assert_eq!(report.excepted, Excepted { config: 1, ..Excepted::default() });
    let found: Vec<_> = report.ledger.iter().map(|entry| (entry.kind, entry.findings)).collect();
    assert_eq!(found, [(ExceptionKind::Config, Some(1)), (ExceptionKind::Inline, Some(1))]);
    assert_eq!(report.ledger[0].subject, "anyone → shop::infra::db::Conn");
}

#[test]
fn what_reading_brings_to_light_can_be_excepted_too() {
    let mut world = World::new(&["app", "shop"]);
    world.uses("shop::domain", "shop::infra");
    let location = Location { file: "app/x.rs".to_owned(), ..Location::default() };
    let issue = |rule: &str, file: &str| Finding {
        rule: rule.to_owned(),
        severity: Severity::Error,
        message: "m".to_owned(),
        primary: Label {
            location: Location { file: file.to_owned(), ..Location::default() },
            text: String::new(),
        },
        secondary: Vec::new(),
        chain: Vec::new(),
        because: None,
        fix: None,
        docs: None,
        identity: Identity::default(),
        fingerprint: String::new(),
    };
    let told = |world: &World, looked_for: &[Issue], findings: Vec<Finding>, package: u32| {
        let selection =
            Selection { packages: vec![PackageId::new(package as usize)], ..Selection::default() };
        let policy = world.policy(POLICY).expect("a policy");
        let issues = Issues { looked_for: looked_for.to_vec(), findings };
        let report = check_with(&world.facts, &policy, &selection, issues).expect("a policy");
        told_of(&report).into_iter().filter(|it| !it.starts_with("pure")).collect::<Vec<_>>()
    };
    let missing = || vec![issue("missing-module", "app/x.rs")];
    assert_eq!(told(&world, &[Issue::MissingModule], missing(), 0), ["missing-module: m"]);
    assert_eq!(told(&world, &[Issue::MissingModule], missing(), 1), Vec::<String>::new());
    let outside = vec![issue("missing-module", "x.rs")];
    assert_eq!(told(&world, &[Issue::MissingModule], outside, 1), ["missing-module: m"]);
    world.comment(&location, "layers: allow(missing-module): the build makes it");
    assert_eq!(told(&world, &[Issue::MissingModule], missing(), 0), Vec::<String>::new());
    assert_eq!(told(&world, &[], Vec::new(), 0), Vec::<String>::new());
    assert_eq!(
        told(&world, &[Issue::MissingModule], Vec::new(), 0),
        ["unused-exception: an exception of `missing-module` covers nothing: the build makes it"]
    );
}
