//! Chains that end alike are written out once.

use std::collections::HashMap;

use layers_rules::finding::{Finding, Location, Step};

/// An end of a chain is left out the second time when it has at least so many hops: fewer
/// are no longer than the line that says where to look.
const FEWEST_HOPS: usize = 3;

/// The chains written out so far.
#[derive(Debug, Default)]
pub(super) struct Chains<'f> {
    /// Ends of chains, by where they begin.
    ends: HashMap<(&'f Location, &'f str), Vec<End<'f>>>,
}

/// The end of a chain, with the place of the finding it belongs to.
type End<'f> = (&'f [Step], &'f Location);

/// A chain, as far as it is to be written out.
#[derive(Debug)]
pub(super) struct Chain<'f> {
    /// The hops to write.
    pub hops: &'f [Step],
    /// Those that an earlier finding shows, and the place of that finding.
    pub known: Option<End<'f>>,
}

impl<'f> Chains<'f> {
    /// The chain of `finding` without the end that has been written out before.
    pub(super) fn next(&mut self, finding: &'f Finding) -> Chain<'f> {
        let steps = finding.chain.as_slice();
        let starts = 0..=steps.len().saturating_sub(FEWEST_HOPS);
        let long_enough = steps.len() >= FEWEST_HOPS;
        for start in starts.filter(|_| long_enough) {
            let end = &steps[start..];
            if let Some((_, place)) = self.known(end) {
                return Chain { hops: &steps[..start], known: Some((end, place)) };
            }
            let key = (&end[0].location, end[0].from.as_str());
            self.ends.entry(key).or_default().push((end, &finding.primary.location));
        }
        Chain { hops: steps, known: None }
    }

    fn known(&self, end: &[Step]) -> Option<End<'f>> {
        let begin_alike = self.ends.get(&(&end[0].location, end[0].from.as_str()))?;
        begin_alike.iter().find(|(known, _)| *known == end).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::samples;
    use super::*;
    use layers_rules::facts::Span;

    /// A finding whose chain goes through these modules.
    fn finding(file: &str, modules: &[&str]) -> Finding {
        let mut finding = samples::bare(file, Span::default());
        finding.chain = modules
            .windows(2)
            .map(|pair| Step {
                location: Location { file: format!("{}.rs", pair[0]), span: Span::default() },
                from: pair[0].to_owned(),
                to: pair[1].to_owned(),
                how: "use".to_owned(),
                detail: String::new(),
            })
            .collect();
        finding
    }

    #[test]
    fn an_end_that_was_shown_is_left_out() {
        let first = finding("first.rs", &["a", "x", "y", "z", "infra"]);
        let second = finding("second.rs", &["b", "x", "y", "z", "infra"]);
        let mut chains = Chains::default();
        let shown = chains.next(&first);
        assert_eq!((shown.hops.len(), shown.known.is_none()), (4, true));
        let shown = chains.next(&second);
        assert_eq!(shown.hops, &second.chain[..1]);
        let (known, place) = shown.known.unwrap();
        assert_eq!((known.len(), place.file.as_str()), (3, "first.rs"));
    }

    #[test]
    fn short_or_different_ends_are_shown() {
        let findings = [
            finding("1.rs", &["a", "x", "y"]),
            finding("2.rs", &["b", "x", "y"]),
            finding("3.rs", &["c", "x", "y", "z"]),
            finding("4.rs", &["c", "x", "y", "w"]),
            finding("5.rs", &[]),
        ];
        let mut chains = Chains::default();
        for finding in &findings {
            let shown = chains.next(finding);
            assert_eq!(shown.hops, finding.chain);
            assert!(shown.known.is_none());
        }
    }
}
