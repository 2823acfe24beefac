//! `PlantUML` component diagrams.

use std::ops::Range;

use super::cursor::{Cursor, plain};
use super::{Drawing, Mistake, Sketch};

/// What declares a component or a frame.
const SHAPES: [&str; 24] = [
    "action",
    "actor",
    "agent",
    "artifact",
    "boundary",
    "card",
    "circle",
    "cloud",
    "collections",
    "component",
    "control",
    "database",
    "entity",
    "file",
    "folder",
    "frame",
    "hexagon",
    "interface",
    "node",
    "package",
    "queue",
    "rectangle",
    "stack",
    "storage",
];

/// Lines that say nothing of components and arrows.
const ASIDE: [&str; 18] = [
    "!define",
    "!pragma",
    "!theme",
    "allowmixing",
    "caption",
    "center",
    "footer",
    "header",
    "hide",
    "label",
    "left",
    "newpage",
    "page",
    "remove",
    "scale",
    "show",
    "title",
    "top",
];

/// What goes on until a line that ends it.
const BLOCKS: [(&str, &str); 4] =
    [("note", "end note"), ("legend", "endlegend"), ("skinparam", "}"), ("<style>", "</style>")];

const ARROWS: &str = "an arrow is written `-->`, `..>` or `<--` between two components";

pub(super) fn parse(text: &str, lines: &[Range<usize>]) -> Result<Drawing, Vec<Mistake>> {
    let mut sketch = Sketch::default();
    let trimmed = |line: &Range<usize>| text[line.clone()].trim();
    let begin = lines.iter().position(|line| trimmed(line).starts_with("@startuml"));
    let lines = &lines[begin.map_or(0, |begin| begin + 1)..];
    let mut block: Option<&str> = None;
    for line in lines {
        let content = trimmed(line);
        if content.starts_with("@enduml") {
            break;
        }
        if let Some(end) = block {
            let is_end = content == end || content.replace(' ', "") == end.replace(' ', "");
            block = block.filter(|_| !is_end && !content.ends_with(end));
            continue;
        }
        if content.is_empty() || content.starts_with('\'') {
            continue;
        }
        if content.starts_with("/'") {
            block = (!content.contains("'/")).then_some("'/");
            continue;
        }
        let first =
            content.split(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        if let Some((word, end)) = BLOCKS.iter().find(|(word, _)| *word == first) {
            let is_open = match *word {
                "note" => !content.contains(':') && !content.contains('"'),
                "skinparam" => content.ends_with('{'),
                _ => true,
            };
            block = is_open.then_some(end);
            continue;
        }
        if first.starts_with("!include") {
            let help = "draw what is law in this file";
            let message = "what is included is not read";
            sketch.complain(message, line.clone(), "leads elsewhere", help);
            continue;
        }
        if !ASIDE.contains(&first) {
            read(&mut sketch, text, line.clone());
        }
    }
    if let Some(frame) = sketch.open.last().copied() {
        let range = frame.and_then(|frame| Some(sketch.at(frame)?.span.range()));
        let range = range.unwrap_or_default();
        sketch.complain("this is not closed", range, "begins here", "close it with `}`");
    }
    if sketch.shapes.is_empty() && sketch.mistakes.is_empty() {
        let help = "write `[Component]`, or `component \"Label\" as alias`";
        sketch.complain("there are no components in this file", 0..0, "nothing drawn", help);
    }
    sketch.finish()
}

fn read(sketch: &mut Sketch, text: &str, line: Range<usize>) {
    let mut cursor = Cursor::new(text, line);
    cursor.skip_space();
    let start = cursor.at();
    if cursor.take("}") {
        if sketch.open.pop().is_none() {
            let range = cursor.since(start);
            sketch.complain("there is nothing to close", range, "closes nothing", "take it away");
        }
        return;
    }
    let mut ahead = cursor;
    let word = ahead.take_while(|c| c.is_alphanumeric() || c == '_');
    let is_declared = ahead.peek().is_some_and(|c| c.is_whitespace() || matches!(c, '"' | '['));
    if word == "together" && ahead.rest().trim() == "{" {
        sketch.open.push(None);
        return;
    }
    if SHAPES.contains(&word) && is_declared && !is_arrow_next(ahead) {
        cursor = ahead;
        declaration(sketch, cursor);
        return;
    }
    let Some(left) = endpoint(sketch, &mut cursor) else { return };
    suffixes(sketch, &mut cursor, left);
    if cursor.is_done() {
        return;
    }
    cardinality(&mut cursor);
    let Some(arrow) = arrow(sketch, &mut cursor) else { return };
    cardinality(&mut cursor);
    let Some(right) = endpoint(sketch, &mut cursor) else { return };
    suffixes(sketch, &mut cursor, right);
    if !cursor.is_done() && cursor.peek() != Some(':') {
        let help = "write what an arrow means behind a colon";
        sketch.complain("this is not understood", cursor.remaining(), "left over", help);
        return;
    }
    if arrow.leads_right {
        sketch.arrow(left, right, arrow.range.clone());
    }
    if arrow.leads_left {
        sketch.arrow(right, left, arrow.range);
    }
}

/// Whether a word that may declare a component is one itself.
fn is_arrow_next(mut cursor: Cursor<'_>) -> bool {
    cursor.skip_space();
    let body = cursor.take_while(|c| matches!(c, '<' | '-' | '.' | '>' | '='));
    body.contains("--") || body.contains("..") || body.contains("->") || body.contains(".>")
}

/// What stands behind `component`, `package` and their like.
fn declaration(sketch: &mut Sketch, mut cursor: Cursor<'_>) {
    let Some(index) = endpoint(sketch, &mut cursor) else { return };
    let index = suffixes(sketch, &mut cursor, index);
    if cursor.take("{") {
        if let Some(shape) = sketch.at(index) {
            shape.is_frame = true;
        }
        cursor.skip_space();
        if !cursor.take("}") {
            sketch.open.push(Some(index));
        }
    }
    if !cursor.is_done() {
        let help = "a component is written `component \"Label\" as alias <<stereotype>>`";
        sketch.complain("this is not understood", cursor.remaining(), "left over", help);
    }
}

/// What stands behind a component: another name, stereotypes and colours. Gives the component,
/// which goes by its alias from then on.
fn suffixes(sketch: &mut Sketch, cursor: &mut Cursor<'_>, index: usize) -> usize {
    let mut index = index;
    loop {
        cursor.skip_space();
        if cursor.take("<<") {
            let stereotype = cursor.take_until(">>").map(plain);
            if let (Some(stereotype), Some(shape)) = (stereotype, sketch.at(index)) {
                shape.stereotypes.push(stereotype);
            }
        } else if cursor.peek() == Some('#') {
            cursor.take_while(|c| !c.is_whitespace() && c != '{');
        } else if cursor.rest().starts_with("as ") {
            cursor.take("as");
            cursor.skip_space();
            let start = cursor.at();
            if let Some(label) = cursor.quoted() {
                if let Some(shape) = sketch.at(index) {
                    shape.label = Some(plain(label));
                }
            } else {
                let brackets = cursor.take("[");
                let alias = cursor.take_while(is_name).to_owned();
                if brackets {
                    cursor.take("]");
                }
                index = sketch.rename(index, &alias, cursor.since(start));
            }
        } else {
            return index;
        }
    }
}

/// `"1"` and its like, beside an arrow.
fn cardinality(cursor: &mut Cursor<'_>) {
    cursor.skip_space();
    cursor.quoted();
    cursor.skip_space();
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | ':')
}

