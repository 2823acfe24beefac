//! What one unit may not use of another, as a violation.

use super::{Flow, Units};
use crate::context::Context;
use crate::facts::DependencyId;
use crate::finding::Label;
use crate::verbs::Violation;
use crate::verbs::edges::{Crossing, label, location};

/// The most places that are shown beside the first.
const MOST_PLACES: usize = 9;

impl Units {
    /// The violation of using what `flow` uses, at its first place. It is the same while the
    /// two units are, wherever in them the places are. `None` where there is no place.
    pub(in crate::verbs) fn violation(
        &self,
        context: &Context<'_>,
        flow: &Flow,
        message: String,
        kind: &'static str,
    ) -> Option<Violation> {
        let mut labels = flow.places.iter().map(|id| place(context, *id));
        let node = |unit: u32| self.list[unit as usize].node;
        Some(Violation {
            message,
            primary: labels.next()?,
            secondary: labels.take(MOST_PLACES).collect(),
            chain: Vec::new(),
            from: node(flow.from),
            to: vec![node(flow.to)],
            written: String::new(),
            kind,
            ceiling: None,
        })
    }
}

/// One place, with what is used there.
fn place(context: &Context<'_>, id: DependencyId) -> Label {
    let dependency = &context.facts.dependencies[id.index()];
    let crossing = Crossing { dependency: id, through: None };
    Label { location: location(context, dependency), text: label(context, dependency, crossing) }
}
