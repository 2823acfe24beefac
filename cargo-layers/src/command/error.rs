//! Why a command could not do its work.

use std::io;
use std::path::PathBuf;

use camino::Utf8PathBuf;
use layers_rules::policy::Policy;
use layers_rules::suggest;
use miette::Diagnostic;
use thiserror::Error;

use crate::analysis::SupplyError;
use crate::baseline::BaselineError;
use crate::config::ConfigError;
use crate::configuration::ConfigurationError;
use crate::proposal::known_packs;
use crate::query::QueryError;
use crate::revision::RevisionError;
use crate::workspace::{Workspace, WorkspaceError};

/// A command that could not do its work; the process then ends with
/// [`Exit::Failed`](super::Exit::Failed).
#[derive(Debug, Error, Diagnostic)]
pub(super) enum CommandError {
    #[error("the current folder cannot be used")]
    #[diagnostic(help("it may have been removed: change to another one"))]
    NoCurrentFolder(#[source] io::Error),

    #[error("the current folder `{}` is not Unicode", folder.display())]
    #[diagnostic(help("paths in findings are Unicode: move the workspace to such a folder"))]
    FolderNotUnicode { folder: PathBuf },

    #[error(transparent)]
    #[diagnostic(transparent)]
    Workspace(#[from] WorkspaceError),

    #[error(transparent)]
    #[diagnostic(transparent)]
    Config(#[from] ConfigError),

    #[error(transparent)]
    #[diagnostic(transparent)]
    Supply(#[from] SupplyError),

    #[error(transparent)]
    #[diagnostic(transparent)]
    Baseline(#[from] BaselineError),

    #[error(transparent)]
    #[diagnostic(transparent)]
    Configuration(#[from] ConfigurationError),

    #[error("this workspace has no rules: there is no layers.toml in `{root}`")]
    #[diagnostic(help(
        "`cargo layers init` finds the layers and writes one; or begin with these lines, and change \
         them to what should hold:\n\n{starter}"
    ))]
    NoPolicy { root: Utf8PathBuf, starter: String },

    #[error("there is a {name} already")]
    #[diagnostic(help("--force overwrites it, --dry-run shows what would be written"))]
    PolicyExists { name: &'static str },

    #[error("there is no pack `{pack}`")]
    UnknownPack {
        pack: String,
        #[help]
        help: String,
    },

    #[error("the questions could not be asked")]
    #[diagnostic(help("--yes takes what is found, and asks nothing"))]
    NotAsked(#[source] io::Error),

    #[error("there is no rule `{rule}`")]
    UnknownRule {
        rule: String,
        #[help]
        help: String,
    },

    #[error("there is no package `{package}` in this workspace")]
    UnknownPackage {
        package: String,
        #[help]
        help: String,
    },

    #[error("there is no module `{module}` in this workspace")]
    UnknownModule {
        module: String,
        #[help]
        help: String,
    },

    #[error(transparent)]
    #[diagnostic(transparent)]
    Query(#[from] QueryError),

    #[error("the answer has two columns `{column}`, which JSON cannot tell apart")]
    #[diagnostic(help("give one of them another name with AS"))]
    RepeatedColumn { column: String },

    #[error(transparent)]
    #[diagnostic(transparent)]
    Revision(#[from] RevisionError),

    #[error("the workspace as it was before `{revision}` and this one parted cannot be read")]
    NoEarlierWorkspace {
        revision: String,
        #[source]
        #[diagnostic_source]
        source: WorkspaceError,
    },

    #[error(
        "today's rules do not fit the workspace as it was before `{revision}` and this one parted"
    )]
    #[diagnostic(help("the comparison judges both by the rules of today"))]
    Misfit {
        revision: String,
        #[related]
        errors: Vec<ConfigError>,
    },

    #[error("the report could not be written")]
    OutputNotWritten(#[source] io::Error),

    #[error("the report could not be written to `{file}`")]
    #[diagnostic(help("`--output` writes into folders that exist, and makes none"))]
    FileNotWritten {
        file: Utf8PathBuf,
        #[source]
        source: io::Error,
    },

    #[error("`{file}` could not be written")]
    PolicyNotWritten { file: Utf8PathBuf, source: io::Error },

    #[error("two reports are to be written to `{file}`")]
    #[diagnostic(help("give each `--output` a file of its own"))]
    FileTwice { file: Utf8PathBuf },
}

impl CommandError {
    /// That `policy` has no rule `rule`, with the one that may have been meant.
    pub(super) fn unknown_rule(rule: &str, policy: &Policy) -> Self {
        let known = policy.rules().iter().map(|rule| rule.id.as_str());
        Self::UnknownRule { rule: rule.to_owned(), help: suggest::help(rule, "rules", known) }
    }

    /// That there is no pack `pack`, with the one that may have been meant.
    pub(super) fn unknown_pack(pack: &str) -> Self {
        let help = suggest::help(pack, "packs", known_packs().into_iter().chain(["none"]));
        Self::UnknownPack { pack: pack.to_owned(), help }
    }

    /// That `workspace` has no package `package`, with the one that may have been meant.
    pub(super) fn unknown_package(package: &str, workspace: &Workspace) -> Self {
        let known = workspace.packages.iter().map(|package| package.name.as_str());
        Self::UnknownPackage {
            package: package.to_owned(),
            help: suggest::help(package, "packages", known),
        }
    }
}
