//! A page, taken apart.

use camino::{Utf8Path, Utf8PathBuf};
use layers_tests::tree;

/// A page of the book.
pub(super) struct Page {
    pub(super) path: Utf8PathBuf,
    pub(super) blocks: Vec<Block>,
    /// What stands between the blocks: before the first, after it, and so on.
    texts: Vec<Vec<String>>,
}

/// A fenced block.
pub(super) struct Block {
    pub(super) language: String,
    /// What stands before it, if that is nothing but a path between backticks.
    pub(super) path: Option<String>,
    pub(super) lines: Vec<String>,
    /// The number of the line that opens it.
    pub(super) line: usize,
}

impl Page {
    pub(super) fn read(path: &Utf8Path) -> Self {
        let text = tree::read(path);
        let (mut blocks, mut texts) = (Vec::new(), Vec::new());
        let mut before: Vec<String> = Vec::new();
        let mut lines = text.lines().enumerate();
        while let Some((index, line)) = lines.next() {
            let Some(language) = line.strip_prefix("```") else {
                before.push(line.to_owned());
                continue;
            };
            let inside = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```");
            blocks.push(Block {
                language: language.to_owned(),
                path: before.iter().rev().find(|line| !line.is_empty()).and_then(|it| named(it)),
                lines: inside.map(str::to_owned).collect(),
                line: index + 1,
            });
            texts.push(std::mem::take(&mut before));
        }
        texts.push(before);
        Self { path: path.to_owned(), blocks, texts }
    }

    /// Writes the page as it is now.
    pub(super) fn write(&self) {
        let mut text = String::new();
        for (index, before) in self.texts.iter().enumerate() {
            push_all(&mut text, before);
            if let Some(block) = self.blocks.get(index) {
                push_all(&mut text, &[format!("```{}", block.language)]);
                push_all(&mut text, &block.lines);
                push_all(&mut text, &["```".to_owned()]);
            }
        }
        tree::write(&self.path, &text);
    }

    fn text(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().flatten().map(String::as_str)
    }

    /// The lines under a heading, up to the next.
    pub(super) fn section(&self, heading: &str) -> impl Iterator<Item = &str> {
        let is_heading = move |line: &&str| line.strip_prefix("## ") == Some(heading);
        let inside = self.text().skip_while(move |line| !is_heading(line)).skip(1);
        inside.take_while(|line| !line.starts_with('#'))
    }

    /// The files that blocks of the kind `diff` change.
    pub(super) fn changed(&self) -> Vec<Utf8PathBuf> {
        let diffs = self.blocks.iter().filter(|block| block.language == "diff");
        diffs.filter_map(|block| block.path.as_ref().map(Utf8PathBuf::from)).collect()
    }

    /// What stands between backticks, line ends taken for blanks.
    pub(super) fn spans(&self) -> Vec<String> {
        let paragraph = |lines: &Vec<String>| {
            let text = lines.join(" ");
            text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
        };
        self.texts.iter().flat_map(paragraph).collect()
    }

    /// What can be typed, without what is said beside it.
    pub(super) fn commands(&self) -> impl Iterator<Item = &str> {
        let typed = self.blocks.iter().filter(|block| block.language == "console");
        let lines = typed.flat_map(|block| &block.lines);
        let commands = lines.filter_map(|line| line.strip_prefix("$ "));
        commands.map(|line| line.split(" # ").next().unwrap_or_default().trim_end())
    }
}

impl Block {
    /// The lines, in pieces: a comment of nothing but dots stands for what was left out.
    pub(super) fn stretches(&self) -> Vec<Vec<String>> {
        let is_gap = |line: &String| ["// …", "# …", "-- …"].contains(&line.trim());
        let pieces = self.lines.split(is_gap).map(<[String]>::to_vec);
        pieces.filter(|piece| !piece.is_empty()).collect()
    }

    /// The rule that this block checks alone.
    pub(super) fn checked_rule(&self) -> Option<String> {
        let command = self.lines.first()?.strip_prefix("$ cargo layers check --rule ")?;
        Some(command.to_owned())
    }
}

fn named(line: &str) -> Option<String> {
    let path = line.strip_prefix('`')?.strip_suffix('`')?;
    (!path.contains('`')).then(|| path.to_owned())
}

fn push_all(text: &mut String, lines: &[String]) {
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
}
