//! What is measured of selected items.

use super::members::Members;
use super::parts::Whole;
use super::selector::Selector;
use super::subject::Subject;
use super::{operands, selected};
use crate::context::Context;
use crate::facts::{ItemKind, Needs};
use crate::finding::{Label, Location};
use crate::tree::NodeId;
use crate::verbs::{Metric, Part};

/// One thing that is measured.
#[derive(Clone, Debug)]
pub(in crate::verbs) struct Measured {
    /// Its node.
    pub(in crate::verbs) node: NodeId,
    /// Where it is declared.
    pub(in crate::verbs) location: Location,
    /// As messages call it.
    pub(in crate::verbs) described: String,
    /// What tells it from others of the same node.
    pub(in crate::verbs) identity: String,
    /// How much it has, if it has any.
    pub(in crate::verbs) value: Option<f64>,
    /// How that comes about, in a few words; may be empty.
    pub(in crate::verbs) remark: String,
    /// The first of those that were counted, by name; may be empty.
    pub(in crate::verbs) neighbours: String,
    /// Where those stand that were counted.
    pub(in crate::verbs) places: Vec<Label>,
}

/// What a selector speaks of, as the subject of a rule.
pub(in crate::verbs) fn speaks_of(selector: &Selector) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    operands::of_subjects(selector, &mut parts);
    parts
}

/// The facts that a selector asks for.
pub(in crate::verbs) fn wants(selector: &Selector) -> Needs {
    operands::needs(selector)
}

/// The selected items, each with what it has of `metric`.
pub(in crate::verbs) fn measured(
    selector: &Selector,
    metric: Metric,
    context: &Context<'_>,
) -> Vec<Measured> {
    let members = match metric {
        Metric::Methods => Some(Members::new(Whole::Methods, context)),
        Metric::Variants => Some(Members::new(Whole::Contents, context)),
        _ => None,
    };
    selected(selector, context)
        .into_iter()
        .map(|subject| Measured {
            node: subject.node(context),
            location: subject.location(context),
            described: format!("the {} {}", subject.kind_word(context), subject.describe(context)),
            identity: subject.identity(context),
            value: value(context, subject, metric, members.as_ref()).map(f64::from),
            remark: String::new(),
            neighbours: String::new(),
            places: Vec::new(),
        })
        .collect()
}

fn value(
    context: &Context<'_>,
    subject: Subject,
    metric: Metric,
    members: Option<&Members>,
) -> Option<u32> {
    let kind = subject.kind(context)?;
    let form = subject.item(context).map(|item| item.form);
    let counted = |keeps: &dyn Fn(&Subject) -> bool| -> Option<u32> {
        let members = members?.of(context, subject)?;
        u32::try_from(members.iter().filter(|member| keeps(member)).count()).ok()
    };
    match metric {
        Metric::Lines => match subject {
            Subject::Module(module) => Some(context.facts.modules[module.index()].lines),
            _ => form.map(|form| form.lines),
        },
        Metric::Fields => matches!(kind, ItemKind::Struct | ItemKind::Union | ItemKind::Variant)
            .then(|| form.map(|form| u32::from(form.fields)))
            .flatten(),
        Metric::Parameters => matches!(kind, ItemKind::Fn | ItemKind::Method)
            .then(|| form.map(|form| u32::from(form.parameters)))
            .flatten(),
        Metric::Methods => counted(&|_| true),
        Metric::Variants if kind == ItemKind::Enum => {
            counted(&|member| member.kind(context) == Some(ItemKind::Variant))
        }
        _ => None,
    }
}
