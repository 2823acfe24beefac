//! Which features of a package switch an optional dependency on.

use std::collections::{BTreeMap, BTreeSet};

/// The features in `features`, which say what each enables, that switch on the optional
/// dependency whose entry is called `key`: themselves or through others, sorted. Hyphens and
/// underscores in `key` are equal.
#[must_use]
pub fn switching_on(features: &BTreeMap<String, Vec<String>>, key: &str) -> Vec<String> {
    let key = key.replace('-', "_");
    let mut found = BTreeSet::new();
    let names_it = |implied: &String| {
        let dependency = match implied.split_once('/') {
            // `key?/feature` asks for a feature of what others switch on.
            Some((dependency, _)) if !dependency.ends_with('?') => dependency,
            Some(_) => return false,
            None => match implied.strip_prefix("dep:") {
                Some(dependency) => dependency,
                None => return false,
            },
        };
        dependency.replace('-', "_") == key
    };
    for (feature, implied) in features {
        if implied.iter().any(names_it) {
            found.insert(feature.as_str());
        }
    }
    // Cargo itself adds a feature for a dependency that no `dep:` hides; who reads a
    // manifest need not.
    let is_hidden = features.values().flatten().any(|implied| {
        implied.strip_prefix("dep:").is_some_and(|dependency| dependency.replace('-', "_") == key)
    });
    let implicit = (!is_hidden).then_some(key.as_str());
    let mut before = usize::MAX;
    while before != found.len() {
        before = found.len();
        for (feature, implied) in features {
            let leads_on = |implied: &String| {
                found.contains(implied.as_str())
                    || implicit.is_some_and(|name| implied.replace('-', "_") == name)
            };
            if implied.iter().any(leads_on) {
                found.insert(feature);
            }
        }
    }
    found.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(features: &[(&str, &[&str])], key: &str) -> Vec<String> {
        let text = |text: &&str| (*text).to_owned();
        let features = features
            .iter()
            .map(|(name, implied)| (text(name), implied.iter().map(text).collect()))
            .collect();
        switching_on(&features, key)
    }

    #[test]
    fn features_switch_on_themselves_and_through_others() {
        let features: &[(&str, &[&str])] = &[
            ("default", &["tls"]),
            ("tls", &["dep:native-tls"]),
            ("verify", &["native-tls/vendored"]),
            ("weak", &["native-tls?/alpn"]),
            ("json", &["dep:serde"]),
        ];
        assert_eq!(of(features, "native_tls"), ["default", "tls", "verify"]);
        assert_eq!(of(features, "serde"), ["json"]);
        assert_eq!(of(features, "rustls"), [""; 0]);
    }

    #[test]
    fn a_dependency_that_nothing_hides_is_a_feature_itself() {
        assert_eq!(of(&[("full", &["serde"])], "serde"), ["full"]);
        assert_eq!(
            of(&[("full", &["serde"]), ("serde", &["dep:serde"])], "serde"),
            ["full", "serde"]
        );
    }
}
