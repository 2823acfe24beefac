//! From a workspace to its facts: every stage in order.

use camino::Utf8Path;
use layers_rules::check::Issue;
use layers_rules::facts::{Facts, Needs, Span};
use layers_rules::finding::{Finding, Identity, Label, Location, Severity};

use crate::configuration::Configuration;
use crate::facts::ModuleContents;
use crate::source::Overlay;
use crate::tree::ModuleTree;
use crate::workspace::Workspace;
use crate::{facts, resolve, tree};

/// What reading a workspace gave.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// Everything known of it.
    pub facts: Facts,
    /// Files that could not be read as Rust, modules without a file: each is a finding
    /// of its own, and everything else was still read.
    pub issues: Vec<Finding>,
}

/// Reads every source file of `workspace` and resolves every path in it, code under
/// every condition included.
#[must_use]
pub fn analyze(workspace: &Workspace) -> Analysis {
    analyze_for(workspace, &Configuration::default(), Needs::default())
}

/// Like [`analyze`], without the code that `configuration` excludes, and with the facts that
/// are needed beyond those that every rule may ask for.
#[must_use]
pub fn analyze_for(workspace: &Workspace, configuration: &Configuration, needs: Needs) -> Analysis {
    analyze_over(workspace, configuration, &Overlay::default(), needs)
}

/// Like [`analyze_for`], with the source files that `overlay` shows.
#[must_use]
pub fn analyze_over(
    workspace: &Workspace,
    configuration: &Configuration,
    overlay: &Overlay,
    needs: Needs,
) -> Analysis {
    let tree = tree::grow(workspace, configuration, overlay, needs);
    let mut analysis = analyze_tree(workspace, tree, needs);
    let found = &mut analysis.facts.exceptions;
    found.extend(exceptions::in_manifests(workspace, overlay));
    found.sort_by(|a, b| a.location.cmp(&b.location));
    analysis
}

/// Resolves every path in files that have been read for at least these needs; what manifests
/// say is not known.
#[must_use]
pub fn analyze_tree(workspace: &Workspace, tree: ModuleTree, needs: Needs) -> Analysis {
    let issues = issues(workspace, &tree);
    let exceptions = exceptions::in_source(&tree);
    let resolver = resolve::resolve(workspace, tree);
    let mut facts = facts::gather(workspace, resolver, needs);
    facts.exceptions = exceptions::with_modules(exceptions, &facts);
    Analysis { facts, issues }
}

/// Reads `workspace` as [`analyze_for`] does, and says besides what each module holds.
#[must_use]
pub fn analyze_contents(
    workspace: &Workspace,
    configuration: &Configuration,
) -> (Facts, Vec<ModuleContents>) {
    let tree = tree::grow(workspace, configuration, &Overlay::default(), Needs::default());
    let resolver = resolve::resolve(workspace, tree);
    facts::gather_with_contents(workspace, resolver)
}

mod declarations;
mod exceptions;
mod stray;
mod supply;
#[cfg(test)]
mod tests;

pub use supply::{SupplyError, supply};

fn shown_manifest(workspace: &Workspace, manifest: &Utf8Path) -> String {
    manifest.strip_prefix(&workspace.root).unwrap_or(manifest).as_str().replace('\\', "/")
}

fn issues(workspace: &Workspace, tree: &ModuleTree) -> Vec<Finding> {
    let mut issues = Vec::new();
    for file in &tree.files {
        for problem in &file.tree.problems {
            let severity = if problem.recovered { Severity::Warn } else { Severity::Error };
            let note = if problem.recovered {
                "the paths in it were still found, token by token"
            } else {
                "nothing in this file was checked"
            };
            let location = Location { file: file.shown.clone(), span: problem.span };
            issues.push(issue(Issue::UnreadableSource, severity, &problem.message, location, note));
        }
    }
    for problem in &tree.problems {
        let mount = &tree.mounts[problem.mount];
        let conditional = mount.cfg.is_some() || problem.under.iter().all(Option::is_some);
        let severity = if conditional { Severity::Warn } else { Severity::Error };
        let file = tree.file(mount).shown.clone();
        let location = Location { file, span: problem.span };
        let note = "nothing in this module was checked";
        issues.push(issue(Issue::MissingModule, severity, &problem.message, location, note));
    }
    for krate in tree.crates.iter().filter(|krate| krate.root.is_none()) {
        let package = &workspace.packages[krate.package];
        let name = tree.names.text(krate.name);
        let file = shown_manifest(workspace, &package.manifest);
        let location = Location { file, span: Span::default() };
        let refusal = krate.refusal.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        let message =
            format!("the root file of {} `{name}` can't be read{refusal}", krate.kind.word());
        let note = "nothing in this target was checked";
        issues.push(issue(Issue::MissingModule, Severity::Error, &message, location, note));
    }
    issues
}

fn issue(
    kind: Issue,
    severity: Severity,
    message: &str,
    location: Location,
    label: &str,
) -> Finding {
    let identity = Identity {
        from: location.file.clone(),
        written: message.to_owned(),
        kind: kind.id().to_owned(),
        ..Identity::default()
    };
    Finding {
        rule: kind.id().to_owned(),
        severity,
        message: message.to_owned(),
        primary: Label { location, text: label.to_owned() },
        secondary: Vec::new(),
        chain: Vec::new(),
        because: None,
        fix: None,
        docs: None,
        identity,
        fingerprint: String::new(),
    }
}
