//! The workspace with something planted in it.

use std::collections::BTreeMap;
use std::thread;

use camino::{Utf8Path, Utf8PathBuf};
use layers_rules::facts::{
    CrateKind, Facts, ItemKind, Module, ModuleId, PackageDependencyKind, Span,
};
use layers_rules::finding::{Finding, Step};
use layers_rules::planting::{Edit, On, Plant};

use super::ground::Ground;
use crate::parse;
use crate::source::Overlay;
use crate::workspace::{Dependency, Edition, Package, Target, Workspace};

/// Something that was planted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planted {
    /// The file, relative to the workspace root.
    pub file: String,
    /// What was added there.
    pub text: String,
    /// Where in the file it then stands; `None` for an entry of a Cargo.toml, which is
    /// added to no table in particular.
    pub span: Option<Span>,
    /// The package that an entry of a Cargo.toml leads to.
    pub entry: Option<String>,
}

impl Planted {
    /// Whether a finding tells of it: it has a part there. In a Cargo.toml it has to be new, and
    /// speak of the entry.
    pub(super) fn is_told(&self, finding: &Finding, is_new: bool) -> bool {
        let is_hop = |step: &Step| step.location.file == self.file;
        let is_told_of =
            |entry: &String| finding.identity.written == *entry || finding.chain.iter().any(is_hop);
        if !self.entry.as_ref().is_none_or(is_told_of) {
            return false;
        }
        let labels = std::iter::once(&finding.primary).chain(&finding.secondary);
        let mut places = labels
            .map(|label| &label.location)
            .chain(finding.chain.iter().map(|step| &step.location));
        places.any(|place| {
            place.file == self.file
                && match self.span {
                    Some(span) => span.start <= place.span.start && place.span.start <= span.end,
                    None => is_new,
                }
        })
    }
}

/// A workspace in which things are planted, and the files that are other than on disk.
pub(super) struct Bed {
    pub(super) workspace: Workspace,
    pub(super) overlay: Overlay,
    /// For each plant what was added.
    pub(super) planted: Vec<Vec<Planted>>,
}

/// A text that is added to a file.
struct Addition<'a> {
    plant: usize,
    offset: usize,
    text: &'a str,
}

impl Bed {
    pub(super) fn new(ground: &Ground, facts: &Facts, plants: &[&Plant]) -> Self {
        let mut bed = Self {
            workspace: ground.workspace.clone(),
            overlay: ground.overlay.clone(),
            planted: vec![Vec::new(); plants.len()],
        };
        let mut additions: BTreeMap<String, Vec<(usize, ModuleId, &str)>> = BTreeMap::new();
        for (index, plant) in plants.iter().enumerate() {
            for edit in &plant.edits {
                match edit {
                    Edit::Append { module, text } => {
                        let file = facts.modules[module.index()].file;
                        let file = facts.files[file.index()].path.clone();
                        additions.entry(file).or_default().push((index, *module, text));
                    }
                    Edit::File { path, text } => bed.add_file(index, path, text),
                    Edit::Package { name, text, dependencies } => {
                        let package = bed.add_package(index, name, text);
                        for on in dependencies {
                            bed.add_dependency(index, package, on, PackageDependencyKind::Normal);
                        }
                    }
                    Edit::Library { package } => bed.add_library(index, package.index()),
                    Edit::Dependency { package, on, kind } => {
                        bed.add_dependency(index, package.index(), on, *kind);
                    }
                }
            }
        }
        for (file, additions) in additions {
            bed.add_to_file(facts, &file, &additions);
        }
        bed
    }

    fn add_file(&mut self, plant: usize, path: &str, text: &str) {
        self.overlay.insert(self.workspace.root.join(path), text.to_owned());
        self.note(plant, path.to_owned(), text, Some(whole(text)));
    }

    /// Adds a package; gives its index.
    fn add_package(&mut self, plant: usize, name: &str, text: &str) -> usize {
        let folder = self.workspace.root.join(name);
        let root = folder.join("src/lib.rs");
        self.overlay.insert(root.clone(), text.to_owned());
        let target =
            Target { name: name.to_owned(), kind: CrateKind::Lib, root, edition: Edition::E2024 };
        // At the end, so that the others stay where they are.
        self.workspace.packages.push(Package {
            name: name.to_owned(),
            id: String::new(),
            manifest: folder.join("Cargo.toml"),
            targets: vec![target],
            dependencies: Vec::new(),
            features: BTreeMap::new(),
            layer: None,
        });
        self.note(plant, format!("{name}/src/lib.rs"), text, Some(whole(text)));
        self.workspace.packages.len() - 1
    }

