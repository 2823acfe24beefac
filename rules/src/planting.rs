//! Breaking rules on purpose: what to add to a workspace so that a rule must turn red.
//!
//! A verb says in [`crate::rule::Rule::plant`] what would break it, as additions to
//! modules and packages that the facts name. Whoever holds the source adds that, gathers
//! the facts anew, and sees whether the rule finds it. What is planted has to be Rust that
//! can be read and whose paths lead somewhere; it need not compile.

pub(crate) mod additions;
pub(crate) mod dependencies;
mod kinds;
pub(crate) mod paths;
pub(crate) mod targets;

pub(crate) use kinds::title;

use crate::check::Problem;
use crate::context::{Context, Layering};
use crate::exceptions::RuleExceptions;
use crate::facts::{Facts, ModuleId, PackageDependencyKind, PackageId};
use crate::policy::{Policy, PolicyRule};
use crate::tree::PathTree;

/// Additions to a workspace that break a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plant {
    /// The additions.
    pub edits: Vec<Edit>,
    /// Where the rule has to find it.
    pub shows: Shows,
}

/// One addition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edit {
    /// Source at the end of a module.
    Append {
        /// The module.
        module: ModuleId,
        /// The source.
        text: String,
    },
    /// A source file. Nothing says `mod` for it.
    File {
        /// Its path relative to the workspace root, with forward slashes.
        path: String,
        /// What it says.
        text: String,
    },
    /// A package with nothing but a library.
    Package {
        /// Its name; an identifier.
        name: String,
        /// The source of the library.
        text: String,
        /// What it depends on.
        dependencies: Vec<On>,
    },
    /// An empty library of a package that has none.
    Library {
        /// The package.
        package: PackageId,
    },
    /// An entry of a table of dependencies.
    Dependency {
        /// Whose Cargo.toml it is added to.
        package: PackageId,
        /// The package depended on.
        on: On,
        /// The table.
        kind: PackageDependencyKind,
    },
}

/// What an added dependency leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum On {
    /// A package of the workspace.
    Member(PackageId),
    /// One outside, by its name.
    Outside(String),
    /// One that is planted along with it, by its name.
    Planted(String),
}

/// Where a rule finds what is planted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// At the place where it was added, or in a chain that goes through it.
    There,
    /// Somewhere, unless it has found something already.
    Somewhere,
    /// At each entry of a table of dependencies that was added, or in a chain that goes through
    /// it.
    AtEachEntry,
}

/// Why nothing can be planted that would break a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unprovable(pub String);

impl Plant {
    /// One that is found where it is added.
    #[must_use]
    pub fn new(edits: Vec<Edit>) -> Self {
        Self { edits, shows: Shows::There }
    }
}

/// What would break each of `rules`, which are rules of `policy`: a list of plants for
/// each, the likeliest first. Whatever is declared in them has a name that begins with
/// what `names` says for the rule.
///
/// # Errors
///
/// Where the layers of the policy overlap.
pub fn plants(
    facts: &Facts,
    policy: &Policy,
    rules: &[&PolicyRule],
    names: impl Fn(usize) -> String,
) -> Result<Vec<Result<Vec<Plant>, Unprovable>>, Vec<Problem>> {
    let tree = PathTree::new(facts);
    let layering = Layering::new(&tree, policy)?;
    let (layering, exceptions) = (&layering, &RuleExceptions::default());
    let context = Context { facts, tree: &tree, policy, layering, tests: false, exceptions };
    let plants = |(index, rule): (usize, &&PolicyRule)| {
        let exceptions = &RuleExceptions::new(&context, rule);
        let context = Context { tests: rule.tests, exceptions, ..context };
        match rule.verb.plant(&context, &names(index)) {
            Ok(plants) if plants.is_empty() => {
                Err(Unprovable("no place was found where it could be broken".to_owned()))
            }
            plants => plants,
        }
    };
    Ok(rules.iter().enumerate().map(plants).collect())
}

#[cfg(test)]
mod tests;
