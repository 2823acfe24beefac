//! Why a workspace could not be read or asked.

use std::fmt;
use std::io;
use std::path::PathBuf;

use layers_rules::view::QuestionError;
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};
use thiserror::Error;

use crate::analysis::SupplyError;
use crate::baseline::BaselineError;
use crate::config::ConfigError;
use crate::configuration::ConfigurationError;
use crate::workspace::WorkspaceError;

/// Why a workspace could not be read or asked. A test that returns it shows it with the place of
/// the mistake and the way out.
#[derive(Error, Diagnostic)]
pub enum Error {
    /// The folder to begin in cannot be used.
    #[error("the folder `{}` cannot be used", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },

    /// A path of it is not Unicode, as paths in findings are.
    #[error("the folder `{}` is not Unicode", folder.display())]
    #[diagnostic(help("paths in findings are Unicode: move the workspace to such a folder"))]
    NotUnicode {
        /// The folder.
        folder: PathBuf,
    },

    /// There is no workspace, or Cargo cannot read it.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Workspace(#[from] WorkspaceError),

    /// `layers.toml`, or what it extends, has mistakes.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Policy(#[from] ConfigError),

    /// There is no such target or feature.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Configuration(#[from] ConfigurationError),

    /// Something that rules ask for is not to be had.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Supply(#[from] SupplyError),

    /// The baseline has mistakes, or cannot be read or written.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Baseline(#[from] BaselineError),

    /// A question makes no sense, or names what is not there.
    #[error(transparent)]
    Question(#[from] QuestionError),
}

/// As people read it, since this is how a test that returns an error shows it.
impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("\n")?;
        GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
            .without_syntax_highlighting()
            .with_wrap_lines(false)
            .with_links(false)
            .render_report(formatter, self)
    }
}
