//! The comment on a pull request: one, and quiet.

use layers_tests::runner::Runner;

use super::OWN;

const COMMENT: &[(&str, &str)] = &[("comment", "true")];

/// The first line of what was written last: the marker.
fn marker(runner: &Runner) -> String {
    let written = runner.fakes.written().expect("something was written");
    written.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn the_first_one_is_written_and_said_again_only_when_it_changes() {
    let runner = Runner::new("shop-red").of_pull_request(OWN);
    let job = runner.run(COMMENT);
    assert!(!job.success, "{}", job.log);
    let calls = runner.fakes.calls("gh");
    let last = calls.lines().last().unwrap_or_default().to_owned();
    assert!(last.contains("--method POST repos/acme/shop/issues/7/comments"), "{calls}");
    let first = marker(&runner);
    assert!(first.starts_with("<!-- cargo-layers . ") && first.ends_with(" -->"), "{first}");

    runner.fakes.set_comments(&format!("41 {first}\n"));
    let job = runner.run(COMMENT);
    assert!(job.log.contains("says so already"), "{}", job.log);
    assert_eq!(runner.fakes.calls("gh").lines().count(), calls.lines().count() + 1);

    runner.fakes.set_comments("41 <!-- cargo-layers . 0123 -->\n");
    let job = runner.run(COMMENT);
    assert!(job.log.contains("has been changed"), "{}", job.log);
    let calls = runner.fakes.calls("gh");
    let last = calls.lines().last().unwrap_or_default();
    assert!(last.contains("--method PATCH repos/acme/shop/issues/comments/41 "), "{last}");
    assert_eq!(marker(&runner), first);
}

#[test]
fn what_was_mended_is_said_where_there_is_a_comment() {
    let runner = Runner::new("shop-green").of_pull_request(OWN);
    runner.fakes.set_comments("41 <!-- cargo-layers . 0123 -->\n");
    let job = runner.run(COMMENT);
    assert!(job.success, "{}", job.log);
    let written = runner.fakes.written().expect("the comment is changed");
    assert!(written.contains("## Architecture: nothing found"), "{written}");
}

#[test]
fn without_a_pull_request_there_is_none() {
    let runner = Runner::new("shop-red");
    let job = runner.run(COMMENT);
    assert!(job.log.contains("This is no pull request"), "{}", job.log);
    assert_eq!(runner.fakes.calls("gh"), "");
}

#[test]
fn a_token_that_may_not_write_does_not_decide() {
    let runner = Runner::new("shop-green").of_pull_request(OWN);
    runner.fakes.refuse();
    let job = runner.run(COMMENT);
    assert!(job.success, "{}", job.log);
    assert!(
        job.log.contains("::warning title=cargo layers::the comment could not be"),
        "{}",
        job.log
    );
    assert!(job.log.contains("`pull-requests: write`"), "{}", job.log);
}
