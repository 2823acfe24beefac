//! Resolves every import, to a fixed point.
//!
//! The order of events is that of rustc: an open single import keeps its name for
//! itself in every namespace, an open glob keeps all names of its scope open, and what
//! may still change is not used. Two steps go further, since all conditional branches
//! are looked at together: imports that wait for each other take what is there, and in
//! the end each import is looked up once more, so that it brings every alternative.

use layers_rules::names::Name;
use smallvec::SmallVec;

use super::declare::index;
use super::paths::{Manner, Question, Walk};
use super::scopes::{Binding, GlobLink, Key, Own, Patience};
use super::{ChainIx, Def, Resolver};
use crate::parse::item_tree::{Anchor, ImportKind, Namespace, Namespaces};
use crate::tree::{ImportIx, ScopeIx};

/// What an import came to.
#[derive(Clone, Debug, Default)]
pub struct ImportState {
    /// Each thing it imports, with the re-exports on the way.
    pub results: SmallVec<[(Namespace, Def, ChainIx); 2]>,
    /// Namespaces that are still open.
    open: u8,
}

impl ImportState {
    /// What it imports, with the re-exports on the way. Where one of its names is seen, what
    /// a macro may make of the others is a guess, and left out.
    #[must_use]
    pub fn likely(&self) -> SmallVec<[(Def, ChainIx); 2]> {
        let is_seen = self.results.iter().any(|(_, def, _)| !def.is_unseen());
        let results = self.results.iter().filter(|(_, def, _)| !is_seen || !def.is_unseen());
        results.map(|(_, def, chain)| (*def, *chain)).collect()
    }
}

/// An import in global terms.
struct Job {
    import: ImportIx,
    scope: ScopeIx,
    anchor: Anchor,
    names: SmallVec<[Name; 6]>,
    kind: JobKind,
    namespaces: Namespaces,
    visible: super::scopes::Visible,
    offset: u32,
    in_tests: bool,
}

/// What an import brings.
#[derive(Clone, Copy, Debug)]
pub enum JobKind {
    /// A name; `None` for `as _`.
    Single(Option<Name>),
    /// All names.
    Glob,
}

/// An import that asks what its path means. Its scope is that of the question.
#[derive(Clone, Copy, Debug)]
pub struct Asker {
    import: ImportIx,
    kind: JobKind,
}

impl Job {
    fn question(&self, namespace: Namespace) -> Question<'_> {
        Question {
            scope: self.scope,
            anchor: self.anchor,
            names: &self.names,
            namespace,
            offset: self.offset,
            in_tests: self.in_tests,
            import: Some(Asker { import: self.import, kind: self.kind }),
        }
    }
}

/// Resolves all imports of `resolver`.
pub fn settle(resolver: &mut Resolver) {
    let jobs = resolver.jobs();
    let mut open: Vec<&Job> = jobs.iter().collect();
    while !open.is_empty() {
        let before = open.len();
        let mut progress = false;
        open.retain(|job| {
            progress |= resolver.try_import(job, Patience::Waits);
            resolver.imports[job.import as usize].open != 0
        });
        if progress || open.len() < before {
            continue;
        }
        // Everything left waits for something else that is left.
        for job in &open {
            progress |= resolver.try_import(job, Patience::TakesWhatIsThere);
        }
        open.retain(|job| resolver.imports[job.import as usize].open != 0);
        if !progress {
            break;
        }
    }
    for job in open {
        for namespace in Namespace::ALL {
            resolver.close(job, namespace);
        }
    }
    resolver.complete(&jobs);
    resolver.settled = true;
    // Each may bring what others wait for.
    while resolver.complete_left(&jobs, Manner::SEEN) {}
    // A name that is imported from nowhere is not looked for elsewhere.
    for job in &jobs {
        if resolver.is_left(job) {
            resolver.bind_unknown(job);
        }
    }
}

