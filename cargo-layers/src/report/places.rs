//! Places in source files as lines and columns, and chains with them.

use camino::Utf8Path;
use layers_rules::facts::{ChainId, Facts, FileId, HopKind, Span};
use layers_rules::finding::Location;
use serde::Serialize;

use super::Sources;
use super::sources::Position;
use crate::disk::Boundary;

/// Facts with the text they were read from.
#[derive(Debug)]
pub struct Places<'a> {
    /// The facts.
    pub facts: &'a Facts,
    /// The text.
    pub sources: Sources,
}

/// One hop of a chain, as programs read it.
#[derive(Debug, Serialize)]
pub struct HopEntry<'a> {
    /// File of the line that makes the hop, relative to the workspace root.
    pub file: &'a str,
    /// That line; the first is 1.
    pub line: u32,
    /// Full path of where the hop starts.
    pub from: String,
    /// Full path of where it leads.
    pub to: String,
    /// How.
    pub how: HopKind,
}

impl<'a> Places<'a> {
    /// Reads the files that `facts` speak of, by their paths from the folder `root` and as far
    /// as they lie within `boundary`.
    #[must_use]
    pub fn new(facts: &'a Facts, root: &Utf8Path, boundary: &Boundary) -> Self {
        let files = facts.files.iter().map(|file| file.path.as_str());
        Self { facts, sources: Sources::of_files(root, boundary, files) }
    }

    /// The path of a file, relative to the workspace root.
    #[must_use]
    pub fn file(&self, file: FileId) -> &'a str {
        &self.facts.files[file.index()].path
    }

    /// Where a span begins; the first byte of the file where its text is not known.
    #[must_use]
    pub fn start(&self, file: FileId, span: Span) -> Position {
        match self.sources.get(self.file(file)) {
            Some(source) => source.range(span).start,
            None => Position { line: 1, column: 1 },
        }
    }

    /// Where a location begins.
    #[must_use]
    pub fn position(&self, location: &Location) -> Position {
        self.sources.range(location).start
    }

    /// The word at a place that was given as a file, a line and a column; the whole file's
    /// beginning where the file has no such line or column. `None` for a file that is not
    /// among the facts.
    #[must_use]
    pub fn location(&self, file: &str, position: Position) -> Option<Location> {
        let source = self.sources.get(file)?;
        let span = source.word_at(position).unwrap_or_default();
        Some(Location { file: file.to_owned(), span })
    }

    /// The hops of a chain in order.
    #[must_use]
    pub fn hops(&self, chain: ChainId) -> Vec<HopEntry<'a>> {
        let facts = self.facts;
        facts.chains[chain.index()]
            .iter()
            .map(|hop| HopEntry {
                file: self.file(hop.file),
                line: self.start(hop.file, hop.span).line,
                from: format!("{}::{}", facts.module_path(hop.module), facts.names.text(hop.name)),
                to: facts.target_path(hop.to),
                how: hop.how,
            })
            .collect()
    }
}
