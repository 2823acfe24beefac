//! Pages of the book that show what commands print: what they say is written is written, what they
//! say is typed is typed, and what it prints is what they show. A block that shows nothing of what is
//! printed is left alone.
//!
//! A code block behind a line that is nothing but the path of a file is that file, and is added to
//! it where it is `layers.toml`. `UPDATE=1` writes what is printed into the page.

use camino::Utf8Path;
use layers_tests::{binary, repository, tree};

use crate::page::Page;

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
fn follow(path: &Utf8Path, root: &Utf8Path) {
    let mut page = Page::read(path);
    let (mut written, mut seen) = (Vec::new(), Vec::new());
    for block in &mut page.blocks {
        if block.language != "console" {
            if let Some(file) = &block.path {
                write(&root.join(file), &block.lines);
            }
            continue;
        }
        let is_typed = |line: &String| line.starts_with("$ ");
        if !block.lines.first().is_some_and(is_typed) || block.lines.iter().all(is_typed) {
            continue;
        }
        let mut printed = Vec::new();
        for command in block.lines.iter().filter_map(|line| line.strip_prefix("$ cargo ")) {
            printed.push(format!("$ cargo {command}"));
            printed.extend(typed(root, command).lines().map(str::to_owned));
        }
        written.extend(masked(&block.lines));
        seen.extend(masked(&printed));
        block.lines = printed;
    }
    assert!(!written.is_empty(), "{path} types nothing");
    if std::env::var_os("UPDATE").is_some() {
        page.write();
        return;
    }
    assert!(
        seen == written,
        "{path} is not what happens (UPDATE=1 renews it):\n{}",
        seen.join("\n")
    );
}

fn write(file: &Utf8Path, lines: &[String]) {
    let mut text = lines.join("\n") + "\n";
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
fn masked(lines: &[String]) -> Vec<String> {
    let mask = |line: &String| {
        let line = match line.rsplit_once(" · ") {
            Some((figures, time)) if time.ends_with(" s") => format!("{figures} · time"),
            _ => line.clone(),
        };
        let words = line.split(' ').map(|word| if is_day(word) { "day" } else { word });
        words.collect::<Vec<_>>().join(" ")
    };
    lines.iter().map(mask).collect()
}

fn is_day(word: &str) -> bool {
    let mut parts = word.split('-').map(|part| (part.len(), part.parse::<u32>().is_ok()));
    [4, 2, 2].into_iter().all(|length| parts.next() == Some((length, true)))
        && parts.next().is_none()
}
