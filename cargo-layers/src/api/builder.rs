//! What to read, and how.

use std::path::{Path, PathBuf};
use std::time::Instant;

use camino::Utf8PathBuf;
use layers_rules::context::Layering;
use layers_rules::facts::Needs;
use layers_rules::tree::PathTree;

use super::{Error, Workspace};
use crate::analysis::{Analysis, analyze_over, supply};
use crate::baseline::Baseline;
use crate::config::{self, Config, ConfigError};
use crate::configuration::{Configuration, FeatureChoice};
use crate::source::Overlay;
use crate::workspace;

/// What of a workspace to read, and how: see [`Workspace::builder`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    start: PathBuf,
    config: Option<PathBuf>,
    baseline: Option<PathBuf>,
    without_policy: bool,
    target: Option<String>,
    features: Option<FeatureChoice>,
    sources: Vec<(String, String)>,
    external_graph: bool,
}

impl Builder {
    pub(super) fn new(start: &Path) -> Self {
        Self { start: start.to_owned(), ..Self::default() }
    }

    /// Reads the policy from this file, relative to the current folder, in place of
    /// `layers.toml` at the workspace root.
    #[must_use]
    pub fn config(mut self, file: impl AsRef<Path>) -> Self {
        self.config = Some(file.as_ref().to_owned());
        self
    }

    /// Reads the baseline from this file, relative to the current folder, in place of
    /// `layers-baseline.toml` at the workspace root. It need not exist.
    #[must_use]
    pub fn baseline(mut self, file: impl AsRef<Path>) -> Self {
        self.baseline = Some(file.as_ref().to_owned());
        self
    }

    /// Reads no policy: there are no layers, sets and exceptions then but those of the rules
    /// in Rust and of comments in the code.
    #[must_use]
    pub fn without_policy(mut self) -> Self {
        self.without_policy = true;
        self
    }

    /// Leaves out code that is not compiled for this target triple.
    #[must_use]
    pub fn target(mut self, triple: impl Into<String>) -> Self {
        self.target = Some(triple.into());
        self
    }

    /// Leaves out code that is not compiled with the default features and these, each `name` or
    /// `package/name`.
    #[must_use]
    pub fn features<T: Into<String>>(mut self, features: impl IntoIterator<Item = T>) -> Self {
        let choice = self.features.get_or_insert_default();
        choice.named.extend(features.into_iter().map(Into::into));
        self
    }

    /// Leaves out code that is not compiled when all features are enabled.
    #[must_use]
    pub fn all_features(mut self) -> Self {
        self.features.get_or_insert_default().all = true;
        self
    }

    /// Does not enable the default features.
    #[must_use]
    pub fn no_default_features(mut self) -> Self {
        self.features.get_or_insert_default().no_default = true;
        self
    }

    /// Reads this text in place of the source file at `path`, which is relative to the workspace
    /// root and need not exist. So a test can break a rule without breaking the code.
    #[must_use]
    pub fn source(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.sources.push((path.into(), text.into()));
        self
    }

    /// Asks Cargo what crates outside the workspace depend on, for rules and questions that
    /// follow chains through them. It then reads Cargo.lock and the manifests of all crates in
    /// it. A policy that needs this has it anyway.
    #[must_use]
    pub fn external_graph(mut self, wanted: bool) -> Self {
        self.external_graph = wanted;
        self
    }

    /// Reads the workspace.
    ///
    /// # Errors
    ///
    /// When there is no workspace, or its policy or baseline has mistakes; when the target or a
    /// feature does not exist; and when something that a rule of the policy asks for is not to
    /// be had.
    pub fn load(&self) -> Result<Workspace, Error> {
        let started = Instant::now();
        let packages = self.packages()?;
        let config = self.policy(&packages)?;
        let choice = self.features.as_ref();
        let configuration = Configuration::new(&packages, self.target.as_deref(), choice)?;
        let explicit = self.baseline.as_deref().map(unicode).transpose()?;
        let baseline = Baseline::read(&packages, explicit.as_deref())?;
        let mut overlay = Overlay::default();
        for (path, text) in &self.sources {
            overlay.insert(packages.root.join(path), text.clone());
        }
        let graph = Needs { external_graph: self.external_graph, ..Needs::default() };
        let needs = Needs::SOURCE | config.policy.needs() | graph;
        let questions = config.policy.questions();
        let Analysis { mut facts, issues } =
            analyze_over(&packages, &configuration, &overlay, needs);
        supply(&mut facts, &packages, &overlay, needs, &config.policy, &questions)?;
        let layering = Layering::new(&PathTree::new(&facts), &config.policy)
            .and_then(|layering| {
                layers_rules::check::problems(&facts, &config.policy).map(|()| layering)
            })
            .map_err(|problems| config::problems(&config, problems))?;
        Ok(Workspace {
            packages,
            config,
            baseline,
            sources: self.sources.clone(),
            partial: !configuration.is_open(),
            facts,
            layering,
            issues,
            elapsed: started.elapsed(),
        })
    }

    fn packages(&self) -> Result<workspace::Workspace, Error> {
        let failed = |source| Error::Folder { folder: self.start.clone(), source };
        let start = unicode(&std::fs::canonicalize(&self.start).map_err(failed)?)?;
        let manifest = start.is_file().then_some(start.as_path());
        Ok(workspace::load(manifest, &start)?)
    }

    /// The policy; one that says nothing where there is none.
    fn policy(&self, packages: &workspace::Workspace) -> Result<Config, Error> {
        let explicit = self.config.as_deref().map(unicode).transpose()?;
        if self.without_policy {
            return Ok(config::of_packages(packages)?);
        }
        match config::load(packages, explicit.as_deref()) {
            Err(ConfigError::Missing { .. }) => Ok(config::of_packages(packages)?),
            loaded => Ok(loaded?),
        }
    }
}

fn unicode(path: &Path) -> Result<Utf8PathBuf, Error> {
    Utf8PathBuf::from_path_buf(path.to_owned()).map_err(|folder| Error::NotUnicode { folder })
}
