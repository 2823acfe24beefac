//! A file with everything it extends.

use camino::{Utf8Path, Utf8PathBuf};
use indexmap::IndexMap;
use layers_rules::check::Problem;
use layers_rules::facts::Span;
use layers_rules::finding::{Label, Location};
use layers_rules::packs::{PACKS, pack};
use layers_rules::policy::raw::{RawExtends, RawPolicy};
use layers_rules::policy::{Extension, Source};
use layers_rules::suggest;

use super::{ConfigError, ConfigFile, FILE_NAME, PACK_PREFIX, parse, shown};
use crate::disk::{self, Boundary, Unread};

/// Reads files, and keeps their text for messages.
pub(super) struct Reader<'a> {
    root: &'a Utf8Path,
    boundary: &'a Boundary,
    files: Vec<ConfigFile>,
    /// The files and packs that are being read, from the outermost inward.
    open: Vec<String>,
}

impl<'a> Reader<'a> {
    /// A reader of the policy of the workspace at `root`, whose files lie within `boundary`.
    pub(super) fn new(root: &'a Utf8Path, boundary: &'a Boundary) -> Self {
        Self { root, boundary, files: Vec::new(), open: Vec::new() }
    }

    /// What has been read.
    pub(super) fn into_files(self) -> Vec<ConfigFile> {
        self.files
    }

    /// Reads the file that was asked for, a Cargo.toml included.
    pub(super) fn read_explicit(&mut self, path: &Utf8Path) -> Result<Source, ConfigError> {
        if path.file_name() != Some("Cargo.toml") {
            let text = read(path, disk::read_named)?;
            return self.source_of(path, text);
        }
        let text = read(path, disk::read_named)?;
        match self.manifest(path, text)? {
            Some(source) => Ok(source),
            None => Err(ConfigError::NotInManifest { path: path.to_owned() }),
        }
    }

    /// Reads the policy from where it is kept by default.
    pub(super) fn read_default(&mut self) -> Result<Source, ConfigError> {
        let file = self.root.join(FILE_NAME);
        let manifest = self.root.join("Cargo.toml");
        let text = read(&manifest, |path| disk::read_text(path, self.boundary))?;
        let manifest = self.manifest(&manifest, text)?;
        match (file.is_file(), manifest) {
            (true, None) => self.read_file(&file),
            (false, Some(source)) => Ok(source),
            (true, Some(_)) => Err(ConfigError::Twice { root: self.root.to_owned() }),
            (false, None) => Err(ConfigError::Missing { root: self.root.to_owned() }),
        }
    }

    /// Reads a text as if it were the file at the root of the workspace.
    pub(super) fn read_given(&mut self, text: &str) -> Result<Source, ConfigError> {
        self.source_of(&self.root.join(FILE_NAME), text.to_owned())
    }

    /// Reads a file of the workspace that holds nothing else.
    fn read_file(&mut self, path: &Utf8Path) -> Result<Source, ConfigError> {
        let text = read(path, |path| disk::read_text(path, self.boundary))?;
        self.source_of(path, text)
    }

    fn source_of(&mut self, path: &Utf8Path, text: String) -> Result<Source, ConfigError> {
        let name = shown(self.root, path);
        let index = self.keep(name.clone(), text);
        let raw = parse::policy(&self.files[index])?;
        let folder = path.parent().unwrap_or(self.root).to_owned();
        self.source(name, raw, &folder)
    }

    /// What the text of a Cargo.toml holds under `[workspace.metadata.layers]`, if anything.
    fn manifest(&mut self, path: &Utf8Path, text: String) -> Result<Option<Source>, ConfigError> {
        let name = shown(self.root, path);
        let file = ConfigFile { path: name.clone(), text };
        let Some(raw) = parse::manifest(&file)? else { return Ok(None) };
        self.keep(file.path, file.text);
        let folder = path.parent().unwrap_or(self.root).to_owned();
        self.source(name, raw, &folder).map(Some)
    }

    /// Reads a built-in pack.
    pub(super) fn read_pack(&mut self, name: &str, text: &str) -> Result<Source, ConfigError> {
        let shown = format!("{PACK_PREFIX}{name}");
        let index = self.keep(shown.clone(), text.to_owned());
        let raw = parse::policy(&self.files[index])?;
        self.source(shown, raw, &Utf8PathBuf::new())
    }

    fn keep(&mut self, path: String, text: String) -> usize {
        if let Some(index) = self.files.iter().position(|file| file.path == path) {
            return index;
        }
        self.files.push(ConfigFile { path, text });
        self.files.len() - 1
    }