impl Resolver {
    fn jobs(&mut self) -> Vec<Job> {
        let mut jobs = Vec::new();
        for import in 0..index(self.imports.len()) {
            let (mount, entry) = self.import(import);
            if !mount.counts(entry.cfg) {
                continue;
            }
            let file = self.tree.file(mount);
            let (kind, namespaces) = match entry.kind {
                ImportKind::Single(name, namespaces) => {
                    (JobKind::Single(name.map(|name| file.name(name))), namespaces)
                }
                ImportKind::Glob => (JobKind::Glob, Namespaces::TYPES),
                ImportKind::ExternCrate(..) => continue,
            };
            let scope = self.tree.scope(mount, entry.scope);
            let job = Job {
                import,
                scope,
                anchor: entry.anchor,
                names: file.tree.names(entry.path).iter().map(|name| file.name(*name)).collect(),
                kind,
                namespaces,
                visible: self.visible(scope, mount, entry.visibility),
                offset: entry.span.start,
                in_tests: mount.test || file.tree.is_test(entry.cfg),
            };
            self.imports[import as usize].open = namespaces.0;
            match kind {
                JobKind::Glob => self.scopes.pending_globs[scope as usize] += 1,
                JobKind::Single(Some(name)) => {
                    for namespace in Namespace::ALL {
                        if namespaces.contains(namespace) {
                            let key = (scope, name, namespace);
                            self.scopes.slots.entry(key).or_default().pending += 1;
                        }
                    }
                }
                JobKind::Single(None) => {}
            }
            jobs.push(job);
        }
        jobs
    }

    /// Which of the reservations on a key are those of the import that asks.
    pub(super) fn own(&self, question: &Question<'_>, key: Key) -> Own {
        let Some(Asker { import, kind }) = question.import else { return Own::default() };
        let mut own = Own { import: Some(import), ..Own::default() };
        let open = Namespaces(self.imports[import as usize].open);
        if open != Namespaces::NONE && question.scope == key.0 {
            match kind {
                JobKind::Glob => own.globs = 1,
                JobKind::Single(name) => {
                    own.singles = u16::from(name == Some(key.1) && open.contains(key.2));
                }
            }
        }
        own
    }

    /// Tries to resolve what is open of an import; whether that got anywhere.
    fn try_import(&mut self, job: &Job, patience: Patience) -> bool {
        let open = Namespaces(self.imports[job.import as usize].open);
        if open == Namespaces::NONE {
            return false;
        }
        let mut progress = false;
        let before = self.before_last(job.question(Namespace::Type), patience.into());
        for namespace in Namespace::ALL {
            if !open.contains(namespace) {
                continue;
            }
            match self.ask(job, before.as_ref(), namespace, patience.into()) {
                Walk::Yes(meanings) => {
                    self.close(job, namespace);
                    for meaning in meanings {
                        self.import_one(job, namespace, meaning.def, meaning.chain);
                    }
                    progress = true;
                }
                Walk::No if patience == Patience::Waits => {
                    self.close(job, namespace);
                    progress = true;
                }
                Walk::No | Walk::Maybe => {}
            }
        }
        progress
    }

    /// What an import means in one namespace, once it is known what all of its path but the
    /// last name means, which is the same in all.
    fn ask(
        &mut self,
        job: &Job,
        before: Option<&Walk>,
        namespace: Namespace,
        manner: Manner,
    ) -> Walk {
        match self.last(before, job.question(namespace), manner) {
            // `use crate::…;` ends at a module, which is a type.
            Walk::Yes(_) if job.names.is_empty() && namespace != Namespace::Type => Walk::No,
            walk => walk,
        }
    }

    fn import_one(&mut self, job: &Job, namespace: Namespace, def: Def, via: ChainIx) -> bool {
        let state = &mut self.imports[job.import as usize];
        if state.results.iter().any(|known| known.0 == namespace && known.1 == def) {
            return false;
        }
        state.results.push((namespace, def, via));
        let import = Some(job.import);
        match job.kind {
            JobKind::Single(Some(name)) => {
                if namespace == Namespace::Type && self.hides_its_crate(job, name, def) {
                    return true;
                }
                let binding = Binding { def, visible: job.visible, import, glob: false, via };
                self.scopes.bind(&mut self.chains, (job.scope, name, namespace), binding);
            }
            JobKind::Single(None) => {}
            JobKind::Glob => self.import_all(job, def, via),
        }
        true
    }

