//! What the rules of a policy can demand, one file per verb: see [`crate::rule`] for what a
//! rule is.

mod acyclic;
mod contexts;
mod covered;
mod deprecated;
mod diagram;
mod edges;
mod external;
mod facade;
mod forbid;
mod in_rust;
mod independent;
mod items;
mod layer_external;
mod limit;
mod may_use;
mod only;
mod orphans;
mod query;
mod reach;
mod require;
mod sides;
mod stable;
mod units;
mod upkeep;

pub use acyclic::Acyclic;
pub use contexts::Contexts;
pub use covered::Covered;
pub use deprecated::Deprecated;
pub use diagram::{Arrow, Component, Diagram};
pub(crate) use edges::violation_of as dependency_violation;
pub use external::{External, Platform, UnknownPlatform};
pub use facade::Facade;
pub use forbid::Forbid;
pub use in_rust::InRust;
pub use independent::Independent;
pub use items::{
    Amount, Flag, Implemented, Items, KIND_WORDS, NamedTarget, Parts, RECEIVER_WORDS, Returns,
    Selector, Types, VisibilityWord,
};
pub(crate) use items::{Subject, methods_in, selected};
pub use layer_external::LayerExternal;
pub use limit::{Bounds, Limit, Measurable, Metric};
pub use may_use::MayUse;
pub use only::Only;
pub use orphans::Orphans;
pub use query::{MessageTemplate, Query, TemplateError};
pub use require::Require;
pub use stable::Stable;
pub use units::Scope;
pub use upkeep::Upkeep;

use crate::rule::{Part, Role, Rule, Verdict, Violation};

#[cfg(test)]
mod tests;