/// A component as one end of an arrow, or where it is declared.
fn endpoint(sketch: &mut Sketch, cursor: &mut Cursor<'_>) -> Option<usize> {
    cursor.skip_space();
    if cursor.take("()") {
        cursor.skip_space();
    }
    let start = cursor.at();
    let name = if let Some(quoted) = cursor.quoted() {
        Some(quoted)
    } else if cursor.take("[") {
        cursor.take_until("]")
    } else if cursor.take("(") {
        cursor.take_until(")")
    } else {
        let mut name = *cursor;
        let mut text = name.take_while(is_name);
        // A colon at the end begins the words of an arrow, and points the arrow itself.
        while text.ends_with([':', '.']) {
            text = &text[..text.len() - 1];
        }
        cursor.take(text);
        Some(text)
    };
    let name = name.map(plain).filter(|name| !name.is_empty());
    let Some(name) = name else {
        let help = "a component is written `[Label]` or by its alias";
        let range = start..cursor.remaining().end.max(start);
        sketch.complain("a component is missing here", range, "not understood", help);
        return None;
    };
    Some(sketch.shape(&name, cursor.since(start)))
}

struct Link {
    leads_right: bool,
    leads_left: bool,
    range: Range<usize>,
}

fn arrow(sketch: &mut Sketch, cursor: &mut Cursor<'_>) -> Option<Link> {
    let start = cursor.at();
    let is_end = |c: char| matches!(c, '<' | '>' | '|' | '*' | '#' | '+' | '^' | '\\' | '/');
    let left = cursor.take_while(|c| is_end(c) || c == 'o');
    let body = cursor.take_while(|c| matches!(c, '-' | '.' | '='));
    if cursor.take("[") {
        cursor.take_until("]");
    }
    cursor.take_while(char::is_alphabetic);
    cursor.take_while(|c| matches!(c, '-' | '.' | '='));
    let right = cursor.take_while(is_end);
    let range = cursor.since(start);
    if body.is_empty() {
        let range = start..cursor.remaining().end;
        sketch.complain("an arrow is missing here", range, "not understood", ARROWS);
        return None;
    }
    let (leads_left, leads_right) = (left.contains('<'), right.contains('>'));
    if !leads_left && !leads_right {
        let help = "give it a head, as in `-->`: an arrow says who may use whom";
        sketch.complain("this line has no direction", range, "no arrow", help);
        return None;
    }
    Some(Link { leads_right, leads_left, range })
}
