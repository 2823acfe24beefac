//! Reading all settings, and finding everything that is wrong with them.

use std::fmt::Display;

use config::{Map, Value, ValueKind};
use serde::Deserialize;

use super::error::{ConfigError, ConfigProblem};
use super::keys::{Key, keys, variable};
use super::places::{Place, Places};
use super::sections::Config;
use super::sources::{Environment, layers};
use super::{Profile, secrets};

impl Config {
    /// Reads all layers.
    ///
    /// # Errors
    ///
    /// When something is no setting, is missing, has another form, or is a secret that
    /// everybody knows or may guess.
    pub fn load(environment: &Environment) -> Result<Self, ConfigError> {
        let profile = environment.profile()?;
        let table = layers(profile, environment)?;
        let (keys, places) = (keys(), Places::of(&table));
        let mut problems = unknown(&keys, &places);
        problems.extend(missing(&keys, &places, profile));
        if !problems.is_empty() {
            return Err(ConfigError(problems));
        }
        let value = Value::new(None, ValueKind::Table(table));
        let mut config = Self::deserialize(value).map_err(|error| wrong(&error, &keys, &places))?;
        config.profile = profile;
        config.places = places;
        let problems = secrets::problems(&config);
        if problems.is_empty() { Ok(config) } else { Err(ConfigError(problems)) }
    }

    /// What is wrong with the setting of this path, as was found out later.
    pub fn problem(&self, path: &str, error: impl Display) -> ConfigProblem {
        explain(path, &error, &keys(), &self.places)
    }
}

/// What stands somewhere and is no setting.
fn unknown(keys: &[Key], places: &Places) -> Vec<ConfigProblem> {
    let is_known = |path: &str| keys.iter().any(|key| key.path == path);
    let unknown = places.paths().filter(|path| !is_known(path));
    unknown
        .map(|path| {
            let place = places.get(path);
            let in_environment = matches!(place, Place::Variable(_));
            let spoken = |path: &str| {
                if in_environment { variable(path) } else { format!("`{path}`") }
            };
            let help = match closest(path, keys) {
                Some(key) => format!("did you mean {}?", spoken(&key.path)),
                None => "remove it; the README lists all settings".to_owned(),
            };
            let message = format!("there is no setting {}", spoken(path));
            ConfigProblem { message, place: place.to_string(), help }
        })
        .collect()
}

/// The setting that was probably meant.
fn closest<'a>(path: &str, keys: &'a [Key]) -> Option<&'a Key> {
    // A dot that is missing in the environment, or one too many, is the usual mistake.
    let plain = |path: &str| path.replace('.', "_");
    let distance = |key: &Key| strsim::damerau_levenshtein(&plain(&key.path), &plain(path));
    let best = keys.iter().min_by_key(|key| distance(key))?;
    (distance(best) <= path.len() / 4 + 1).then_some(best)
}

/// What has no value and needs one.
fn missing(keys: &[Key], places: &Places, profile: Profile) -> Vec<ConfigProblem> {
    // A section that is no section is told as such, and not by all that it lacks.
    let is_there = |key: &Key| {
        let section = key.path.split('.').next().unwrap_or_default();
        places.contains(&key.path) || places.contains(section)
    };
    let missing = keys.iter().filter(|key| key.is_required && !is_there(key));
    missing
        .map(|key| ConfigProblem {
            message: format!("`{}` is not set, and has no default in `{profile}`", key.path),
            place: Place::Nowhere.to_string(),
            help: format!("set {}: {}", key.variable(), key.meaning),
        })
        .collect()
}

/// A value of another form.
fn wrong(error: &config::ConfigError, keys: &[Key], places: &Places) -> ConfigError {
    let (path, reason) = match error {
        config::ConfigError::Type { unexpected, expected, key, .. } => {
            (key.clone(), format!("it is {unexpected} instead of {expected}"))
        }
        config::ConfigError::At { error, key, .. } => (key.clone(), error.to_string()),
        other => (None, other.to_string()),
    };
    let path = path.unwrap_or_default();
    let is_secret = keys.iter().any(|key| key.path == path && key.is_secret);
    let reason = if is_secret { "it is no text".to_owned() } else { reason };
    explain(&path, &reason, keys, places).into()
}

fn explain(path: &str, reason: &dyn Display, keys: &[Key], places: &Places) -> ConfigProblem {
    let name = path.split('[').next().unwrap_or(path);
    let meaning = keys.iter().find(|key| key.path == name).map(|key| key.meaning.clone());
    ConfigProblem {
        message: format!("`{path}` is wrong: {reason}"),
        place: places.get(path).to_string(),
        help: meaning.unwrap_or_else(|| "the README lists all settings".to_owned()),
    }
}

/// A table of settings, for those who look at defaults.
pub(super) fn text_at(table: &Map<String, Value>, path: &str) -> Option<String> {
    let (section, name) = path.split_once('.')?;
    let ValueKind::Table(section) = &table.get(section)?.kind else { return None };
    section.get(name)?.clone().into_string().ok()
}
