//! Mermaid flowcharts.

use std::ops::Range;

use super::cursor::{Cursor, plain};
use super::{Drawing, Mistake, Sketch};

/// Statements that say nothing of components and arrows.
const ASIDE: [&str; 9] = [
    "accDescr",
    "accTitle",
    "class",
    "classDef",
    "click",
    "direction",
    "linkStyle",
    "style",
    "title",
];

const ARROWS: &str =
    "an arrow is written `-->`, `==>` or `-.->`, with `|text|` behind it or text within";

/// What stands behind the word that begins a flowchart, if `line` begins one.
pub(super) fn header(line: &str) -> Option<&str> {
    ["flowchart", "graph"].iter().find_map(|word| {
        let rest = line.strip_prefix(word)?;
        rest.chars().next().is_none_or(|c| c.is_whitespace() || c == ';').then_some(rest)
    })
}

pub(super) fn parse(text: &str, lines: &[Range<usize>]) -> Result<Drawing, Vec<Mistake>> {
    let mut sketch = Sketch::default();
    let mut has_begun = false;
    let mut in_front_matter = false;
    for line in lines {
        let content = text[line.clone()].trim();
        if content == "---" && !has_begun {
            in_front_matter = !in_front_matter;
            continue;
        }
        if content.is_empty() || content.starts_with("%%") || in_front_matter {
            continue;
        }
        let mut rest = line.clone();
        if !has_begun {
            let Some(behind) = header(content) else {
                let help =
                    "begin with `flowchart` or `graph` and a direction, such as `flowchart LR`";
                sketch.complain("this is no Mermaid flowchart", line.clone(), "not a header", help);
                break;
            };
            has_begun = true;
            let Some(first) = behind.find(';') else { continue };
            rest.start = line.end - (behind.len() - first - 1);
        }
        for statement in statements(text, rest) {
            read(&mut sketch, text, statement);
        }
    }
    if !has_begun && sketch.mistakes.is_empty() {
        let help = "begin with `flowchart` or `graph` and a direction, such as `flowchart LR`";
        sketch.complain("there is no flowchart in this file", 0..0, "nothing in it", help);
    }
    if let Some(Some(frame)) = sketch.open.first().copied() {
        let range = sketch.at(frame).map_or(0..0, |shape| shape.span.range());
        sketch.complain("this subgraph has no `end`", range, "begins here", "close it with `end`");
    }
    sketch.finish()
}

/// The statements of a line, which `;` outside of labels parts.
fn statements(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let mut statements = Vec::new();
    let (mut start, mut is_quoted, mut depth) = (line.start, false, 0_usize);
    for (offset, c) in text[line.clone()].char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            '[' | '(' | '{' if !is_quoted => depth += 1,
            ']' | ')' | '}' if !is_quoted => depth = depth.saturating_sub(1),
            ';' if !is_quoted && depth == 0 => {
                statements.push(start..line.start + offset);
                start = line.start + offset + 1;
            }
            _ => {}
        }
    }
    statements.push(start..line.end);
    statements
}

fn read(sketch: &mut Sketch, text: &str, statement: Range<usize>) {
    let mut cursor = Cursor::new(text, statement);
    cursor.skip_space();
    let words = cursor.rest().trim_end();
    let first = words.split_whitespace().next().unwrap_or_default().trim_end_matches(':');
    if words.is_empty() || words.starts_with("%%") || ASIDE.contains(&first) {
        return;
    }
    match first {
        "subgraph" => subgraph(sketch, cursor),
        "end" if words == "end" => {
            let start = cursor.at();
            if sketch.open.pop().is_none() {
                let range = start..start + words.len();
                sketch.complain(
                    "there is no subgraph to end",
                    range,
                    "ends nothing",
                    "take it away",
                );
            }
        }
        _ => chain(sketch, cursor),
    }
}

fn subgraph(sketch: &mut Sketch, mut cursor: Cursor<'_>) {
    cursor.take("subgraph");
    cursor.skip_space();
    let start = cursor.at();
    let range = start..start + cursor.rest().trim_end().len();
    let (id, label) = if let Some(title) = cursor.quoted() {
        (plain(title), None)
    } else {
        let whole = cursor.rest().trim_end();
        let id = cursor.take_while(|c| c != '[' && !c.is_whitespace());
        let mut ahead = cursor;
        ahead.skip_space();
        if ahead.peek() == Some('[') {
            let label = label(&mut ahead);
            (id.to_owned(), label.filter(|label| !label.is_empty()))
        } else {
            // A title of several words is the id as well.
            (plain(whole), None)
        }
    };
    let frame = sketch.shape(&id, range);
    if let Some(shape) = sketch.at(frame) {
        shape.is_frame = true;
        shape.label = label.or_else(|| shape.label.take());
    }
    sketch.open.push(Some(frame));
}

/// Components, and arrows between them.
fn chain(sketch: &mut Sketch, mut cursor: Cursor<'_>) {
    let Some(mut left) = nodes(sketch, &mut cursor) else { return };
    while !cursor.is_done() {
        let Some(arrow) = arrow(sketch, &mut cursor) else { return };
        let Some(right) = nodes(sketch, &mut cursor) else { return };
        for (from, to) in left.iter().flat_map(|from| right.iter().map(move |to| (*from, *to))) {
            if arrow.leads_right {
                sketch.arrow(from, to, arrow.range.clone());
            }
            if arrow.leads_left {
                sketch.arrow(to, from, arrow.range.clone());
            }
        }
        left = right;
    }
}

