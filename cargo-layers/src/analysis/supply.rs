//! Facts that cost something of their own, for the rules that ask for them.

use camino::Utf8PathBuf;
use layers_rules::facts::{ExternalLink, Facts, Needs};
use layers_rules::policy::Policy;
use miette::Diagnostic;
use thiserror::Error;

use super::declarations;
use super::stray::stray_files;
use crate::source::Overlay;
use crate::workspace::{Workspace, WorkspaceError, external_graph};

/// Why something that a rule asks for is not to be had.
#[derive(Debug, Error, Diagnostic)]
pub enum SupplyError {
    /// Cargo does not tell.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Workspace(#[from] WorkspaceError),

    /// The facts do not fit the tables that questions are asked of.
    #[cfg(feature = "query")]
    #[error(transparent)]
    #[diagnostic(transparent)]
    Tables(#[from] crate::query::QueryError),

    /// A source folder cannot be listed.
    #[error("the files in `{folder}` cannot be listed")]
    #[diagnostic(help("a rule with `orphans` looks through the folders of the source"))]
    NotListed {
        /// The folder.
        folder: Utf8PathBuf,
        /// Why.
        source: ignore::Error,
    },
}

/// Adds to the `facts` of `workspace`, read from what `overlay` shows, what the rules of a
/// policy need besides what is read from source code, which must be there when that is read,
/// and the answers to the `questions` in SQL that they ask.
///
/// # Errors
///
/// When something of it is not to be had.
pub fn supply(
    facts: &mut Facts,
    workspace: &Workspace,
    overlay: &Overlay,
    needs: Needs,
    policy: &Policy,
    questions: &[&str],
) -> Result<(), SupplyError> {
    if needs.external_graph {
        for link in external_graph::load(workspace)? {
            let mut name = |text: &String| facts.names.intern(text);
            let link = ExternalLink {
                from: name(&link.from),
                to: name(&link.to),
                kind: link.kind,
                features: link.features.iter().map(&mut name).collect(),
                targets: link.targets.iter().map(&mut name).collect(),
            };
            facts.external_graph.push(link);
        }
    }
    if needs.manifests {
        declarations::add(workspace, overlay, facts);
    }
    if needs.stray_files {
        facts.stray_files = stray_files(workspace, facts, overlay)?;
    }
    let Needs { signatures, bodies, .. } = facts.gathered;
    facts.gathered = Needs { signatures, bodies, ..needs };
    answer(facts, workspace, overlay, policy, questions)?;
    Ok(())
}

#[cfg(feature = "query")]
use crate::query::answer;

/// Without the feature `query` nothing is answered, which a rule that asks says.
#[cfg(not(feature = "query"))]
#[expect(clippy::unnecessary_wraps, reason = "of the same form as with the feature")]
fn answer(
    _: &mut Facts,
    _: &Workspace,
    _: &Overlay,
    _: &Policy,
    _: &[&str],
) -> Result<(), SupplyError> {
    Ok(())
}
