//! Proof that rules can fail: into a copy of the workspace in memory something is planted
//! that breaks a rule, and the rule has to find it there. Nothing is written to disk.
//!
//! What breaks a rule its verb says. All rules are broken at once first, each in a way of
//! its own; those that find nothing then are tried by themselves, in every way that is
//! known, all at once and then one by one.

mod bed;
mod examples;
mod ground;

use std::collections::BTreeSet;

use layers_rules::check::{Problem, Trial, Vacuity, try_rules};
use layers_rules::facts::{Facts, Needs};
use layers_rules::finding::Finding;
use layers_rules::planting::{Plant, Shows, Unprovable, plants};
use layers_rules::policy::{Origin, Policy, PolicyRule, Snippet};

use thiserror::Error;

use crate::analysis::{SupplyError, analyze_over, supply};
use crate::configuration::Configuration;
use crate::source::Overlay;
use crate::workspace::Workspace;
use bed::Bed;
use ground::Ground;

pub use bed::Planted;
pub use examples::by_examples;

/// What became of one rule.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Its id.
    pub rule: String,
    /// Whether it can fail.
    pub verdict: Verdict,
}

/// Why nothing can be proved.
#[derive(Debug, Error)]
pub enum ProveError {
    /// The policy cannot be judged by.
    #[error("the policy cannot be judged by")]
    Policy(Vec<Problem>),
    /// Something that a rule asks for is not to be had.
    #[error(transparent)]
    Supply(#[from] SupplyError),
}

impl From<Vec<Problem>> for ProveError {
    fn from(problems: Vec<Problem>) -> Self {
        Self::Policy(problems)
    }
}

/// Whether a rule can fail.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It found what was planted.
    Proved {
        /// What was planted.
        planted: Vec<Planted>,
        /// What it says of that.
        finding: Box<Finding>,
    },
    /// Nothing could be planted, but an example that it carries breaks it.
    ByExample {
        /// Why nothing could be planted.
        why: String,
        /// The example.
        example: Snippet,
    },
    /// It looks at nothing, and why.
    Vacuous(String),
    /// It speaks of layers that may be empty, and are, so that it does not count.
    Idle(String),
    /// Nothing could be planted, and why.
    Unprovable(String),
    /// It stayed green although these were planted, one by one.
    Survived(Vec<Planted>),
}

impl Verdict {
    /// The word for it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Proved { .. } => "proved",
            Self::ByExample { .. } => "proved-by-example",
            Self::Vacuous(_) => "vacuous",
            Self::Idle(_) => "idle",
            Self::Unprovable(_) => "unprovable",
            Self::Survived(_) => "survived",
        }
    }

    /// Whether the rule was seen to fail: in the workspace, or in its example.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        matches!(self, Self::Proved { .. } | Self::ByExample { .. })
    }

    /// Whether nothing is missing: it was seen to fail, or does not count.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.is_proved() || matches!(self, Self::Idle(_))
    }
}

/// Tries whether each of `rules`, which are rules of `policy`, finds what breaks it in
/// `workspace`.
///
/// # Errors
///
/// Where the layers of the policy overlap, or what a rule asks for is not to be had.
pub fn prove(
    workspace: &Workspace,
    configuration: &Configuration,
    policy: &Policy,
    rules: &[&PolicyRule],
) -> Result<Vec<Proof>, ProveError> {
    let needs = rules.iter().fold(Needs::default(), |needs, rule| needs | rule.needs());
    let questions = rules.iter().filter_map(|rule| rule.question()).collect();
    let ground = Ground::new(workspace, rules);
    let field = Field { ground: &ground, configuration, policy, needs, questions };
    let facts = field.facts(&ground.workspace, &ground.overlay)?;
    let before = try_rules(&facts, policy, rules)?;
    let plants = plants(&facts, policy, rules, |index| format!("planted_{index}"))?;
    let mut attempts: Vec<Attempt<'_>> = rules
        .iter()
        .zip(before)
        .zip(plants)
        .map(|((rule, before), plants)| Attempt::new(rule, before, plants))
        .collect();
    field.plant_together(&facts, &mut attempts)?;
    for attempt in &mut attempts {
        field.plant_alone(&facts, attempt)?;
        field.plant_one_by_one(&facts, attempt)?;
    }
    let proof = |attempt: Attempt<'_>| Proof {
        rule: attempt.rule.id.clone(),
        verdict: attempt
            .verdict
            .or(attempt.otherwise)
            .unwrap_or(Verdict::Survived(attempt.planted)),
    };
    Ok(attempts.into_iter().map(proof).collect())
}

