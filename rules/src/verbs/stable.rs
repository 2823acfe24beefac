//! `stable = { scope, within }`: dependencies lead to what is at least as stable.
//!
//! Robert C. Martin's stable dependencies principle. The instability of a part is
//! `uses / (uses + users)`: of all other parts that it has to do with, the share of those
//! that it uses. What everyone uses and uses nobody is stable (0) and hard to change; what
//! uses many and nobody uses is not (1). Whoever depends on something less stable than
//! itself has to follow its changes.
//!
//! ```toml
//! [rules.lean-on-what-stands]
//! stable   = { scope = "crates" }
//! severity = "warn"
//! ```

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::units::{Flow, Scope, Units};
use super::{Part, Role, Rule, Verdict, Violation};
use crate::context::Context;
use crate::planting::dependencies::using;
use crate::planting::{Plant, Unprovable};
use crate::policy::Operand;
use crate::tree::NodeId;

/// The verb `stable`.
#[derive(Clone, Debug)]
pub struct Stable {
    /// The parts that are compared.
    pub scope: Scope,
    /// Where both ends of a dependency must lie; anywhere, if absent.
    pub within: Option<Operand>,
}

impl Rule for Stable {
    fn id(&self) -> &'static str {
        "stable"
    }

    fn sentence(&self) -> String {
        let place = match &self.within {
            Some(within) => format!(" within {}", within.sentence()),
            None => String::new(),
        };
        format!(
            "among {}{place}, dependencies lead to what is at least as stable",
            self.scope.words()
        )
    }

    fn operands(&self) -> Vec<Part<'_>> {
        let within = self.within.as_ref().map(|within| ("within", within));
        let part = |(key, operand)| Part { key, operand, role: Role::Subject };
        self.scope.operand("scope").into_iter().chain(within).map(part).collect()
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let units = Units::new(context, &self.scope);
        if units.list.is_empty() {
            let idle = Some(format!("there are no {} to be compared", self.scope.noun()));
            return Verdict { violations: Vec::new(), idle };
        }
        let within = self.within.as_ref().map(|within| context.ranks(within));
        let flows = units.flows(context, within.as_ref());
        let couplings = couplings(units.list.len(), &flows);
        let violation = |flow: &Flow| violation(context, &units, &couplings, flow);
        Verdict { violations: flows.iter().filter_map(violation).collect(), idle: None }
    }

    /// A use of something that is less stable, or is made so by further uses.
    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        let units = Units::new(context, &self.scope);
        let within = self.within.as_ref().map(|within| context.ranks(within));
        let flows = units.flows(context, within.as_ref());
        let is_within = |node: NodeId| within.as_ref().is_none_or(|within| within.contains(node));
        let pairs = units.neighbours(context, is_within);
        let balance = Balance {
            couplings: couplings(units.list.len(), &flows),
            flows: flows.iter().map(|flow| [flow.from, flow.to]).collect(),
            pairs: &pairs,
        };
        let mut ways: Vec<Vec<[u32; 2]>> = pairs
            .iter()
            .filter(|pair| !balance.flows.contains(*pair))
            .filter_map(|[from, to]| Self::tipping(&balance, *from, *to))
            .collect();
        ways.sort_by_key(Vec::len);
        let node = |unit: u32| units.list[unit as usize].node;
        let plants: Vec<Plant> = ways
            .iter()
            .enumerate()
            .filter_map(|(way, flows)| {
                let mut edits = Vec::new();
                for (index, [from, to]) in flows.iter().enumerate() {
                    let module = context.module_of(node(*from))?;
                    let name = format!("{name}_{way}_{index}");
                    edits.extend(using(context, module, node(*to), &name)?);
                }
                Some(Plant::new(edits))
            })
            .take(PLANTS)
            .collect();
        if plants.is_empty() {
            let noun = self.scope.noun();
            let reason = format!("there are too few {noun} for one to lean on a less stable one");
            return Err(Unprovable(reason));
        }
        Ok(plants)
    }
}