    /// `use anyhow::anyhow;`: what an outside crate holds under its own name is most
    /// likely no module, so that the crate can still be named.
    fn hides_its_crate(&self, job: &Job, name: Name, def: Def) -> bool {
        matches!(def, Def::External(_))
            && job.names.len() > 1
            && job.names.first() == Some(&name)
            && self.extern_names[self.crate_of(job.scope) as usize].contains_key(&name)
    }

    fn import_all(&mut self, job: &Job, def: Def, via: ChainIx) {
        let source = match def {
            Def::Module(scope) => Some(scope),
            Def::Item(item) => self.own_scope(item),
            Def::External(_) | Def::Builtin | Def::Made(_) | Def::Unknown => None,
        };
        if let Some(source) = source {
            let link =
                GlobLink { importer: job.scope, visible: job.visible, import: job.import, via };
            self.scopes.connect(&mut self.chains, source, link);
        } else {
            let import = Some(job.import);
            let binding = Binding { def, visible: job.visible, import, glob: true, via };
            self.scopes.bind(&mut self.chains, (job.scope, self.star, Namespace::Type), binding);
        }
    }

    fn bind_unknown(&mut self, job: &Job) {
        let JobKind::Single(Some(name)) = job.kind else { return };
        for namespace in Namespace::ALL {
            if job.namespaces.contains(namespace) {
                let (def, import, via) = (Def::Unknown, Some(job.import), ChainIx::EMPTY);
                let binding = Binding { def, visible: job.visible, import, glob: false, via };
                self.scopes.bind(&mut self.chains, (job.scope, name, namespace), binding);
            }
        }
    }

    /// Gives a namespace of an import up, or notes that it is resolved.
    fn close(&mut self, job: &Job, namespace: Namespace) {
        let state = &mut self.imports[job.import as usize];
        if !Namespaces(state.open).contains(namespace) {
            return;
        }
        state.open &= !(1 << namespace as u8);
        match job.kind {
            JobKind::Glob => self.scopes.pending_globs[job.scope as usize] -= 1,
            JobKind::Single(Some(name)) => {
                let slot = self.scopes.slots.entry((job.scope, name, namespace)).or_default();
                slot.pending -= 1;
            }
            JobKind::Single(None) => {}
        }
    }

    /// Looks every import up again until none brings anything new: conditional branches
    /// that were bound later count as well.
    fn complete(&mut self, jobs: &[Job]) {
        loop {
            let mut changed = false;
            for job in jobs {
                changed |= self.complete_one(job, Manner::SEEN);
            }
            if changed {
                continue;
            }
            // What is left names nothing that it could see.
            if !self.complete_left(jobs, Manner::HIDDEN) {
                return;
            }
        }
    }

    /// Whether an import has brought nothing.
    fn is_left(&self, job: &Job) -> bool {
        self.imports[job.import as usize].results.is_empty()
    }

    /// Looks those imports up again that have brought nothing; whether one of them does now.
    fn complete_left(&mut self, jobs: &[Job], manner: Manner) -> bool {
        let mut changed = false;
        for job in jobs {
            if self.is_left(job) {
                changed |= self.complete_one(job, manner);
            }
        }
        changed
    }

    fn complete_one(&mut self, job: &Job, manner: Manner) -> bool {
        let before = self.before_last(job.question(Namespace::Type), manner);
        let mut changed = false;
        for namespace in Namespace::ALL {
            if job.namespaces.contains(namespace)
                && let Walk::Yes(meanings) = self.ask(job, before.as_ref(), namespace, manner)
            {
                for meaning in meanings {
                    changed |= self.import_one(job, namespace, meaning.def, meaning.chain);
                }
            }
        }
        changed
    }
}
