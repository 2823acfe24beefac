//! The report for people: each finding with the line it stands in, the way that led
//! there, why and what to do, and one line that sums up the run.

mod chains;
mod excerpt;
mod style;

use std::fmt::Write;

use layers_rules::finding::{Finding, Label, Location, Step};
use miette::{GraphicalReportHandler, GraphicalTheme, ThemeCharacters};

use super::short::one_line;
use super::sources::printable;
use super::{Sources, Summary};
use chains::{Chain, Chains};
use excerpt::Excerpt;
pub use style::Style;

/// Lines of source code beside a hop are cut after so many characters.
const LINE_WIDTH: usize = 120;

/// The report.
#[must_use]
pub fn render(findings: &[Finding], summary: &Summary, sources: &Sources, style: Style) -> String {
    let reporter = Reporter::new(sources, style);
    let mut chains = Chains::default();
    let mut text = String::new();
    for finding in findings {
        reporter.finding(&mut text, finding, &chains.next(finding));
        text.push('\n');
    }
    let _ = writeln!(text, "{summary}");
    if let Some(advice) = summary.advice() {
        let _ = writeln!(text, "{advice}");
    }
    text
}

/// A finding by itself, with every hop of its chain.
#[must_use]
pub fn one(finding: &Finding, sources: &Sources, style: Style) -> String {
    let mut text = String::new();
    let chain = Chains::default().next(finding);
    Reporter::new(sources, style).finding(&mut text, finding, &chain);
    text
}

/// How a step says that it stands for a dependency in Cargo's graph.
const CARGO: &str = "cargo";

/// A place beside the snippet: `file:line`, and what is there.
struct Hop {
    address: String,
    shown: String,
}

struct Reporter<'a> {
    sources: &'a Sources,
    style: Style,
    snippets: GraphicalReportHandler,
}

impl<'a> Reporter<'a> {
    fn new(sources: &'a Sources, style: Style) -> Self {
        let theme = GraphicalTheme {
            characters: ThemeCharacters::unicode(),
            styles: style.snippet_styles(),
        };
        let snippets = GraphicalReportHandler::new_themed(theme)
            .without_syntax_highlighting()
            .with_links(false)
            .with_wrap_lines(false)
            .with_context_lines(1);
        Self { sources, style, snippets }
    }

    fn finding(&self, text: &mut String, finding: &Finding, chain: &Chain) {
        let heading = self.style.severity(finding.severity);
        let bold = self.style.bold();
        let _ = writeln!(
            text,
            "{heading}{}[{}]{heading:#}{bold}: {}{bold:#}",
            finding.severity,
            finding.rule,
            one_line(&finding.message),
        );
        let rest = self.snippet(text, finding);
        self.places(text, chain, &rest);
        self.note(text, "because", finding.because.as_deref());
        self.note(text, "fix", finding.fix.as_deref());
        self.note(text, "docs", finding.docs.as_deref());
    }

    /// Shows the primary label, and with it the secondary ones close by. Gives back those
    /// that are still to be shown.
    fn snippet<'f>(&self, text: &mut String, finding: &'f Finding) -> Vec<&'f Label> {
        let secondary: Vec<&Label> = finding.secondary.iter().collect();
        let location = &finding.primary.location;
        let Some(source) = self.sources.get(&location.file) else {
            let link = self.style.link();
            let _ = writeln!(text, "    ╭─[{link}{}{link:#}]", printable(&location.file));
            if !finding.primary.text.is_empty() {
                let _ = writeln!(text, "    · {}", one_line(&finding.primary.text));
            }
            text.push_str("    ╰────\n");
            return secondary;
        };
        let (excerpt, rest) = Excerpt::new(source, &finding.primary, secondary);
        let mut snippet = String::new();
        // The excerpt carries no message of its own: the handler writes an empty line for
        // it, and the heading above stands in its place.
        match self.snippets.render_report(&mut snippet, &excerpt) {
            Ok(()) => text.push_str(snippet.trim_start_matches('\n')),
            Err(_) => self.place(text, "at", &self.elsewhere(&finding.primary), 0),
        }
        rest
    }

    /// The hops of the chain and the labels that stand elsewhere, in columns.
    fn places(&self, text: &mut String, chain: &Chain, labels: &[&Label]) {
        let hops: Vec<Hop> = chain.hops.iter().map(|step| self.hop(step)).collect();
        let labels: Vec<Hop> = labels.iter().map(|label| self.elsewhere(label)).collect();
        let width = hops.iter().chain(&labels).map(|hop| hop.address.chars().count()).max();
        let width = width.unwrap_or(0);
        for hop in &hops {
            self.place(text, "via", hop, width);
        }
        if let Some((known, place)) = chain.known {
            let (from, to) = (&known[0].from, &known[known.len() - 1].to);
            let dim = self.style.dim();
            let _ = writeln!(
                text,
                "  {dim}via{dim:#} {} more hops from {from} to {to}, shown above for {}",
                known.len(),
                self.address(place),
            );
        }
        for label in &labels {
            self.place(text, "see", label, width);
        }
    }

    /// A hop by the line that makes it. Nobody wrote a line for what one outside crate needs
    /// of another: Cargo.lock says so.
    fn hop(&self, step: &Step) -> Hop {
        if step.how == CARGO {
            let gap = if step.detail.is_empty() { "" } else { ": " };
            let shown = format!("`{}` needs `{}`{gap}{}", step.from, step.to, step.detail);
            return Hop { address: "Cargo.lock".to_owned(), shown };
        }
        let line = self.line(&step.location);
        let shown = if line.is_empty() { format!("{} → {}", step.from, step.to) } else { line };
        Hop { address: self.address(&step.location), shown }
    }

    fn elsewhere(&self, label: &Label) -> Hop {
        let line = self.line(&label.location);
        let words = one_line(&label.text);
        let gap = if line.is_empty() || words.is_empty() { "" } else { "   " };
        Hop { address: self.address(&label.location), shown: format!("{line}{gap}{words}") }
    }

    fn place(&self, text: &mut String, word: &str, hop: &Hop, width: usize) {
        let (dim, link) = (self.style.dim(), self.style.link());
        let gap = " ".repeat(width.saturating_sub(hop.address.chars().count()));
        let _ = writeln!(
            text,
            "  {dim}{word}{dim:#} {link}{}{link:#}{gap}   {}",
            hop.address, hop.shown
        );
    }

    /// `file:line`, or the file alone where its text is not known.
    fn address(&self, location: &Location) -> String {
        let file = printable(&location.file);
        match self.sources.get(&location.file) {
            Some(source) => format!("{file}:{}", source.range(location.span).start.line),
            None => file,
        }
    }

    /// The line of source code at a location, without what surrounds it.
    fn line(&self, location: &Location) -> String {
        let Some(source) = self.sources.get(&location.file) else { return String::new() };
        let line = source.line(source.line_index(source.clamp(location.span).start));
        cut(&printable(line.trim()), LINE_WIDTH)
    }

    fn note(&self, text: &mut String, word: &str, note: Option<&str>) {
        let Some(note) = note else { return };
        let label = self.style.note();
        let mut lines = note.trim().lines().map(printable);
        let first = lines.next().unwrap_or_default();
        let _ = writeln!(text, "  {label}{word}:{label:#} {first}");
        for line in lines {
            let _ = writeln!(text, "  {:width$}  {line}", "", width = word.len());
        }
    }
}