impl Stable {
    /// The fewest further flows by which the unit `from` would use `to`, and `to` be less
    /// stable than it.
    fn tipping(balance: &Balance<'_>, from: u32, to: u32) -> Option<Vec<[u32; 2]>> {
        let mut balance = balance.clone();
        let mut flows = Vec::new();
        // What is used less and uses more is less stable.
        let others = |one: u32| balance.pairs.iter().filter(move |[it, _]| *it == one);
        let outward = others(to).copied();
        let inward = others(from).map(|[_, other]| [*other, from]);
        let further: Vec<[u32; 2]> = outward.chain(inward).collect();
        for flow in std::iter::once([from, to]).chain(further) {
            if !balance.add(flow) {
                continue;
            }
            flows.push(flow);
            if balance.of(to).compare(balance.of(from)) == Ordering::Greater {
                return Some(flows);
            }
            if flows.len() == FLOWS {
                break;
            }
        }
        None
    }
}

/// The most dependencies that are planted together.
const FLOWS: usize = 5;

/// The most ways of leading to something less stable that are tried.
const PLANTS: usize = 6;

/// What units use, and what they could use.
#[derive(Clone)]
struct Balance<'u> {
    couplings: Vec<Coupling>,
    flows: BTreeSet<[u32; 2]>,
    /// Units that can be made to use each other.
    pairs: &'u [[u32; 2]],
}

impl Balance<'_> {
    fn of(&self, unit: u32) -> Coupling {
        self.couplings[unit as usize]
    }

    /// Adds a flow, unless it is there.
    fn add(&mut self, [from, to]: [u32; 2]) -> bool {
        let is_new = self.flows.insert([from, to]);
        if is_new {
            self.couplings[from as usize].uses += 1;
            self.couplings[to as usize].users += 1;
        }
        is_new
    }
}

/// The violation of leading to something less stable, if a flow does.
fn violation(
    context: &Context<'_>,
    units: &Units,
    couplings: &[Coupling],
    flow: &Flow,
) -> Option<Violation> {
    let [from, to] = [flow.from, flow.to].map(|unit| couplings[unit as usize]);
    if to.compare(from) != Ordering::Greater {
        return None;
    }
    let message = format!(
        "{} must not use {}, which is less stable: instability {} against {}",
        units.describe(context, flow.from),
        units.describe(context, flow.to),
        to.words(),
        from.words(),
    );
    units.violation(context, flow, message, "stability")
}

/// How many other units one uses, and how many use it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Coupling {
    /// How many it uses: its fan-out, or efferent coupling.
    pub(super) uses: u32,
    /// How many use it: its fan-in, or afferent coupling.
    pub(super) users: u32,
}

impl Coupling {
    /// The share of those it uses among all it has to do with, from 0 to 1; `None` where it
    /// has to do with none.
    pub(super) fn instability(self) -> Option<f64> {
        let all = self.uses + self.users;
        (all > 0).then(|| f64::from(self.uses) / f64::from(all))
    }

    /// Compares instabilities, without rounding.
    fn compare(self, other: Self) -> Ordering {
        let product = |uses: u32, of: Self| u64::from(uses) * u64::from(of.uses + of.users);
        product(self.uses, other).cmp(&product(other.uses, self))
    }

    fn words(self) -> String {
        let instability = self.instability().unwrap_or_default();
        format!("{instability:.2} (uses {}, used by {})", self.uses, self.users)
    }
}

/// The couplings of units, of which no two flows join the same pair in the same direction.
pub(super) fn couplings(units: usize, flows: &[Flow]) -> Vec<Coupling> {
    let mut couplings = vec![Coupling::default(); units];
    for flow in flows {
        couplings[flow.from as usize].uses += 1;
        couplings[flow.to as usize].users += 1;
    }
    couplings
}
