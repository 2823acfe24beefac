//! The identity of findings.
//!
//! A fingerprint is made of the rule and of what breaks it, never of lines or file names,
//! so that it stays when code moves within a module or a file is renamed. Several
//! findings that agree in all of that are told apart by their order.

use rustc_hash::FxHashMap;
use twox_hash::XxHash3_64;

use super::Found;

/// Gives every finding its fingerprint.
pub(super) fn number(findings: &mut [Found]) {
    findings.sort_by(|a, b| a.finding.primary.location.cmp(&b.finding.primary.location));
    let mut seen: FxHashMap<(String, [String; 4]), u32> = FxHashMap::default();
    for found in findings {
        let key = (found.finding.rule.clone(), found.identity.clone());
        let ordinal = seen.entry(key).and_modify(|ordinal| *ordinal += 1).or_insert(0);
        found.finding.fingerprint = fingerprint(&found.finding.rule, &found.identity, *ordinal);
    }
}

/// The fingerprint of a finding of `rule`: `identity` is what breaks it, and `ordinal`
/// how many findings that agree in all of that come before it.
#[must_use]
pub fn fingerprint(rule: &str, identity: &[String; 4], ordinal: u32) -> String {
    let mut text = rule.to_owned();
    for part in identity {
        text.push('\0');
        text.push_str(part);
    }
    text.push('\0');
    text.push_str(&ordinal.to_string());
    format!("{:016x}", XxHash3_64::oneshot(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_makes_a_difference() {
        let identity = ["a", "b", "c", "d"].map(str::to_owned);
        let base = fingerprint("rule", &identity, 0);
        // The number itself is pinned: baselines hold it, so that it may never change.
        assert_eq!(base, "37334c8a66ec1740");
        assert_ne!(fingerprint("other", &identity, 0), base);
        assert_ne!(fingerprint("rule", &identity, 1), base);
        assert_ne!(fingerprint("rule", &["a", "bc", "", "d"].map(str::to_owned), 0), base);
    }
}
