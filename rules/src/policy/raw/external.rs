//! `external = { … }` as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{RawPatterns, Via, schema};
use crate::facts::PackageDependencyKind;

/// What is in `from` depends, by Cargo.toml, on nothing but what is in `allow`, and on nothing
/// that is in `deny`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(transform = schema::allow_or_deny)]
pub struct RawExternal {
    /// Whose Cargo.toml: names of packages, with wildcards, and `@layers`. With `by = "source"`
    /// whose source: path patterns and `@names`.
    pub from: RawPatterns,
    /// What tells on which crates something depends; `manifest`, if absent.
    #[serde(default)]
    pub by: By,
    /// Of the crates outside the workspace they may depend on these, and no others: names of
    /// packages, with wildcards, and `@sets`; an empty list allows none.
    pub allow: Option<RawPatterns>,
    /// What they may not depend on, in the workspace or outside: names of packages, with
    /// wildcards, `@sets` and `@layers`.
    pub deny: Option<RawPatterns>,
    /// How far to look; `direct`, if absent.
    #[serde(default)]
    pub via: Via,
    /// The tables that count; `normal` and `build`, if absent, and `dev` where test code is
    /// held to the rule.
    #[schemars(length(min = 1))]
    pub dependency_kinds: Option<Vec<PackageDependencyKind>>,
    /// Of the optional dependencies only those count that one of these features switches on;
    /// all, if absent.
    pub features: Option<RawPatterns>,
    /// Of the dependencies for some targets only those count that one of these has: triples
    /// such as `x86_64-unknown-linux-gnu`; all, if absent.
    pub targets: Option<RawPatterns>,
}

/// What tells on which crates something depends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// What Cargo.toml declares, used or not.
    #[default]
    Manifest,
    /// What source uses; `from` may be less than a package then. Only `allow` has a meaning.
    Source,
}
