//! What Cargo.lock says: which packages there are, and who needs whom, by names alone. It is read
//! where a rule may do without Cargo's resolved graph, which costs a start of Cargo and needs the
//! manifest of every crate on disk.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::Workspace;

/// What a Cargo.lock says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// The names of all packages in it.
    pub packages: BTreeSet<String>,
    /// Which package outside the workspace needs which, by names: with the features on that
    /// anything in the workspace switches on, in any table but that of dev-dependencies.
    pub links: BTreeSet<(String, String)>,
}

#[derive(Default, Deserialize)]
struct Document {
    #[serde(default)]
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    #[serde(default)]
    dependencies: Vec<String>,
}

/// What the text of the Cargo.lock of `workspace` says. One that makes no sense has no packages.
#[must_use]
pub fn parse(text: &str, workspace: &Workspace) -> Lock {
    let document: Document = toml::from_str(text).unwrap_or_default();
    let members: BTreeSet<&str> =
        workspace.packages.iter().map(|package| package.name.as_str()).collect();
    let mut lock = Lock::default();
    for package in document.package {
        // What members need, their manifests say better.
        if !members.contains(package.name.as_str()) {
            // `NAME`, `NAME VERSION` or `NAME VERSION (SOURCE)`.
            let names = package.dependencies.iter().filter_map(|text| text.split(' ').next());
            lock.links.extend(names.map(|name| (package.name.clone(), name.to_owned())));
        }
        lock.packages.insert(package.name);
    }
    lock
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::Boundary;

    fn workspace() -> Workspace {
        Workspace { root: "/".into(), packages: Vec::new(), boundary: Boundary::of([]) }
    }

    #[test]
    fn packages_and_links_are_read_by_name() {
        let text = "version = 4\n\
                    [[package]]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = [\"b 1.0.0\", \"b 2.0.0\", \"c\"]\n\
                    [[package]]\nname = \"b\"\nversion = \"1.0.0\"\n";
        let lock = parse(text, &workspace());
        let link = |to: &str| ("a".to_owned(), to.to_owned());
        assert_eq!(lock.links, BTreeSet::from([link("b"), link("c")]));
        assert_eq!(lock.packages.len(), 2);
    }

    #[test]
    fn what_cannot_be_read_says_nothing() {
        assert_eq!(parse("version = ", &workspace()), Lock::default());
    }
}
