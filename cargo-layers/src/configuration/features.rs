//! Which features of each member a choice enables, unified over the workspace as Cargo
//! does it when it builds all members together.

use std::collections::BTreeSet;

use layers_rules::suggest;

use super::ConfigurationError;
use crate::workspace::{Dependency, Package, Workspace};

/// `--features`, `--all-features`, `--no-default-features`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeatureChoice {
    /// `name` for every member that has it, or `package/name`.
    pub named: Vec<String>,
    /// Every feature of every member.
    pub all: bool,
    /// Not the feature `default`.
    pub no_default: bool,
}

/// The enabled features of each package.
pub fn enabled(
    workspace: &Workspace,
    choice: &FeatureChoice,
) -> Result<Vec<BTreeSet<String>>, ConfigurationError> {
    let mut unification = Unification {
        packages: &workspace.packages,
        features: vec![BTreeSet::new(); workspace.packages.len()],
        dependencies: vec![BTreeSet::new(); workspace.packages.len()],
    };
    let mut open: Vec<(usize, String)> = Vec::new();
    for (index, package) in workspace.packages.iter().enumerate() {
        if choice.all {
            open.extend(package.features.keys().map(|feature| (index, feature.clone())));
        } else if !choice.no_default {
            open.push((index, "default".to_owned()));
        }
        for dependency in package.dependencies.iter().filter(|dependency| !dependency.optional) {
            open.extend(handed_over(dependency));
        }
    }
    for named in &choice.named {
        open.extend(named_feature(workspace, named)?);
    }
    while let Some((package, feature)) = open.pop() {
        unification.enable(package, &feature, &mut open);
    }
    Ok(unification.features)
}

struct Unification<'a> {
    packages: &'a [Package],
    features: Vec<BTreeSet<String>>,
    /// The optional dependencies that are enabled, by their name in the manifest.
    dependencies: Vec<BTreeSet<String>>,
}

impl Unification<'_> {
    fn enable(&mut self, package: usize, feature: &str, open: &mut Vec<(usize, String)>) {
        let Some(implied) = self.packages[package].features.get(feature) else { return };
        if !self.features[package].insert(feature.to_owned()) {
            return;
        }
        for implied in implied {
            if let Some(dependency) = implied.strip_prefix("dep:") {
                self.enable_dependency(package, dependency, open);
            } else if let Some((dependency, feature)) = implied.split_once('/') {
                let weak = dependency.strip_suffix('?');
                if weak.is_none() {
                    self.enable_dependency(package, dependency, open);
                }
                let dependency = weak.unwrap_or(dependency);
                for member in self.members(package, dependency) {
                    open.push((member, feature.to_owned()));
                }
            } else {
                open.push((package, implied.clone()));
            }
        }
    }

    /// Enables an optional dependency, and what it asks of a member.
    fn enable_dependency(&mut self, package: usize, name: &str, open: &mut Vec<(usize, String)>) {
        if !self.dependencies[package].insert(name.to_owned()) {
            return;
        }
        // A dependency that no `dep:` hides is a feature of its own name.
        open.push((package, name.to_owned()));
        let named = self.packages[package]
            .dependencies
            .iter()
            .filter(|dependency| is_named(dependency, name));
        open.extend(named.flat_map(handed_over));
    }

    fn members(&self, package: usize, name: &str) -> Vec<usize> {
        self.packages[package]
            .dependencies
            .iter()
            .filter(|dependency| is_named(dependency, name))
            .filter_map(|dependency| dependency.member)
            .collect()
    }
}

fn is_named(dependency: &Dependency, name: &str) -> bool {
    let name = name.replace('-', "_");
    dependency.extern_name == name || dependency.package.replace('-', "_") == name
}

/// The features that a dependency enables in a member.
fn handed_over(dependency: &Dependency) -> Vec<(usize, String)> {
    let Some(member) = dependency.member else { return Vec::new() };
    let default = dependency.default_features.then(|| "default".to_owned());
    let named = dependency.features.iter().cloned();
    named.chain(default).map(|feature| (member, feature)).collect()
}

fn named_feature(
    workspace: &Workspace,
    named: &str,
) -> Result<Vec<(usize, String)>, ConfigurationError> {
    let (package, feature) = match named.split_once('/') {
        Some((package, feature)) => (Some(package), feature),
        None => (None, named),
    };
    let found: Vec<(usize, String)> = workspace
        .packages
        .iter()
        .enumerate()
        .filter(|(_, member)| package.is_none_or(|package| member.name == package))
        .filter(|(_, member)| member.features.contains_key(feature))
        .map(|(index, _)| (index, feature.to_owned()))
        .collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let known: BTreeSet<&str> = workspace
        .packages
        .iter()
        .filter(|member| package.is_none_or(|package| member.name == package))
        .flat_map(|member| member.features.keys().map(String::as_str))
        .collect();
    let help = suggest::help(feature, "features", known);
    let feature = feature.to_owned();
    Err(match package {
        None => ConfigurationError::UnknownFeature { feature, help },
        Some(package) => {
            let package = package.to_owned();
            ConfigurationError::UnknownPackageFeature { package, feature, help }
        }
    })
}
