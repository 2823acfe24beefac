//! Pages about the example service: the code they show stands there, the rules they name are kept
//! there, what breaks one prints what they show, and the names they speak of exist.
//!
//! `UPDATE=1` writes what is printed into the pages.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use cargo_layers::report::human::{self, Style};
use layers_tests::judgement::Judgement;
use layers_tests::tree::{self, Copy};
use layers_tests::{binary, repository};

use crate::page::{Block, Page};

/// The languages of excerpts; text is one too where a file is named. What is in none of them is what
/// someone types and sees.
const EXCERPTS: [&str; 6] = ["rust", "toml", "sql", "lua", "yaml", "dockerfile"];

/// How names of files end that pages speak of.
const ENDINGS: [&str; 9] = ["rs", "toml", "md", "sql", "lua", "yaml", "yml", "html", "snap"];

/// What else is typed than scripts of the service.
const PROGRAMS: [&str; 3] = ["cargo", "curl", "docker"];

fn service() -> Utf8PathBuf {
    repository::root().join("example-service")
}

fn pages() -> Vec<Page> {
    let folder = repository::root().join("docs/example");
    let pages: Vec<_> =
        tree::files(&folder).iter().map(|path| Page::read(&folder.join(path))).collect();
    assert!(pages.len() > 3, "only {} pages are there", pages.len());
    pages
}

/// The lines of `text`, each moved to the right by `indent`, but for empty ones.
fn moved(lines: &[String], indent: usize) -> Vec<String> {
    let moved = |line: &String| match line.as_str() {
        "" => String::new(),
        line => format!("{}{line}", " ".repeat(indent)),
    };
    lines.iter().map(moved).collect()
}

/// Whether the stretches stand in the file in this order, each in one piece.
fn stand(file: &[&str], stretches: &[Vec<String>]) -> bool {
    let mut rest = file;
    stretches.iter().all(|stretch| {
        let found = rest.windows(stretch.len()).position(|lines| lines == stretch);
        found.is_some_and(|start| {
            rest = &rest[start + stretch.len()..];
            true
        })
    })
}

/// What is wrong with an excerpt.
fn mistake(block: &Block) -> Option<String> {
    let Some(path) = &block.path else {
        return Some("does not say in which file it stands".to_owned());
    };
    let path = service().join(path);
    if !path.is_file() {
        return Some(format!("is of {path}, which is not there"));
    }
    let text = tree::read(&path);
    let file: Vec<&str> = text.lines().collect();
    let stretches = block.stretches();
    let stands = (0..32).any(|indent| {
        let moved: Vec<_> = stretches.iter().map(|lines| moved(lines, indent)).collect();
        stand(&file, &moved)
    });
    (stretches.is_empty() || !stands).then(|| format!("does not stand in {path}"))
}

#[test]
fn excerpts_stand_in_the_example_service() {
    let (mut seen, mut mistakes) = (0, Vec::new());
    for page in pages() {
        let is_excerpt = |block: &&Block| {
            EXCERPTS.contains(&block.language.as_str())
                || (block.language == "text" && block.path.is_some())
        };
        for block in page.blocks.iter().filter(is_excerpt) {
            seen += 1;
            if let Some(mistake) = mistake(block) {
                mistakes.push(format!("{}:{}: the excerpt {mistake}", page.path, block.line));
            }
        }
        let known = |block: &&Block| {
            EXCERPTS.iter().chain(&["console", "diff", "text"]).any(|it| *it == block.language)
        };
        let strange = page.blocks.iter().filter(|block| !known(block));
        mistakes.extend(strange.map(|it| format!("{}:{}: `{}`", page.path, it.line, it.language)));
    }
    assert!(mistakes.is_empty(), "{mistakes:#?}");
    assert!(seen > 10, "only {seen} excerpts were found");
}

/// The rule, the page of its pack and the heading there that a link is about.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let (id, rest) = text.split_once("`](../packs/")?;
    let (pack, anchor) = rest.split_once(')')?.0.split_once('#')?;
    Some((id, pack, anchor))
}

