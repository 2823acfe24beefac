//! The source of one generated crate.

use std::fmt::Write as _;

/// Structs, each with its impls and functions, in a module.
const ENTITIES: usize = 4;

/// Lines of a crate with that many modules.
pub(super) fn lines_of_crate(modules: usize) -> usize {
    files(&["one".to_owned(), "two".to_owned()], modules)
        .iter()
        .map(|(_, text)| text.lines().count())
        .sum()
}

/// The files of a crate that uses the crates `externs`, relative to its `src`.
pub(super) fn files(externs: &[String], modules: usize) -> Vec<(String, String)> {
    let mut files = vec![
        ("lib.rs".to_owned(), lib(modules)),
        ("prelude.rs".to_owned(), prelude(modules)),
        ("shared.rs".to_owned(), SHARED.to_owned()),
    ];
    for number in 0..modules {
        files.push((format!("module_{number}.rs"), module(externs, number)));
    }
    files
}

fn lib(modules: usize) -> String {
    let mut text =
        "//! A generated crate.\n\n#[macro_use]\nmod shared;\npub mod prelude;\n".to_owned();
    for number in 0..modules {
        let _ = writeln!(text, "pub mod module_{number};");
    }
    text.push_str("\npub use shared::{Failure, Labelled, Outcome, Ticket};\n");
    text
}

fn prelude(modules: usize) -> String {
    let mut text = "//! What most users of this crate need.\n\n".to_owned();
    for number in 0..modules {
        let _ = writeln!(text, "pub use crate::module_{number}::Entity{number}x0;");
        let _ = writeln!(text, "pub use crate::module_{number}::inner::*;");
    }
    text.push_str("pub use crate::shared::*;\n");
    text
}

fn module(externs: &[String], number: usize) -> String {
    let mut text = format!("//! Module {number}: entities and what is done with them.\n\n");
    text.push_str("use std::collections::{BTreeMap, btree_map::Entry};\nuse std::fmt;\n\n");
    for (index, name) in externs.iter().enumerate() {
        let _ = match index % 3 {
            0 => writeln!(text, "use {name}::prelude::{{self as prelude_{index}, Labelled as _}};"),
            1 => writeln!(
                text,
                "use {name}::module_{number}::{{Entity{number}x0 as Other{index}, inner}};"
            ),
            _ => writeln!(text, "use {name}::Ticket as Ticket{index};"),
        };
    }
    text.push_str("use crate::shared::{Failure, Labelled, Outcome, Ticket};\n\n");
    for entity in 0..ENTITIES {
        text.push_str(&ENTITY.replace("ENTITY", &format!("Entity{number}x{entity}")));
    }
    text.push_str(&uses(externs, number));
    text.push_str(&INNER.replace("NUMBER", &number.to_string()));
    text
}

/// Functions that name what comes from other crates.
fn uses(externs: &[String], number: usize) -> String {
    let mut text = String::new();
    for (index, name) in externs.iter().enumerate() {
        let prelude =
            if index % 3 == 0 { format!("prelude_{index}") } else { format!("{name}::prelude") };
        let _ = write!(
            text,
            "/// Counts what crate {index} offers.\n\
             pub fn count_{index}(tickets: &[{name}::Ticket]) -> usize {{\n    \
                 let limit = {name}::module_{number}::Entity{number}x1::LIMIT;\n    \
                 let first = {prelude}::Entity{number}x0::default();\n    \
                 let label = {name}::Labelled::label(&first);\n    \
                 tickets.iter().filter(|ticket| ticket.number > limit).count() + label.len()\n\
             }}\n\n"
        );
    }
    text
}

const SHARED: &str = r#"//! What every module of this crate uses.

use std::error::Error;
use std::fmt;

/// Something that has a label.
pub trait Labelled {
    /// The label.
    fn label(&self) -> String;
}

/// What can go wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Something is missing.
    Missing { name: String },
    /// Something is too large.
    TooLarge(usize),
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { name } => write!(formatter, "{name} is missing"),
            Self::TooLarge(size) => write!(formatter, "{size} is too large"),
        }
    }
}

impl Error for Failure {}

