//! What cannot be planted is proved by the examples that a rule carries.

use super::{Proof, Verdict};
use crate::examples::{Kind, Outcome, Tested};

/// Settles rules for which nothing could be planted by what became of their examples: one has
/// to break the rule as it says, and none that should may fail to.
pub fn by_examples(proofs: &mut [Proof], tested: &Tested) {
    for proof in proofs {
        let Verdict::Unprovable(why) = &proof.verdict else { continue };
        let is_bad = |outcome: &&Outcome| outcome.rule == proof.rule && outcome.kind == Kind::Bad;
        let bad: Vec<&Outcome> = tested.outcomes.iter().filter(is_bad).collect();
        if let [first, ..] = bad.as_slice()
            && bad.iter().all(|outcome| outcome.failure.is_none())
        {
            let (why, example) = (why.clone(), first.snippet.clone());
            proof.verdict = Verdict::ByExample { why, example };
        }
    }
}
