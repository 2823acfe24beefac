//! Rules of the packs that come with the tool, for a workspace that extends none of them
//! and where there is no workspace at all.

use layers_rules::finding::Location;
use layers_rules::packs::PACKS;
use layers_rules::policy::Origin;

use crate::config;
use crate::report::document::Document;
use crate::report::explanation::{UPKEEP, explain};

/// The explanation of each rule of this id that there is in a pack, or of the one that watches
/// over every policy.
pub(super) fn document(id: &str) -> Option<Document> {
    let mut document = Document::default();
    let mut is_known = false;
    for pack in PACKS {
        let Ok(policy) = config::pack_policy(pack) else { continue };
        let Some(rule) = policy.rule(id) else { continue };
        let is_upkeep = rule.origin == Origin::Upkeep;
        let origin = match &rule.origin {
            // It is told of the pack that holds it.
            Origin::Pack { name, .. } if name != pack.name => continue,
            Origin::Upkeep => UPKEEP.to_owned(),
            _ => format!(
                "Defined by the pack `{0}`: `extends = [\"{0}\"]` in layers.toml brings it in.",
                pack.name
            ),
        };
        let place = |_: &Location| format!("the pack `{}`", pack.name);
        explain(&mut document, rule, &policy, &place, &origin);
        is_known = true;
        if is_upkeep {
            break;
        }
    }
    is_known.then_some(document)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::human::Style;

    fn text(id: &str) -> Option<String> {
        Some(document(id)?.text(Style::Plain))
    }

    #[test]
    fn each_rule_of_each_pack_can_be_explained() {
        for pack in PACKS {
            let (source, _) = config::load_pack(pack).unwrap();
            for id in source.raw.rules.keys() {
                let text = text(id.get_ref()).unwrap();
                let origin = format!("Defined by the pack `{}`", pack.name);
                assert!(text.contains(&origin), "{text}");
                assert!(text.contains("\nWhy\n"), "{text}");
                assert_eq!(text.matches(&origin).count(), 1, "{text}");
            }
        }
        assert!(PACKS.len() > 2);
    }

    #[test]
    fn packs_with_a_rule_of_the_same_name_both_speak() {
        let id = "domain-is-pure";
        let has_rule = |pack: layers_rules::packs::Pack| {
            let (source, _) = config::load_pack(pack).unwrap();
            source.raw.rules.keys().any(|rule| rule.get_ref() == id)
        };
        let packs = PACKS.into_iter().filter(|pack| has_rule(*pack)).count();
        assert!(packs > 1);
        let text = text(id).unwrap();
        assert_eq!(text.matches("\ndomain-is-pure (error)\n").count() + 1, packs, "{text}");
    }

    #[test]
    fn what_watches_over_every_policy_is_explained_once() {
        let text = text("matches-nothing").unwrap();
        assert_eq!(text.matches("matches-nothing (error)").count(), 1, "{text}");
        assert!(text.contains("Built in"), "{text}");
    }

    #[test]
    fn other_rules_are_not_known() {
        assert_eq!(text("no-such-rule"), None);
    }
}
