//! `check --deny-unresolved`: each path that could not be resolved as a finding.

use std::collections::BTreeMap;

use layers_rules::check::fingerprint;
use layers_rules::facts::Facts;
use layers_rules::finding::{Finding, Label, Location, Severity};

/// The id that these findings go by.
const RULE: &str = "unresolved-path";

/// One finding for each path that leads nowhere although nothing hides it.
pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut ordinals: BTreeMap<[String; 4], u32> = BTreeMap::new();
    facts
        .unseen
        .iter()
        .filter(|path| !path.opaque)
        .map(|path| {
            let written = facts.names.text(path.written);
            let module = facts.module_path(path.from);
            let message = format!("`{written}` in `{module}` leads nowhere");
            let identity = [module, written.to_owned(), String::new(), String::new()];
            let ordinal = ordinals.entry(identity.clone()).and_modify(|last| *last += 1);
            let fingerprint = fingerprint(RULE, &identity, *ordinal.or_insert(0));
            let file = facts.files[path.file.index()].path.clone();
            Finding {
                rule: RULE.to_owned(),
                severity: Severity::Error,
                message,
                primary: Label {
                    location: Location { file, span: path.span },
                    text: "not resolved".to_owned(),
                },
                secondary: Vec::new(),
                chain: Vec::new(),
                because: Some("no rule sees where a path leads that was not resolved".to_owned()),
                fix: Some(
                    "correct the path if it does not compile; `cargo layers show names` says \
                     which names a module has"
                        .to_owned(),
                ),
                docs: None,
                fingerprint,
            }
        })
        .collect()
}
