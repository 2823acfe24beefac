//! Rules for layers that no pack fits, and for code without any.

use super::ProposedLayer;

/// A rule that is written into the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedRule {
    /// Its id.
    pub id: String,
    /// Its verb as TOML.
    pub verb: String,
    /// Why it exists.
    pub because: &'static str,
}

/// For each layer those around it, which it must not use.
const AROUND: [(&str, &[&str], &str); 7] = [
    (
        "domain",
        &["application", "infrastructure", "outbound", "presentation", "inbound", "composition"],
        "the domain holds the business rules, and must be understood and tested without anything around it",
    ),
    (
        "application",
        &["infrastructure", "outbound", "presentation", "inbound", "composition"],
        "use cases say what happens, and must not change with the database or the transport",
    ),
    ("infrastructure", &["presentation", "composition"], SIDES),
    ("outbound", &["inbound", "composition"], SIDES),
    ("presentation", &["infrastructure", "composition"], SIDES),
    ("inbound", &["outbound", "composition"], SIDES),
    ("composition", &[], ""),
];

const SIDES: &str = "the ways in and the ways out meet in the composition root alone";

/// Rules that keep each layer from using those around it.
pub(super) fn for_layers(layers: &[ProposedLayer]) -> Vec<ProposedRule> {
    let is_there = |name: &str| layers.iter().any(|layer| layer.name == name);
    let rule = |(from, around, because): &(&str, &[&str], &'static str)| {
        let around: Vec<String> = around
            .iter()
            .filter(|name| is_there(name))
            .map(|name| format!("\"@{name}\""))
            .collect();
        (is_there(from) && !around.is_empty()).then(|| ProposedRule {
            id: format!("{from}-looks-inward"),
            verb: format!("forbid  = {{ from = \"@{from}\", to = [{}] }}", around.join(", ")),
            because,
        })
    };
    AROUND.iter().filter_map(rule).collect()
}

/// Rules that hold for code of any structure.
pub(super) fn of_any_code() -> Vec<ProposedRule> {
    vec![
        ProposedRule {
            id: "modules-have-an-order".to_owned(),
            verb: "acyclic = { scope = \"modules\" }".to_owned(),
            because: "code that goes in circles can only be understood, tested and moved as a whole",
        },
        ProposedRule {
            id: "no-orphans".to_owned(),
            verb: "orphans = {}".to_owned(),
            because: "a file that no module declares looks like code and is not compiled",
        },
    ]
}
