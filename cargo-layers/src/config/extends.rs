//! A file with everything it extends.

use camino::{Utf8Path, Utf8PathBuf};
use layers_rules::check::Problem;
use layers_rules::facts::Span;
use layers_rules::finding::{Label, Location};
use layers_rules::packs::{PACKS, pack};
use layers_rules::policy::raw::{RawExtends, RawPolicy};
use layers_rules::policy::{Attached, Extension, Source};
use layers_rules::suggest;
use serde_spanned::Spanned;

use super::refusal::Refusal;
use super::{CRATE_PREFIX, ConfigError, ConfigFile, FILE_NAME, PACK_PREFIX, parse, shown};
use crate::disk::{self, Boundary, Unread};
use crate::workspace::Workspace;
use crate::workspace::crate_packs::{CratePack, CratePacks};

/// Reads files, and keeps their text for messages.
pub(super) struct Reader<'a> {
    root: &'a Utf8Path,
    /// What files of the repository lie within.
    boundary: Boundary,
    crates: Option<CratePacks<'a>>,
    files: Vec<ConfigFile>,
    /// The files and packs that are being read, from the outermost inward.
    open: Vec<String>,
}

/// Where a file stands: what it extends is relative to its folder, and what comes with a crate
/// stays within that.
#[derive(Clone)]
struct Place {
    folder: Utf8PathBuf,
    within: Option<CratePack>,
}

impl<'a> Reader<'a> {
    /// A reader of the policy of `workspace`.
    pub(super) fn new(workspace: &'a Workspace) -> Self {
        let crates = Some(CratePacks::new(workspace));
        Self {
            root: &workspace.root,
            boundary: workspace.boundary.clone(),
            crates,
            files: Vec::new(),
            open: Vec::new(),
        }
    }

    /// A reader of packs that come with the tool, which need no workspace.
    pub(super) fn of_packs() -> Self {
        Self {
            root: Utf8Path::new(""),
            boundary: Boundary::default(),
            crates: None,
            files: Vec::new(),
            open: Vec::new(),
        }
    }

    /// What has been read.
    pub(super) fn into_files(self) -> Vec<ConfigFile> {
        self.files
    }

