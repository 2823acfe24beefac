//! Why something cannot be extended.

use layers_rules::suggest;

use crate::workspace::WorkspaceError;
use crate::workspace::crate_packs::{CratePack, CratePackError};

/// Why an entry of `extends` leads to no policy: what is wrong, what to say at the entry, and the
/// way out.
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) label: &'static str,
    pub(super) help: String,
}

/// How a crate says where its pack is.
const TABLE: &str = "[package.metadata.layers]\npack = \"layers.toml\"";

impl Refusal {
    /// The pack of a crate is not to be had.
    pub(super) fn of_crate(error: CratePackError) -> Self {
        let message = error.to_string();
        let (label, help) = match error {
            CratePackError::NoDependency { name, known } => {
                let near = suggest::closest(&name, known.iter().map(String::as_str));
                let help = match near {
                    Some(near) => format!("did you mean `crate:{near}`?"),
                    None => format!(
                        "let a package depend on it: `cargo add --dev {name}` in the folder of one"
                    ),
                };
                ("no dependency", help)
            }
            CratePackError::SeveralVersions { .. } => {
                ("which of them?", "let all packages depend on the same version".to_owned())
            }
            CratePackError::NoPack { manifest, .. } => (
                "ships no pack",
                format!(
                    "a crate that ships one says so in its Cargo.toml, which here is {manifest}:\n{TABLE}"
                ),
            ),
            CratePackError::Invalid { .. } => {
                ("ships no pack", format!("a crate that ships a pack says so like this:\n{TABLE}"))
            }
            CratePackError::NoGraph { source, .. } => {
                let said = match source {
                    WorkspaceError::NoExternalGraph { message } => message,
                    other => other.to_string(),
                };
                let help = format!(
                    "it is found by Cargo.lock and what Cargo has fetched: run `cargo fetch` once, which writes the one and does the other\n\ncargo says: {said}"
                );
                ("not found", help)
            }
        };
        Self { message, label, help }
    }

    /// A crate names a file that it does not hold.
    pub(super) fn leaves(pack: &CratePack) -> Self {
        Self {
            message: format!(
                "the pack of the crate `{}` is outside of its package: `{}`",
                pack.package, pack.file
            ),
            label: "names this crate",
            help: "a crate ships what is in its own folder: move the file there".to_owned(),
        }
    }

    /// A file that comes with a crate extends one that does not.
    pub(super) fn outside(path: &str, pack: &CratePack) -> Self {
        Self {
            message: format!("`{path}` is outside of the crate `{}`", pack.package),
            label: "leaves the crate that this file comes with",
            help: "a pack that a crate ships extends files of that crate, packs of the tool, and packs of crates that it depends on".to_owned(),
        }
    }

    /// A file of the repository extends one that does not lie in it.
    pub(super) fn elsewhere(shown: &str) -> Self {
        Self {
            message: format!("`{shown}` lies outside of the repository"),
            label: "is not read",
            help:
                "what a repository says cannot have files from elsewhere read: copy the file, or \
                   name a policy that lies there itself with --config"
                    .to_owned(),
        }
    }

    /// A pack that comes with the tool names a crate.
    pub(super) fn without_crates() -> Self {
        Self {
            message: "packs that come with the tool extend no crates".to_owned(),
            label: "names a crate",
            help: "extend it in the layers.toml of a workspace".to_owned(),
        }
    }
}
