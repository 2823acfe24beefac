//! Small facts and policies for the tests of this crate.

mod parts;

use jiff::civil::date;

use crate::check::{Report, Selection, check};
use crate::facts::{
    ChainId, Crate, CrateId, CrateKind, Dependency, DependencyId, DependencyKind, External,
    ExternalId, ExternalLink, Facts, File, FileId, Form, Hop, HopKind, Impl, Item, ItemId,
    ItemKind, Module, ModuleId, Needs, Package, PackageDependency, PackageDependencyKind,
    PackageId, Reference, Span, Target, Visibility,
};
use crate::finding::Location;
use crate::packs::pack;
use crate::pattern::normalized;
use crate::policy::{Extension, Member, Policy, Problem, Source};

/// Facts that grow as paths are named: a segment in lower case is a module, one that
/// begins with a capital a struct, `name()` a function; a path whose crate is no package
/// of the workspace is outside. Each module has a file of its own.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) facts: Facts,
}

impl World {
    /// A workspace of packages that are libraries.
    pub(crate) fn new(packages: &[&str]) -> Self {
        let gathered = Needs {
            external_graph: true,
            lock_file: true,
            manifests: true,
            stray_files: true,
            ..Needs::SOURCE
        };
        let mut world = Self { facts: Facts { gathered, ..Facts::default() } };
        world.facts.chains.push(Vec::new());
        for name in packages {
            let name_id = world.facts.names.intern(name);
            world.facts.packages.push(Package {
                name: name_id,
                manifest: format!("{name}/Cargo.toml"),
                layer: None,
                dependencies: Vec::new(),
                features: Vec::new(),
            });
            let package = PackageId::new(world.facts.packages.len() - 1);
            world.target(package, CrateKind::Lib, &normalized(name));
        }
        world
    }

    /// Adds a target to a package.
    pub(crate) fn target(&mut self, package: PackageId, kind: CrateKind, name: &str) -> ModuleId {
        let is_taken =
            self.facts.crates.iter().any(|krate| self.facts.names.text(krate.display) == name);
        let display =
            if is_taken { format!("{name}[{}:{name}]", kind.word()) } else { name.to_owned() };
        let crate_id = CrateId::new(self.facts.crates.len());
        let root = self.add_module(crate_id, None, name, &display);
        let (name, display) = (self.facts.names.intern(name), self.facts.names.intern(&display));
        self.facts.crates.push(Crate { package, name, kind, root, display });
        root
    }

    fn add_module(
        &mut self,
        crate_id: CrateId,
        parent: Option<ModuleId>,
        name: &str,
        path: &str,
    ) -> ModuleId {
        let file = FileId::new(self.facts.files.len());
        self.facts.files.push(File { path: format!("{}.rs", path.replace("::", "/")), lines: 1 });
        let name = self.facts.names.intern(name);
        let start = 500 + 10 * file.number();
        let span = parent.map_or(Span::default(), |_| Span { start, end: start + 5 });
        let declared_in = parent.map_or(file, |parent| self.facts.modules[parent.index()].file);
        self.facts.modules.push(Module {
            crate_id,
            parent,
            name,
            file,
            declared_in,
            span,
            inline: false,
            lines: 1,
            documented: false,
            attributes: Vec::new(),
            visibility: Visibility::Public,
            test: false,
            cfg: None,
        });
        ModuleId::new(self.facts.modules.len() - 1)
    }

    /// The thing at `path`, made where it does not exist.
    pub(crate) fn thing(&mut self, path: &str) -> Target {
        let mut segments = path.split("::");
        let first = segments.next().unwrap_or_default();
        let root = self
            .facts
            .crates
            .iter()
            .find(|krate| self.facts.names.text(krate.display) == first)
            .map(|krate| krate.root);
        let Some(root) = root else { return self.external(path) };
        let mut module = root;
        let mut item = None;
        let mut so_far = first.to_owned();
        for segment in segments {
            so_far = format!("{so_far}::{segment}");
            let is_item = segment.starts_with(char::is_uppercase) || segment.ends_with("()");
            if is_item {
                let kind = if segment.ends_with("()") { ItemKind::Fn } else { ItemKind::Struct };
                item =
                    Some(self.find_or_add_item(module, item, segment.trim_end_matches("()"), kind));
            } else {
                module = self.find_or_add_module(module, segment, &so_far);
            }
        }
        item.map_or(Target::Module(module), Target::Item)
    }

