//! A first policy for a workspace that has none: layers found by the names of its crates and
//! modules, or by what depends on what, and rules that fit them.
//!
//! Nothing is decided for good here. What is proposed is shown with what it costs today, and
//! people change it to what should hold.

mod levels;
mod names;
mod packs;
mod rules;
mod text;

use layers_rules::facts::Facts;

use crate::workspace::Workspace;
use names::{Role, Style};

pub use packs::{Fitting, fitting, known_packs};
pub use rules::ProposedRule;

/// What was found of a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Structure {
    /// By what the layers were found.
    pub found_by: FoundBy,
    /// The parts that have a role, the innermost first.
    parts: Vec<(Role, Vec<String>)>,
    /// What the parts around the core are called.
    style: Style,
    /// Layers that are no roles, the lowest first.
    levels: Vec<Vec<String>>,
}

/// By what layers were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// The names of crates.
    CrateNames,
    /// The names of modules.
    ModuleNames,
    /// What depends on what.
    Dependencies,
    /// They were given.
    Given,
    /// No layers were found.
    Nothing,
}

/// A policy to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// By what the layers were found.
    pub found_by: FoundBy,
    /// The packs to extend.
    pub packs: Vec<String>,
    /// The layers, the innermost first.
    pub layers: Vec<ProposedLayer>,
    /// Rules beside those of packs.
    pub rules: Vec<ProposedRule>,
    /// Ids of rules of packs that are off.
    pub off: Vec<String>,
}

/// A layer of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedLayer {
    /// Name.
    pub name: String,
    /// Path patterns.
    pub members: Vec<String>,
    /// The layers it may use; any, if absent.
    pub may_use: Option<Vec<String>>,
}

/// Looks for layers in a workspace: by names, and where those say nothing, by dependencies.
#[must_use]
pub fn structure(workspace: &Workspace, facts: &Facts) -> Structure {
    let found = names::of_crates(workspace)
        .map(|parts| (FoundBy::CrateNames, parts))
        .or_else(|| Some((FoundBy::ModuleNames, names::of_modules(workspace, facts)?)));
    let (style, levels) = (Style::default(), Vec::new());
    if let Some((found_by, named)) = found {
        let names::Named { parts, style } = named;
        return Structure { found_by, parts, style, levels };
    }
    match levels::levels(workspace) {
        Some(levels) => {
            Structure { found_by: FoundBy::Dependencies, parts: Vec::new(), style, levels }
        }
        None => Structure { found_by: FoundBy::Nothing, parts: Vec::new(), style, levels },
    }
}

impl Structure {
    /// A policy with these layers by a built-in pack, or by rules of its own where `pack` is
    /// `None`. `given` are layers with their members, which stand for those of the same name.
    #[must_use]
    pub fn proposal(&self, pack: Option<&Fitting>, given: &[(String, Vec<String>)]) -> Proposal {
        let found = self.layers(pack);
        let mut layers = found.clone();
        for (name, members) in given {
            let members = members.clone();
            match layers.iter_mut().find(|layer| layer.name == *name) {
                Some(layer) => layer.members = members,
                None => layers.push(ProposedLayer { name: name.clone(), members, may_use: None }),
            }
        }
        layers.retain(|layer| !layer.members.is_empty());
        let found_by = if layers == found { self.found_by } else { FoundBy::Given };
        let mut rules = match pack {
            Some(_) => Vec::new(),
            None => rules::for_layers(&layers),
        };
        let is_plain = pack.is_none() && !layers.iter().any(|layer| layer.may_use.is_none());
        let mut packs: Vec<String> = pack.iter().map(|pack| pack.name.to_owned()).collect();
        if is_plain {
            packs.extend(packs::hygiene().map(str::to_owned));
            rules.extend(rules::of_any_code());
        }
        Proposal { found_by, packs, layers, rules, off: Vec::new() }
    }

    /// The layers as a pack calls them.
    fn layers(&self, pack: Option<&Fitting>) -> Vec<ProposedLayer> {
        if !self.levels.is_empty() {
            return levels::layers(&self.levels);
        }
        let name = |role: Role| match pack {
            Some(pack) => role.name_in(&pack.layers, self.style),
            None => role.name(self.style),
        };
        let layer = |(role, members): &(Role, Vec<String>)| ProposedLayer {
            name: name(*role).to_owned(),
            members: members.clone(),
            may_use: None,
        };
        self.parts.iter().map(layer).collect()
    }

    /// The names of the layers as they are called without a pack.
    #[must_use]
    pub fn layer_names(&self) -> Vec<String> {
        self.layers(None).into_iter().map(|layer| layer.name).collect()
    }
}

impl Proposal {
    /// The file that says so. `schema` is the path of the JSON schema for editors, relative to
    /// the file.
    #[must_use]
    pub fn text(&self, schema: Option<&str>) -> String {
        text::text(self, schema)
    }

    /// Leaves a rule away: one of its own is not written, one of a pack is off.
    pub fn leave_out(&mut self, rule: &str) {
        let before = self.rules.len();
        self.rules.retain(|own| own.id != rule);
        if self.rules.len() == before {
            self.off.push(rule.to_owned());
        }
    }
}

#[cfg(test)]
mod tests;
