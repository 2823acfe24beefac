//! Layers by the names of crates and modules.

use std::collections::BTreeMap;

use layers_rules::facts::{CrateKind, Facts, ModuleId, PackageDependencyKind};
use layers_rules::pattern::normalized;

use crate::workspace::{Package, Workspace};

/// What a part of a workspace is for, the innermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// The rules of the business.
    Domain,
    /// What can be done with them.
    Application,
    /// What the core calls.
    Infrastructure,
    /// What calls the core.
    Presentation,
    /// Where all of them meet.
    Composition,
}

/// What the parts around the core are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Style {
    /// Infrastructure and presentation.
    #[default]
    Layers,
    /// Outbound and inbound.
    Hexagon,
}

/// Parts that names tell of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) parts: Vec<(Role, Vec<String>)>,
    pub(super) style: Style,
}

/// Words in the names of crates and modules, and what they mean there.
const WORDS: [(Role, &[&str]); 5] = [
    (Role::Domain, &["domain", "core", "kernel", "model", "models", "entities", "entity"]),
    (
        Role::Application,
        &[
            "application",
            "app",
            "use_cases",
            "usecases",
            "use_case",
            "usecase",
            "services",
            "service",
            "interactors",
            "ports",
        ],
    ),
    (
        Role::Infrastructure,
        &[
            "infrastructure",
            "infra",
            "adapters",
            "adapter",
            "persistence",
            "db",
            "database",
            "outbound",
            "repositories",
            "repository",
            "storage",
            "store",
            "stores",
        ],
    ),
    (
        Role::Presentation,
        &[
            "presentation",
            "api",
            "http",
            "web",
            "handler",
            "handlers",
            "inbound",
            "cli",
            "rest",
            "grpc",
            "graphql",
            "controller",
            "controllers",
            "entrypoints",
            "route",
            "routes",
        ],
    ),
    (Role::Composition, &["composition", "composition_root", "bootstrap", "main", "bin"]),
];

/// How deep below a root modules are looked for: contexts may be gathered in a module, and
/// have layers each.
const DEPTHS: [usize; 3] = [1, 2, 3];

/// Of how many crates or modules one at least must be in a layer for names to tell of a
/// structure: a `core` and a `cli` among thirty others do not.
const SHARE: usize = 3;

impl Role {
    fn of_word(word: &str) -> Option<Self> {
        WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(role, _)| *role)
    }

    pub(super) fn name(self, style: Style) -> &'static str {
        match (self, style) {
            (Self::Domain, _) => "domain",
            (Self::Application, _) => "application",
            (Self::Infrastructure, Style::Layers) => "infrastructure",
            (Self::Infrastructure, Style::Hexagon) => "outbound",
            (Self::Presentation, Style::Layers) => "presentation",
            (Self::Presentation, Style::Hexagon) => "inbound",
            (Self::Composition, _) => "composition",
        }
    }

    /// The name among those of a pack, if it has one for it.
    pub(super) fn name_in(self, layers: &[String], style: Style) -> &'static str {
        let names = [self.name(style), self.name(Style::Layers), self.name(Style::Hexagon)];
        let known = names.into_iter().find(|name| layers.iter().any(|layer| layer == name));
        known.unwrap_or(names[0])
    }
}

/// Collects patterns by role.
#[derive(Default)]
struct Parts {
    patterns: BTreeMap<Role, Vec<String>>,
    /// Whether words of the hexagon were among the names, one for each side.
    sides: [bool; 2],
}

impl Parts {
    fn add(&mut self, role: Role, word: &str, pattern: String) {
        let patterns = self.patterns.entry(role).or_default();
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
        self.sides[0] |= word == "inbound";
        self.sides[1] |= word == "outbound";
    }

    /// Whether the names tell of a structure, and not by chance: there is a core, and something
    /// around it.
    fn is_structure(&self) -> bool {
        let around = [Role::Application, Role::Infrastructure, Role::Presentation];
        self.patterns.contains_key(&Role::Domain)
            && around.iter().any(|role| self.patterns.contains_key(role))
    }

    fn named(self) -> Named {
        let style = if self.sides == [true, true] { Style::Hexagon } else { Style::Layers };
        Named { parts: self.patterns.into_iter().collect(), style }
    }
}

/// By the names of packages: the first word behind what all of them begin with that means
/// something. A package with only binaries that puts several of the others together is the
/// composition.
pub(super) fn of_crates(workspace: &Workspace) -> Option<Named> {
    let packages = &workspace.packages;
    let names: Vec<Vec<String>> = packages.iter().map(|package| words(&package.name)).collect();
    let shared = shared_words(&names);
    let roles: Vec<Option<(Role, String)>> =
        names.iter().map(|words| role_of(&words[shared.min(words.len() - 1)..])).collect();
    let mut parts = Parts::default();
    let mut placed = 0;
    for (package, role) in packages.iter().zip(&roles) {
        let starts_all = is_program(package) && joins_layers(package, &roles);
        let (role, word) = match role {
            // A program that is called `app` starts one.
            Some((Role::Domain | Role::Application, _)) | None if starts_all => {
                (Role::Composition, "")
            }
            Some((role, word)) => (*role, word.as_str()),
            None => continue,
        };
        parts.add(role, word, package.name.clone());
        placed += 1;
    }
    (parts.is_structure() && placed * SHARE >= packages.len()).then(|| parts.named())
}

