//! `covered = { within, min }`: every module belongs to a layer, or `min` percent do.
//!
//! Where a module and all below it are in no layer, only the topmost is reported.

use super::{Part, Role, Verb, Verdict, Violation};
use crate::context::Context;
use crate::facts::ModuleId;
use crate::finding::{Label, Location};
use crate::policy::Operand;

/// The verb `covered`.
#[derive(Clone, Debug)]
pub struct Covered {
    /// Which modules are meant; all, if absent.
    pub within: Option<Operand>,
    /// How many of a hundred must belong to a layer; all, if absent.
    pub min: Option<f64>,
}

impl Verb for Covered {
    fn name(&self) -> &'static str {
        "covered"
    }

    fn sentence(&self) -> String {
        let place = match &self.within {
            Some(within) => format!(" in {}", within.sentence()),
            None => String::new(),
        };
        match self.min {
            Some(min) => format!("at least {min} % of the modules{place} belong to a layer"),
            None => format!("every module{place} belongs to a layer"),
        }
    }

    fn operands(&self) -> Vec<Part<'_>> {
        let part = |operand| Part { key: "within", operand, role: Role::Subject };
        self.within.iter().map(part).collect()
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let within = self.within.as_ref().map(|within| context.ranks(within));
        let is_meant = |module: &ModuleId| {
            let node = context.tree.module(*module);
            context.counts_module(*module)
                && within.as_ref().is_none_or(|within| within.contains(node))
        };
        let modules: Vec<ModuleId> =
            (0..context.facts.modules.len()).map(ModuleId::new).filter(is_meant).collect();
        if modules.is_empty() {
            let idle = Some("there is no module to be covered".to_owned());
            return Verdict { violations: Vec::new(), idle };
        }
        let layer = |module: &ModuleId| context.layering.layer(context.tree.module(*module));
        let bare: Vec<ModuleId> =
            modules.iter().copied().filter(|module| layer(module).is_none()).collect();
        let violations = match self.min {
            Some(min) => below(context, min, modules.len(), &bare).into_iter().collect(),
            None => topmost(context, &modules, &bare),
        };
        Verdict { violations, idle: None }
    }
}

/// One violation per module that is in no layer, left out below one whose whole subtree
/// is in none.
fn topmost(context: &Context<'_>, modules: &[ModuleId], bare: &[ModuleId]) -> Vec<Violation> {
    let count = context.facts.modules.len();
    let (mut meant, mut covered_below) = (vec![false; count], vec![false; count]);
    for module in modules {
        meant[module.index()] = true;
        covered_below[module.index()] = true;
    }
    for module in bare {
        covered_below[module.index()] = false;
    }
    // Parents come before their children: going backwards, children are done first.
    let mut bare_below = vec![0_usize; count];
    for index in (0..count).rev() {
        let is_bare = meant[index] && bare.binary_search(&ModuleId::new(index)).is_ok();
        bare_below[index] += usize::from(is_bare);
        if let Some(parent) = context.facts.modules[index].parent {
            covered_below[parent.index()] |= covered_below[index];
            bare_below[parent.index()] += bare_below[index];
        }
    }
    let is_told_above = |module: ModuleId| {
        context.facts.modules[module.index()]
            .parent
            .is_some_and(|parent| meant[parent.index()] && !covered_below[parent.index()])
    };
    bare.iter()
        .filter(|module| !is_told_above(**module))
        .map(|module| {
            let path = context.facts.module_path(*module);
            let below = bare_below[module.index()] - 1;
            let message = if covered_below[module.index()] || below == 0 {
                format!("`{path}` is in no layer")
            } else {
                let modules = if below == 1 { "module" } else { "modules" };
                format!("`{path}` is in no layer, nor are the {below} {modules} below it")
            };
            violation(context, *module, message, "in no layer", "uncovered")
        })
        .collect()
}

/// The violation of having too few modules in layers, if there are too few.
fn below(context: &Context<'_>, min: f64, all: usize, bare: &[ModuleId]) -> Option<Violation> {
    let first = *bare.first()?;
    #[expect(clippy::cast_precision_loss, reason = "a workspace has far fewer than 2^52 modules")]
    let percent = 100.0 * (all - bare.len()) as f64 / all as f64;
    if percent >= min {
        return None;
    }
    let message = format!(
        "{} of {all} modules belong to a layer ({percent:.1} %), fewer than {min} %",
        all - bare.len()
    );
    Some(violation(context, first, message, "the first that is in none", "below-minimum"))
}

fn violation(
    context: &Context<'_>,
    module: ModuleId,
    message: String,
    text: &str,
    kind: &'static str,
) -> Violation {
    Violation {
        message,
        primary: Label { location: declaration(context, module), text: text.to_owned() },
        secondary: Vec::new(),
        chain: Vec::new(),
        from: context.tree.module(module),
        to: Vec::new(),
        written: String::new(),
        kind,
    }
}

/// Where a module is declared.
pub(super) fn declaration(context: &Context<'_>, module: ModuleId) -> Location {
    let module = &context.facts.modules[module.index()];
    let file = context.facts.files[module.declared_in.index()].path.clone();
    Location { file, span: module.span }
}
