//! Findings and their summary as bytes, one module per output format.
//!
//! Every format is a pure function of the findings, the [`Summary`] and the
//! [`Sources`]: the same input gives the same bytes.

mod address;
#[cfg(feature = "cli")]
pub mod cargo;
#[cfg(feature = "cli")]
pub mod document;
pub mod github;
pub mod gitlab;
pub mod help;
pub mod human;
pub mod json;
#[cfg(feature = "cli")]
pub mod junit;
pub mod markdown;
pub mod places;
mod prose;
pub mod sarif;
pub mod short;
pub mod sources;
pub mod summary;

#[cfg(test)]
mod samples;

use layers_rules::finding::Finding;

pub use help::RuleHelp;
pub use sources::Sources;
pub use summary::{Since, Summary};

/// Puts findings in the order in which every format shows them: by place, and at the same
/// place by rule and message.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        (&a.primary.location, &a.rule, &a.message, &a.fingerprint).cmp(&(
            &b.primary.location,
            &b.rule,
            &b.message,
            &b.fingerprint,
        ))
    });
}