#[test]
fn rules_that_pages_name_are_kept() {
    let judgement = Judgement::of(&service()).unwrap_or_else(|error| panic!("{error}"));
    let kept = judgement.summary.rules.iter().filter(|rule| rule.findings == 0);
    let kept: BTreeSet<&str> = kept.map(|rule| rule.id.as_str()).collect();
    let (mut seen, mut mistakes) = (0, Vec::new());
    for page in pages() {
        for item in page.section("Rules").filter_map(|line| line.strip_prefix("- ")) {
            let links: Vec<_> = item.split("[`").skip(1).filter_map(link).collect();
            if !item.starts_with("[`") || links.is_empty() {
                mistakes.push(format!("{}: no link to a rule: {item}", page.path));
            }
            for (id, pack, anchor) in links {
                seen += 1;
                let pack = repository::root().join("docs/packs").join(pack);
                let is_listed = pack.is_file()
                    && tree::read(&pack).lines().any(|line| line.strip_prefix("### ") == Some(id));
                if anchor != id || !is_listed {
                    mistakes.push(format!("{}: `{id}` is not in {pack}", page.path));
                } else if !kept.contains(id) {
                    mistakes.push(format!("{}: the service is not held to `{id}`", page.path));
                }
            }
        }
    }
    assert!(mistakes.is_empty(), "{mistakes:#?}");
    assert!(seen > 10, "only {seen} rules were found");
}

/// Changes a file of `copy` as a block says: lines that begin with a blank stand there, those with
/// `-` go, and those with `+` come.
fn change(copy: &Utf8Path, page: &Page, block: &Block) {
    let path = block.path.as_deref().unwrap_or_else(|| panic!("{}: no path", page.path));
    let path = copy.join(path);
    let side = |other: char| {
        let lines = block.lines.iter().filter(|line| !line.starts_with(other));
        lines.flat_map(|line| [line.get(1..).unwrap_or_default(), "\n"]).collect::<String>()
    };
    let (before, after, text) = (side('+'), side('-'), tree::read(&path));
    let times = text.matches(&before).count();
    assert_eq!(times, 1, "{}:{}: this stands {times} times in {path}", page.path, block.line);
    tree::write(&path, &text.replacen(&before, &after, 1));
}

/// Without the numbers of lines, which are others whenever something is added above, and without the
/// room that they take.
fn masked(lines: &[String]) -> Vec<String> {
    let is_number = |it: char| it.is_ascii_digit();
    let mask = |line: &String| {
        let line = line.trim_start().trim_start_matches(is_number).trim_start();
        let mut parts = line.split(".rs:");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| {
            text + ".rs:" + part.trim_start_matches(|it| is_number(it) || it == ':').trim_start()
        })
    };
    lines.iter().map(mask).collect()
}

#[test]
fn what_breaks_a_rule_prints_what_pages_show() {
    let (copy, pages) = (Copy::of(&service()), pages());
    for page in &pages {
        for block in page.blocks.iter().filter(|block| block.language == "diff") {
            change(copy.root(), page, block);
        }
    }
    let judgement = Judgement::of(copy.root()).unwrap_or_else(|error| panic!("{error}"));
    let (mut seen, mut mistakes) = (0, Vec::new());
    for mut page in pages {
        let changed: Vec<Utf8PathBuf> = page.changed();
        let mut renewed = false;
        for block in page.blocks.iter_mut().filter(|block| block.language == "console") {
            let Some(rule) = block.checked_rule() else { continue };
            let found = judgement.findings.iter().filter(|finding| {
                let file = Utf8Path::new(finding.primary.location.file.as_str());
                finding.rule == rule && changed.iter().any(|path| path == file)
            });
            let found = found.map(|it| human::one(it, &judgement.sources, Style::Plain));
            let printed = found.collect::<Vec<_>>().join("\n");
            assert!(!printed.is_empty(), "{}: nothing breaks `{rule}`", page.path);
            seen += 1;
            let printed: Vec<String> = printed.lines().map(str::to_owned).collect();
            if masked(&block.lines[1..]) != masked(&printed) {
                mistakes.push(format!("{}:{}:\n{}", page.path, block.line, printed.join("\n")));
                block.lines.truncate(1);
                block.lines.extend(printed);
                renewed = true;
            }
        }
        if renewed && std::env::var_os("UPDATE").is_some() {
            page.write();
            mistakes.clear();
        }
    }
    assert!(mistakes.is_empty(), "not what is printed (UPDATE=1):\n{}", mistakes.join("\n"));
    assert!(seen > 3, "only {seen} broken rules were found");
}