    fn find_or_add_module(&mut self, parent: ModuleId, name: &str, path: &str) -> ModuleId {
        let found = self.facts.modules.iter().position(|module| {
            module.parent == Some(parent) && self.facts.names.text(module.name) == name
        });
        let crate_id = self.facts.modules[parent.index()].crate_id;
        found.map_or_else(|| self.add_module(crate_id, Some(parent), name, path), ModuleId::new)
    }

    fn find_or_add_item(
        &mut self,
        module: ModuleId,
        parent: Option<ItemId>,
        name: &str,
        kind: ItemKind,
    ) -> ItemId {
        let found = self.facts.items.iter().position(|item| {
            item.module == module
                && item.parent == parent
                && self.facts.names.text(item.name) == name
        });
        found.map_or_else(|| self.add_item(module, parent, name, kind), ItemId::new)
    }

    pub(crate) fn add_item(
        &mut self,
        module: ModuleId,
        parent: Option<ItemId>,
        name: &str,
        kind: ItemKind,
    ) -> ItemId {
        let name = self.facts.names.intern(name);
        let start = 1000 + 10 * ItemId::new(self.facts.items.len()).number();
        let span = Span { start, end: start + 5 };
        self.facts.items.push(Item {
            module,
            parent,
            kind,
            name,
            visibility: Visibility::Public,
            file: self.facts.modules[module.index()].file,
            span,
            extent: span,
            body: None,
            form: Form { lines: 1, ..Form::default() },
            attributes: Vec::new(),
            derives: Vec::new(),
            test: false,
            cfg: None,
        });
        ItemId::new(self.facts.items.len() - 1)
    }

    fn external(&mut self, path: &str) -> Target {
        let names = path.split("::").map(|name| self.facts.names.intern(name)).collect();
        let external = External { path: names };
        let found = self.facts.externals.iter().position(|known| *known == external);
        let index = found.unwrap_or_else(|| {
            self.facts.externals.push(external);
            self.facts.externals.len() - 1
        });
        Target::External(ExternalId::new(index))
    }

    /// The module at `path`.
    pub(crate) fn module(&mut self, path: &str) -> ModuleId {
        match self.thing(path) {
            Target::Module(module) => module,
            other => panic!("{path} is {other:?}"),
        }
    }

    /// The item at `path`, to be changed.
    pub(crate) fn item(&mut self, path: &str) -> &mut Item {
        match self.thing(path) {
            Target::Item(item) => &mut self.facts.items[item.index()],
            other => panic!("{path} is {other:?}"),
        }
    }

    /// A dependency, as an import with the full path. Spans follow each other.
    pub(crate) fn uses(&mut self, from: &str, to: &str) -> DependencyId {
        let source = self.thing(from);
        let to_target = self.thing(to);
        let module = self.facts.target_module(source).expect("in the workspace");
        let item = match source {
            Target::Item(item) => Some(item),
            _ => None,
        };
        let start = 10 * DependencyId::new(self.facts.dependencies.len()).number();
        let written = self.facts.names.intern(to.trim_end_matches("()"));
        self.facts.dependencies.push(Dependency {
            from: module,
            item,
            to: to_target,
            kind: DependencyKind::Use,
            file: self.facts.modules[module.index()].file,
            span: Span { start, end: start + 5 },
            written,
            chain: ChainId::FIRST,
            cfg: None,
            test: false,
            inferred: false,
            restates: None,
        });
        DependencyId::new(self.facts.dependencies.len() - 1)
    }

    /// A dependency, to be changed.
    pub(crate) fn dependency(&mut self, id: DependencyId) -> &mut Dependency {
        &mut self.facts.dependencies[id.index()]
    }

    /// A dependency that is written as `written` and goes through `name` in the module
    /// `through`.
    pub(crate) fn uses_through(
        &mut self,
        from: &str,
        through: &str,
        name: &str,
        to: &str,
    ) -> DependencyId {
        let id = self.uses(from, to);
        let hop = Hop {
            module: self.module(through),
            name: self.facts.names.intern(name),
            to: self.thing(to),
            how: HopKind::Reexport,
            file: FileId::FIRST,
            span: Span { start: 1, end: 2 },
        };
        self.facts.chains.push(vec![hop]);
        let chain = ChainId::new(self.facts.chains.len() - 1);
        let written = self.facts.names.intern(&format!("{through}::{name}"));
        let dependency = self.dependency(id);
        dependency.chain = chain;
        dependency.written = written;
        id
    }

