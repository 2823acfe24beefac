//! The targets that a rule about manifests limits itself to.

use std::str::FromStr;

use cfg_expr::targets::{ALL_BUILTINS, TargetInfo, get_builtin_target_by_triple};
use cfg_expr::{Expression, Predicate};
use thiserror::Error;

use crate::suggest;

/// A target of rustc.
#[derive(Clone, Copy, Debug)]
pub struct Platform(&'static TargetInfo);

/// A triple that rustc does not know.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("rustc knows no target `{triple}`")]
pub struct UnknownPlatform {
    triple: String,
}

impl UnknownPlatform {
    /// The way out.
    #[must_use]
    pub fn help(&self) -> String {
        let known = ALL_BUILTINS.iter().map(|target| target.triple.as_str());
        match suggest::closest(&self.triple, known) {
            Some(closest) => format!("did you mean `{closest}`?"),
            None => "`rustc --print target-list` lists them".to_owned(),
        }
    }
}

impl FromStr for Platform {
    type Err = UnknownPlatform;

    fn from_str(triple: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownPlatform { triple: triple.to_owned() };
        get_builtin_target_by_triple(triple).map(Self).ok_or_else(unknown)
    }
}

impl Platform {
    /// The triple.
    #[must_use]
    pub fn triple(&self) -> &'static str {
        self.0.triple.as_str()
    }

    /// Whether it may have what stands in the table of `target`: a triple or a `cfg(…)`. What
    /// its name does not decide, such as flags of the build, may hold or not.
    pub(super) fn may_have(self, target: &str) -> bool {
        if !target.starts_with("cfg(") {
            return target == self.triple();
        }
        let Ok(expression) = Expression::parse(target) else { return true };
        let holds: Option<bool> = expression.eval(|predicate: &Predicate<'_>| match predicate {
            Predicate::Target(predicate) => Some(predicate.matches(self.0)),
            Predicate::Flag("true") => Some(true),
            Predicate::Flag("false") => Some(false),
            _ => None,
        });
        holds != Some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn platform(triple: &str) -> Platform {
        triple.parse().expect("a target")
    }

    #[test]
    fn conditions_hold_for_some_targets() {
        let (linux, windows) =
            (platform("x86_64-unknown-linux-gnu"), platform("x86_64-pc-windows-msvc"));
        for (target, on_linux, on_windows) in [
            ("cfg(windows)", false, true),
            ("cfg(not(windows))", true, false),
            ("cfg(any(unix, windows))", true, true),
            ("x86_64-pc-windows-msvc", false, true),
            // Nobody knows what flags a build sets.
            ("cfg(tokio_unstable)", true, true),
            ("cfg(all(unix, tokio_unstable))", true, false),
        ] {
            assert_eq!(linux.may_have(target), on_linux, "{target}");
            assert_eq!(windows.may_have(target), on_windows, "{target}");
        }
    }

    #[test]
    fn a_near_miss_is_suggested() {
        let error = "x86_64-unknown-linux-gn".parse::<Platform>().expect_err("no target");
        assert!(error.help() == "did you mean `x86_64-unknown-linux-gnu`?", "{error:?}");
        assert!("windows".parse::<Platform>().expect_err("none").help().contains("rustc --print"));
    }
}
