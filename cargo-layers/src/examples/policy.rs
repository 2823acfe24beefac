//! The policy that an example is judged by: that of its rule, with layers that the
//! example has.

use std::fmt::Write;

use indexmap::IndexMap;
use jiff::civil::Date;
use layers_rules::finding::Location;
use layers_rules::policy::{Extension, Member, Policy, Problem, Source};

use super::files::File;
use super::{DEFAULT_PACKAGE, ExampleError};
use crate::config::{self, ConfigFile, FILE_NAME};

/// Where the rules of examples come from, and what their layers are.
#[derive(Clone, Debug)]
pub struct Home {
    /// What the files say.
    source: Source,
    /// The packages that may claim a layer for themselves.
    members: Vec<Member>,
    /// The day that exceptions are measured against.
    today: Date,
}

impl Home {
    /// A policy of a workspace, whose layers count in examples as well.
    #[must_use]
    pub fn of_workspace(source: Source, members: Vec<Member>, today: Date) -> Self {
        Self { source, members, today }
    }

    /// A built-in pack, each layer of which is in examples what is called like it:
    /// `domain` is the package `shop_domain` and the module `shop::domain`.
    #[must_use]
    pub fn of_pack(name: &str, source: Source) -> Self {
        let mut text = String::from("[layers]\n");
        for layer in layers(&source) {
            let word = layer.replace('-', "_");
            let _ = writeln!(
                text,
                "{layer} = [\"{DEFAULT_PACKAGE}_{word}\", \"{DEFAULT_PACKAGE}::{word}\"]"
            );
        }
        let file = ConfigFile { path: FILE_NAME.to_owned(), text };
        let raw = config::parse(&file).unwrap_or_default();
        let inner = extension(Some(name.to_owned()), source);
        let source = Source { file: file.path, raw, extends: vec![inner], attached: Vec::new() };
        // No pack makes exceptions, so the day does not matter.
        Self { source, members: Vec::new(), today: Date::MIN }
    }

    /// The policy without an example.
    ///
    /// # Errors
    ///
    /// When it makes no sense.
    pub fn policy(&self) -> Result<Policy, Vec<Problem>> {
        Policy::build(&self.source, &self.members, self.today)
    }

    /// The policy for an example whose packages are `members`, and which may have layers
    /// of its own in `layers`.
    ///
    /// # Errors
    ///
    /// When the whole makes no sense, or `layers` says more than what layers and sets are.
    pub fn policy_of_example(
        &self,
        layers: Option<&File>,
        members: Vec<Member>,
    ) -> Result<Policy, ExampleError> {
        let members: Vec<Member> = self.members.iter().cloned().chain(members).collect();
        let source = match layers {
            Some(file) => &self.with_layers(file)?,
            None => &self.source,
        };
        Policy::build(source, &members, self.today).map_err(ExampleError::policy)
    }

    fn with_layers(&self, file: &File) -> Result<Source, ExampleError> {
        let line = file.line.unwrap_or(1);
        let config = ConfigFile { path: FILE_NAME.to_owned(), text: file.text.clone() };
        let raw = config::parse(&config)
            .map_err(|error| ExampleError::Layers { line, message: error.to_string() })?;
        if !raw.extends.is_empty() || !raw.rules.is_empty() || !raw.prove.accept.is_empty() {
            let message = "holds more than `[layers]` and `[sets]`".to_owned();
            return Err(ExampleError::Layers { line, message });
        }
        let extends = vec![extension(None, self.source.clone())];
        Ok(Source { file: config.path, raw, extends, attached: Vec::new() })
    }
}

/// What extending `source` comes to, be it a pack or not.
fn extension(pack: Option<String>, source: Source) -> Extension {
    Extension { entry: Location::default(), pack, layers: IndexMap::new(), source }
}

/// The layers that a pack speaks of, under its own names for them.
fn layers(source: &Source) -> Vec<String> {
    let inner = source.extends.iter().flat_map(|extension| {
        layers(&extension.source).into_iter().map(|name| match extension.layers.get(&name) {
            Some((ours, _)) => ours.clone(),
            None => name,
        })
    });
    let own = source.raw.layers.keys().map(|name| name.get_ref().clone());
    let mut all: Vec<String> = inner.chain(own).collect();
    all.sort();
    all.dedup();
    all
}
