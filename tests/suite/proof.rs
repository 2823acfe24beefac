//! Every rule of every fixture and every pack that can be broken on purpose finds that.

use std::fmt::Write;

use camino::Utf8Path;
use cargo_layers::configuration::Configuration;
use cargo_layers::prove::{Proof, Verdict, by_examples, prove};
use cargo_layers::{config, examples, workspace};
use layers_rules::packs::{PACKS, Pack};
use layers_rules::policy::{Origin, PolicyRule};
use layers_tests::{fixture, repository, tree};

/// What became of each rule of a workspace, with the word for its verb.
fn proofs(root: &Utf8Path) -> Vec<(Proof, String)> {
    let workspace = workspace::load(None, root).unwrap_or_else(|error| panic!("{root}: {error}"));
    let config = config::load(&workspace, None).unwrap_or_else(|error| panic!("{root}: {error}"));
    let rules: Vec<&PolicyRule> =
        config.policy.rules().iter().filter(|rule| rule.origin != Origin::Upkeep).collect();
    let mut proofs = prove(&workspace, &Configuration::default(), &config.policy, &rules)
        .unwrap_or_else(|problems| panic!("{root}: {problems:?}"));
    let tested = examples::of_policy(&config, &workspace, |_| true).expect("packs make sense");
    by_examples(&mut proofs, &tested);
    proofs.into_iter().zip(rules).map(|(proof, rule)| (proof, rule.verb.id().to_owned())).collect()
}

/// The rules of a workspace that survive, and how many are proved.
fn survivors(root: &Utf8Path) -> (Vec<String>, usize) {
    let proofs = proofs(root);
    let proved = proofs.iter().filter(|(proof, _)| proof.verdict.is_proved()).count();
    let survived = proofs.into_iter().filter_map(|(proof, _)| match proof.verdict {
        Verdict::Survived(planted) => Some(format!("{root}: {}: {planted:?}", proof.rule)),
        _ => None,
    });
    (survived.collect(), proved)
}

#[test]
fn our_own_rules_can_fail() {
    let (survived, proved) = survivors(repository::root());
    assert_eq!(survived, Vec::<String>::new());
    assert!(proved > 10, "only {proved} rules were proved");
}

/// The example service has all that the rules of its packs speak of: none is off there.
#[test]
fn every_rule_of_the_example_service_can_fail() {
    let proofs = proofs(&repository::root().join("example-service"));
    let open: Vec<_> = proofs.iter().filter(|(proof, _)| !proof.verdict.is_proved()).collect();
    assert!(open.is_empty(), "{open:#?}");
    assert!(proofs.len() > 50, "{} rules", proofs.len());
}

#[test]
fn no_rule_of_a_fixture_survives_and_those_about_items_are_proved() {
    let (mut survived, mut unproved) = (Vec::new(), Vec::new());
    let (mut proved, mut about_items) = (0, 0);
    for fixture in fixture::of_rules().into_iter().chain(fixture::projects()) {
        for (proof, verb) in proofs(&fixture.root) {
            let is_about_items = verb == "items" || verb == "stable";
            let told = format!("{}: {}: {:?}", fixture.root, proof.rule, proof.verdict);
            match &proof.verdict {
                Verdict::Proved { .. } | Verdict::ByExample { .. } => {
                    proved += 1;
                    about_items += usize::from(is_about_items);
                }
                Verdict::Survived(_) => survived.push(told),
                // What a rule speaks of is not in every fixture.
                Verdict::Vacuous(reason) if reason.ends_with("matches nothing") => {}
                Verdict::Vacuous(_) | Verdict::Unprovable(_) if is_about_items => {
                    unproved.push(told);
                }
                Verdict::Idle(_) | Verdict::Vacuous(_) | Verdict::Unprovable(_) => {}
            }
        }
    }
    assert!(survived.is_empty(), "{survived:#?}");
    assert!(unproved.is_empty(), "{unproved:#?}");
    assert!(proved > 400, "only {proved} rules were proved");
    assert!(about_items > 100, "only {about_items} rules about items were proved");
}

/// The modules that every layer has in a shop for packs: those that go by convention.
const PLACES: [&str; 8] =
    ["commands", "common", "events", "handlers", "ports", "queries", "unit_of_work", "use_cases"];

/// What stands in each of them.
const THINGS: &str = "\
pub struct Thing;
pub trait ThingRepository { fn find(&self); }
pub trait ThingReadStore { fn look(&self); }
";

/// A workspace in which everything is there that a pack speaks of by convention.
fn shop_for(pack: Pack) -> tree::Copy {
    let shop = tree::Copy::empty();
    let raw: toml::Table = toml::from_str(pack.text).expect("a pack is TOML");
    let layers: Vec<String> = raw
        .get("layers")
        .and_then(toml::Value::as_table)
        .into_iter()
        .flat_map(|layers| layers.keys().cloned())
        .collect();
    let mut policy = format!("extends = [\"{}\"]\n[layers]\n", pack.name);
    for layer in &layers {
        let _ = writeln!(policy, "{layer} = \"shop-{layer}\"");
        let folder = shop.root().join(format!("crates/{layer}"));
        let manifest = format!(
            "[package]\nname = \"shop-{layer}\"\nedition = \"2024\"\n[dependencies]\nsqlx = \"1\"\n"
        );
        tree::write(&folder.join("Cargo.toml"), &manifest);
        let modules: Vec<String> = PLACES.iter().map(|name| format!("pub mod {name};\n")).collect();
        let contexts = "pub mod contexts { pub mod billing {} pub mod sales {} }\n";
        tree::write(&folder.join("src/lib.rs"), &(modules.concat() + contexts));
        for module in PLACES {
            tree::write(&folder.join(format!("src/{module}.rs")), THINGS);
        }
    }
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n";
    tree::write(&shop.root().join("Cargo.toml"), manifest);
    tree::write(&shop.root().join("layers.toml"), &policy);
    shop
}

#[test]
fn every_rule_of_every_pack_can_fail() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for pack in PACKS.into_iter().filter(|pack| pack.text.contains("\n[layers]")) {
        let shop = shop_for(pack);
        for (proof, verb) in proofs(shop.root()) {
            match &proof.verdict {
                verdict if verdict.is_proved() => count += 1,
                // What a set of outside crates speaks of need not be there.
                Verdict::Idle(_) if verb != "items" => {}
                other => wrong.push(format!("{}: {}: {other:?}", pack.name, proof.rule)),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count > 25, "only {count} rules of packs were proved");
}
