//! Findings and their summary as bytes, one module per output format.
//!
//! Every format is a pure function of the findings, the [`Summary`] and the
//! [`Sources`]: the same input gives the same bytes.

#[cfg(feature = "cli")]
pub mod document;
pub mod github;
#[cfg(feature = "cli")]
pub mod human;
pub mod json;
pub mod places;
pub mod short;
pub mod sources;
pub mod summary;

#[cfg(test)]
mod samples;

use layers_rules::finding::Finding;

pub use sources::Sources;
pub use summary::Summary;

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
