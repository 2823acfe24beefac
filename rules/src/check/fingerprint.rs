//! The identity of findings.
//!
//! A fingerprint is made of the rule and of what breaks it, never of lines or file names,
//! so that it stays when code moves within a module or a file is renamed. Several
//! findings that agree in all of that are told apart by their order.

use rustc_hash::FxHashMap;
use twox_hash::XxHash3_64;

use crate::finding::{Finding, Identity};

/// Gives every finding its fingerprint.
pub(super) fn number(findings: &mut [Finding]) {
    findings.sort_by(|a, b| a.primary.location.cmp(&b.primary.location));
    let mut seen: FxHashMap<(String, Identity), u32> = FxHashMap::default();
    for finding in findings {
        let key = (finding.rule.clone(), finding.identity.clone());
        let ordinal = seen.entry(key).and_modify(|ordinal| *ordinal += 1).or_insert(0);
        finding.fingerprint = fingerprint(&finding.rule, &finding.identity, *ordinal);
    }
}

/// The fingerprint of a finding of `rule`: `ordinal` is how many findings of the same
/// identity come before it.
#[must_use]
pub fn fingerprint(rule: &str, identity: &Identity, ordinal: u32) -> String {
    let Identity { from, to, written, kind } = identity;
    let text = [rule, from, to, written, kind, &ordinal.to_string()].join("\0");
    format!("{:016x}", XxHash3_64::oneshot(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(parts: [&str; 4]) -> Identity {
        let [from, to, written, kind] = parts.map(str::to_owned);
        Identity { from, to, written, kind }
    }

    #[test]
    fn every_part_makes_a_difference() {
        let parts = identity(["a", "b", "c", "d"]);
        let base = fingerprint("rule", &parts, 0);
        // The number itself is pinned: others keep it, so that it may never change.
        assert_eq!(base, "37334c8a66ec1740");
        assert_ne!(fingerprint("other", &parts, 0), base);
        assert_ne!(fingerprint("rule", &parts, 1), base);
        assert_ne!(fingerprint("rule", &identity(["a", "bc", "", "d"]), 0), base);
    }
}
