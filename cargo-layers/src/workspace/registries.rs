//! The registries that a workspace's Cargo configuration names.
//!
//! Cargo is started outside the workspace, so that no toolchain file and no configuration
//! of the workspace can choose a program to run. A manifest that depends on a crate from
//! another registry still needs to know where that registry is, and that is plain data:
//! it is read here, and handed to Cargo as environment variables.

use std::collections::BTreeMap;
use std::fs;

use camino::Utf8Path;
use toml::{Table, Value};

/// The variables `CARGO_REGISTRIES_NAME_INDEX` for the manifest in `folder`. The nearest
/// configuration wins, as in Cargo. One that cannot be read says nothing here: it is
/// Cargo's to complain of the registry that is then missing.
pub(super) fn variables(folder: &Utf8Path) -> BTreeMap<String, String> {
    let mut variables = BTreeMap::new();
    for folder in folder.ancestors() {
        for name in ["config", "config.toml"] {
            let Ok(text) = fs::read_to_string(folder.join(".cargo").join(name)) else { continue };
            for (variable, index) in indexes(&text) {
                variables.entry(variable).or_insert(index);
            }
        }
    }
    variables
}

fn indexes(configuration: &str) -> Vec<(String, String)> {
    let Ok(table) = configuration.parse::<Table>() else { return Vec::new() };
    let registries = table.get("registries").and_then(Value::as_table);
    registries
        .into_iter()
        .flatten()
        .filter_map(|(name, registry)| {
            let index = registry.get("index")?.as_str()?;
            Some((format!("CARGO_REGISTRIES_{}_INDEX", name_in_variable(name)), index.to_owned()))
        })
        .collect()
}

fn name_in_variable(name: &str) -> String {
    name.to_uppercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_registry_is_a_variable() {
        let text = "[registries.my-own]\nindex = \"sparse+https://a.example/\"\n\
                    [registries.third]\ntoken = \"x\"\n[build]\nrustc = \"evil\"\n";
        assert_eq!(
            indexes(text),
            [("CARGO_REGISTRIES_MY_OWN_INDEX".to_owned(), "sparse+https://a.example/".to_owned())]
        );
        assert!(indexes("[registries").is_empty());
    }
}
