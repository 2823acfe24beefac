//! The layers that settings are read from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use config::{ConfigBuilder, File, FileFormat, Map, Source, Value};

use super::error::{ConfigError, ConfigProblem};
use super::places::absolute;
use super::profile::Profile;

/// What variables of the environment begin with.
pub(super) const PREFIX: &str = "APP_";
/// Names the profile.
pub const PROFILE: &str = "APP_PROFILE";
/// Names a folder with files that override those of the program.
pub const CONFIG_DIR: &str = "APP_CONFIG_DIR";
/// How the crate `config` calls what comes from the environment.
pub(super) const ENVIRONMENT: &str = "the environment";

/// The files that are part of the program, by their names.
pub const BUILT_IN: [(&str, &str); 3] = [
    ("default", include_str!("../../../../config/default.toml")),
    ("local", include_str!("../../../../config/local.toml")),
    ("prod", include_str!("../../../../config/prod.toml")),
];

/// The variables that are about this program.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    variables: BTreeMap<String, String>,
}

impl Environment {
    /// Those of this process.
    ///
    /// # Errors
    ///
    /// When the value of one is no Unicode.
    pub fn of_process() -> Result<Self, ConfigError> {
        let mut variables = BTreeMap::new();
        for (name, value) in std::env::vars_os() {
            let Some(name) = name.to_str().filter(|name| is_ours(name)) else { continue };
            let value = value.into_string().map_err(|_| ConfigProblem {
                message: format!("the value of {name} is no Unicode"),
                place: format!("the environment variable {name}"),
                help: "write it in UTF-8".to_owned(),
            })?;
            variables.insert(name.to_owned(), value);
        }
        Ok(Self { variables })
    }

    /// These variables; those of other programs are left out.
    #[must_use]
    pub fn of<'a>(variables: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let ours = variables.into_iter().filter(|(name, _)| is_ours(name));
        let variables = ours.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { variables }
    }

    /// A variable, unless it is empty.
    fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    pub(super) fn profile(&self) -> Result<Profile, ConfigError> {
        let Some(name) = self.get(PROFILE) else { return Ok(Profile::default()) };
        Profile::of_name(name).ok_or_else(|| {
            let names = Profile::ALL.map(Profile::name).join("` or `");
            let problem = ConfigProblem {
                message: format!("there is no profile `{name}`"),
                place: format!("the environment variable {PROFILE}"),
                help: format!("write `{names}`"),
            };
            problem.into()
        })
    }

    fn folder(&self) -> Option<PathBuf> {
        self.get(CONFIG_DIR).map(PathBuf::from)
    }

    /// The variables that are settings, as a layer.
    fn layer(&self) -> config::Environment {
        let is_setting = |name: &&String| *name != PROFILE && *name != CONFIG_DIR;
        let settings = self.variables.iter().filter(|(name, _)| is_setting(name));
        let settings: Map<String, String> =
            settings.map(|(name, value)| (name.clone(), value.clone())).collect();
        config::Environment::with_prefix(PREFIX.trim_end_matches('_'))
            .prefix_separator("_")
            .separator("__")
            .ignore_empty(true)
            .source(Some(settings))
    }
}

fn is_ours(name: &str) -> bool {
    name.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX))
}

/// What the file of this name that is part of the program says.
fn built_in(name: &str) -> File<config::FileSourceString, FileFormat> {
    let text = BUILT_IN.into_iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
    File::from_str(text, FileFormat::Toml)
}

/// The settings of a profile that are part of the program, and nothing else.
pub(super) fn defaults_of(profile: Profile) -> Result<Map<String, Value>, config::ConfigError> {
    let layers = builder().add_source(built_in("default")).add_source(built_in(profile.name()));
    layers.build()?.collect()
}

fn builder() -> ConfigBuilder<config::builder::DefaultState> {
    config::Config::builder()
}

/// All layers, one over the other.
pub(super) fn layers(
    profile: Profile,
    environment: &Environment,
) -> Result<Map<String, Value>, ConfigError> {
    let mut layers = builder();
    for name in ["default", profile.name()] {
        layers = layers.add_source(built_in(name));
    }
    if let Some(folder) = environment.folder() {
        for file in files_in(&folder, profile)? {
            layers = layers.add_source(File::from(file).format(FileFormat::Toml));
        }
    }
    let built = layers.add_source(environment.layer()).build();
    built.and_then(|built| built.collect()).map_err(|error| unreadable(&error))
}

/// The files of a folder that count in this profile.
fn files_in(folder: &Path, profile: Profile) -> Result<Vec<PathBuf>, ConfigError> {
    let names = ["default", profile.name()].map(|name| folder.join(format!("{name}.toml")));
    let found: Vec<PathBuf> = names.iter().filter(|file| file.is_file()).cloned().collect();
    if found.is_empty() {
        let [default, of_profile] = names;
        let problem = ConfigProblem {
            message: format!("there is neither {} nor {}", default.display(), of_profile.display()),
            place: format!("the environment variable {CONFIG_DIR}"),
            help: "name a folder that holds one of them, or leave the variable out".to_owned(),
        };
        return Err(problem.into());
    }
    Ok(found)
}

/// A file that cannot be read. What stands in its lines may be secret, and is not shown.
fn unreadable(error: &config::ConfigError) -> ConfigError {
    let config::ConfigError::FileParse { uri: Some(file), cause } = error else {
        let problem = ConfigProblem {
            message: error.to_string(),
            place: "the settings".to_owned(),
            help: "give each setting one value".to_owned(),
        };
        return problem.into();
    };
    let (message, line) = match cause.downcast_ref::<toml::de::Error>() {
        Some(error) => (error.message().to_owned(), line_of(file, error.span())),
        None => ("it cannot be read".to_owned(), None),
    };
    let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
    ConfigProblem {
        message: format!("this is no TOML: {message}"),
        place: format!("the file {}{line}", absolute(file)),
        help: "mend it there".to_owned(),
    }
    .into()
}

/// The line in which something stands.
fn line_of(file: &str, span: Option<std::ops::Range<usize>>) -> Option<usize> {
    let text = std::fs::read_to_string(file).ok()?;
    let before = text.get(..span?.start)?;
    Some(before.matches('\n').count() + 1)
}
