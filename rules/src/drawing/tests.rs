//! What diagrams say, and what of them is not understood.

use super::*;

/// The arrows as "from > to", by what the ends show.
fn arrows(path: &str, text: &str) -> Vec<String> {
    let drawing = Drawing::parse(path, text).expect("a diagram");
    let shown = |index: usize| {
        let shape = &drawing.shapes[index];
        shape.label.as_deref().unwrap_or(&shape.id).to_owned()
    };
    let arrow = |arrow: &Arrow| format!("{} > {}", shown(arrow.from), shown(arrow.to));
    drawing.arrows.iter().map(arrow).collect()
}

/// The first mistake, and the text it is about.
fn mistake(path: &str, text: &str) -> (String, String) {
    let mistakes = Drawing::parse(path, text).expect_err("a mistake");
    let first = &mistakes[0];
    (first.message.clone(), text[first.span.range()].to_owned())
}

#[test]
fn flowcharts_have_arrows_of_many_forms() {
    let text = "%% a comment\nflowchart TD\n    http[Presentation] --> app(\"Application layer\")\n    \
                app -->|uses| domain; store[(Store)] -. later .-> domain & app\n    \
                http == by hand ==> store\n    my-part <--> domain\n    http ~~~ domain\n    \
                a --> b --> c:::hot\n    style http fill:#fff\n";
    assert_eq!(
        arrows("a.mmd", text),
        [
            "Presentation > Application layer",
            "Application layer > domain",
            "Store > domain",
            "Store > Application layer",
            "Presentation > Store",
            "my-part > domain",
            "domain > my-part",
            "a > b",
            "b > c",
        ]
    );
}

#[test]
fn subgraphs_hold_what_is_named_in_them() {
    let text = "graph LR\nsubgraph core [The core]\n  domain --> ports\nend\nhttp --> core\n";
    let drawing = Drawing::parse("a.mmd", text).expect("a diagram");
    let names: Vec<(&str, bool, Option<usize>)> =
        drawing.shapes.iter().map(|it| (it.id.as_str(), it.is_frame, it.parent)).collect();
    assert_eq!(
        names,
        [
            ("core", true, None),
            ("domain", false, Some(0)),
            ("ports", false, Some(0)),
            ("http", false, None)
        ]
    );
    assert_eq!(drawing.shapes[0].label.as_deref(), Some("The core"));
}

#[test]
fn component_diagrams_have_aliases_and_stereotypes() {
    let text = "@startuml\n' a comment\nskinparam componentStyle uml2\n\
                component \"The domain\" as D <<shop::domain>> #pink\n[Store] as S\n\
                package core {\n  [Ports]\n}\nnote left of D\n  A --> B\nend note\n\
                S --> D : maps rows\nD <.. Ports\n[Http] -left-> S\n[Http] -[#red]-> D\n@enduml\n";
    assert_eq!(
        arrows("a.puml", text),
        ["Store > The domain", "Ports > The domain", "Http > Store", "Http > The domain"]
    );
    let drawing = Drawing::parse("a.puml", text).expect("a diagram");
    assert_eq!(drawing.shapes[0].stereotypes, ["shop::domain"]);
    let ports = drawing.shapes.iter().position(|it| it.id == "Ports").expect("it is drawn");
    assert_eq!(drawing.frames(ports).len(), 1);
}

#[test]
fn markdown_holds_one_diagram() {
    let flow = "```mermaid\nflowchart LR\n  a --> b\n```\n";
    let sequence = "```mermaid\nsequenceDiagram\n  a->>b: hello\n```\n";
    assert_eq!(arrows("a.md", &format!("# Title\n{sequence}\n{flow}")), ["a > b"]);
    assert!(mistake("a.md", sequence).0.contains("no diagram"));
    assert!(mistake("a.md", &format!("{flow}\n{flow}")).0.contains("more than one"));
    // What is quoted within another fence is no diagram.
    let quoted = format!("````markdown\n{flow}````\n```rust\nfn a() {{}}\n```\n{flow}");
    assert_eq!(arrows("a.md", &quoted), ["a > b"]);
    let text = format!("# Title\n{flow}");
    let drawing = Drawing::parse("a.md", &text).expect("a diagram");
    assert_eq!(&text[drawing.arrows[0].span.range()], "-->");
}

#[test]
fn what_is_not_understood_is_shown_at_its_place() {
    for (path, text, message, at) in [
        ("a.mmd", "flowchart LR\n a --- b\n", "this line has no direction", "---"),
        ("a.mmd", "flowchart LR\n a --o b\n", "this line has no direction", "--o"),
        ("a.mmd", "flowchart LR\n a -->\n", "a component is missing here", ""),
        ("a.mmd", "flowchart LR\n a[Label --> b\n", "this label has no end", "[Label --> b"),
        ("a.mmd", "flowchart LR\n a b\n", "an arrow is missing here", "b"),
        ("a.mmd", "flowchart LR\nsubgraph x\n a --> b\n", "this subgraph has no `end`", "x"),
        ("a.mmd", "sequenceDiagram\n", "this is no Mermaid flowchart", "sequenceDiagram"),
        ("a.puml", "[A] -- [B]\n", "this line has no direction", "--"),
        (
            "a.puml",
            "!include other.puml\n[A] --> [B]\n",
            "what is included is not read",
            "!include other.puml",
        ),
        ("a.puml", "package x {\n[A] --> [B]\n", "this is not closed", "x"),
    ] {
        assert_eq!(mistake(path, text), (message.to_owned(), at.to_owned()), "{text}");
    }
}
