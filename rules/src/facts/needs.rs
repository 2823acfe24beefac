//! Facts that are only gathered where they are asked for.

use std::ops::BitOr;

/// The facts that cost something of their own, each with whether it is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is wanted or not, whatever the others")]
pub struct Needs {
    /// What outside crates depend on: [`super::Facts::external_graph`].
    pub external_graph: bool,
    /// What Cargo.lock says that outside crates depend on, and what Cargo has at hand where a rule
    /// cannot tell by that: [`super::Facts::locked`] and [`super::Facts::external_graph`].
    pub lock_file: bool,
    /// Where manifests declare dependencies: [`super::PackageDependency::span`] and
    /// [`super::PackageDependency::inherited`].
    pub manifests: bool,
    /// Fields, parameters, imports, and what signatures mention: [`super::Facts::fields`],
    /// [`super::Facts::parameters`], [`super::Facts::imports`],
    /// [`super::Facts::signatures`].
    pub signatures: bool,
    /// What bodies do: [`super::Facts::local_uses`], [`super::Facts::method_calls`],
    /// [`super::Facts::handed_on`].
    pub bodies: bool,
    /// What stands beside the source: [`super::Facts::stray_files`].
    pub stray_files: bool,
}

impl Needs {
    /// Everything that is read from source code.
    pub const SOURCE: Self = Self {
        external_graph: false,
        lock_file: false,
        manifests: false,
        signatures: true,
        bodies: true,
        stray_files: false,
    };

    /// Whether everything that `other` wants is among this.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self | other == self
    }
}

impl BitOr for Needs {
    type Output = Self;

    /// What either wants.
    fn bitor(self, other: Self) -> Self {
        Self {
            external_graph: self.external_graph || other.external_graph,
            lock_file: self.lock_file || other.lock_file,
            manifests: self.manifests || other.manifests,
            signatures: self.signatures || other.signatures,
            bodies: self.bodies || other.bodies,
            stray_files: self.stray_files || other.stray_files,
        }
    }
}
