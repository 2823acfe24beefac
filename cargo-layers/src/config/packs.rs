//! Built-in packs by themselves.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use jiff::civil::Date;
use layers_rules::finding::Location;
use layers_rules::packs::{Pack, pack};
use layers_rules::policy::raw::RawPolicy;
use layers_rules::policy::{Extension, Member, Policy, Source};

use super::extends::Reader;
use super::{ConfigError, ConfigFile, FILE_NAME, PACK_PREFIX};

/// Reads a built-in pack by itself: what it says, and its text with that of the packs it
/// extends.
///
/// # Errors
///
/// When the pack makes no sense.
pub fn load_pack(pack: Pack) -> Result<(Source, Vec<ConfigFile>), ConfigError> {
    let mut reader = Reader::of_packs();
    let source = reader.read_pack(pack.name, pack.text)?;
    Ok((source, reader.into_files()))
}

/// The pack that a file of a policy is, by the path that messages show.
#[must_use]
pub fn pack_of(file: &str) -> Option<Pack> {
    pack(file.strip_prefix(PACK_PREFIX)?)
}

/// The policy that extends a built-in pack and says nothing else, in a workspace that has one
/// package for each layer.
///
/// # Errors
///
/// When the pack makes no sense.
pub fn pack_policy(pack: Pack) -> Result<Policy, ConfigError> {
    let (source, files) = load_pack(pack)?;
    let member = |layer: &str| Member {
        package: layer.to_owned(),
        manifest: String::new(),
        targets: Vec::new(),
        layer: Some(layer.to_owned()),
    };
    let members: Vec<Member> = layers(&source).into_iter().map(member).collect();
    let extension = Extension {
        entry: Location::default(),
        pack: Some(pack.name.to_owned()),
        layers: IndexMap::new(),
        source,
    };
    let file = FILE_NAME.to_owned();
    let source =
        Source { file, raw: RawPolicy::default(), extends: vec![extension], attached: Vec::new() };
    // No pack makes exceptions, so the day does not matter.
    Policy::build(&source, &members, Date::MIN)
        .map_err(|problems| ConfigError::invalid(&files, problems))
}

/// The layers that a pack speaks of, and those of the packs that it extends, by the names that
/// they have in it.
#[must_use]
pub fn layers(source: &Source) -> BTreeSet<&str> {
    let own = source.raw.layers.keys().map(|name| name.get_ref().as_str());
    let inner = source.extends.iter().flat_map(|extension| {
        layers(&extension.source)
            .into_iter()
            .map(|name| extension.layers.get(name).map_or(name, |(ours, _)| ours.as_str()))
    });
    own.chain(inner).collect()
}
