//! Which conditional code counts: all of it, or that of one target and one choice of
//! features.

mod features;

use std::collections::BTreeSet;

use cfg_expr::targets::{ALL_BUILTINS, TargetInfo, get_builtin_target_by_triple};
use cfg_expr::{Expression, Predicate};
use layers_rules::suggest;
use miette::Diagnostic;
use thiserror::Error;

use crate::workspace::Workspace;

pub use features::FeatureChoice;

/// What is known when a `cfg` is judged. By default nothing is, and code under every
/// condition counts.
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    target: Option<&'static TargetInfo>,
    /// The enabled features of each package.
    features: Option<Vec<BTreeSet<String>>>,
    /// The flags that are set, when it is known that no other is.
    flags: Option<BTreeSet<String>>,
}

/// A target or a feature that does not exist.
#[derive(Debug, Error, Diagnostic, PartialEq, Eq)]
pub enum ConfigurationError {
    /// rustc has no such target.
    #[error("rustc knows no target `{target}`")]
    UnknownTarget {
        /// What was asked for.
        target: String,
        /// What may have been meant.
        #[help]
        help: String,
    },
    /// No member has the feature.
    #[error("no package of the workspace has a feature `{feature}`")]
    UnknownFeature {
        /// What was asked for.
        feature: String,
        /// What may have been meant.
        #[help]
        help: String,
    },
    /// The named package has no such feature, or is no member.
    #[error("the workspace has no package `{package}` with a feature `{feature}`")]
    UnknownPackageFeature {
        /// The package.
        package: String,
        /// What was asked of it.
        feature: String,
        /// What may have been meant.
        #[help]
        help: String,
    },
}

impl Configuration {
    /// The configuration for a target triple and a choice of features; what is not given
    /// stays open.
    ///
    /// # Errors
    ///
    /// When the target or a feature does not exist.
    pub fn new(
        workspace: &Workspace,
        target: Option<&str>,
        features: Option<&FeatureChoice>,
    ) -> Result<Self, ConfigurationError> {
        let target = match target {
            None => None,
            Some(triple) => Some(get_builtin_target_by_triple(triple).ok_or_else(|| {
                let known = ALL_BUILTINS.iter().map(|target| target.triple.as_str());
                let help = match suggest::closest(triple, known) {
                    Some(closest) => format!("did you mean `{closest}`?"),
                    None => "`rustc --print target-list` lists them".to_owned(),
                };
                ConfigurationError::UnknownTarget { target: triple.to_owned(), help }
            })?),
        };
        let features = match features {
            None => None,
            Some(choice) => Some(features::enabled(workspace, choice)?),
        };
        Ok(Self { target, features, flags: None })
    }

    /// The same, with these flags set (`test`, `debug_assertions`, those of the build),
    /// and no other one.
    #[must_use]
    pub fn with_flags<'a>(mut self, flags: impl IntoIterator<Item = &'a str>) -> Self {
        self.flags = Some(flags.into_iter().map(str::to_owned).collect());
        self
    }

    /// Whether everything counts.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.target.is_none() && self.features.is_none() && self.flags.is_none()
    }

    /// Whether code of a package under this predicate may be compiled. What is not
    /// decided by the configuration (`test`, `debug_assertions`, flags of the build) may
    /// hold or not.
    #[must_use]
    pub fn may_hold(&self, package: usize, predicate: &str) -> bool {
        if self.is_open() {
            return true;
        }
        let Ok(expression) = Expression::parse(predicate) else { return true };
        let holds: Option<bool> = expression.eval(|predicate: &Predicate<'_>| match predicate {
            Predicate::Target(predicate) => self.target.map(|target| predicate.matches(target)),
            Predicate::Feature(feature) => {
                self.features.as_ref().map(|features| features[package].contains(*feature))
            }
            Predicate::Flag("true") => Some(true),
            Predicate::Flag("false") => Some(false),
            Predicate::Test => self.has_flag("test"),
            Predicate::DebugAssertions => self.has_flag("debug_assertions"),
            Predicate::ProcMacro => self.has_flag("proc_macro"),
            Predicate::Flag(flag) => self.has_flag(flag),
            Predicate::TargetFeature(_) => None,
            Predicate::KeyValue { .. } => self.flags.as_ref().map(|_| false),
        });
        holds != Some(false)
    }

    fn has_flag(&self, flag: &str) -> Option<bool> {
        self.flags.as_ref().map(|flags| flags.contains(flag))
    }
}

#[cfg(test)]
mod tests;
