//! Pages of the book that show what commands print: what they say is written is written, what they
//! say is typed is typed, and what it prints is what they show. A block that shows nothing of what is
//! printed is left alone.
//!
//! A code block behind a line that is nothing but the path of a file is that file, and is added to
//! it where it is `layers.toml`. `UPDATE=1` writes what is printed into the page.

use camino::Utf8Path;
use layers_tests::{binary, repository, tree};

#[test]
fn a_rule_of_ones_own() {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let root = Utf8Path::from_path(folder.path()).expect("its path is Unicode");
    for (name, needs) in [
        ("shop-domain", &[][..]),
        ("shop-application", &["shop-domain"]),
        ("shop-http", &["shop-application", "shop-domain"]),
    ] {
        let needs = needs.iter().map(|it| format!("{it} = {{ path = \"../{it}\" }}\n"));
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{}",
            needs.collect::<String>()
        );
        tree::write(&root.join("crates").join(name).join("Cargo.toml"), &manifest);
    }
    tree::write(
        &root.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n",
    );
    follow(&repository::root().join("docs/your-first-rule.md"), root);
}

#[test]
fn the_first_report() {
    let shop = tree::Copy::of(&repository::root().join("fixtures/projects/shop-red"));
    follow(&repository::root().join("README.md"), shop.root());
}

#[test]
fn the_first_steps() {
    let shop = tree::Copy::of(&repository::root().join("fixtures/projects/shop-red"));
    std::fs::remove_file(shop.root().join("layers.toml")).expect("it is there");
    follow(&repository::root().join("docs/first-steps.md"), shop.root());
}

/// Does what a page says in the folder `root`, and compares.
fn follow(page: &Utf8Path, root: &Utf8Path) {
    let written = tree::read(page);
    let mut lines = written.lines().peekable();
    let (mut seen, mut file) = (String::new(), None);
    let mut commands = 0;
    while let Some(line) = lines.next() {
        push(&mut seen, line);
        if !line.is_empty() && !line.starts_with("```") {
            let path = line.strip_prefix('`').and_then(|line| line.strip_suffix('`'));
            file = path.filter(|path| !path.contains('`'));
        }
        let Some(language) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let is_typed = |line: &&str| line.starts_with("$ ");
        let is_shown = block.first().is_some_and(is_typed) && !block.iter().all(is_typed);
        if language == "console" && is_shown {
            for command in block.iter().filter_map(|line| line.strip_prefix("$ cargo ")) {
                commands += 1;
                push(&mut seen, &format!("$ cargo {command}"));
                seen.push_str(&typed(root, command));
            }
        } else {
            for line in &block {
                push(&mut seen, line);
            }
            if let Some(file) = file.take().filter(|_| language != "console") {
                write(&root.join(file), &block);
            }
        }
        push(&mut seen, "```");
    }
    assert!(commands > 0, "{page} types nothing");
    if std::env::var_os("UPDATE").is_some() {
        tree::write(page, &seen);
        return;
    }
    let (seen, written) = (masked(&seen), masked(&written));
    assert!(seen == written, "{page} is not what happens (UPDATE=1 renews it):\n{seen}");
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn write(file: &Utf8Path, block: &[&str]) {
    let mut text = block.join("\n") + "\n";
    if file.file_name() == Some("layers.toml") {
        text = tree::read(file) + "\n" + &text;
    }
    tree::write(file, &text);
}

fn typed(root: &Utf8Path, command: &str) -> String {
    let arguments: Vec<&str> = command.split(' ').collect();
    let run = binary::run(&mut binary::cargo(root, &arguments));
    run.stdout + &run.stderr
}

/// Without the time that a run took and the day it ran on.
fn masked(text: &str) -> String {
    let mut masked = String::new();
    for line in text.lines() {
        let line = match line.rsplit_once(" · ") {
            Some((figures, time)) if time.ends_with(" s") => format!("{figures} · time"),
            _ => line.to_owned(),
        };
        let words = line.split(' ').map(|word| if is_day(word) { "day" } else { word });
        push(&mut masked, &words.collect::<Vec<_>>().join(" "));
    }
    masked
}

fn is_day(word: &str) -> bool {
    let mut parts = word.split('-').map(|part| (part.len(), part.parse::<u32>().is_ok()));
    [4, 2, 2].into_iter().all(|length| parts.next() == Some((length, true)))
        && parts.next().is_none()
}