/// What most functions give.
pub type Outcome<T> = Result<T, Failure>;

/// A number with a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket {
    /// The number.
    pub number: usize,
    /// The name.
    pub name: String,
}

/// Makes a ticket.
macro_rules! ticket {
    ($number:expr, $($word:tt)+) => {
        $crate::shared::Ticket { number: $number, name: format!($($word)+) }
    };
}
"#;

const ENTITY: &str = r#"/// One kind of thing, with its parts by number.
///
/// It is made by [`ENTITY::try_new`], which refuses too many parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ENTITY {
    name: String,
    parts: BTreeMap<usize, Ticket>,
    next: Option<Box<ENTITY>>,
}

impl ENTITY {
    /// How many parts there may be.
    pub const LIMIT: usize = 64;

    /// One of that name.
    ///
    /// # Errors
    ///
    /// When the name is empty or there are too many parts.
    pub fn try_new(name: &str, parts: impl IntoIterator<Item = Ticket>) -> Outcome<Self> {
        if name.is_empty() {
            return Err(Failure::Missing { name: "name".to_owned() });
        }
        let parts: BTreeMap<_, _> = parts.into_iter().map(|part| (part.number, part)).collect();
        if parts.len() > Self::LIMIT {
            return Err(Failure::TooLarge(parts.len()));
        }
        Ok(Self { name: name.to_owned(), parts, next: None })
    }

    /// Adds a part, or renames the one that has its number.
    pub fn add(&mut self, number: usize, name: &str) -> &mut Ticket {
        match self.parts.entry(number) {
            Entry::Occupied(entry) => {
                let part = entry.into_mut();
                part.name = name.to_owned();
                part
            }
            Entry::Vacant(entry) => entry.insert(ticket!(number, "{name}")),
        }
    }

    /// The part of this number, here or in what comes after.
    pub fn find(&self, number: usize) -> Option<&Ticket> {
        self.parts.get(&number).or_else(|| self.next.as_deref()?.find(number))
    }

    /// The sum of all numbers.
    pub fn sum(&self) -> usize {
        let own: usize = self.parts.keys().copied().filter(|number| number % 2 == 0).sum();
        let next = self.next.as_ref().map_or(0, |next| next.sum());
        std::cmp::max(own, 1) + next
    }
}

impl Labelled for ENTITY {
    fn label(&self) -> String {
        let parts: Vec<String> = self.parts.values().map(|part| part.name.clone()).collect();
        format!("{}: {}", self.name, parts.join(", "))
    }
}

impl fmt::Display for ENTITY {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, part) in &self.parts {
            writeln!(formatter, "{number} {}", part.name)?;
        }
        write!(formatter, "{}", self.name)
    }
}

impl From<Ticket> for ENTITY {
    fn from(part: Ticket) -> Self {
        let name = part.name.clone();
        Self { name, parts: [(part.number, part)].into(), next: None }
    }
}

"#;

const INNER: &str = r#"pub mod inner {
    //! What other modules take by a glob.

    use super::*;

    /// The largest of some labels.
    pub fn largest_NUMBER(all: &[&dyn Labelled]) -> Option<String> {
        all.iter().map(|each| each.label()).max()
    }

    /// A thing of this module, and what is said of it.
    pub struct SaidNUMBER<T = EntityNUMBERx0> {
        /// The thing.
        pub thing: T,
        /// What is said.
        pub said: Vec<crate::Ticket>,
    }

    impl<T: Labelled> SaidNUMBER<T> {
        /// Says one thing more.
        pub fn say(&mut self, word: &str) -> Result<usize, crate::Failure> {
            if self.said.len() >= super::EntityNUMBERx0::LIMIT {
                return Err(crate::shared::Failure::TooLarge(self.said.len()));
            }
            self.said.push(ticket!(self.said.len(), "{} {word}", self.thing.label()));
            Ok(self.said.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found() {
        let mut entity = EntityNUMBERx0::default();
        entity.add(3, "three");
        assert_eq!(entity.find(3).map(|part| part.name.as_str()), Some("three"));
        assert_eq!(inner::largest_NUMBER(&[&entity]), Some(": three".to_owned()));
    }
}
"#;
