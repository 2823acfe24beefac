//! The tables, and how facts come into them.

use layers_rules::facts::{CrateKind, Facts, ItemId, Modifiers, ModuleId, Target, Visibility};
use rusqlite::{Connection, params};

use crate::report::places::Places;

/// The tables as SQL, with a word on every column.
pub const SCHEMA: &str = include_str!("schema.sql");

/// A database with every fact in it.
pub(super) fn filled(
    places: &Places<'_>,
    layers: &[(String, Target)],
) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    connection.execute_batch("PRAGMA temp_store = MEMORY;")?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(SCHEMA)?;
    let writer = Writer { connection: &transaction, places, modules: module_paths(places.facts) };
    writer.packages()?;
    writer.crates()?;
    writer.modules()?;
    writer.items()?;
    writer.fields()?;
    writer.parameters()?;
    writer.impls()?;
    writer.externals()?;
    writer.layers(layers)?;
    writer.dependencies()?;
    transaction.commit()?;
    Ok(connection)
}

fn module_paths(facts: &Facts) -> Vec<String> {
    (0..facts.modules.len()).map(|module| facts.module_path(ModuleId::new(module))).collect()
}

pub(super) struct Writer<'a> {
    pub(super) connection: &'a Connection,
    pub(super) places: &'a Places<'a>,
    /// Full paths of all modules.
    pub(super) modules: Vec<String>,
}

impl Writer<'_> {
    fn packages(&self) -> rusqlite::Result<()> {
        let facts = self.places.facts;
        let mut insert = self.connection.prepare("INSERT INTO packages VALUES (?, ?)")?;
        for package in &facts.packages {
            insert.execute(params![facts.names.text(package.name), package.manifest])?;
        }
        Ok(())
    }

    fn crates(&self) -> rusqlite::Result<()> {
        let facts = self.places.facts;
        let mut insert =
            self.connection.prepare("INSERT INTO crates VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for (krate, coverage) in facts.crates.iter().zip(&facts.coverage) {
            insert.execute(params![
                facts.names.text(krate.display),
                facts.names.text(facts.packages[krate.package.index()].name),
                facts.names.text(krate.name),
                kind(krate.kind),
                self.places.file(facts.modules[krate.root.index()].file),
                coverage.seen,
                coverage.resolved,
                coverage.external,
                coverage.opaque,
                coverage.unresolved,
            ])?;
        }
        Ok(())
    }

    fn modules(&self) -> rusqlite::Result<()> {
        let facts = self.places.facts;
        let mut insert = self
            .connection
            .prepare("INSERT INTO modules VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for (module, path) in facts.modules.iter().zip(&self.modules) {
            let start = self.places.start(module.declared_in, module.span);
            insert.execute(params![
                path,
                facts.crate_name(module.crate_id),
                module.parent.map(|parent| &self.modules[parent.index()]),
                facts.names.text(module.name),
                self.places.file(module.file),
                self.places.file(module.declared_in),
                start.line,
                start.column,
                module.inline,
                self.visibility(module.visibility),
                module.test,
                module.cfg.map(|cfg| facts.names.text(cfg)),
            ])?;
        }
        Ok(())
    }

    fn items(&self) -> rusqlite::Result<()> {
        let facts = self.places.facts;
        let mut insert = self
            .connection
            .prepare("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for (index, item) in facts.items.iter().enumerate() {
            let start = self.places.start(item.file, item.span);
            let module = &facts.modules[item.module.index()];
            insert.execute(params![
                facts.item_path(ItemId::new(index)),
                facts.crate_name(module.crate_id),
                self.modules[item.module.index()],
                item.parent.map(|parent| facts.item_path(parent)),
                word(&item.kind),
                facts.names.text(item.name),
                self.visibility(item.visibility),
                self.places.file(item.file),
                start.line,
                start.column,
                item.test,
                item.form.lines,
                item.form.modifiers.contains(Modifiers::DOCUMENTED),
                item.cfg.map(|cfg| facts.names.text(cfg)),
            ])?;
        }
        Ok(())
    }

    fn dependencies(&self) -> rusqlite::Result<()> {
        let facts = self.places.facts;
        let mut insert = self.connection.prepare(
            "INSERT INTO dependencies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let chains: Vec<String> = (0..facts.chains.len())
            .map(|chain| {
                let hops = self.places.hops(layers_rules::facts::ChainId::new(chain));
                serde_json::to_string(&hops).expect("text and numbers")
            })
            .collect();
        for edge in &facts.dependencies {
            let start = self.places.start(edge.file, edge.span);
            let to_path = facts.target_path(edge.to);
            let (to_crate, to_file) = self.home(edge.to);
            insert.execute(params![
                facts.crate_name(facts.modules[edge.from.index()].crate_id),
                self.modules[edge.from.index()],
                edge.item.map(|item| facts.item_path(item)),
                self.places.file(edge.file),
                start.line,
                start.column,
                word(&edge.kind),
                edge.inferred,
                facts.names.text(edge.written),
                to_path,
                to_crate,
                to_file,
                chains[edge.chain.index()],
                edge.test,
                edge.cfg.map(|cfg| facts.names.text(cfg)),
            ])?;
        }
        Ok(())
    }

    /// The crate of a target, and the file that defines it.
    fn home(&self, target: Target) -> (&str, Option<&str>) {
        let facts = self.places.facts;
        let crate_of = |module: ModuleId| facts.crate_name(facts.modules[module.index()].crate_id);
        match target {
            Target::Module(module) => {
                let file = facts.modules[module.index()].file;
                (crate_of(module), Some(self.places.file(file)))
            }
            Target::Item(item) => {
                let item = &facts.items[item.index()];
                (crate_of(item.module), Some(self.places.file(item.file)))
            }
            Target::External(external) => {
                let krate = facts.externals[external.index()].path[0];
                (facts.names.text(krate), None)
            }
        }
    }

    pub(super) fn visibility(&self, visibility: Visibility) -> String {
        match visibility {
            Visibility::Public => "pub".to_owned(),
            Visibility::Crate => "crate".to_owned(),
            Visibility::Private => "private".to_owned(),
            Visibility::Restricted(module) => format!("pub(in {})", self.modules[module.index()]),
        }
    }
}

fn kind(kind: CrateKind) -> &'static str {
    match kind {
        CrateKind::Lib => "lib",
        CrateKind::ProcMacro => "proc-macro",
        CrateKind::Bin => "bin",
        CrateKind::Example => "example",
        CrateKind::Test => "test",
        CrateKind::Bench => "bench",
        CrateKind::BuildScript => "build",
    }
}

/// The word that a kind serialises to.
pub(super) fn word(kind: &impl serde::Serialize) -> String {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(word)) => word,
        other => unreachable!("kinds are words, and this is {other:?}"),
    }
}
