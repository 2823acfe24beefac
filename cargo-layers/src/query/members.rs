//! What items are made of, and what surrounds the source: fields, parameters, impls, outside
//! crates, layers.

use layers_rules::facts::{Field, Mentions, PackageDependencyKind, Parameter, Target};
use layers_rules::pattern::normalized;
use rusqlite::params;

use super::tables::{Writer, word};

impl Writer<'_> {
    pub(super) fn fields(&self) -> rusqlite::Result<()> {
        let facts = self.places.facts;
        let mut insert =
            self.connection.prepare("INSERT INTO fields VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for fields in facts.fields.chunk_by(|a, b| a.item == b.item) {
            for (position, field) in (1_u32..).zip(fields) {
                let Field { item, span, .. } = *field;
                let file = facts.items[item.index()].file;
                let start = self.places.start(file, span);
                insert.execute(params![
                    facts.item_path(item),
                    position,
                    facts.names.text(field.name),
                    self.visibility(field.visibility),
                    self.places.file(file),
                    start.line,
                    start.column,
                    field.documented,
                    self.mentions(field.mentions),
                ])?;
            }
        }
        Ok(())
    }

    pub(super) fn parameters(&self) -> rusqlite::Result<()> {
        let facts = self.places.facts;
        let mut insert =
            self.connection.prepare("INSERT INTO parameters VALUES (?, ?, ?, ?, ?, ?, ?)")?;
        for parameters in facts.parameters.chunk_by(|a, b| a.item == b.item) {
            for (position, parameter) in (1_u32..).zip(parameters) {
                let Parameter { item, name, span, mentions } = *parameter;
                let file = facts.items[item.index()].file;
                let start = self.places.start(file, span);
                insert.execute(params![
                    facts.item_path(item),
                    position,
                    facts.names.text(name),
                    self.places.file(file),
                    start.line,
                    start.column,
                    self.mentions(mentions),
                ])?;
            }
        }
        Ok(())
    }

    pub(super) fn impls(&self) -> rusqlite::Result<()> {
        let facts = self.places.facts;
        let mut insert =
            self.connection.prepare("INSERT INTO impls VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for block in &facts.impls {
            let item = &facts.items[block.item.index()];
            let start = self.places.start(item.file, item.span);
            let of_trait = block.of_trait.and_then(|of_trait| of_trait.target);
            insert.execute(params![
                facts.item_path(block.item),
                self.modules[item.module.index()],
                block.self_type.map(|target| facts.target_path(target)),
                of_trait.map(|target| facts.target_path(target)),
                block.of_trait.map(|of_trait| facts.names.text(of_trait.written)),
                self.places.file(item.file),
                start.line,
                start.column,
                item.test,
            ])?;
        }
        Ok(())
    }

    pub(super) fn externals(&self) -> rusqlite::Result<()> {
        let facts = self.places.facts;
        let mut insert =
            self.connection.prepare("INSERT INTO externals VALUES (?, ?, ?, ?, ?, ?, ?)")?;
        for package in &facts.packages {
            for dependency in package.dependencies.iter().filter(|it| it.workspace.is_none()) {
                let name = facts.names.text(dependency.package);
                insert.execute(params![
                    facts.names.text(package.name),
                    name,
                    normalized(name),
                    facts.names.text(dependency.extern_name),
                    table(dependency.kind),
                    dependency.optional,
                    dependency.target.map(|target| facts.names.text(target)),
                ])?;
            }
        }
        Ok(())
    }

    pub(super) fn layers(&self, members: &[(String, Target)]) -> rusqlite::Result<()> {
        let facts = self.places.facts;
        let mut insert = self.connection.prepare("INSERT INTO layers VALUES (?, ?, ?, ?)")?;
        for (layer, member) in members {
            let (path, kind, module) = match *member {
                Target::Module(module) => {
                    (self.modules[module.index()].clone(), "module".to_owned(), module)
                }
                Target::Item(item) => {
                    let entry = &facts.items[item.index()];
                    (facts.item_path(item), word(&entry.kind), entry.module)
                }
                Target::External(_) => continue,
            };
            let crate_name = facts.crate_name(facts.modules[module.index()].crate_id);
            insert.execute(params![layer, path, kind, crate_name])?;
        }
        Ok(())
    }

    /// What a type mentions, as a JSON array: full paths, or what is written where that leads
    /// nowhere.
    fn mentions(&self, mentions: Mentions) -> String {
        let facts = self.places.facts;
        let paths =
            facts.mentioned(mentions).iter().map(|mention| match mention.reference.target {
                Some(target) => facts.target_path(target),
                None => facts.names.text(mention.reference.written).to_owned(),
            });
        serde_json::to_string(&paths.collect::<Vec<_>>()).expect("texts")
    }
}

fn table(kind: PackageDependencyKind) -> &'static str {
    match kind {
        PackageDependencyKind::Normal => "normal",
        PackageDependencyKind::Dev => "dev",
        PackageDependencyKind::Build => "build",
    }
}