    /// Declares a dependency on an outside package.
    pub(crate) fn declares(&mut self, package: &str, extern_name: &str) {
        let dependency = PackageDependency {
            package: self.facts.names.intern(package),
            extern_name: self.facts.names.intern(extern_name),
            workspace: None,
            kind: PackageDependencyKind::Normal,
            optional: false,
            features: Vec::new(),
            target: None,
            span: Span::default(),
            inherited: None,
        };
        self.facts.packages[0].dependencies.push(dependency);
    }

    /// Lets one package outside the workspace need another; gives the link, to be changed.
    pub(crate) fn links(&mut self, from: &str, to: &str) -> &mut ExternalLink {
        let (from, to) = (self.facts.names.intern(from), self.facts.names.intern(to));
        let kind = PackageDependencyKind::Normal;
        let (features, targets) = (Vec::new(), Vec::new());
        self.facts.external_graph.push(ExternalLink { from, to, kind, features, targets });
        self.facts.external_graph.last_mut().expect("just added")
    }

    /// A reference, resolved unless `target` is empty.
    pub(crate) fn reference(&mut self, written: &str, target: &str) -> Reference {
        let written = self.facts.names.intern(written);
        let target = (!target.is_empty()).then(|| self.thing(target));
        Reference { written, target }
    }

    /// An impl of a trait for a type.
    pub(crate) fn implements(&mut self, of_trait: &str, for_type: &str) {
        let self_type = self.thing(for_type);
        let module = self.facts.target_module(self_type).expect("in the workspace");
        let of_trait = self.reference(of_trait, of_trait);
        let name = for_type.rsplit("::").next().unwrap_or_default().to_owned();
        let mut block = self.item(for_type).clone();
        block.kind = ItemKind::Impl;
        block.module = module;
        block.name = self.facts.names.intern(&name);
        self.facts.items.push(block);
        let item = ItemId::new(self.facts.items.len() - 1);
        self.facts.impls.push(Impl { item, self_type: Some(self_type), of_trait: Some(of_trait) });
    }

    /// The packages as a policy sees them.
    pub(crate) fn members(&self) -> Vec<Member> {
        let packages = self.facts.packages.iter().enumerate();
        let text = |name| self.facts.names.text(name).to_owned();
        packages
            .map(|(index, package)| Member {
                package: text(package.name),
                manifest: package.manifest.clone(),
                targets: self
                    .facts
                    .crates
                    .iter()
                    .filter(|krate| krate.package.index() == index)
                    .map(|krate| text(krate.name))
                    .collect(),
                layer: package.layer.clone(),
            })
            .collect()
    }

    /// The policy that `toml` says; today is 2026-11-22.
    pub(crate) fn policy(&self, toml: &str) -> Result<Policy, Vec<Problem>> {
        Policy::build(&source("layers.toml", toml), &self.members(), date(2026, 11, 22))
    }

    /// What judging by the policy that `toml` says gives.
    pub(crate) fn check(&self, toml: &str) -> Report {
        self.select(toml, &Selection::default())
    }

    /// What judging by a part of the policy gives.
    pub(crate) fn select(&self, toml: &str, selection: &Selection) -> Report {
        let policy = self.policy(toml).expect("a policy");
        check(&self.facts, &policy, selection).expect("a policy to judge by")
    }

    /// The messages of all findings, each with the id of its rule.
    pub(crate) fn messages(&self, toml: &str) -> Vec<String> {
        let findings = self.check(toml).findings;
        findings.iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect()
    }
}

/// A file with the built-in packs it extends.
pub(crate) fn source(file: &str, text: &str) -> Source {
    source_with(file, text, &|name| pack(name).expect("a pack").text)
}

/// A file with the packs it extends, whose texts `text_of` knows by their names.
pub(crate) fn source_with<'t>(file: &str, text: &str, text_of: &dyn Fn(&str) -> &'t str) -> Source {
    let raw: crate::policy::raw::RawPolicy = toml::from_str(text).expect("a policy's shape");
    let extends = raw.extends.iter().map(|entry| {
        let name = entry.pack.get_ref();
        let span = Span {
            start: u32::try_from(entry.span.start).expect("small"),
            end: u32::try_from(entry.span.end).expect("small"),
        };
        let location = Location { file: file.to_owned(), span };
        let layers = entry.layers.iter().map(|(theirs, ours)| {
            (theirs.get_ref().clone(), (ours.get_ref().clone(), location.clone()))
        });
        Extension {
            layers: layers.collect(),
            entry: location.clone(),
            pack: Some(name.clone()),
            source: source_with(&format!("pack {name}"), text_of(name), text_of),
        }
    });
    Source { file: file.to_owned(), extends: extends.collect(), attached: Vec::new(), raw }
}
