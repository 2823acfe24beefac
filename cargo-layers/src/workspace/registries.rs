//! The registries that a workspace's Cargo configuration names.
//!
//! Cargo is started outside the workspace, so that no toolchain file and no configuration
//! of the workspace can choose a program to run. A manifest that depends on a crate from
//! another registry still needs to know where that registry is, and that is plain data:
//! it is read here, and handed to Cargo as environment variables.
//!
//! Where a registry is also decides who is shown the token that the user keeps for it. A
//! repository says that only of names which the user says nothing of, and no token goes there.

use std::collections::BTreeMap;
use std::env;

use camino::{Utf8Path, Utf8PathBuf};
use toml::{Table, Value};

use crate::disk::{self, Boundary};

/// The variables `CARGO_REGISTRIES_NAME_…` for a manifest in `folder`, a part of `repository`.
/// The nearest configuration wins, as in Cargo, but the user's before the repository's. One
/// that cannot be read says nothing here: it is Cargo's to complain of the registry that is
/// then missing.
pub(super) fn variables(folder: &Utf8Path, repository: &Boundary) -> BTreeMap<String, String> {
    let (own, users): (Vec<_>, Vec<_>) = folder
        .ancestors()
        .map(|folder| folder.join(".cargo"))
        .partition(|folder| repository.holds(folder) && Some(folder) != cargo_home().as_ref());
    // Cargo reads this one by itself.
    let known: Vec<String> =
        cargo_home().iter().flat_map(indexes_of).map(|(name, _)| name).collect();
    let mut variables = BTreeMap::new();
    for (folders, is_own) in [(users, false), (own, true)] {
        for (name, index) in folders.iter().flat_map(indexes_of) {
            let variable = |of: &str| format!("CARGO_REGISTRIES_{name}_{of}");
            let is_set = |of: &str| env::var_os(variable(of)).is_some();
            if known.contains(&name)
                || is_set("INDEX")
                || variables.contains_key(&variable("INDEX"))
            {
                continue;
            }
            variables.insert(variable("INDEX"), index);
            if is_own {
                variables.insert(variable("TOKEN"), String::new());
                variables.insert(variable("CREDENTIAL_PROVIDER"), "cargo:token".to_owned());
            }
        }
    }
    variables
}

fn cargo_home() -> Option<Utf8PathBuf> {
    let given = env::var("CARGO_HOME").ok().map(Utf8PathBuf::from);
    given.or_else(|| Some(Utf8PathBuf::from_path_buf(env::home_dir()?).ok()?.join(".cargo")))
}

/// The registries of the configuration in a folder `.cargo`.
fn indexes_of(folder: &Utf8PathBuf) -> Vec<(String, String)> {
    let files = ["config", "config.toml"].map(|name| folder.join(name));
    let texts = files.iter().filter_map(|path| disk::read_text_anywhere(path).ok());
    texts.flat_map(|text| indexes(&text)).collect()
}

/// Name, as it stands in a variable, and index of each registry.
fn indexes(configuration: &str) -> Vec<(String, String)> {
    let Ok(table) = configuration.parse::<Table>() else { return Vec::new() };
    let registries = table.get("registries").and_then(Value::as_table);
    registries
        .into_iter()
        .flatten()
        .filter_map(|(name, registry)| {
            let index = registry.get("index")?.as_str()?;
            Some((name.to_uppercase().replace('-', "_"), index.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn each_registry_is_known() {
        let text = "[registries.my-own]\nindex = \"sparse+https://a.example/\"\n\
                    [registries.third]\ntoken = \"x\"\n[build]\nrustc = \"evil\"\n";
        assert_eq!(indexes(text), [("MY_OWN".to_owned(), "sparse+https://a.example/".to_owned())]);
        assert!(indexes("[registries").is_empty());
    }

    #[test]
    fn the_user_goes_before_the_repository_and_keeps_tokens() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        let write = |path: &str, text: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(path, text).expect("written");
        };
        let index = |name: &str, index: &str| format!("[registries.{name}]\nindex = \"{index}\"\n");
        write(".cargo/config.toml", &index("ours", "users"));
        write(
            "repository/.cargo/config.toml",
            &(index("ours", "evil") + &index("theirs", "outer")),
        );
        write("repository/member/.cargo/config", &index("theirs", "inner"));
        let repository = Boundary::of([root.join("repository").as_path()]);
        let variables = variables(&root.join("repository/member"), &repository);
        let variables: Vec<_> =
            variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(
            variables,
            [
                ("CARGO_REGISTRIES_OURS_INDEX", "users"),
                ("CARGO_REGISTRIES_THEIRS_CREDENTIAL_PROVIDER", "cargo:token"),
                ("CARGO_REGISTRIES_THEIRS_INDEX", "inner"),
                ("CARGO_REGISTRIES_THEIRS_TOKEN", ""),
            ]
        );
    }
}
