//! Which built-in packs fit the layers that were found.

use layers_rules::packs::{PACKS, pack};

use crate::config;

/// The packs that say which way dependencies point, those with the most exact words first.
const STYLES: [&str; 3] = ["hexagonal", "clean-architecture", "onion"];

/// The pack of rules for any code.
const HYGIENE: &str = "hygiene";

/// A built-in pack, and the layers that it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitting {
    /// Its name.
    pub name: &'static str,
    /// The layers that it speaks of.
    pub layers: Vec<String>,
    /// Those of them that it cannot do without.
    pub required: Vec<String>,
}

/// The names of all packs that can be asked for: those that speak of layers.
#[must_use]
pub fn known_packs() -> Vec<&'static str> {
    PACKS.into_iter().filter(|pack| pack.text.contains("\n[rules.")).map(|pack| pack.name).collect()
}

/// The packs that can do with layers of these names, the best first.
#[must_use]
pub fn fitting(layers: &[String]) -> Vec<Fitting> {
    let fits = |pack: &Fitting| pack.required.iter().all(|layer| layers.contains(layer));
    STYLES.into_iter().filter_map(Fitting::of).filter(fits).collect()
}

impl Fitting {
    /// The pack of this name, if there is one.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let pack = pack(name)?;
        let (source, _) = config::load_pack(pack).ok()?;
        let (mut layers, mut required) = (Vec::new(), Vec::new());
        for (name, layer) in &source.raw.layers {
            layers.push(name.get_ref().clone());
            if layer.optional != Some(true) {
                required.push(name.get_ref().clone());
            }
        }
        Some(Self { name: pack.name, layers, required })
    }
}

/// The pack of rules for any code, if there is one that needs no layers.
pub(super) fn hygiene() -> Option<&'static str> {
    let pack = Fitting::of(HYGIENE)?;
    pack.required.is_empty().then_some(pack.name)
}