/// A rule on its way to a verdict.
struct Attempt<'a> {
    rule: &'a PolicyRule,
    /// The fingerprints of what it finds as things are.
    known: BTreeSet<String>,
    plants: Vec<Plant>,
    /// What was planted in vain.
    planted: Vec<Planted>,
    verdict: Option<Verdict>,
    /// What it comes to where nothing that is planted is found.
    otherwise: Option<Verdict>,
}

impl<'a> Attempt<'a> {
    fn new(rule: &'a PolicyRule, before: Trial, plants: Result<Vec<Plant>, Unprovable>) -> Self {
        let is_own = matches!(rule.origin, Origin::File { .. });
        // What speaks of more than this workspace has, as packs do, is broken all the same by
        // what could be there, and so is a rule for which there is nothing yet.
        let is_broad = !is_own || rule.optional;
        let is_held = matches!(before.vacuity, Some(Vacuity::NothingHeld(_)));
        let (known_verdict, otherwise) = match before.vacuity {
            Some(Vacuity::NotMeant(reason)) => (Some(Verdict::Idle(reason)), None),
            Some(Vacuity::NothingHeld(reason)) => (None, Some(Verdict::Vacuous(reason))),
            Some(Vacuity::NothingToJudge(reason)) if is_broad => {
                (None, Some(Verdict::Vacuous(reason)))
            }
            Some(Vacuity::NothingToFind(_)) if is_broad => (None, None),
            Some(Vacuity::NothingToJudge(reason) | Vacuity::NothingToFind(reason)) => {
                (Some(Verdict::Vacuous(reason)), None)
            }
            None => (None, None),
        };
        let otherwise = match (otherwise, &plants) {
            // It could hold nothing here whatever is added, and may be without anything to hold.
            (Some(Verdict::Vacuous(reason)), Err(_)) if rule.optional && is_held => {
                Some(Verdict::Idle(reason))
            }
            (otherwise, _) => otherwise,
        };
        let (plants, verdict, otherwise) = match (known_verdict, plants, otherwise) {
            (Some(verdict), _, _) => (Vec::new(), Some(verdict), None),
            (None, Err(_), Some(otherwise)) => (Vec::new(), Some(otherwise), None),
            (None, Err(Unprovable(reason)), None) => {
                (Vec::new(), Some(Verdict::Unprovable(reason)), None)
            }
            (None, Ok(plants), otherwise) => (plants, None, otherwise),
        };
        let known = before.findings.into_iter().map(|finding| finding.fingerprint).collect();
        Self { rule, known, plants, planted: Vec::new(), verdict, otherwise }
    }

    /// What of `after` tells of a plant at `planted`.
    fn evidence(&self, plant: &Plant, planted: &[Planted], after: &Trial) -> Option<Finding> {
        let is_new = |finding: &Finding| !self.known.contains(&finding.fingerprint);
        if plant.shows == Shows::AtEachEntry {
            let new: Vec<&Finding> =
                after.findings.iter().filter(|finding| is_new(finding)).collect();
            let mut entries = planted.iter().filter(|place| place.entry.is_some());
            let tells = |place: &Planted| new.iter().any(|finding| place.is_told(finding, true));
            let of_these =
                |finding: &&&Finding| planted.iter().any(|place| place.is_told(finding, true));
            // The longest chain shows most.
            let longest = new.iter().filter(of_these).max_by_key(|finding| finding.chain.len());
            return longest.filter(|_| entries.all(tells)).map(|finding| (*finding).clone());
        }
        let tells = |finding: &&Finding| match plant.shows {
            Shows::There | Shows::AtEachEntry => {
                planted.iter().any(|place| place.is_told(finding, is_new(finding)))
            }
            Shows::Somewhere => is_new(finding) || !self.known.is_empty(),
        };
        after.findings.iter().find(tells).cloned()
    }
}

/// What judging gave.
struct Harvest {
    /// For each plant what was added.
    planted: Vec<Vec<Planted>>,
    /// For each rule what it finds.
    trials: Vec<Trial>,
}