/// Components joined by `&`.
fn nodes(sketch: &mut Sketch, cursor: &mut Cursor<'_>) -> Option<Vec<usize>> {
    let mut nodes = vec![node(sketch, cursor)?];
    loop {
        cursor.skip_space();
        if !cursor.take("&") {
            return Some(nodes);
        }
        nodes.push(node(sketch, cursor)?);
    }
}

fn node(sketch: &mut Sketch, cursor: &mut Cursor<'_>) -> Option<usize> {
    cursor.skip_space();
    let start = cursor.at();
    loop {
        cursor.take_while(|c| c.is_alphanumeric() || c == '_');
        // Within an id a hyphen or a point stands between letters; else an arrow begins.
        let mut ahead = *cursor;
        let joins = ahead.take("-") || ahead.take(".") || ahead.take("/");
        let goes_on = ahead.peek().is_some_and(|c| c.is_alphanumeric() || c == '_');
        if !(joins && goes_on && cursor.at() > start) {
            break;
        }
        *cursor = ahead;
    }
    let range = cursor.since(start);
    if range.is_empty() {
        let help = "a component is written as `id`, or as `id[Label]`";
        sketch.complain("a component is missing here", cursor.remaining(), "not understood", help);
        return None;
    }
    let id = cursor.passed(range.clone()).to_owned();
    let index = sketch.shape(&id, range);
    if cursor.peek().is_some_and(|c| matches!(c, '[' | '(' | '{' | '>')) {
        let begin = cursor.at();
        let Some(found) = label(cursor) else {
            let range = begin..cursor.remaining().end;
            let help =
                "close the label on the same line, and put it in quotes if brackets stand in it";
            sketch.complain("this label has no end", range, "opens here", help);
            return None;
        };
        if let Some(shape) = sketch.at(index).filter(|_| !found.is_empty()) {
            shape.label = Some(found);
        }
    } else if cursor.rest().starts_with("@{") {
        let attributes = cursor.take_until("}").unwrap_or_default();
        let quoted = attributes.split("label:").nth(1).and_then(|it| it.split('"').nth(1));
        if let (Some(label), Some(shape)) = (quoted, sketch.at(index)) {
            shape.label = Some(plain(label));
        }
    }
    if cursor.take(":::") {
        cursor.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ','));
    }
    Some(index)
}

/// A label in brackets of any shape, which may be empty; `None` where it has no end.
fn label(cursor: &mut Cursor<'_>) -> Option<String> {
    cursor.take_while(|c| matches!(c, '[' | '(' | '{' | '>' | '/' | '\\'));
    let text = match cursor.quoted() {
        Some(text) => {
            cursor.skip_space();
            text
        }
        None => cursor.take_while(|c| !matches!(c, ']' | ')' | '}')),
    };
    let closing = cursor.take_while(|c| matches!(c, ']' | ')' | '}' | '/' | '\\'));
    (!closing.is_empty()).then(|| plain(text.trim_end_matches(['/', '\\'])))
}

struct Link {
    leads_right: bool,
    leads_left: bool,
    range: Range<usize>,
}

fn arrow(sketch: &mut Sketch, cursor: &mut Cursor<'_>) -> Option<Link> {
    cursor.skip_space();
    let start = cursor.at();
    let leads_left = cursor.take("<");
    let body = cursor.take_while(|c| matches!(c, '-' | '=' | '.' | '~'));
    if body.is_empty() {
        sketch.complain(
            "an arrow is missing here",
            start..cursor.remaining().end,
            "not understood",
            ARROWS,
        );
        return None;
    }
    let mut leads_right = cursor.take(">");
    let close = match body {
        "--" => "--",
        "==" => "==",
        "-." => ".-",
        _ => "",
    };
    if !leads_right && !close.is_empty() && !is_crossed(cursor) {
        let Some(_) = cursor.take_until(close) else {
            let range = start..cursor.remaining().end;
            sketch.complain("this arrow has no end", range, "begins here", ARROWS);
            return None;
        };
        cursor.take_while(|c| matches!(c, '-' | '=' | '.'));
        leads_right = cursor.take(">");
    }
    let is_crossed = !leads_right && is_crossed(cursor) && (cursor.take("x") || cursor.take("o"));
    let range = cursor.since(start);
    cursor.skip_space();
    if cursor.take("|") && cursor.take_until("|").is_none() {
        sketch.complain(
            "this text has no end",
            cursor.remaining(),
            "opens here",
            "close it with `|`",
        );
        return None;
    }
    let is_invisible = body.contains('~');
    if (is_crossed || !(leads_right || leads_left)) && !is_invisible {
        let help = "give it a head, as in `-->`: an arrow says who may use whom";
        sketch.complain("this line has no direction", range, "no arrow", help);
        return None;
    }
    Some(Link { leads_right, leads_left, range })
}

/// Whether a head in the form of a cross or a circle stands here, and not a component.
fn is_crossed(cursor: &Cursor<'_>) -> bool {
    let rest = cursor.rest();
    rest.starts_with(['x', 'o']) && rest[1..].starts_with([' ', '|'])
}
