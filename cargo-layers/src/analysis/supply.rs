//! Facts that cost something of their own, for the rules that ask for them.

use camino::Utf8PathBuf;
use layers_rules::check::asks_cargo;
use layers_rules::facts::{ExternalLink, Facts, Needs, PackageDependencyKind, PackageId};
use layers_rules::policy::Policy;
use miette::Diagnostic;
use thiserror::Error;

use super::declarations;
use super::stray::stray_files;
use crate::source::Overlay;
use crate::workspace::external_graph::{self, ExternalGraph, Link};
use crate::workspace::{Workspace, WorkspaceError, lock};

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
    if needs.manifests {
        declarations::add(workspace, overlay, facts);
    }
    let external_graph = add_external_graph(facts, workspace, overlay, needs, policy)?;
    if needs.stray_files {
        facts.stray_files = stray_files(workspace, facts, overlay)?;
    }
    let Needs { signatures, bodies, .. } = facts.gathered;
    facts.gathered = Needs { signatures, bodies, external_graph, ..needs };
    answer(facts, workspace, overlay, policy, questions)?;
    Ok(())
}

/// Adds what is known of packages outside the workspace; gives whether that is Cargo's resolved
/// graph.
fn add_external_graph(
    facts: &mut Facts,
    workspace: &Workspace,
    overlay: &Overlay,
    needs: Needs,
    policy: &Policy,
) -> Result<bool, WorkspaceError> {
    if needs.external_graph {
        resolve(facts, external_graph::load(workspace)?);
        return Ok(true);
    }
    if !needs.lock_file {
        return Ok(false);
    }
    let path = workspace.root.join("Cargo.lock");
    let text = overlay.read(&path, &workspace.boundary).unwrap_or_default();
    let lock = lock::parse(&String::from_utf8_lossy(&text), workspace);
    if lock.packages.is_empty() {
        return Ok(false);
    }
    let mut name = |text: &String| facts.names.intern(text);
    facts.locked = lock.packages.iter().map(&mut name).collect();
    let link = |(from, to): &(String, String)| ExternalLink {
        from: name(from),
        to: name(to),
        kind: PackageDependencyKind::Normal,
        features: Vec::new(),
        targets: Vec::new(),
    };
    facts.external_graph = lock.links.iter().map(link).collect();
    facts.gathered = Needs { external_graph: false, lock_file: true, ..facts.gathered };
    if !asks_cargo(facts, policy) {
        return Ok(false);
    }
    // What Cargo does not know without the network is left open, which the rule says.
    let Ok(graph) = external_graph::at_hand(workspace) else { return Ok(false) };
    resolve(facts, graph);
    Ok(true)
}

/// Puts Cargo's resolved graph in the place of what Cargo.lock says.
fn resolve(facts: &mut Facts, graph: ExternalGraph) {
    let mut name = |text: &String| facts.names.intern(text);
    let link = |link: Link| ExternalLink {
        from: name(&link.from),
        to: name(&link.to),
        kind: link.kind,
        features: link.features.iter().map(&mut name).collect(),
        targets: link.targets.iter().map(&mut name).collect(),
    };
    facts.external_graph = graph.links.into_iter().map(link).collect();
    let built = graph.built_alone.into_iter().map(|(package, names)| {
        (PackageId::new(package), names.iter().map(|text| facts.names.intern(text)).collect())
    });
    facts.built_alone = built.collect();
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
