//! The changed dependencies as a Mermaid flowchart, as GitHub and GitLab draw it in comments.

use std::fmt::Write;

use indexmap::IndexSet;
use layers_rules::drift::{Edge, Level};

use super::compare::Drift;

/// How many edges a diagram shows: more of them nobody can follow.
const MOST: usize = 40;

/// The changed edges between layers, or where there are none between crates; `None` where
/// there is nothing to draw.
pub(super) fn diagram(drift: &Drift) -> Option<String> {
    let has_edges = |level: Level| {
        let found = drift.edges.iter().find(|(of, _)| *of == level)?;
        let is_empty = found.1.new.is_empty() && found.1.gone.is_empty();
        (!is_empty).then_some(found)
    };
    let (level, edges) = has_edges(Level::Layers).or_else(|| has_edges(Level::Crates))?;
    let is_forbidden = |edge: &Edge| {
        *level == Level::Layers && drift.forbidden.contains(&(edge.from.clone(), edge.to.clone()))
    };
    let new = edges
        .new
        .iter()
        .map(|edge| (edge, if is_forbidden(edge) { Style::Forbidden } else { Style::New }));
    let gone = edges.gone.iter().map(|edge| (edge, Style::Gone));
    Some(flowchart(&new.chain(gone).take(MOST).collect::<Vec<_>>()))
}

/// How an edge is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    New,
    Forbidden,
    Gone,
}

fn flowchart(edges: &[(&Edge, Style)]) -> String {
    let ends = edges.iter().flat_map(|(edge, _)| [edge.from.as_str(), edge.to.as_str()]);
    let nodes: IndexSet<&str> = ends.collect();
    let number = |name: &str| nodes.get_index_of(name).unwrap_or_default();
    let mut text = "flowchart LR\n".to_owned();
    for (index, name) in nodes.iter().enumerate() {
        let _ = writeln!(text, "    n{index}[\"{}\"]", escaped(name));
    }
    for (edge, style) in edges {
        let arrow = match style {
            Style::New => "-->|new|",
            Style::Forbidden => "-->|forbidden|",
            Style::Gone => "-.->|gone|",
        };
        let _ = writeln!(text, "    n{} {arrow} n{}", number(&edge.from), number(&edge.to));
    }
    for (style, colour) in
        [(Style::New, "#1a7f37"), (Style::Forbidden, "#cf222e"), (Style::Gone, "#8c959f")]
    {
        let drawn = edges.iter().enumerate().filter(|(_, (_, of))| *of == style);
        let drawn: Vec<String> = drawn.map(|(index, _)| index.to_string()).collect();
        if !drawn.is_empty() {
            let _ = writeln!(text, "    linkStyle {} stroke:{colour}", drawn.join(","));
        }
    }
    text
}

/// A name as it stands between quotes; a layer may be called anything.
fn escaped(name: &str) -> String {
    let mut escaped = String::new();
    for character in name.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' | ':' | '.' | ' ' => {
                escaped.push(character);
            }
            other => {
                let _ = write!(escaped, "#{};", u32::from(other));
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use layers_rules::finding::Location;

    use super::*;

    #[test]
    fn edges_are_drawn_by_what_became_of_them() {
        let edge = |from: &str, to: &str| Edge {
            from: from.to_owned(),
            to: to.to_owned(),
            references: 1,
            location: Location::default(),
        };
        let edges =
            [edge("domain", "per\"sistence"), edge("http", "domain"), edge("domain", "http")];
        let styles = [Style::Forbidden, Style::New, Style::Gone];
        let drawn: Vec<(&Edge, Style)> = edges.iter().zip(styles).collect();
        insta::assert_snapshot!(flowchart(&drawn), @r#"
        flowchart LR
            n0["domain"]
            n1["per#34;sistence"]
            n2["http"]
            n0 -->|forbidden| n1
            n2 -->|new| n0
            n0 -.->|gone| n2
            linkStyle 1 stroke:#1a7f37
            linkStyle 0 stroke:#cf222e
            linkStyle 2 stroke:#8c959f
        "#);
    }
}
