//! Findings and their summary as bytes, one module per output format.
//!
//! Every format is a pure function of the [`Outcome`]: the same input gives the same bytes.
//! Only what [`Format::Auto`] stands for depends on where it runs, as what CI says of the
//! repository does ([`Links::of_ci`]).

mod address;
pub mod cargo;
pub mod document;
pub mod explanation;
pub mod format;
pub mod github;
pub mod gitlab;
pub mod help;
pub mod human;
pub mod json;
pub mod junit;
pub mod links;
pub mod markdown;
pub mod places;
mod prose;
pub mod sarif;
pub mod short;
pub mod sources;
pub mod summary;
pub mod wording;

#[cfg(test)]
mod samples;

use layers_rules::finding::Finding;

pub use format::{Format, Outcome};
pub use help::RuleHelp;
pub use links::Links;
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
