//! The GitHub Action, run step by step as a runner does.

mod comment;
mod install;
mod release;

use layers_tests::runner::{Job, Runner};
use layers_tests::tree;

/// The repository that the action runs in.
const OWN: &str = "acme/shop";

const UPLOAD: &str = "github/codeql-action/upload-sarif@";
const VERDICT: &str = "Say whether the architecture holds";

fn text<'j>(job: &'j Job, output: &str) -> &'j str {
    job.outputs[output].as_str().expect("outputs are texts")
}

/// The inputs of the action that uploads to code scanning, if it was used.
fn uploaded(job: &Job) -> Option<&serde_json::Map<String, serde_json::Value>> {
    job.used.iter().find(|(action, _)| action.starts_with(UPLOAD)).map(|(_, inputs)| inputs)
}

#[test]
fn a_red_project_is_reported_everywhere_and_fails() {
    let runner = Runner::new("shop-red").of_pull_request(OWN);
    let job = runner.run(&[("sarif", "true"), ("comment", "true")]);
    assert!(!job.success, "{}", job.log);
    assert_eq!(job.ran.last().map(String::as_str), Some(VERDICT));
    assert!(job.log.contains("does not hold (errors: 3, warnings: 1)"), "{}", job.log);
    assert_eq!(text(&job, "findings"), "4");

    assert!(job.summary.starts_with("## Architecture: 3 errors, 1 warning\n"), "{}", job.summary);
    assert_eq!(tree::read(text(&job, "report").into()), job.summary);
    let sarif = tree::read(text(&job, "sarif-file").into());
    assert!(sarif.contains("\"uri\": \"crates/http/src/handlers.rs\""), "{sarif}");
    assert!(tree::read(text(&job, "json-file").into()).contains("\"findings\""));
    let upload = uploaded(&job).expect("it is uploaded");
    assert_eq!(upload["sarif_file"], text(&job, "sarif-file"));
    assert_eq!(upload["category"], "cargo-layers/.");
    let written = runner.fakes.written().expect("a comment is written");
    assert!(written.ends_with(&job.summary), "{written}");
}

#[test]
fn what_the_log_shows_of_the_code_is_no_command() {
    let runner = Runner::new("shop-red");
    let policy = runner.workspace.join("layers.toml");
    let fix = "[rules.domain-is-pure]\nfix = \"one\\n::add-mask::secret\"\n";
    tree::write(&policy, &(tree::read(&policy) + fix));
    let domain = runner.workspace.join("crates/domain/src/lib.rs");
    tree::write(&domain, &(tree::read(&domain) + "use std::fs::File as F;\n"));
    let job = runner.run(&[]);
    let (before, rest) = job.log.split_once("::stop-commands::").expect("commands are stopped");
    let (token, shown) = rest.split_once('\n').expect("a line ends");
    assert_eq!(token.len(), 32);
    let (shown, after) = shown.split_once(&format!("::{token}::\n")).expect("they go on");
    assert!(shown.contains("     ::add-mask::secret\n"), "{shown}");
    assert!(shown.contains("because"), "{shown}");
    assert!(after.contains("\n::error file=crates/http/src/handlers.rs,line=4,"), "{after}");
    let is_command = |line: &&str| line.trim_start().starts_with("::add-mask");
    assert_eq!(before.lines().chain(after.lines()).find(is_command), None);
}

#[test]
fn a_green_project_passes_in_silence() {
    let runner = Runner::new("shop-green").of_pull_request(OWN);
    let job = runner.run(&[("comment", "true"), ("sarif", "true")]);
    assert!(job.success, "{}", job.log);
    assert_eq!(text(&job, "findings"), "0");
    assert!(job.summary.starts_with("## Architecture: nothing found\n"), "{}", job.summary);
    assert!(uploaded(&job).is_some(), "an empty report closes the alerts");
    assert_eq!((runner.fakes.calls("gh").lines().count(), runner.fakes.written()), (1, None));
}

