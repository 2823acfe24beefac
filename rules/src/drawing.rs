//! Diagrams of components and arrows, read from the text of a file: Mermaid flowcharts and
//! `PlantUML` component diagrams, in a file of their own or fenced in Markdown.
//!
//! Only what says which components there are and which arrows lead where is understood;
//! colours, notes and directions are passed over. What cannot be understood is a [`Mistake`]
//! with its place, since an arrow that is not read would be a law that nobody keeps.

mod cursor;
mod mermaid;
mod plantuml;

use std::ops::Range;

use indexmap::IndexMap;

use crate::facts::Span;

/// What a diagram shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// Components and frames, in the order of their first mention.
    pub shapes: Vec<Shape>,
    /// Arrows between them, in their order.
    pub arrows: Vec<Arrow>,
}

/// A component, or a frame with others inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The name by which the diagram speaks of it.
    pub id: String,
    /// What it shows, if that is something else.
    pub label: Option<String>,
    /// What stands in `<<…>>` behind it (`PlantUML`).
    pub stereotypes: Vec<String>,
    /// Where it is declared, or first named.
    pub span: Span,
    /// The frame it stands in: index into [`Drawing::shapes`].
    pub parent: Option<usize>,
    /// Whether it is a frame: a subgraph, or anything with braces.
    pub is_frame: bool,
}

/// An arrow: the one may use the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// Where it begins: index into [`Drawing::shapes`].
    pub from: usize,
    /// Where its head is.
    pub to: usize,
    /// Where it stands.
    pub span: Span,
}

/// What is wrong with a diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Span,
    /// A few words for the place.
    pub label: &'static str,
    /// The way out.
    pub help: &'static str,
}

/// The two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    Mermaid,
    PlantUml,
}

impl Drawing {
    /// Reads the text of the file at `path`, whose ending says what it is: `.md` and
    /// `.markdown` for Markdown, `.puml`, `.plantuml`, `.pu` and `.iuml` for `PlantUML`, and
    /// Mermaid otherwise.
    ///
    /// # Errors
    ///
    /// Everything that is not understood.
    pub fn parse(path: &str, text: &str) -> Result<Self, Vec<Mistake>> {
        let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let (language, range) = match ending.as_str() {
            "md" | "markdown" => fenced(text)?,
            "puml" | "plantuml" | "pu" | "iuml" => (Language::PlantUml, 0..text.len()),
            _ => (Language::Mermaid, 0..text.len()),
        };
        let lines = lines(text, range);
        match language {
            Language::Mermaid => mermaid::parse(text, &lines),
            Language::PlantUml => plantuml::parse(text, &lines),
        }
    }
}

impl Drawing {
    /// The frames around a shape, from the innermost outward.
    #[must_use]
    pub fn frames(&self, shape: usize) -> Vec<usize> {
        let mut frames = Vec::new();
        let mut current = self.shapes[shape].parent;
        while let Some(frame) = current.filter(|frame| !frames.contains(frame)) {
            frames.push(frame);
            current = self.shapes[frame].parent;
        }
        frames
    }
}

/// The only diagram in a Markdown text that shows components.
fn fenced(text: &str) -> Result<(Language, Range<usize>), Vec<Mistake>> {
    let mut found: Vec<(Language, Range<usize>)> = Vec::new();
    // Where the fenced text begins, what it is if that is known, and what closes it.
    let mut open: Option<(Option<Language>, usize, char, usize)> = None;
    for line in lines(text, 0..text.len()) {
        let trimmed = text[line.clone()].trim();
        let mark = trimmed.chars().next().filter(|mark| matches!(mark, '`' | '~'));
        let width = mark.map_or(0, |mark| trimmed.chars().take_while(|c| *c == mark).count());
        match open {
            Some((language, start, fence, least))
                if mark == Some(fence) && width >= least && trimmed.len() == width =>
            {
                let is_meant = |it: &Language| shows_components(*it, &text[start..line.start]);
                found.extend(language.filter(is_meant).map(|it| (it, start..line.start)));
                open = None;
            }
            None if width >= 3 => {
                let word = trimmed[width..].trim().to_ascii_lowercase();
                let word = word.split([' ', '{', ',']).next().unwrap_or_default();
                let language = match word {
                    "mermaid" => Some(Language::Mermaid),
                    "plantuml" | "puml" => Some(Language::PlantUml),
                    _ => None,
                };
                let next = (line.end + 1).min(text.len());
                open = mark.map(|mark| (language, next, mark, width));
            }
            _ => {}
        }
    }
    match found.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(vec![Mistake {
            message: "there is no diagram of components in this file".to_owned(),
            span: Span::default(),
            label: "no flowchart from here on",
            help: "fence one with ```mermaid, beginning with `flowchart` or `graph`, or with ```plantuml",
        }]),
        [_, others @ ..] => Err(others
            .iter()
            .map(|(_, range)| Mistake {
                message: "this file holds more than one diagram of components".to_owned(),
                span: span(range.start..range.start),
                label: "another one",
                help: "keep the one that is law in a file of its own",
            })
            .collect()),
    }
}