    /// Reads the file that was asked for, a Cargo.toml included.
    pub(super) fn read_explicit(&mut self, path: &Utf8Path) -> Result<Source, ConfigError> {
        if path.file_name() != Some("Cargo.toml") {
            let text = read(path, disk::read_named)?;
            return self.source_of(path, text, None);
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
        let text = read(&manifest, |path| disk::read_text(path, &self.boundary))?;
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
        self.source_of(&self.root.join(FILE_NAME), text.to_owned(), None)
    }

    /// Reads a file of the workspace that holds nothing else.
    fn read_file(&mut self, path: &Utf8Path) -> Result<Source, ConfigError> {
        let text = read(path, |path| disk::read_text(path, &self.boundary))?;
        self.source_of(path, text, None)
    }

    /// Follows the text of a file, maybe one that comes with a crate.
    fn source_of(
        &mut self,
        path: &Utf8Path,
        text: String,
        within: Option<CratePack>,
    ) -> Result<Source, ConfigError> {
        let name = self.name(path, within.as_ref());
        let index = self.keep(name.clone(), text);
        let raw = parse::policy(&self.files[index])?;
        let folder = path.parent().unwrap_or(self.root).to_owned();
        self.source(name, raw, &Place { folder, within })
    }

    /// What a file is called in messages. Where the crates that Cargo has fetched are kept says
    /// nothing to anyone, so that those are shown by their names.
    fn name(&self, path: &Utf8Path, within: Option<&CratePack>) -> String {
        match within.filter(|pack| !pack.is_local) {
            Some(pack) => {
                let below = path.strip_prefix(&pack.folder).unwrap_or(path).as_str();
                format!("{CRATE_PREFIX}{}/{}", pack.package, below.replace('\\', "/"))
            }
            None => shown(self.root, path),
        }
    }

    /// What the text of a Cargo.toml holds under `[workspace.metadata.layers]`, if anything.
    fn manifest(&mut self, path: &Utf8Path, text: String) -> Result<Option<Source>, ConfigError> {
        let name = shown(self.root, path);
        let file = ConfigFile { path: name.clone(), text };
        let Some(raw) = parse::manifest(&file)? else { return Ok(None) };
        self.keep(file.path, file.text);
        let folder = path.parent().unwrap_or(self.root).to_owned();
        self.source(name, raw, &Place { folder, within: None }).map(Some)
    }

    /// Reads a built-in pack.
    pub(super) fn read_pack(&mut self, name: &str, text: &str) -> Result<Source, ConfigError> {
        let shown = format!("{PACK_PREFIX}{name}");
        let index = self.keep(shown.clone(), text.to_owned());
        let raw = parse::policy(&self.files[index])?;
        self.source(shown, raw, &Place { folder: Utf8PathBuf::new(), within: None })
    }

    fn keep(&mut self, path: String, text: String) -> usize {
        if let Some(index) = self.files.iter().position(|file| file.path == path) {
            return index;
        }
        self.files.push(ConfigFile { path, text });
        self.files.len() - 1
    }

    /// Follows what a file extends.
    fn source(
        &mut self,
        file: String,
        raw: RawPolicy,
        place: &Place,
    ) -> Result<Source, ConfigError> {
        self.open.push(file.clone());
        let mut extends = Vec::new();
        let mut problems = Vec::new();
        for entry in &raw.extends {
            match self.extension(&file, entry, place)? {
                Ok(extension) => extends.push(extension),
                Err(problem) => problems.push(problem),
            }
        }
        self.open.pop();
        let mut attached = Vec::new();
        for entry in raw.attached() {
            match self.attach(&file, entry, place)? {
                Ok(file) => attached.push(file),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() {
            Ok(Source { file, raw, extends, attached })
        } else {
            Err(ConfigError::invalid(&self.files, problems))
        }
    }

    fn extension(
        &mut self,
        file: &str,
        entry: &RawExtends,
        place: &Place,
    ) -> Result<Result<Extension, Problem>, ConfigError> {
        let name = entry.pack.get_ref();
        let at =
            |span: std::ops::Range<usize>| Location { file: file.to_owned(), span: to_span(span) };
        let problem = |Refusal { message, label, help }: Refusal| Problem {
            message,
            labels: vec![Label { location: at(entry.pack.span()), text: label.to_owned() }],
            help: Some(help),
        };
        let is_path = name.contains('/') || name.contains('\\') || has_extension(name);
        let (path, pack, within) = if let Some(built_in) = pack(name) {
            let source = self.read_pack(built_in.name, built_in.text)?;
            return Ok(Ok(extension(entry, &at, Some(name.clone()), source)));
        } else if let Some(krate) = name.strip_prefix("crate:") {
            match self.crate_pack(krate, place) {
                Ok((path, pack)) => (path, Some(format!("crate:{}", pack.package)), Some(pack)),
                Err(refusal) => return Ok(Err(problem(refusal))),
            }
        } else if is_path {
            match self.beside(name, place) {
                Ok(path) => (path, None, place.within.clone()),
                Err(refusal) => return Ok(Err(problem(refusal))),
            }
        } else {
            let known = PACKS.iter().map(|pack| pack.name);
            let help = format!(
                "{}; a file is named by its path, as in \"./architecture.toml\", and a pack that a crate ships as in \"crate:acme-arch-rules\"",
                suggest::help(name, "packs", known).trim_end_matches('?')
            );
            let message = format!("there is no pack `{name}`");
            return Ok(Err(problem(Refusal { message, label: "not a pack", help })));
        };
        let shown = self.name(&path, within.as_ref());
        if self.open.contains(&shown) {
            let help = format!("the way there: {}", suggest::list(&self.open));
            let message = format!("`{shown}` extends itself");
            let label = "leads back to a file that extends this one";
            return Ok(Err(problem(Refusal { message, label, help })));
        }
        if !path.is_file() {
            let help = match &pack {
                Some(_) => "its Cargo.toml names this file as its pack".to_owned(),
                None => format!("paths in `extends` are relative to the folder of `{file}`"),
            };
            let message = format!("there is no file `{shown}`");
            return Ok(Err(problem(Refusal { message, label: "does not exist", help })));
        }
        let text = text_of(&path, within.as_ref())?;
        let source = self.source_of(&path, text, within)?;
        Ok(Ok(extension(entry, &at, pack, source)))
    }

    /// The file that one at `place` names by a path, unless that leads to where it may not.
    fn beside(&self, name: &str, place: &Place) -> Result<Utf8PathBuf, Refusal> {
        let path = normal(&place.folder.join(name));
        if let Some(pack) = place.within.as_ref().filter(|pack| pack.inside(&path).is_none()) {
            return Err(Refusal::outside(name, pack));
        }
        if place.within.is_none()
            && path.is_file()
            && self.boundary.holds(&place.folder)
            && !self.boundary.holds(&path)
        {
            return Err(Refusal::elsewhere(&shown(self.root, &path)));
        }
        Ok(path)
    }

    /// Reads a file that a rule of `file` speaks of.
    fn attach(
        &mut self,
        file: &str,
        entry: &Spanned<String>,
        place: &Place,
    ) -> Result<Result<Attached, Problem>, ConfigError> {
        let problem = |Refusal { message, label, help }: Refusal| {
            let location = Location { file: file.to_owned(), span: to_span(entry.span()) };
            let labels = vec![Label { location, text: label.to_owned() }];
            Problem { message, labels, help: Some(help) }
        };
        let path = match self.beside(entry.get_ref(), place) {
            Ok(path) => path,
            Err(refusal) => return Ok(Err(problem(refusal))),
        };
        let shown = self.name(&path, place.within.as_ref());
        if !path.is_file() {
            let message = format!("there is no file `{shown}`");
            let help = format!("`file` is relative to the folder of `{file}`");
            return Ok(Err(problem(Refusal { message, label: "does not exist", help })));
        }
        let text = text_of(&path, place.within.as_ref())?;
        self.keep(shown.clone(), text.clone());
        Ok(Ok(Attached { name: entry.get_ref().clone(), file: shown, text }))
    }

    /// The file of the pack that a crate ships.
    fn crate_pack(
        &mut self,
        name: &str,
        place: &Place,
    ) -> Result<(Utf8PathBuf, CratePack), Refusal> {
        let of = place.within.as_ref().map(|pack| pack.package.as_str());
        let Some(crates) = &mut self.crates else { return Err(Refusal::without_crates()) };
        let pack = crates.find(name, of).map_err(Refusal::of_crate)?;
        match pack.path() {
            Some(path) => Ok((path, pack)),
            None => Err(Refusal::leaves(&pack)),
        }
    }
}

/// The text of a file, maybe of one that has to stay within a crate.
fn text_of(path: &Utf8Path, within: Option<&CratePack>) -> Result<String, ConfigError> {
    match within {
        Some(pack) => {
            let boundary = Boundary::of([pack.folder.as_path()]);
            read(path, |path| disk::read_text(path, &boundary))
        }
        None => read(path, disk::read_text_anywhere),
    }
}

/// What an entry of `extends` comes to.
fn extension(
    entry: &RawExtends,
    at: &dyn Fn(std::ops::Range<usize>) -> Location,
    pack: Option<String>,
    source: Source,
) -> Extension {
    let ours = |(theirs, ours): (&Spanned<String>, &Spanned<String>)| {
        (theirs.get_ref().clone(), (ours.get_ref().clone(), at(theirs.span())))
    };
    Extension {
        entry: at(entry.span.clone()),
        pack,
        layers: entry.layers.iter().map(ours).collect(),
        source,
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