/// What things are planted in.
struct Field<'a> {
    ground: &'a Ground,
    configuration: &'a Configuration,
    policy: &'a Policy,
    needs: Needs,
    /// What the rules ask in SQL.
    questions: Vec<&'a str>,
}

impl Field<'_> {
    /// The facts of a workspace.
    fn facts(&self, workspace: &Workspace, overlay: &Overlay) -> Result<Facts, ProveError> {
        let mut facts = analyze_over(workspace, self.configuration, overlay, self.needs).facts;
        // What is planted is found without knowing what outside crates depend on.
        let needs = Needs { external_graph: false, lock_file: false, ..self.needs };
        supply(&mut facts, workspace, overlay, needs, self.policy, &self.questions)?;
        facts.gathered = Needs { external_graph: true, ..self.needs };
        Ok(facts)
    }

    /// Judges the workspace with these facts by `rules` once all of `plants` are in it.
    fn judge(
        &self,
        facts: &Facts,
        plants: &[&Plant],
        rules: &[&PolicyRule],
    ) -> Result<Harvest, ProveError> {
        let bed = Bed::new(self.ground, facts, plants);
        let facts = self.facts(&bed.workspace, &bed.overlay)?;
        let trials = try_rules(&facts, self.policy, rules)?;
        Ok(Harvest { planted: bed.planted, trials })
    }

    /// Plants the likeliest way to break each rule, all at once.
    fn plant_together(
        &self,
        facts: &Facts,
        attempts: &mut [Attempt<'_>],
    ) -> Result<(), ProveError> {
        let open: Vec<usize> = (0..attempts.len())
            .filter(|index| {
                attempts[*index].verdict.is_none() && !attempts[*index].plants.is_empty()
            })
            .collect();
        if open.is_empty() {
            return Ok(());
        }
        let plants: Vec<&Plant> = open.iter().map(|index| &attempts[*index].plants[0]).collect();
        let rules: Vec<&PolicyRule> = open.iter().map(|index| attempts[*index].rule).collect();
        let Harvest { planted, trials } = self.judge(facts, &plants, &rules)?;
        for ((index, planted), after) in open.into_iter().zip(planted).zip(trials) {
            let attempt = &mut attempts[index];
            if let Some(finding) = attempt.evidence(&attempt.plants[0], &planted, &after) {
                attempt.verdict = Some(Verdict::Proved { planted, finding: Box::new(finding) });
            }
        }
        Ok(())
    }

    /// Plants the ways to break a rule that is still open one after another: where all are
    /// planted at once, one may stand in the way of the others.
    fn plant_one_by_one(&self, facts: &Facts, attempt: &mut Attempt<'_>) -> Result<(), ProveError> {
        if attempt.verdict.is_some() || attempt.plants.len() < 2 {
            return Ok(());
        }
        for plant in &attempt.plants {
            let Harvest { planted, trials } = self.judge(facts, &[plant], &[attempt.rule])?;
            let [planted] = planted.as_slice() else { continue };
            let mut findings = trials.iter();
            let found = findings.find_map(|after| attempt.evidence(plant, planted, after));
            if let Some(finding) = found {
                let (planted, finding) = (planted.clone(), Box::new(finding));
                attempt.verdict = Some(Verdict::Proved { planted, finding });
                return Ok(());
            }
        }
        Ok(())
    }

    /// Plants every way to break a rule that is still open, and nothing else.
    fn plant_alone(&self, facts: &Facts, attempt: &mut Attempt<'_>) -> Result<(), ProveError> {
        if attempt.verdict.is_some() || attempt.plants.is_empty() {
            return Ok(());
        }
        let plants: Vec<&Plant> = attempt.plants.iter().collect();
        let Harvest { planted, trials } = self.judge(facts, &plants, &[attempt.rule])?;
        let found = plants.iter().zip(&planted).find_map(|(plant, planted)| {
            let finding =
                trials.iter().find_map(|after| attempt.evidence(plant, planted, after))?;
            let (planted, finding) = (planted.clone(), Box::new(finding));
            Some(Verdict::Proved { planted, finding })
        });
        attempt.verdict = found;
        attempt.planted = planted.into_iter().flatten().collect();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
