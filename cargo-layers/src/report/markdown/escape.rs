//! Text that comes from the checked code or its rules, so that none of it is markup.

use crate::report::sources::printable;

/// Words with code in backquotes. Everything outside of those is plain text, and nobody is
/// mentioned.
pub(super) fn prose(text: &str) -> String {
    let text: Vec<String> = text.lines().map(|line| printable(line.trim())).collect();
    let text = text.join(" ");
    let parts: Vec<&str> = text.split('`').collect();
    // Without a partner the last backquote begins nothing.
    let pairs = (parts.len() - 1) / 2 * 2;
    let mut escaped = String::new();
    for (index, part) in parts.iter().enumerate() {
        match index {
            0 => escaped.push_str(&plain(part)),
            _ if index > pairs => {
                escaped.push_str("\\`");
                escaped.push_str(&plain(part));
            }
            _ if index % 2 == 1 && part.is_empty() => escaped.push_str("\\`\\`"),
            _ if index % 2 == 1 => escaped.push_str(&code(part)),
            _ => escaped.push_str(&plain(part)),
        }
    }
    escaped
}

fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // A mention, an issue's number or an address begins only behind a border that an
            // empty comment takes away.
            '@' => escaped.push_str("@<!-- -->"),
            '#' => escaped.push_str("\\#<!-- -->"),
            '\\' | '*' | '_' | '[' | ']' | '!' | '|' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// A span of code, in more backquotes than the text has in a row.
pub(super) fn code(text: &str) -> String {
    let text = printable(text);
    let quotes = "`".repeat(longest_row(&text) + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{quotes}{gap}{text}{gap}{quotes}")
}

/// A block of one line of code, with `indent` before each of its lines.
pub(super) fn fence(language: &str, line: &str, indent: &str) -> String {
    let quotes = "`".repeat((longest_row(line) + 1).max(3));
    format!("{indent}{quotes}{language}\n{indent}{}\n{indent}{quotes}\n", printable(line))
}

/// How many backquotes stand in a row.
fn longest_row(text: &str) -> usize {
    text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stays_code() {
        assert_eq!(prose("`a::B<C>` must not use `c`"), "`a::B<C>` must not use `c`");
        assert_eq!(prose("a line\n  and `another`"), "a line and `another`");
    }

    #[test]
    fn nothing_else_is_markup() {
        assert_eq!(
            prose("<img src=x> ![a](b) @team #1 *b* _c_ a|b"),
            "&lt;img src=x&gt; \\!\\[a\\](b) @<!-- -->team \\#<!-- -->1 \\*b\\* \\_c\\_ a\\|b"
        );
        assert_eq!(prose("half `open <b>"), "half \\`open &lt;b&gt;");
        assert_eq!(prose("two `` <b>"), "two \\`\\` &lt;b&gt;");
        assert_eq!(prose("`a` and `<b>"), "`a` and \\`&lt;b&gt;");
    }

    #[test]
    fn backquotes_do_not_end_code() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(fence("rust", "//! ```", "  "), "  ````rust\n  //! ```\n  ````\n");
        assert_eq!(code("a\u{202e}\nb"), "`a\u{fffd}?b`");
    }
}
