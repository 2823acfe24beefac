//! Where values come from.

use std::collections::BTreeMap;
use std::fmt;

use config::{Map, Value, ValueKind};

use super::keys::variable;

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A variable of the environment.
    Variable(String),
    /// A file.
    File(String),
    /// The program itself.
    BuiltIn,
    /// Nowhere: there is none.
    Nowhere,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(name) => write!(formatter, "the environment variable {name}"),
            Self::File(file) => write!(formatter, "the file {file}"),
            Self::BuiltIn => formatter.write_str("the defaults of the program"),
            Self::Nowhere => formatter.write_str("no file, and no variable of the environment"),
        }
    }
}

/// Where each value comes from, by the path of its setting.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(BTreeMap<String, Place>);

impl Places {
    /// Those of all values in a table.
    pub(super) fn of(table: &Map<String, Value>) -> Self {
        let mut places = BTreeMap::new();
        for (name, value) in table {
            add(name.clone(), value, &mut places);
        }
        Self(places)
    }

    /// The place of a value, or of one in the list that this names.
    pub(super) fn get(&self, path: &str) -> Place {
        let path = path.split('[').next().unwrap_or(path);
        self.0.get(path).cloned().unwrap_or(Place::Nowhere)
    }

    /// Whether there is a value.
    pub(super) fn contains(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// The paths of all values.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// The whole name of a file, which the crate `config` knows as seen from where the process was
/// started.
pub(super) fn absolute(file: &str) -> String {
    std::fs::canonicalize(file).map_or_else(|_| file.to_owned(), |file| file.display().to_string())
}

fn add(path: String, value: &Value, places: &mut BTreeMap<String, Place>) {
    if let ValueKind::Table(table) = &value.kind {
        for (name, value) in table {
            add(format!("{path}.{name}"), value, places);
        }
        return;
    }
    let place = match value.origin() {
        Some(super::sources::ENVIRONMENT) => Place::Variable(variable(&path)),
        Some(file) => Place::File(absolute(file)),
        None => Place::BuiltIn,
    };
    places.insert(path, place);
}
