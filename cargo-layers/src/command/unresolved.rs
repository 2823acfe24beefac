//! `check --deny-unresolved`: each path that could not be resolved as a finding.

use layers_rules::check::Issue;
use layers_rules::facts::Facts;
use layers_rules::finding::{Finding, Identity, Label, Location, Severity};

/// One finding for each path that leads nowhere although nothing hides it.
pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    facts
        .unseen
        .iter()
        .filter(|path| !path.opaque)
        .map(|path| {
            let written = facts.names.text(path.written);
            let module = facts.module_path(path.from);
            let message = format!("`{written}` in `{module}` leads nowhere");
            let identity = Identity {
                from: module,
                written: written.to_owned(),
                kind: Issue::UnresolvedPath.id().to_owned(),
                ..Identity::default()
            };
            let file = facts.files[path.file.index()].path.clone();
            Finding {
                rule: Issue::UnresolvedPath.id().to_owned(),
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
                identity,
                fingerprint: String::new(),
            }
        })
        .collect()
}