/// Whether a fenced text is a diagram of the kind that is read: not a sequence, for example.
fn shows_components(language: Language, text: &str) -> bool {
    language == Language::PlantUml
        || text.lines().map(str::trim).any(|line| mermaid::header(line).is_some())
}

/// The lines in a stretch of a text, without their ends.
fn lines(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = range.start;
    for line in text[range].split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        lines.push(start..start + bare.len());
        start += line.len();
    }
    lines
}

fn span(range: Range<usize>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { start: offset(range.start), end: offset(range.end) }
}

/// A drawing that grows line by line.
#[derive(Default)]
struct Sketch {
    shapes: IndexMap<String, Shape>,
    arrows: Vec<Arrow>,
    /// The frames that are open; `None` for braces that are no frame.
    open: Vec<Option<usize>>,
    mistakes: Vec<Mistake>,
}

impl Sketch {
    /// The shape called `id`, made where it is not known. It stands in the frame in which it
    /// is named first.
    fn shape(&mut self, id: &str, range: Range<usize>) -> usize {
        let parent = self.open.iter().rev().flatten().next().copied();
        let index = self.shapes.len();
        let entry = self.shapes.entry(id.to_owned());
        let shape = entry.or_insert_with(|| Shape {
            id: id.to_owned(),
            label: None,
            stereotypes: Vec::new(),
            span: span(range),
            parent: None,
            is_frame: false,
        });
        if shape.parent.is_none() && parent != Some(index) {
            shape.parent = parent;
        }
        self.shapes.get_index_of(id).unwrap_or(index)
    }

    /// Gives a shape another id; its own becomes what it shows. If there is a shape of that id
    /// already, that is the one.
    fn rename(&mut self, index: usize, id: &str, range: Range<usize>) -> usize {
        let last = self.shapes.len() - 1;
        if index != last || self.shapes.contains_key(id) {
            let alias = self.shape(id, range);
            let label = self.shapes.get_index(index).map(|(_, shape)| shape.id.clone());
            if let Some(shape) = self.at(alias) {
                shape.label = shape.label.take().or(label);
            }
            return alias;
        }
        if let Some((old, shape)) = self.shapes.pop() {
            let id = id.to_owned();
            let shape = Shape { label: Some(old), id: id.clone(), ..shape };
            self.shapes.insert(id, shape);
        }
        last
    }

    fn at(&mut self, index: usize) -> Option<&mut Shape> {
        self.shapes.get_index_mut(index).map(|(_, shape)| shape)
    }

    fn complain(
        &mut self,
        message: impl Into<String>,
        range: Range<usize>,
        label: &'static str,
        help: &'static str,
    ) {
        self.mistakes.push(Mistake { message: message.into(), span: span(range), label, help });
    }

    fn arrow(&mut self, from: usize, to: usize, range: Range<usize>) {
        self.arrows.push(Arrow { from, to, span: span(range) });
    }

    fn finish(self) -> Result<Drawing, Vec<Mistake>> {
        if self.mistakes.is_empty() {
            let shapes = self.shapes.into_values().collect();
            Ok(Drawing { shapes, arrows: self.arrows })
        } else {
            Err(self.mistakes)
        }
    }
}

#[cfg(test)]
mod tests;
