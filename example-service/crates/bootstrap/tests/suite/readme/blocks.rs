//! Blocks of commands and their answers in a text of Markdown.

use std::ops::Range;

const BEGIN: &str = "```console\n";
const END: &str = "```\n";
/// What a line with a command begins with, and one that goes on with it.
const PROMPT: &str = "$ ";
const GOES_ON: &str = "\\";

/// A block of commands, by where it stands.
pub(super) struct Block {
    pub(super) range: Range<usize>,
}

impl Block {
    /// All blocks of a text.
    pub(super) fn all(text: &str) -> Vec<Self> {
        let mut blocks = Vec::new();
        let mut from = 0;
        while let Some(begin) = text[from..].find(BEGIN) {
            let start = from + begin + BEGIN.len();
            let end = start + text[start..].find(END).expect("a block that begins ends");
            blocks.push(Self { range: start..end });
            from = end + END.len();
        }
        blocks
    }

    /// The commands of a block, each with its answer.
    pub(super) fn commands(&self, text: &str) -> Vec<(String, String)> {
        let mut commands: Vec<(String, String)> = Vec::new();
        let mut is_command = false;
        for line in text[self.range.clone()].lines() {
            if let Some(command) = line.strip_prefix(PROMPT) {
                commands.push((command.to_owned(), String::new()));
                is_command = true;
            } else {
                let (command, answer) = commands.last_mut().expect("a block begins with a command");
                let place = if is_command { command } else { answer };
                if !place.is_empty() {
                    place.push('\n');
                }
                place.push_str(line);
            }
            is_command &= line.ends_with(GOES_ON);
        }
        commands
    }

    /// A command and its answer as they stand in a block.
    pub(super) fn text(command: &str, answer: &str) -> String {
        let end = if answer.is_empty() { "" } else { "\n" };
        format!("{PROMPT}{command}\n{answer}{end}")
    }
}

/// An answer as the README shows it: tokens are long, and nobody reads them.
pub(super) fn shown(answer: &str) -> String {
    each_word(answer, |word| {
        if word.starts_with("eyJ") && word.len() > 40 {
            format!("{}…", &word[..8])
        } else if word.len() == 43 && !word.contains('.') {
            "…".to_owned()
        } else {
            word.to_owned()
        }
    })
}

/// Whether two answers say the same but for ids and times.
pub(super) fn same(one: &str, other: &str) -> bool {
    let plain = |answer: &str| {
        each_word(answer, |word| {
            let is_time = word.len() > 19 && word.as_bytes()[10] == b'T' && word.ends_with('Z');
            if uuid::Uuid::try_parse(word).is_ok() {
                "ID".to_owned()
            } else if is_time {
                "TIME".to_owned()
            } else {
                word.to_owned()
            }
        })
    };
    plain(one) == plain(other)
}

/// Replaces each run of what ids, times and tokens are made of.
fn each_word(text: &str, replace: impl Fn(&str) -> String) -> String {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "-_.:".contains(letter);
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let end =
            rest[start..].find(|letter| !is_part(letter)).map_or(rest.len(), |end| start + end);
        replaced.push_str(&rest[..start]);
        replaced.push_str(&replace(&rest[start..end]));
        rest = &rest[end..];
    }
    replaced + rest
}
