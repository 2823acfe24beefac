//! Every rule of every fixture that can be broken on purpose finds that.

use camino::Utf8Path;
use cargo_layers::configuration::Configuration;
use cargo_layers::prove::{Verdict, prove};
use cargo_layers::{config, workspace};
use layers_rules::policy::{Origin, PolicyRule};
use layers_tests::{fixture, repository};

/// The rules of a workspace that survive, and how many are proved.
fn survivors(root: &Utf8Path) -> (Vec<String>, usize) {
    let workspace = workspace::load(None, root).unwrap_or_else(|error| panic!("{root}: {error}"));
    let config = config::load(&workspace, None).unwrap_or_else(|error| panic!("{root}: {error}"));
    let rules: Vec<&PolicyRule> =
        config.policy.rules().iter().filter(|rule| rule.origin != Origin::Upkeep).collect();
    let proofs = prove(&workspace, &Configuration::default(), &config.policy, &rules)
        .unwrap_or_else(|problems| panic!("{root}: {problems:?}"));
    let proved = proofs.iter().filter(|proof| proof.verdict.is_proved()).count();
    let survived = proofs.into_iter().filter_map(|proof| match proof.verdict {
        Verdict::Survived(planted) => Some(format!("{root}: {}: {planted:?}", proof.rule)),
        _ => None,
    });
    (survived.collect(), proved)
}

#[test]
fn no_rule_of_a_fixture_survives() {
    let (mut all, mut count) = (Vec::new(), 0);
    for fixture in fixture::of_rules().into_iter().chain(fixture::projects()) {
        let (survived, proved) = survivors(&fixture.root);
        all.extend(survived);
        count += proved;
    }
    assert!(all.is_empty(), "{all:#?}");
    assert!(count > 100, "only {count} rules were proved");
}

#[test]
fn our_own_rules_can_fail() {
    let (survived, proved) = survivors(repository::root());
    assert_eq!(survived, Vec::<String>::new());
    assert!(proved > 10, "only {proved} rules were proved");
}
