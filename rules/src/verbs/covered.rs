//! `covered = { within, min }`: every module belongs to a layer, or `min` percent do.
//!
//! Where a module and all below it are in no layer, only the topmost is reported.

use std::fmt::Write;

use super::{Part, Role, Rule, Verdict, Violation};
use crate::context::Context;
use crate::facts::ModuleId;
use crate::finding::{Label, Location};
use crate::pattern::Segment;
use crate::planting::dependencies::places;
use crate::planting::{Edit, Plant, Shows, Unprovable};
use crate::policy::{Operand, TermKind};

/// No more modules than these are planted to fall short of a percentage.
const MOST_PLANTED: usize = 10_000;

/// The verb `covered`.
#[derive(Clone, Debug)]
pub struct Covered {
    /// Which modules are meant; all, if absent.
    pub within: Option<Operand>,
    /// How many of a hundred must belong to a layer; all, if absent.
    pub min: Option<f64>,
}

impl Rule for Covered {
    fn id(&self) -> &'static str {
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
        let (modules, bare) = self.modules(context);
        if modules.is_empty() {
            let idle = Some("there is no module to be covered".to_owned());
            return Verdict { violations: Vec::new(), idle };
        }
        let violations = match self.min {
            Some(min) => below(context, min, modules.len(), &bare).into_iter().collect(),
            None => topmost(context, &modules, &bare),
        };
        Verdict { violations, idle: None }
    }

    /// A package of its own, and modules beside those that are in no layer.
    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        let modules = match self.min {
            None => 1,
            Some(min) => self.too_many(context, min)?,
        };
        let source = (1..modules).fold(String::new(), |mut source, index| {
            let _ = writeln!(source, "pub mod {name}_{index} {{}}");
            source
        });
        let shows = if self.min.is_none() { Shows::There } else { Shows::Somewhere };
        let mut plants = Vec::new();
        if let Some(name) = self.new_package(name) {
            let edits =
                vec![Edit::Package { name, text: source.clone(), dependencies: Vec::new() }];
            plants.push(Plant { edits, shows });
        }
        let within = self.within.as_ref().map(|within| context.ranks(within));
        let bare = context.tree.nodes().filter(|node| {
            context.layering.layer(*node).is_none()
                && within.as_ref().is_none_or(|within| within.contains(*node))
        });
        for module in places(context, bare) {
            let text = format!("pub mod {name}_0 {{}}\n{source}");
            // It may be told of the module above, which is in no layer either.
            let shows = Shows::Somewhere;
            plants.push(Plant { edits: vec![Edit::Append { module, text }], shows });
        }
        if plants.is_empty() {
            let reason = "a module can only be added where all that is added is in a layer";
            return Err(Unprovable(reason.to_owned()));
        }
        Ok(plants)
    }
}

impl Covered {
    /// The modules that are meant, and those of them that are in no layer.
    fn modules(&self, context: &Context<'_>) -> (Vec<ModuleId>, Vec<ModuleId>) {
        let within = self.within.as_ref().map(|within| context.ranks(within));
        let is_meant = |module: &ModuleId| {
            let node = context.tree.module(*module);
            context.counts_module(*module)
                && within.as_ref().is_none_or(|within| within.contains(node))
        };
        let modules: Vec<ModuleId> =
            (0..context.facts.modules.len()).map(ModuleId::new).filter(is_meant).collect();
        let layer = |module: &ModuleId| context.layering.layer(context.tree.module(*module));
        let bare = modules.iter().copied().filter(|module| layer(module).is_none()).collect();
        (modules, bare)
    }

    /// How many modules in no layer are too many for a percentage.
    fn too_many(&self, context: &Context<'_>, min: f64) -> Result<usize, Unprovable> {
        let (all, bare) = self.modules(context);
        let covered = all.len() - bare.len();
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a workspace has far fewer than 2^52 modules"
        )]
        let most = (covered as f64 * 100.0 / min).floor().min(1e9) as usize;
        let missing = (most + 1).saturating_sub(all.len()).max(1);
        if missing > MOST_PLANTED {
            let reason = format!(
                "it would take {missing} modules in no layer to get below {min} %, more than are planted"
            );
            return Err(Unprovable(reason));
        }
        Ok(missing)
    }

    /// The name of a package that the rule holds for.
    fn new_package(&self, name: &str) -> Option<String> {
        let Some(within) = &self.within else { return Some(name.to_owned()) };
        within.terms.iter().find_map(|term| match &term.kind {
            TermKind::Path(pattern) => match pattern.segments() {
                [Segment::Deep, ..] => Some(name.to_owned()),
                [first] if pattern.literal_root().is_none() => first.sample(name),
                _ => None,
            },
            TermKind::Layer { .. } => None,
        })
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
        ceiling: None,
    }
}

/// Where a module is declared.
pub(super) fn declaration(context: &Context<'_>, module: ModuleId) -> Location {
    let module = &context.facts.modules[module.index()];
    let file = context.facts.files[module.declared_in.index()].path.clone();
    Location { file, span: module.span }
}
