//! The packs that come with the tool: policies in the language of `layers.toml`.

/// A built-in pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Its name, as `extends` takes it.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// All packs, sorted by name.
pub const PACKS: [Pack; 14] = [
    Pack { name: "clean-architecture", text: include_str!("../packs/clean-architecture.toml") },
    Pack { name: "composition", text: include_str!("../packs/composition.toml") },
    Pack { name: "conventions", text: include_str!("../packs/conventions.toml") },
    Pack { name: "core-crates", text: include_str!("../packs/core-crates.toml") },
    Pack { name: "cqrs", text: include_str!("../packs/cqrs.toml") },
    Pack { name: "ddd", text: include_str!("../packs/ddd.toml") },
    Pack { name: "edges", text: include_str!("../packs/edges.toml") },
    Pack { name: "hexagonal", text: include_str!("../packs/hexagonal.toml") },
    Pack { name: "hygiene", text: include_str!("../packs/hygiene.toml") },
    Pack { name: "known-crates", text: include_str!("../packs/known-crates.toml") },
    Pack { name: "modular-monolith", text: include_str!("../packs/modular-monolith.toml") },
    Pack { name: "onion", text: include_str!("../packs/onion.toml") },
    Pack { name: "ports-and-adapters", text: include_str!("../packs/ports-and-adapters.toml") },
    Pack { name: "use-cases", text: include_str!("../packs/use-cases.toml") },
];

/// The pack of this name.
#[must_use]
pub fn pack(name: &str) -> Option<Pack> {
    PACKS.into_iter().find(|pack| pack.name == name)
}

#[cfg(test)]
mod tests;
