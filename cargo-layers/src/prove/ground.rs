//! What there is before anything is planted.

use layers_rules::facts::CrateKind;
use layers_rules::pattern::Pattern;
use layers_rules::policy::{PolicyRule, TermKind};

use crate::source::Overlay;
use crate::workspace::{Edition, Target, Workspace};

/// A workspace, and the files that are other than on disk.
pub(super) struct Ground {
    pub(super) workspace: Workspace,
    pub(super) overlay: Overlay,
}

impl Ground {
    /// The workspace as it is; with an empty build script where it has none and one of `rules`
    /// waits for one to come. Such a rule would be off, and nobody could tell whether it works
    /// on the day on which there is one.
    pub(super) fn new(workspace: &Workspace, rules: &[&PolicyRule]) -> Self {
        let mut ground = Self { workspace: workspace.clone(), overlay: Overlay::default() };
        for rule in rules.iter().filter(|rule| rule.optional) {
            for part in rule.verb.operands() {
                for term in &part.operand.terms {
                    if let TermKind::Path(pattern) = &term.kind {
                        ground.add_build_script(pattern);
                    }
                }
            }
        }
        ground
    }

    fn add_build_script(&mut self, pattern: &Pattern) {
        if pattern.target().is_none_or(|target| target.kind != CrateKind::BuildScript) {
            return;
        }
        let is_meant = |name: &str| pattern.matches([name.replace('-', "_").as_str()]);
        let packages = &mut self.workspace.packages;
        let has_one = packages.iter().any(|package| {
            let mut targets = package.targets.iter();
            is_meant(&package.name) && targets.any(|it| it.kind == CrateKind::BuildScript)
        });
        let Some(package) = packages.iter_mut().find(|package| is_meant(&package.name)) else {
            return;
        };
        if has_one {
            return;
        }
        let root = package.manifest.with_file_name("planted_build.rs");
        self.overlay.insert(root.clone(), "fn main() {}\n".to_owned());
        let (name, kind) = ("build_script_build".to_owned(), CrateKind::BuildScript);
        package.targets.push(Target { name, kind, root, edition: Edition::E2024 });
    }
}
