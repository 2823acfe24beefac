//! From TOML to a policy: `layers.toml`, what it extends, or `[workspace.metadata.layers]`
//! in Cargo.toml.
//!
//! This is the only place that knows where a policy is kept. What it says is understood
//! by [`layers_rules::policy`]; every mistake is shown in the file it was made in.

mod definitions;
mod error;
mod extends;
mod packs;
mod parse;
mod refusal;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use layers_rules::check::Problem;
use layers_rules::policy::raw::RawPolicy;
use layers_rules::policy::{Member, Policy, Source};

pub use definitions::definitions;
pub use error::{ConfigError, PolicyProblem};
pub(crate) use extends::to_span;
pub use packs::{layers as layers_of, load_pack, pack_of, pack_policy};
pub(crate) use parse::toml as parse_toml;

use crate::workspace::Workspace;
use extends::Reader;

/// The name of the file that holds the policy, at the workspace root.
pub const FILE_NAME: &str = "layers.toml";

/// What the name of a built-in pack is preceded by where messages show a file.
const PACK_PREFIX: &str = "pack ";

/// What the name of a file is preceded by where it comes with a crate that Cargo has fetched.
const CRATE_PREFIX: &str = "crate ";

/// A policy and the files it was read from.
#[derive(Clone, Debug)]
pub struct Config {
    /// The policy.
    pub policy: Policy,
    /// What the files say, from which policies for other workspaces can be made.
    pub source: Source,
    /// The files, packs included.
    pub files: Vec<ConfigFile>,
}

/// A file of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFile {
    /// Its path relative to the workspace root, with forward slashes; for a built-in pack
    /// what it is called in messages.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Reads the policy of `workspace`: the file at `explicit`, which is relative to the
/// current folder, or `layers.toml` at the workspace root, or `[workspace.metadata.layers]`
/// in its Cargo.toml. Exceptions are measured against today's date in UTC.
///
/// # Errors
///
/// When there is no policy, a file cannot be read, or what the files say makes no sense.
pub fn load(workspace: &Workspace, explicit: Option<&Utf8Path>) -> Result<Config, ConfigError> {
    load_on(workspace, explicit, today())
}

/// Reads the policy as [`load`] does, and measures its days against `today`.
///
/// # Errors
///
/// As [`load`].
pub fn load_on(
    workspace: &Workspace,
    explicit: Option<&Utf8Path>,
    today: Date,
) -> Result<Config, ConfigError> {
    let mut reader = Reader::new(workspace);
    let source = match explicit {
        Some(path) => {
            let path = camino::absolute_utf8(path)
                .map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
            reader.read_explicit(&path)?
        }
        None => reader.read_default()?,
    };
    built(source, reader.into_files(), workspace, today)
}

fn built(
    source: Source,
    files: Vec<ConfigFile>,
    workspace: &Workspace,
    today: Date,
) -> Result<Config, ConfigError> {
    match Policy::build(&source, &members(workspace), today) {
        Ok(policy) => Ok(Config { policy, source, files }),
        Err(problems) => Err(ConfigError::invalid(&files, problems)),
    }
}

/// The policy of a workspace that has none: it has no layers, and no rules but those that
/// watch over a policy.
///
/// # Panics
///
/// Never: what says nothing says nothing wrong.
#[must_use]
pub fn none(workspace: &Workspace) -> Config {
    let file = FILE_NAME.to_owned();
    let source =
        Source { file, raw: RawPolicy::default(), extends: Vec::new(), attached: Vec::new() };
    let mut members = members(workspace);
    for member in &mut members {
        member.layer = None;
    }
    let policy = Policy::build(&source, &members, today()).expect("nothing is said");
    Config { policy, source, files: Vec::new() }
}

/// Reads `text` as if it were the `layers.toml` of `workspace`, whether there is one or not.
///
/// # Errors
///
/// When what it says, or what it extends, makes no sense.
pub fn of_text(workspace: &Workspace, text: &str) -> Result<Config, ConfigError> {
    let mut reader = Reader::new(workspace);
    let source = reader.read_given(text)?;
    built(source, reader.into_files(), workspace, today())
}

/// Whether `workspace` has a policy: a `layers.toml`, or one in its Cargo.toml.
///
/// # Errors
///
/// When its Cargo.toml cannot be read.
pub fn is_there(workspace: &Workspace) -> Result<bool, ConfigError> {
    match Reader::new(workspace).read_default() {
        Err(ConfigError::Missing { .. }) => Ok(false),
        Err(error @ ConfigError::Read { .. }) => Err(error),
        // One that makes no sense is one.
        Ok(_) | Err(_) => Ok(true),
    }
}

/// The policy of a workspace without a `layers.toml`: all it holds are the layers that packages
/// name for themselves.
///
/// # Errors
///
/// When those make no sense.
pub fn of_packages(workspace: &Workspace) -> Result<Config, ConfigError> {
    let source = Source {
        file: FILE_NAME.to_owned(),
        raw: RawPolicy::default(),
        extends: Vec::new(),
        attached: Vec::new(),
    };
    match Policy::build(&source, &members(workspace), today()) {
        Ok(policy) => Ok(Config { policy, source, files: Vec::new() }),
        Err(problems) => Err(ConfigError::invalid(&[], problems)),
    }
}

/// Today's date in UTC.
fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// Reads a text that stands in a file of its own as `layers.toml` would.
///
/// # Errors
///
/// When it is no policy.
pub fn parse(file: &ConfigFile) -> Result<RawPolicy, ConfigError> {
    parse::policy(file)
}

/// Problems that came to light while judging, shown in the files of the policy.
#[must_use]
pub fn problems(config: &Config, problems: Vec<Problem>) -> ConfigError {
    ConfigError::invalid(&config.files, problems)
}

/// The packages as a policy sees them.
#[must_use]
pub fn members(workspace: &Workspace) -> Vec<Member> {
    workspace
        .packages
        .iter()
        .map(|package| Member {
            package: package.name.clone(),
            manifest: shown(&workspace.root, &package.manifest),
            targets: package.targets.iter().map(|target| target.name.clone()).collect(),
            layer: package.layer.clone(),
        })
        .collect()
}

/// A path as messages show it: relative to the workspace root where it is below that or
/// beside it, with forward slashes.
pub(crate) fn shown(root: &Utf8Path, path: &Utf8Path) -> String {
    let mut up = Utf8PathBuf::new();
    for above in root.ancestors() {
        if let Ok(relative) = path.strip_prefix(above) {
            let is_far = above.parent().is_none();
            let path = if is_far { path.to_owned() } else { up.join(relative) };
            return path.as_str().replace('\\', "/");
        }
        up.push("..");
    }
    path.as_str().replace('\\', "/")
}

#[cfg(test)]
mod tests;
