//! A workspace of someone who means ill: nothing in it is run, nothing it leads to is read
//! or waited for, and the check says what it did not see.

mod limits;
mod noise;
mod registry;
mod traps;

use std::process::Command;
use std::time::{Duration, Instant};

use camino::Utf8Path;
use layers_tests::binary::{Run, command, run};
use layers_tests::git;
use traps::Trapped;

/// How long a command may take: far longer than any needs, and no time at all for one that
/// waits for a pipe.
const PATIENCE: Duration = Duration::from_mins(3);

/// Every way of asking about a workspace that reads it.
const QUESTIONS: [&[&str]; 17] = [
    &["check"],
    &["check", "--format", "json", "--no-baseline", "--deny-unresolved"],
    &["check", "--config", "outside.toml"],
    &["check", "--changed-since", "HEAD"],
    &["diff", "HEAD"],
    &["init", "--force", "--dry-run"],
    &["schema"],
    &["show", "names"],
    &["show", "coverage"],
    &["query", "SELECT count(*) FROM modules"],
    &["prove"],
    &["prove", "--config", "outside.toml"],
    &["test"],
    &["describe"],
    &["baseline", "--check"],
    &["exceptions"],
    &["explain", "domain-is-pure"],
];

/// The binary, started in `folder` as a shell would start it: with nothing around it that
/// tells of the Cargo which runs the tests.
fn direct(folder: &Utf8Path, arguments: &[&str]) -> Command {
    let arguments: Vec<&str> = ["layers"].iter().chain(arguments).copied().collect();
    let mut command = command(folder, &arguments);
    for name in ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTC", "RUSTDOC", "RUSTC_WRAPPER"] {
        command.env_remove(name);
    }
    command
}

/// What `command` gives, within reasonable time.
fn timely(command: &mut Command) -> Run {
    let started = Instant::now();
    let run = run(command);
    assert!(started.elapsed() < PATIENCE, "{command:?}: {:?}", started.elapsed());
    assert!(!run.stderr.contains("panicked"), "{command:?}: {run:?}");
    run
}

#[test]
fn no_question_springs_a_trap() {
    let trapped = Trapped::new();
    git::init(trapped.root());
    for question in QUESTIONS {
        let run = timely(&mut direct(trapped.root(), question));
        // 1 for the violation that is there, and what is recorded or proven.
        assert!(matches!(run.code, Some(0 | 1)), "{question:?}: {run:?}");
        assert_eq!(trapped.sprung(), Vec::<String>::new(), "{question:?}");
    }
    let run = timely(&mut direct(trapped.root(), &["check", "--config", "outside.toml"]));
    assert!(
        run.stdout.contains("error[domain-goes-without-inner]"),
        "the rule that needs Cargo's resolved graph was judged: {run:?}"
    );
    assert!(!trapped.root().join("target").exists(), "nothing was built");
}

#[test]
fn every_command_is_asked() {
    let help = run(&mut direct(Utf8Path::new("/"), &["--help"])).stdout;
    let commands = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next());
    let commands = commands.expect("a list of commands").lines();
    let commands = commands.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let commands: Vec<&str> = commands.filter(|name| !name.is_empty() && *name != "help").collect();
    assert!(commands.len() > 10, "{commands:?}");
    for name in commands {
        assert!(QUESTIONS.iter().any(|question| question[0] == name), "{name} is not asked");
    }
}

#[test]
fn no_toolchain_of_the_workspace_is_used() {
    for toolchain in traps::TOOLCHAINS {
        let trapped = Trapped::new();
        trapped.choose(toolchain);
        for question in [&["check"][..], &["check", "--config", "outside.toml"]] {
            let run = timely(&mut direct(trapped.root(), question));
            assert_eq!(run.code, Some(1), "{toolchain:?}: {run:?}");
            assert_eq!(trapped.sprung(), Vec::<String>::new(), "{toolchain:?}");
        }
    }
}

#[test]
fn what_a_toolchain_of_the_workspace_has_set_is_not_used() {
    let trapped = Trapped::new();
    let own = |name: &str| trapped.root().join("toolchain/bin").join(name).into_string();
    let path = std::env::var("PATH").expect("a PATH");
    for question in [&["check"][..], &["check", "--config", "outside.toml"]] {
        let run = timely(
            direct(trapped.root(), question)
                .env("CARGO", own("cargo"))
                .env("RUSTC", own("rustc"))
                .env("RUSTC_WRAPPER", own("rustc"))
                .env("RUSTUP_TOOLCHAIN", trapped.root().join("toolchain"))
                .env("PATH", format!("toolchain/bin:{}:{path}", own(""))),
        );
        assert_eq!(run.code, Some(1), "{run:?}");
        assert_eq!(trapped.sprung(), Vec::<String>::new());
    }
    let run = timely(direct(trapped.root(), &["check"]).env("PATH", own("")));
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("no `cargo` on the PATH lies outside"), "{run:?}");
    assert_eq!(trapped.sprung(), Vec::<String>::new());
}

/// Without the care that is taken each trap fires, so that the tests above can fail.
#[test]
fn the_traps_are_live() {
    let trapped = Trapped::new();
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        for name in ["RUSTC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "CARGO_TARGET_DIR"] {
            command.env_remove(name);
        }
        // What Cargo makes of the workspace is of no interest, only what it runs.
        let _ = run(command.args(arguments).current_dir(trapped.root()));
        trapped.take_sprung()
    };
    assert_eq!(
        cargo(&["metadata", "--offline", "--format-version", "1"]),
        ["rustc", "workspace-wrapper", "wrapper"]
    );
    let built = ["build-script", "linker", "proc-macro", "rustc", "workspace-wrapper", "wrapper"];
    let fired = cargo(&["build", "--offline", "--package", "bait"]);
    assert_eq!(fired, built, "{fired:?}");
    assert_eq!(
        cargo(&["run", "--offline", "--package", "bait"]).first().map(String::as_str),
        Some("runner")
    );
    assert!(cargo(&["layers", "check"]).contains(&"alias".to_owned()), "an alias takes its place");
    assert!(cargo(&["logout", "--registry", "trap"]).contains(&"credentials".to_owned()));
}

/// Where rustup starts Cargo, its toolchain file decides which: what users are warned of.
#[test]
fn a_toolchain_file_is_live_where_there_is_rustup() {
    let Some(proxy) = traps::rustup_proxy() else { return };
    let trapped = Trapped::new();
    trapped.choose(traps::TOOLCHAINS[0]);
    let mut command = Command::new(proxy);
    command.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO");
    let _ = run(command.args(["layers", "check"]).current_dir(trapped.root()));
    assert_eq!(trapped.sprung(), ["toolchain"]);
}