    /// Follows what a file extends; paths there are relative to `folder`.
    fn source(
        &mut self,
        file: String,
        raw: RawPolicy,
        folder: &Utf8Path,
    ) -> Result<Source, ConfigError> {
        self.open.push(file.clone());
        let mut extends = Vec::new();
        let mut problems = Vec::new();
        for entry in &raw.extends {
            match self.extension(&file, entry, folder)? {
                Ok(extension) => extends.push(extension),
                Err(problem) => problems.push(problem),
            }
        }
        self.open.pop();
        if problems.is_empty() {
            Ok(Source { file, raw, extends })
        } else {
            Err(ConfigError::invalid(&self.files, problems))
        }
    }

    fn extension(
        &mut self,
        file: &str,
        entry: &RawExtends,
        folder: &Utf8Path,
    ) -> Result<Result<Extension, Problem>, ConfigError> {
        let name = entry.pack.get_ref();
        let at =
            |span: std::ops::Range<usize>| Location { file: file.to_owned(), span: to_span(span) };
        let problem = |message: String, text: &str, help: String| Problem {
            message,
            labels: vec![Label { location: at(entry.pack.span()), text: text.to_owned() }],
            help: Some(help),
        };
        let is_path = name.contains('/') || name.contains('\\') || has_extension(name);
        let (source, built_in) = if let Some(pack) = pack(name) {
            (self.read_pack(pack.name, pack.text)?, Some(name.clone()))
        } else if name.starts_with("crate:") {
            let message = "packs that come with a crate cannot be read yet".to_owned();
            let help = "copy the pack's file beside this one, and extend it by its path".to_owned();
            return Ok(Err(problem(message, "names a crate", help)));
        } else if is_path {
            let path = normal(&folder.join(name));
            let shown = shown(self.root, &path);
            if self.open.contains(&shown) {
                let message = format!("`{shown}` extends itself");
                let help = format!("the way there: {}", suggest::list(&self.open));
                return Ok(Err(problem(
                    message,
                    "leads back to a file that extends this one",
                    help,
                )));
            }
            if !path.is_file() {
                let message = format!("there is no file `{shown}`");
                let help = format!("paths in `extends` are relative to the folder of `{file}`");
                return Ok(Err(problem(message, "does not exist", help)));
            }
            if self.boundary.holds(folder) && !self.boundary.holds(&path) {
                let message = format!("`{shown}` lies outside of the repository");
                let help =
                    "what a repository says cannot have files from elsewhere read: copy the \
                            file, or name a policy that lies there itself with --config"
                        .to_owned();
                return Ok(Err(problem(message, "is not read", help)));
            }
            let text = read(&path, disk::read_text_anywhere)?;
            (self.source_of(&path, text)?, None)
        } else {
            let known = PACKS.iter().map(|pack| pack.name);
            let help = format!(
                "{}; a file is named by its path, as in \"./architecture.toml\"",
                suggest::help(name, "packs", known).trim_end_matches('?')
            );
            return Ok(Err(problem(format!("there is no pack `{name}`"), "not a pack", help)));
        };
        let layers: IndexMap<String, (String, Location)> = entry
            .layers
            .iter()
            .map(|(theirs, ours)| {
                (theirs.get_ref().clone(), (ours.get_ref().clone(), at(theirs.span())))
            })
            .collect();
        Ok(Ok(Extension { entry: at(entry.span.clone()), pack: built_in, layers, source }))
    }
}

fn has_extension(name: &str) -> bool {
    Utf8Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

fn read(
    path: &Utf8Path,
    how: impl FnOnce(&Utf8Path) -> Result<String, Unread>,
) -> Result<String, ConfigError> {
    how(path).map_err(|why| match why {
        Unread::Missing => ConfigError::NoFile { path: path.to_owned() },
        why => ConfigError::Read { path: path.to_owned(), source: why.into_io() },
    })
}

/// `a/b/../c` as `a/c`, so that one file has one name. Links are not followed.
fn normal(path: &Utf8Path) -> Utf8PathBuf {
    let mut normal = Utf8PathBuf::new();
    for component in path.components() {
        match component {
            camino::Utf8Component::CurDir => {}
            camino::Utf8Component::ParentDir if normal.file_name().is_some() => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

/// A range of bytes as a span.
pub(crate) fn to_span(range: std::ops::Range<usize>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { start: offset(range.start), end: offset(range.end) }
}
