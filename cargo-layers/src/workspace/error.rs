//! What can go wrong while a workspace is loaded.

use std::io;

use camino::Utf8PathBuf;
use miette::Diagnostic;
use thiserror::Error;

/// A workspace that could not be loaded.
#[derive(Debug, Error, Diagnostic)]
pub enum WorkspaceError {
    /// No folder from the current one upwards holds a manifest.
    #[error("there is no Cargo.toml in `{directory}` or in any folder above it")]
    #[diagnostic(help(
        "run this inside a Cargo workspace, or name one with `--manifest-path PATH/Cargo.toml`"
    ))]
    NoManifest {
        /// The folder the search began in.
        directory: Utf8PathBuf,
    },

    /// The manifest that was asked for is not there.
    #[error("the manifest `{path}` does not exist")]
    #[diagnostic(help("`--manifest-path` takes the path of a Cargo.toml"))]
    MissingManifest {
        /// Its path.
        path: Utf8PathBuf,
    },

    /// The manifest that was asked for has another name, or is a folder.
    #[error("`{path}` is not a Cargo.toml")]
    #[diagnostic(help("`--manifest-path` takes the path of a Cargo.toml, such as `{suggestion}`"))]
    NotAManifest {
        /// The path that was given.
        path: Utf8PathBuf,
        /// A path that may have been meant.
        suggestion: Utf8PathBuf,
    },

    /// No process could be made of `cargo`.
    #[error("`cargo` could not be started")]
    #[diagnostic(help(
        "cargo layers reads manifests through `cargo metadata`: install Rust from \
         https://rustup.rs, or make sure that `cargo` is on the PATH"
    ))]
    CargoNotStarted {
        /// What the operating system says.
        #[source]
        source: io::Error,
    },

    /// The workspace lies where Cargo and rustup look for what they run, wherever they are
    /// started.
    #[error("the repository is the whole file system, and `{chooser}` chooses programs")]
    #[diagnostic(help(
        "Cargo and rustup would obey that file, and nothing of a checked workspace is run: move \
         the workspace into a folder of its own"
    ))]
    AtTheRoot {
        /// The file.
        chooser: Utf8PathBuf,
    },

    /// Cargo refuses the manifests.
    #[error("cargo cannot read the workspace of `{manifest}`")]
    #[diagnostic(help("{message}"))]
    InvalidManifest {
        /// The manifest the search for the workspace began at.
        manifest: Utf8PathBuf,
        /// What Cargo says about it.
        message: String,
    },

    /// Cargo answered with something else than the description of a workspace.
    #[error("the answer of `cargo metadata` is not understood: {reason}")]
    #[diagnostic(help(
        "`cargo metadata --no-deps --format-version 1` must work in this folder; is `cargo` a \
         wrapper that prints text of its own?"
    ))]
    UnreadableMetadata {
        /// Where it stops making sense.
        reason: String,
    },

    /// A target of a kind that did not exist when this was written.
    #[error("target `{target}` of package `{package}` has the unknown kind `{kind}`")]
    #[diagnostic(help("this Cargo is newer than this version of cargo layers: update it"))]
    UnknownTargetKind {
        /// Name of the package.
        package: String,
        /// Name of the target.
        target: String,
        /// Its kind, as Cargo calls it.
        kind: String,
    },

    /// `[package.metadata.layers]` holds something that means nothing.
    #[error("`{manifest}`: {problem}")]
    #[diagnostic(help("write it like this:\n[package.metadata.layers]\nlayer = \"domain\""))]
    InvalidLayerTable {
        /// The manifest.
        manifest: Utf8PathBuf,
        /// What is wrong with it.
        problem: String,
    },

    /// The manifest of the workspace cannot be read a second time.
    #[error("`{manifest}` cannot be read: {reason}")]
    UnreadableManifest {
        /// The manifest.
        manifest: Utf8PathBuf,
        /// Why not.
        reason: String,
    },

    /// Cargo's resolved graph is not to be had.
    #[error("the dependencies of outside crates are not known")]
    #[diagnostic(help(
        "a rule that forbids outside crates with `via = \"any\"` follows Cargo.lock and the \
         manifests of every crate in it. Run `cargo fetch` once (it writes Cargo.lock and \
         downloads the crates), or give the rule `via = \"direct\"`.\n\ncargo says: {message}"
    ))]
    NoExternalGraph {
        /// What Cargo says about it.
        message: String,
    },
}