    fn add_library(&mut self, plant: usize, package: usize) {
        let package = &mut self.workspace.packages[package];
        let name = package.name.replace('-', "_");
        let root = package.manifest.with_file_name("src").join("planted_library.rs");
        let path = shown(&self.workspace.root, &root);
        // Several plants may ask for the same one.
        if package.targets.iter().all(|target| target.root != root) {
            self.overlay.insert(root.clone(), String::new());
            let kind = CrateKind::Lib;
            package.targets.push(Target { name, kind, root, edition: Edition::E2024 });
        }
        self.note(plant, path, "", None);
    }

    fn add_dependency(
        &mut self,
        plant: usize,
        package: usize,
        on: &On,
        kind: PackageDependencyKind,
    ) {
        let (name, extern_name, member) = match on {
            On::Outside(name) => (name.clone(), name.replace('-', "_"), None),
            On::Planted(name) => {
                let mut packages = self.workspace.packages.iter();
                let member = packages.rposition(|package| package.name == *name);
                (name.clone(), name.clone(), member)
            }
            On::Member(member) => {
                let other = &self.workspace.packages[member.index()];
                let library = other
                    .targets
                    .iter()
                    .find(|target| matches!(target.kind, CrateKind::Lib | CrateKind::ProcMacro));
                let library =
                    library.map_or_else(|| other.name.replace('-', "_"), |it| it.name.clone());
                (other.name.clone(), library, Some(member.index()))
            }
        };
        let package = &mut self.workspace.packages[package];
        package.dependencies.push(Dependency {
            package: name.clone(),
            extern_name,
            renamed: false,
            member,
            kind,
            optional: false,
            target: None,
            features: Vec::new(),
            default_features: true,
            folder: None,
        });
        let manifest = shown(&self.workspace.root, &package.manifest);
        let table = match kind {
            PackageDependencyKind::Normal => "dependencies",
            PackageDependencyKind::Dev => "dev-dependencies",
            PackageDependencyKind::Build => "build-dependencies",
        };
        let text = format!("[{table}] {name}");
        let entry = Some(name);
        self.planted[plant].push(Planted { file: manifest, text, span: None, entry });
    }

    /// Adds texts to modules of one file.
    fn add_to_file(&mut self, facts: &Facts, file: &str, additions: &[(usize, ModuleId, &str)]) {
        let path: Utf8PathBuf = self.workspace.root.join(file);
        let bytes = self.overlay.read(&path, &self.workspace.boundary).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let modules: Vec<&Module> =
            additions.iter().map(|(_, module, _)| &facts.modules[module.index()]).collect();
        let ends = ends(&text, &modules);
        let mut ordered: Vec<Addition<'_>> = additions
            .iter()
            .zip(ends)
            .map(|((plant, _, text), offset)| Addition { plant: *plant, offset, text })
            .collect();
        ordered.sort_by_key(|addition| addition.offset);
        let (mut grown, mut from) = (String::with_capacity(text.len()), 0);
        for addition in ordered {
            grown.push_str(&text[from..addition.offset]);
            from = addition.offset;
            grown.push('\n');
            let start = grown.len();
            grown.push_str(addition.text);
            let span = span(start, grown.len());
            grown.push('\n');
            self.note(addition.plant, file.to_owned(), addition.text, Some(span));
        }
        grown.push_str(&text[from..]);
        self.overlay.insert(path, grown);
    }

    fn note(&mut self, plant: usize, file: String, text: &str, span: Option<Span>) {
        self.planted[plant].push(Planted { file, text: text.to_owned(), span, entry: None });
    }
}

/// A path of a member relative to the workspace root, with forward slashes.
fn shown(root: &Utf8Path, path: &Utf8Path) -> String {
    path.strip_prefix(root).unwrap_or(path).as_str().replace('\\', "/")
}

fn whole(text: &str) -> Span {
    span(0, text.len())
}

fn span(start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { start: offset(start), end: offset(end) }
}

/// Where each of `modules`, which stand in the file with this text, ends: before its closing
/// brace, or at the end of the file.
fn ends(text: &str, modules: &[&Module]) -> Vec<usize> {
    if modules.iter().all(|module| !module.inline) {
        return vec![text.len(); modules.len()];
    }
    // Files can be nested so deeply that the stack of this thread would not do.
    let tree = thread::scope(|scope| {
        let parse = || parse::parse(text);
        let thread =
            thread::Builder::new().stack_size(parse::STACK_SIZE).spawn_scoped(scope, parse);
        thread.expect("the system can start threads").join().expect("parsing never panics")
    });
    let end = |module: &&Module| {
        let mut items = tree.items.iter().filter(|item| item.kind == ItemKind::Module);
        let item = items.find(|item| module.inline && item.span == module.span);
        let end = item.map(|item| item.extent.range().end.saturating_sub(1));
        end.filter(|end| text.get(*end..).is_some_and(|rest| rest.starts_with('}')))
            .unwrap_or(text.len())
    };
    modules.iter().map(end).collect()
}
