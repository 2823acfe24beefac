//! The references that rust-analyzer resolved.

use std::fs::File;
use std::io::{BufRead, BufReader};

use camino::Utf8Path;
use flate2::read::GzDecoder;

/// What a reference looks like in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A written path or a lone name.
    Path,
    /// A path that names a module.
    Module,
    /// A method or field after a dot.
    Member,
    /// A field in a struct literal or pattern.
    Field,
}

/// One reference to something that another file defines.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Form.
    pub form: Form,
    /// The file it stands in.
    pub from: String,
    /// Line, the first is 1, and column in bytes, the first is 0.
    pub place: (u32, u32),
    /// The file that defines what it means.
    pub def: String,
    /// What it means, in rust-analyzer's words.
    pub symbol: String,
}

/// Reads the references of a file.
pub fn read(path: &Utf8Path) -> Result<Vec<Reference>, String> {
    let file = File::open(path).map_err(|error| format!("{path}: {error}"))?;
    let lines = BufReader::new(GzDecoder::new(file)).lines();
    let mut references = Vec::new();
    for (index, line) in lines.enumerate() {
        let line = line.map_err(|error| format!("{path}: {error}"))?;
        let reference = parse(&line)
            .ok_or_else(|| format!("{path}: line {} is no reference: {line:?}", index + 1))?;
        references.push(reference);
    }
    if references.is_empty() { Err(format!("{path}: no references")) } else { Ok(references) }
}

fn parse(line: &str) -> Option<Reference> {
    let mut fields = line.split('\t');
    let form = match fields.next()? {
        "path" => Form::Path,
        "module" => Form::Module,
        "member" => Form::Member,
        "field" => Form::Field,
        _ => return None,
    };
    let from = fields.next()?.to_owned();
    let place = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    let def = fields.next()?.to_owned();
    let symbol = fields.next()?.to_owned();
    fields.next().is_none().then_some(Reference { form, from, place, def, symbol })
}

impl Reference {
    /// The name of what it means: the last word of the symbol, a number that tells
    /// namesakes apart left out.
    pub fn name(&self) -> &str {
        let symbol = self.symbol.trim_end_matches(|end: char| !is_part(end) && end != ')');
        let symbol = match symbol.rsplit_once('(') {
            Some((name, number)) if number.ends_with(')') => name,
            _ => symbol,
        };
        let start = symbol
            .rfind(|character| !is_part(character))
            .map_or(0, |before| before + symbol[before..].chars().next().map_or(0, char::len_utf8));
        &symbol[start..]
    }

    /// Whether it means what an impl or a type holds: a method, a variant, a constant.
    pub fn is_associated(&self) -> bool {
        self.symbol.trim_end_matches('#').contains('#')
    }
}

fn is_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(symbol: &str) -> Reference {
        let line = format!("path\tsrc/a.rs\t3\t4\tsrc/b.rs\trust-analyzer cargo p 0.1.0 {symbol}");
        parse(&line).expect("a reference")
    }

    #[test]
    fn the_name_is_the_last_word_of_the_symbol() {
        for (symbol, name, associated) in [
            ("crate/rt().", "rt", false),
            ("sync/Mutex#", "Mutex", false),
            ("sync/Mutex#lock().", "lock", true),
            ("io/impl#[`Read<'_, R>`][Future]poll().", "poll", true),
            ("io/f(+1).", "f", false),
            ("macros/assert_ok!", "assert_ok", false),
            ("test:", "test", false),
            ("codec/Encoder#Error#", "Error", true),
        ] {
            let reference = reference(symbol);
            assert_eq!(
                (reference.name(), reference.is_associated()),
                (name, associated),
                "{symbol}"
            );
        }
    }

    #[test]
    fn a_line_of_another_shape_is_refused() {
        assert_eq!(reference("a/").place, (3, 4));
        for line in ["", "path\ta\tx\t0\tb\ts", "word\ta\t1\t0\tb\ts", "path\ta\t1\t0\tb\ts\tmore"]
        {
            assert!(parse(line).is_none(), "{line:?}");
        }
    }
}
