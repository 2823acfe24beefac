//! What the files of a policy say of each rule, in a form in which only a change of what it
//! demands makes a difference.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::ConfigFile;

/// What is said of a rule beside what it demands, or is compared by itself.
const ASIDES: [&str; 9] = [
    "because",
    "examples",
    "except",
    "fix",
    "heuristic",
    "optional",
    "severity",
    "tests",
    "yields-to",
];

/// The demand of each rule by its id, as the files write it: blanks, comments and reasons
/// make no difference.
#[must_use]
pub fn definitions(files: &[ConfigFile]) -> BTreeMap<String, String> {
    let mut definitions: BTreeMap<String, String> = BTreeMap::new();
    for file in files {
        let Ok(mut table) = file.text.parse::<Table>() else { continue };
        if file.path.ends_with("Cargo.toml") {
            let inner = ["workspace", "metadata", "layers"]
                .iter()
                .try_fold(table, |table, key| table.get(*key).and_then(Value::as_table).cloned());
            table = inner.unwrap_or_default();
        }
        for (id, rule) in table.get("rules").and_then(Value::as_table).into_iter().flatten() {
            let Some(rule) = rule.as_table() else { continue };
            let mut parts: Vec<String> = rule
                .iter()
                .filter(|(key, _)| !ASIDES.contains(&key.as_str()))
                .map(|(key, value)| format!("{key} = {value};"))
                .collect();
            parts.sort();
            definitions.entry(id.clone()).or_default().push_str(&parts.concat());
        }
    }
    definitions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition(path: &str, text: &str) -> Option<String> {
        let file = ConfigFile { path: path.to_owned(), text: text.to_owned() };
        definitions(&[file]).remove("a")
    }

    #[test]
    fn only_what_is_demanded_counts() {
        let one = definition("layers.toml", "[rules.a]\nforbid = { from = \"x\", to = \"y\" }\n");
        let same =
            "# Why.\n[rules.a]\nbecause = \"z\"\n[rules.a.forbid]\nfrom   = 'x'\nto = \"y\"\n";
        let other = "[rules.a]\nforbid = { from = \"x\", to = \"z\" }\n";
        assert!(one.is_some());
        assert_eq!(definition("layers.toml", same), one);
        assert_ne!(definition("layers.toml", other), one);
        let manifest =
            "[workspace.metadata.layers.rules.a]\nforbid = { from = \"x\", to = \"y\" }\n";
        assert_eq!(definition("backend/Cargo.toml", manifest), one);
        assert_eq!(definition("layers.toml", "[rules]\na = \"off\"\n"), None);
    }
}