/// By the names of modules: those at the top of each library, or of the only binary where there
/// is none, else those right below them. The binaries beside a library compose it.
pub(super) fn of_modules(workspace: &Workspace, facts: &Facts) -> Option<Named> {
    let mut parts = Parts::default();
    // Modules in layers; a parent comes before its children.
    let mut placed = vec![false; facts.modules.len()];
    for package in &workspace.packages {
        let Some(root) = root(facts, package) else { continue };
        let own = DEPTHS.into_iter().find_map(|depth| {
            let mut own = (Parts::default(), Vec::new());
            for (module, pattern) in modules(facts, root, depth) {
                let name = facts.names.text(facts.modules[module.index()].name);
                if let Some(role) = Role::of_word(name) {
                    own.0.add(role, name, pattern);
                    own.1.push(module);
                }
            }
            own.0.is_structure().then_some(own)
        });
        let Some((own, found)) = own else { continue };
        for module in found {
            placed[module.index()] = true;
        }
        let has_library = package.targets.iter().any(|target| target.kind == CrateKind::Lib);
        for target in package.targets.iter().filter(|target| target.kind == CrateKind::Bin) {
            if has_library {
                let pattern = format!("{}[bin:{}]", package.name, target.name);
                parts.add(Role::Composition, "", pattern);
            }
        }
        let [inbound, outbound] = own.sides;
        parts.sides = [parts.sides[0] || inbound, parts.sides[1] || outbound];
        for (role, patterns) in own.patterns {
            parts.patterns.entry(role).or_default().extend(patterns);
        }
    }
    let mut counted = 0;
    for (index, module) in facts.modules.iter().enumerate() {
        let is_of_test = facts.crates[module.crate_id.index()].kind.is_test() || module.test;
        if let Some(parent) = module.parent.filter(|_| !is_of_test) {
            placed[index] |= placed[parent.index()];
            counted += 1;
        }
    }
    let placed = placed.into_iter().filter(|is_placed| *is_placed).count();
    (parts.is_structure() && placed * SHARE >= counted).then(|| parts.named())
}

/// The words of a package's name.
fn words(name: &str) -> Vec<String> {
    normalized(name).split('_').map(str::to_lowercase).collect()
}

/// How many words all names begin with; none where there is just one name.
fn shared_words(names: &[Vec<String>]) -> usize {
    let [first, others @ ..] = names else { return 0 };
    if others.is_empty() {
        return 0;
    }
    let is_shared = |at: &usize| others.iter().all(|words| words.get(*at) == first.get(*at));
    (0..first.len()).take_while(is_shared).count()
}

/// The role of a name by its words: pairs of words come before single ones.
fn role_of(words: &[String]) -> Option<(Role, String)> {
    let pairs = words.windows(2).map(|pair| pair.join("_"));
    let candidates = pairs.chain(words.iter().cloned());
    candidates.into_iter().find_map(|word| Some((Role::of_word(&word)?, word)))
}

fn is_program(package: &Package) -> bool {
    let has = |kind| package.targets.iter().any(|target| target.kind == kind);
    has(CrateKind::Bin) && !has(CrateKind::Lib)
}

/// Whether a package depends on several others that have a role.
fn joins_layers(package: &Package, roles: &[Option<(Role, String)>]) -> bool {
    let of_layers = package.dependencies.iter().filter(|dependency| {
        dependency.kind == PackageDependencyKind::Normal
            && dependency.member.is_some_and(|member| roles[member].is_some())
    });
    of_layers.count() > 1
}

/// The root of the library of a package, or of its binary where it has just one and no library.
fn root(facts: &Facts, package: &Package) -> Option<ModuleId> {
    let of_kind = |kind: CrateKind| {
        facts.crates.iter().filter(move |krate| {
            let name = facts.packages[krate.package.index()].name;
            krate.kind == kind && facts.names.text(name) == package.name
        })
    };
    if let Some(library) = of_kind(CrateKind::Lib).next() {
        return Some(library.root);
    }
    let mut binaries = of_kind(CrateKind::Bin);
    let only = binaries.next()?;
    binaries.next().is_none().then_some(only.root)
}

/// The modules that lie so deep below a root, test code apart, each with the pattern for it.
fn modules(facts: &Facts, root: ModuleId, depth: usize) -> Vec<(ModuleId, String)> {
    let mut found = Vec::new();
    for (index, module) in facts.modules.iter().enumerate() {
        let mut above = module.parent;
        let mut height = 1;
        while height < depth
            && let Some(parent) = above
        {
            above = facts.modules[parent.index()].parent;
            height += 1;
        }
        if above != Some(root) || module.test {
            continue;
        }
        let name = facts.names.text(module.name);
        let between = "::*".repeat(depth - 1);
        let pattern = format!("{}{between}::{name}", facts.module_path(root));
        found.push((ModuleId::new(index), pattern));
    }
    found
}
