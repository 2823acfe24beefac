//! What the README says: its commands are run against a server that was just started, and their
//! answers compared with those that it shows; its table of settings is compared with the
//! settings. `UPDATE=1` writes what is true into it.

mod blocks;
mod settings;

use std::env;
use std::fmt::Write;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use self::blocks::{Block, same, shown};
use crate::process::Server;
use crate::storage::Storage;

/// Where the server of the README listens.
const ADDRESS: &str = "127.0.0.1:8080";
/// What stands between the output of two commands.
const BETWEEN: &str = "--- the next command ---";

fn readme() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md")
}

fn is_update() -> bool {
    env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// Compares the README with what it should be, or writes that.
fn compare(written: &str, expected: &str) {
    if written == expected {
        return;
    }
    if is_update() {
        fs::write(readme(), expected).expect("the README can be written");
        return;
    }
    let lines = written.lines().zip(expected.lines());
    let (number, (written, expected)) =
        lines.enumerate().find(|(_, (one, other))| one != other).expect("they differ");
    panic!(
        "README.md says something else than is true; `UPDATE=1` mends it\n  line {}: {written}\n  \
         should be: {expected}",
        number + 1
    );
}

/// Runs commands one after the other in one shell, and gives the output of each.
fn run(commands: &[String], folder: &Path) -> Vec<String> {
    let mut script = "set -u\n".to_owned();
    for command in commands {
        writeln!(script, "{command}\nprintf '%s\\n' '{BETWEEN}'").expect("text grows");
    }
    let run = Command::new("bash")
        .args(["-c", &script])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("bash can be started");
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success() && errors.is_empty(), "{errors}");
    let output = String::from_utf8(run.stdout).expect("the output is text");
    let parts: Vec<&str> = output.split(&format!("{BETWEEN}\n")).collect();
    let (_, parts) = parts.split_last().expect("there is one more");
    assert_eq!(parts.len(), commands.len(), "{output}");
    // curl ends its output without a line end, and a shell that is typed into adds one.
    parts.iter().map(|part| part.trim_end_matches('\n').to_owned()).collect()
}

/// What a server says until it can be reached. Events and the worker are heard of beside, now
/// sooner, now later.
fn start_in(log: &str) -> String {
    let until = log.lines().position(|line| line.contains("listening at")).unwrap_or_default();
    let is_beside =
        |line: &&str| [" event ", "the worker is ready"].iter().any(|it| line.contains(it));
    let lines = log.lines().take(until + 1).filter(|line| !is_beside(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// Keeps another test from changing the README meanwhile. It is over when the file is dropped.
fn alone() -> File {
    let file = File::open(readme()).expect("there is a README");
    file.lock().expect("a file can be locked");
    file
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_is_answered_as_the_readme_says() {
    let _alone = alone();
    let written = fs::read_to_string(readme()).expect("there is a README");
    let blocks = Block::all(&written);
    let commands: Vec<String> =
        blocks.iter().flat_map(|block| block.commands(&written)).map(|(one, _)| one).collect();
    let (start, typed) = commands.split_first().expect("there are commands");
    assert_eq!(start, "cargo run", "the server is started first");
    assert!(typed.len() >= 12, "{} commands", typed.len());

    let storage = Storage::sqlite();
    // As it is without any settings, but for what would get in the way of other tests.
    let url = storage.url();
    let settings = [("APP_HTTP__BIND", "127.0.0.1:0"), ("APP_DATABASE__URL", url.as_str())];
    let server = Server::start_with(storage.folder(), &settings);
    let here = |text: &str| text.replace(server.address(), ADDRESS);
    let typed: Vec<String> =
        typed.iter().map(|command| command.replace(ADDRESS, server.address())).collect();
    let answers = run(&typed, storage.folder());
    let log = here(&server.output());
    let mut answers = answers.iter().map(|answer| shown(&here(answer)));
    let mut expected = written.clone();
    // From the end, so that what was found stays where it is.
    let mut replacements = Vec::new();
    for block in &blocks {
        let mut text = String::new();
        for (command, answer) in block.commands(&written) {
            let actual = if command == "cargo run" {
                start_in(&log)
            } else {
                answers.next().expect("every command has an answer")
            };
            let answer = if same(&answer, &actual) { answer } else { actual };
            text.push_str(&Block::text(&command, &answer));
        }
        replacements.push((block.range.clone(), text));
    }
    for (range, text) in replacements.into_iter().rev() {
        expected.replace_range(range, &text);
    }
    server.stop();
    compare(&written, &expected);
}

#[test]
fn all_settings_are_in_the_readme() {
    let _alone = alone();
    let written = fs::read_to_string(readme()).expect("there is a README");
    let range = settings::range(&written);
    let mut expected = written.clone();
    expected.replace_range(range, &settings::table());
    compare(&written, &expected);
}