/// What the service is made of, as far as text can be asked for it.
struct Service {
    files: Vec<Utf8PathBuf>,
    words: BTreeSet<String>,
}

impl Service {
    fn read() -> Self {
        let files = tree::files(&service());
        let mut words = BTreeSet::new();
        for file in files.iter().chain(&[Utf8PathBuf::from("Cargo.lock")]) {
            let text = tree::read(&service().join(file));
            let all = text.split(|it: char| !(it.is_alphanumeric() || it == '_'));
            words.extend(all.map(str::to_owned));
        }
        Self { files, words }
    }

    /// Whether what stands between backticks exists, if it is a name of something.
    fn knows(&self, span: &str) -> bool {
        let is_path = span.contains('/') && !span.starts_with('/');
        let ending = Utf8Path::new(span).extension();
        let is_file = ending.is_some_and(|ending| ENDINGS.contains(&ending));
        let folders = ["crates/", "scripts/", "config/", "docs/"];
        if is_path && (is_file || folders.iter().any(|folder| span.starts_with(folder))) {
            service().join(span).exists() || repository::root().join(span).exists()
        } else if is_file && !span.contains(['*', '{', '<']) {
            self.files.iter().any(|path| path.file_name() == Some(span))
        } else if span.chars().all(|it| it.is_alphanumeric() || it == '_' || it == ':') {
            let is_known = |part: &str| part.is_empty() || self.words.contains(part);
            span.split(':').all(is_known)
        } else {
            true
        }
    }

    /// Whether a command can be typed.
    fn runs(command: &str) -> bool {
        let words: Vec<&str> = command.split(' ').collect();
        let scripts = words.iter().filter(|word| word.starts_with("scripts/"));
        let packages = words.windows(2).filter(|pair| ["-p", "--package"].contains(&pair[0]));
        scripts.into_iter().all(|path| service().join(path).is_file())
            && packages.into_iter().all(|pair| service().join("crates").join(pair[1]).is_dir())
            && Self::is_understood(&words)
    }

    /// Whether `cargo layers` has this subcommand and these options.
    fn is_understood(words: &[&str]) -> bool {
        let ["cargo", "layers", subcommand, arguments @ ..] = words else {
            return words[0].starts_with("scripts/") || PROGRAMS.contains(&words[0]);
        };
        let help = &mut binary::command(&service(), &["layers", subcommand, "--help"]);
        let help = binary::run(help);
        let mut options = arguments.iter().filter(|word| word.starts_with("--"));
        help.code == Some(0) && options.all(|option| help.stdout.contains(*option))
    }
}

#[test]
fn names_and_commands_in_pages_exist() {
    let service = Service::read();
    let (mut seen, mut mistakes) = (0, Vec::new());
    for page in pages() {
        for span in page.spans() {
            seen += 1;
            if !service.knows(&span) {
                mistakes.push(format!("{}: there is no `{span}`", page.path));
            }
        }
        for command in page.commands() {
            if !Service::runs(command) {
                mistakes.push(format!("{}: nobody can type `{command}`", page.path));
            }
        }
    }
    assert!(mistakes.is_empty(), "{mistakes:#?}");
    assert!(seen > 50, "only {seen} names were found");
}
