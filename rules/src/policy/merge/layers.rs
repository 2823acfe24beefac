//! What files and packs say of one layer.

use super::Placed;
use crate::finding::Location;
use crate::policy::raw::RawPatterns;

/// What all files together say of a layer.
#[derive(Clone, Debug)]
pub(in crate::policy) struct LayerDraft {
    pub(in crate::policy) location: Location,
    pub(in crate::policy) members: Option<Placed<RawPatterns>>,
    /// Whether the entry that gives the members calls the layer optional.
    pub(in crate::policy) may_be_empty: bool,
    /// Whether a file of the workspace calls it optional.
    pub(super) may_be_left_out: bool,
    pub(in crate::policy) may_use: Option<Placed<RawPatterns>>,
    pub(in crate::policy) external: Option<Placed<RawPatterns>>,
    pub(in crate::policy) tests: bool,
    /// The packs that speak of it.
    pub(super) packs: Vec<PackDemand>,
    /// Packages that say they belong to it, with their Cargo.toml.
    pub(in crate::policy) claims: Vec<(String, String)>,
}

/// What a pack says of a layer.
#[derive(Clone, Debug)]
pub(super) struct PackDemand {
    pub(super) pack: String,
    /// The entry that brings the pack in.
    pub(super) entry: Location,
    /// Whether the pack can do without the layer.
    pub(super) optional: bool,
}

impl LayerDraft {
    pub(super) fn new(location: Location) -> Self {
        Self {
            location,
            members: None,
            may_be_empty: false,
            may_be_left_out: false,
            may_use: None,
            external: None,
            tests: false,
            packs: Vec::new(),
            claims: Vec::new(),
        }
    }

    /// Whether nothing need belong to it: a file of the workspace says so, or every pack
    /// that speaks of it does.
    pub(in crate::policy) fn may_be_missing(&self) -> bool {
        let is_spoken_of = !self.packs.is_empty();
        self.may_be_left_out || (is_spoken_of && self.demands().next().is_none())
    }

    /// The packs that cannot do without it, each with the entry that brings it in.
    pub(in crate::policy) fn demands(&self) -> impl Iterator<Item = (&str, &Location)> {
        let demands = self.packs.iter().filter(|demand| !demand.optional);
        demands.map(|demand| (demand.pack.as_str(), &demand.entry))
    }
}