/// The first `width` characters of `text`, with a sign where something is missing.
fn cut(text: &str, width: usize) -> String {
    match text.char_indices().nth(width) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use layers_rules::facts::Span;

    use super::super::samples;
    use super::*;

    fn plain(findings: &[Finding], sources: &Sources) -> String {
        render(findings, &Summary::default(), sources, Style::Plain)
    }

    #[test]
    fn the_whole_report() {
        let (findings, sources, summary) = samples::run();
        insta::assert_snapshot!(render(&findings, &summary, &sources, Style::Plain));
    }

    #[test]
    fn colours_change_nothing_but_colour() {
        let (findings, sources, summary) = samples::run();
        let coloured = render(&findings, &summary, &sources, Style::Coloured);
        assert!(coloured.contains("\u{1b}["), "{coloured}");
        assert_eq!(
            anstream::adapter::strip_str(&coloured).to_string(),
            render(&findings, &summary, &sources, Style::Plain)
        );
    }

    #[test]
    fn a_clean_run_is_one_line() {
        let text = plain(&[], &Sources::default());
        assert_eq!(text.lines().count(), 1);
        assert!(text.starts_with("0 rules kept, 0 broken"), "{text}");
    }

    #[test]
    fn labels_close_by_share_the_snippet() {
        let text = "use a::One;\nuse b::Two;\nfn f() {}\n";
        let mut sources = Sources::default();
        sources.insert("src/lib.rs".to_owned(), text.to_owned());
        let mut finding = samples::bare("src/lib.rs", samples::span(text, "a::One"));
        finding.primary.text = "first".to_owned();
        finding.secondary =
            vec![samples::label("src/lib.rs", samples::span(text, "b::Two"), "and again")];
        insta::assert_snapshot!(plain(&[finding], &sources));
    }

    #[test]
    fn any_span_in_any_text_can_be_shown() {
        let texts = [
            "",
            "\n",
            "\r\n",
            "a",
            "\u{feff}",
            "\u{feff}use größe;\r\n\tuse a\u{1b}[31m\u{202e}::b;\r\rx",
            "漢字\n\n\u{301}e\n",
        ];
        for text in texts {
            let mut sources = Sources::default();
            sources.insert("src/lib.rs".to_owned(), text.to_owned());
            let end = u32::try_from(text.len()).unwrap() + 3;
            for start in 0..=end {
                for end in start..=end {
                    let mut finding = samples::bare("src/lib.rs", Span { start, end });
                    finding.primary.text = "here".to_owned();
                    finding.secondary =
                        vec![samples::label("src/lib.rs", Span { start: 1, end: 2 }, "x")];
                    let shown = plain(&[finding], &sources);
                    assert!(shown.contains("─[src/lib.rs:"), "{text:?} {start}..{end}: {shown}");
                    assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
                }
            }
        }
    }

    #[test]
    fn a_span_of_many_lines_shows_its_first() {
        let text = format!("pub fn long() {{\n{}}}\n", "    work();\n".repeat(30));
        let mut sources = Sources::default();
        let span = samples::span(&text, &text);
        sources.insert("src/lib.rs".to_owned(), text);
        let shown = plain(&[samples::bare("src/lib.rs", span)], &sources);
        assert!(shown.contains("─[src/lib.rs:1:1]\n 1 │ pub fn long() {\n   · ─"), "{shown}");
        assert!(!shown.contains("work();"), "{shown}");
    }

    #[test]
    fn what_outside_crates_need_stands_in_no_source() {
        let (mut findings, sources, _) = samples::run();
        findings[0].chain[0].how = CARGO.to_owned();
        let shown = plain(&findings[..1], &sources);
        assert!(
            shown.contains(
                "  via Cargo.lock                     `shop_prelude::PgPool` needs `shop"
            ),
            "{shown}"
        );
    }

    #[test]
    fn a_long_line_is_cut() {
        assert_eq!(cut("größe", 3), "grö…");
        assert_eq!(cut("größe", 5), "größe");
    }
}
