//! From the text of one file to what it says.

use layers_rules::finding::{Label, Location};
use layers_rules::policy::Problem;
use layers_rules::policy::raw::{RawPolicy, VERBS};
use layers_rules::suggest;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{ConfigError, ConfigFile, to_span};

/// Parses a file that holds nothing but a policy.
pub(super) fn policy(file: &ConfigFile) -> Result<RawPolicy, ConfigError> {
    parse(file)
}

/// Parses a Cargo.toml; `None` when it holds no policy.
pub(super) fn manifest(file: &ConfigFile) -> Result<Option<RawPolicy>, ConfigError> {
    let manifest: Manifest = parse(file)?;
    Ok(manifest.workspace.and_then(|workspace| workspace.metadata?.layers))
}

#[derive(Deserialize)]
struct Manifest {
    workspace: Option<Workspace>,
}

#[derive(Deserialize)]
struct Workspace {
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    layers: Option<RawPolicy>,
}

fn parse<T: DeserializeOwned>(file: &ConfigFile) -> Result<T, ConfigError> {
    toml(file).map_err(|problem| ConfigError::invalid(std::slice::from_ref(file), vec![problem]))
}

/// Parses any file of ours.
pub(crate) fn toml<T: DeserializeOwned>(file: &ConfigFile) -> Result<T, Problem> {
    toml::from_str(&file.text).map_err(|error| {
        let span = to_span(error.span().unwrap_or_default());
        problem(error.message(), Location { file: file.path.clone(), span })
    })
}

/// Turns a message of the TOML reader into a problem. What it says of unknown words and
/// missing keys has the form that serde documents for
/// `serde::de::Error::unknown_field`, `unknown_variant` and `missing_field`.
fn problem(message: &str, location: Location) -> Problem {
    let unknown = ["unknown field `", "unknown variant `"]
        .iter()
        .find_map(|start| message.strip_prefix(start)?.split_once("`, expected "));
    let missing = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
    let (message, text, help) = if let Some((word, expected)) = unknown {
        let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        let verbs: Vec<&str> = VERBS.into_iter().filter(|verb| known.contains(verb)).collect();
        let help = match suggest::closest(word, known.iter().copied()) {
            None if !verbs.is_empty() => format!(
                "a rule holds one of the verbs {}; the words known here are {}",
                suggest::list(&verbs),
                suggest::list(&known)
            ),
            _ => suggest::help(word, "words known here", known),
        };
        (format!("`{word}` is not known here"), "unknown", Some(help))
    } else if let Some(key) = missing {
        (format!("the key `{key}` is missing"), "not in here", None)
    } else {
        (message.trim_end().to_owned(), "here", None)
    };
    let text = text.to_owned();
    Problem { message, labels: vec![Label { location, text }], help }
}
