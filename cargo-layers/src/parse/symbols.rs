//! The pieces of text that a file names things by, each once.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::item_tree::Symbol;

/// Text of every symbol of a file, in one string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Symbols {
    text: String,
    /// Where each ends in the text.
    ends: Vec<u32>,
}

impl Symbols {
    /// The text of a symbol.
    #[must_use]
    pub fn text(&self, symbol: Symbol) -> &str {
        let at = symbol.0 as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[at] as usize]
    }

    /// The texts in the order of the symbols.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let end = *end as usize;
            &self.text[std::mem::replace(&mut start, end)..end]
        })
    }
}

/// Gives texts their symbols.
#[derive(Default)]
pub(super) struct SymbolTable {
    symbols: Symbols,
    known: HashTable<u32>,
}

impl SymbolTable {
    /// The text of a symbol.
    pub fn text(&self, symbol: Symbol) -> &str {
        self.symbols.text(symbol)
    }

    /// The symbol of a text, which is new on its first appearance.
    pub fn symbol(&mut self, text: &str) -> Symbol {
        let Self { symbols, known } = self;
        let hash = |text: &str| FxBuildHasher.hash_one(text);
        let same = |symbol: &u32| symbols.text(Symbol(*symbol)) == text;
        if let Some(symbol) = known.find(hash(text), same) {
            return Symbol(*symbol);
        }
        let symbol = super::reader::index(symbols.ends.len());
        symbols.text.push_str(text);
        symbols.ends.push(super::reader::index(symbols.text.len()));
        known.insert_unique(hash(text), symbol, |symbol| hash(symbols.text(Symbol(*symbol))));
        Symbol(symbol)
    }

    /// The texts, without what was needed to find them.
    pub fn finish(self) -> Symbols {
        let mut symbols = self.symbols;
        symbols.text.shrink_to_fit();
        symbols.ends.shrink_to_fit();
        symbols
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_one_symbol_and_keeps_it() {
        let mut table = SymbolTable::default();
        let many: Vec<String> = (0..1_000).map(|number| format!("name_{number}")).collect();
        let symbols: Vec<Symbol> = many.iter().map(|text| table.symbol(text)).collect();
        let empty = table.symbol("");
        for (text, symbol) in many.iter().zip(&symbols) {
            assert_eq!(table.symbol(text), *symbol);
            assert_eq!(table.text(*symbol), text);
        }
        assert_eq!((table.symbol(""), table.text(empty)), (Symbol(1_000), ""));
        let finished = table.finish();
        assert_eq!(finished.iter().len(), 1_001);
        assert!(finished.iter().zip(&many).all(|(text, expected)| text == expected));
        assert_eq!(finished.text(symbols[999]), "name_999");
    }
}
