//! Every fixture finds what its marks say, and nothing else.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cargo_layers::report::summary::Paths;
use jiff::civil::{Date, date};
use layers_tests::fixture::{self, Fixture};
use layers_tests::judgement::Judgement;
use layers_tests::marks;

/// The rule that watches over rules: the shared file speaks of more than any one
/// fixture has, which is no news.
const WATCH: &str = "matches-nothing";

/// The day on which fixtures are judged.
const TODAY: Date = date(2026, 11, 22);

fn judge(fixture: &Fixture) -> Judgement {
    let mut judgement = Judgement::on(&fixture.root, TODAY)
        .unwrap_or_else(|error| panic!("{}/{}:\n{error}", fixture.group, fixture.case));
    judgement.findings.retain(|finding| {
        finding.rule != WATCH || !finding.primary.location.file.starts_with("../")
    });
    let left = judgement.findings.iter().filter(|finding| finding.rule == WATCH).count();
    for outcome in judgement.summary.rules.iter_mut().filter(|outcome| outcome.id == WATCH) {
        outcome.findings = left;
    }
    judgement
}

#[test]
fn every_mark_is_found_and_every_finding_is_marked() {
    let mut wrong = String::new();
    for fixture in fixture::of_rules() {
        let found = judge(&fixture).places();
        let difference = marks::difference(&marks::expected(&fixture.root), &found);
        for line in difference.lines() {
            let _ = writeln!(wrong, "fixtures/rules/{}/{}/{line}", fixture.group, fixture.case);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn reports_of_fixtures() {
    let mut reports: BTreeMap<String, (String, String)> = BTreeMap::new();
    let all = fixture::of_rules().into_iter().chain(fixture::projects());
    for fixture in all {
        let mut judgement = judge(&fixture);
        if fixture.group != "projects" {
            // Every fixture is judged by all rules of the shared file, so that a new rule
            // would stand in every report.
            judgement.summary.rules.retain(|outcome| outcome.findings > 0);
        }
        // How many paths were seen is the business of another test.
        judgement.summary.paths = Paths::default();
        let (human, json) = reports.entry(fixture.group).or_default();
        let _ = writeln!(human, "=== {}\n\n{}", fixture.case, judgement.human());
        let _ = writeln!(json, "=== {}\n\n{}", fixture.case, judgement.json());
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for (group, (human, json)) in &reports {
            insta::assert_snapshot!(format!("{group}.human"), human);
            insta::assert_snapshot!(format!("{group}.json"), json);
        }
    });
}

#[test]
fn the_red_shop_is_red_and_the_green_one_green() {
    let count = |name: &str| {
        let projects = fixture::projects();
        let project = projects.iter().find(|project| project.case == name);
        judge(project.unwrap_or_else(|| panic!("no project {name}"))).findings.len()
    };
    assert!((2..=4).contains(&count("shop-red")));
    assert_eq!(count("shop-green"), 0);
}