#[test]
fn nothing_is_uploaded_or_written_unasked() {
    let runner = Runner::new("shop-red").of_pull_request(OWN);
    let job = runner.run(&[]);
    assert!(!job.success && uploaded(&job).is_none(), "{}", job.log);
    assert_eq!(runner.fakes.calls("gh"), "");
}

#[test]
fn a_fork_gets_the_log_and_the_summary() {
    for head in ["stranger/shop", ""] {
        let runner = Runner::new("shop-red").of_pull_request(head);
        let job = runner.run(&[("sarif", "true"), ("comment", "true")]);
        assert!(!job.success, "{}", job.log);
        assert!(job.log.contains("nothing is uploaded and no comment made"), "{}", job.log);
        assert!(job.summary.contains("3 errors"), "{}", job.summary);
        assert_eq!((uploaded(&job), runner.fakes.calls("gh").as_str()), (None, ""));
    }
}

#[test]
fn what_fails_the_job_can_be_chosen() {
    let success = |fail_on| Runner::new("shop-red").run(&[("fail-on", fail_on)]).success;
    assert!(success("never"));
    assert!(!success("error"));
    // Of this rule there is only a warning.
    let warned = |fail_on| {
        let rules = [("rules", " ports-in-application "), ("fail-on", fail_on)];
        let job = Runner::new("shop-red").run(&rules);
        assert_eq!(text(&job, "findings"), "1", "{}", job.log);
        job.success
    };
    assert!(warned("error") && !warned("warning"));
    let job = Runner::new("shop-red").run(&[("fail-on", "sometimes")]);
    assert!(!job.success && job.log.contains("must be error, warning or never"), "{}", job.log);
}

#[test]
fn inputs_reach_the_check() {
    let runner = Runner::new("shop-red");
    let inputs = [
        ("working-directory", "crates/http"),
        ("packages", "shop-http\nshop-persistence"),
        ("args", "--rule presentation-ignores-infrastructure\n--target  x86_64-unknown-linux-gnu"),
    ];
    let job = runner.run(&inputs);
    assert_eq!(text(&job, "findings"), "1", "{}", job.log);

    let other = runner.workspace.join("other rules.toml");
    tree::write(&other, "[layers]\nhttp = \"shop-http\"\n");
    let job = runner.run(&[("config", "other rules.toml")]);
    assert!(job.success && text(&job, "findings") == "0", "{}", job.log);
    let job = runner.run(&[("baseline", "no-such-baseline.toml")]);
    assert!(!job.success && job.log.contains("no-such-baseline.toml"), "{}", job.log);
}

#[test]
fn a_check_that_cannot_be_made_fails_whatever_the_inputs() {
    let runner = Runner::new("shop-red").of_pull_request(OWN);
    tree::write(&runner.workspace.join("layers.toml"), "[layer]\n");
    let job = runner.run(&[("fail-on", "never"), ("sarif", "true"), ("comment", "true")]);
    assert!(!job.success, "{}", job.log);
    assert!(job.log.contains("::error title=cargo layers::the architecture could not be checked"));
    assert_eq!(job.ran.last().map(String::as_str), Some("Check the architecture"));
    assert_eq!((uploaded(&job), runner.fakes.calls("gh").as_str()), (None, ""));
}

#[test]
fn inputs_are_never_code() {
    let evil = "x $(touch owned) `touch owned`; touch owned #* \" ' ${{ github.token }}";
    for input in ["version", "args", "config", "packages", "rules", "baseline", "fail-on"] {
        let runner = Runner::new("shop-green");
        let job = runner.run(&[(input, evil)]);
        assert!(!job.success, "{input}: {}", job.log);
        assert!(!job.log.contains("the-token"), "{input}: {}", job.log);
        for folder in [&runner.workspace, &runner.temp] {
            assert!(!folder.join("owned").exists(), "{input}");
        }
    }
}
