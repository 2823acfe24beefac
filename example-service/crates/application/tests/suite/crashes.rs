//! A process that dies before it commits, or right after. Either nothing has happened, or all of
//! it has: the change, the event that tells of it, and the job that goes on with it.

use std::sync::Arc;

use application::accounts::commands::{DeleteMe, DeleteMeInteractor, SignUp, SignUpInteractor};
use application::administration::commands::{CreateUser, CreateUserInteractor};
use application::common::UseCase;
use application::ports::Job;
use application::recovery::commands::{
    RequestRecovery, RequestRecoveryInteractor, SendRecoveryMail, SendRecoveryMailInteractor,
};
use application::reports::commands::{RequestOrderReport, RequestOrderReportInteractor};
use domain::accounts::{Email, Role};
use persistence_memory::MemoryStore;
use testkit::fakes::HookedCommits;
use time::Duration;
use time::macros::date;

use crate::world::{PASSWORD, World, secret};

/// Runs a use case in a process that dies before its first commit, and in one that dies after
/// it, and looks for this event and for a job of this kind.
async fn both_or_none(
    event: Option<&str>,
    job: &str,
    run: impl AsyncFn(&World, Arc<HookedCommits<MemoryStore>>) -> bool,
) {
    for commits in [0, 1] {
        let world = World::new();
        let mortal = Arc::new(HookedCommits::dying_after(commits, world.store.clone()));
        let has_succeeded = run(&world, mortal).await;
        assert_eq!(has_succeeded, commits == 1, "one commit is all that it takes");
        let jobs: Vec<&str> = world.jobs().iter().map(Job::kind).collect();
        let expected: &[&str] = if has_succeeded { &[job] } else { &[] };
        assert_eq!(jobs, expected, "after {commits} commits");
        let events: Vec<String> = world.events().await;
        let expected: Vec<&str> = event.filter(|_| has_succeeded).into_iter().collect();
        assert_eq!(events, expected, "after {commits} commits");
    }
}

#[tokio::test]
async fn who_has_signed_up_will_be_greeted() {
    both_or_none(Some("accounts.user_registered"), "send_welcome_mail", async |world, mortal| {
        let sign_up = SignUpInteractor::new(mortal, world.hasher.clone(), world.stamps.clone());
        let (username, email) = ("alice".to_owned(), "alice@example.com".to_owned());
        sign_up.execute(SignUp { username, email, password: secret(PASSWORD) }).await.is_ok()
    })
    .await;
}

#[tokio::test]
async fn who_was_made_a_user_will_be_greeted() {
    both_or_none(Some("accounts.user_registered"), "send_welcome_mail", async |world, mortal| {
        let actor = world.user("super", Role::SuperAdmin).await;
        let create = CreateUserInteractor::new(mortal, world.hasher.clone(), world.stamps.clone());
        let (username, email) = ("alice".to_owned(), "alice@example.com".to_owned());
        let password = secret(PASSWORD);
        let asked = CreateUser { actor, username, email, password, role: Role::User };
        create.execute(asked).await.is_ok()
    })
    .await;
}

#[tokio::test]
async fn what_those_sell_who_are_gone_will_go_off_sale() {
    let (event, job) = ("accounts.user_deleted", "archive_products_of_seller");
    both_or_none(Some(event), job, async |world, mortal| {
        let actor = world.user("alice", Role::User).await;
        let delete = DeleteMeInteractor::new(mortal, world.stamps.clone());
        delete.execute(DeleteMe { actor }).await.is_ok()
    })
    .await;
}

#[tokio::test]
async fn a_report_that_was_requested_will_be_built() {
    let (event, job) = ("reports.report_requested", "build_order_report");
    both_or_none(Some(event), job, async |world, mortal| {
        let actor = world.user("alice", Role::User).await;
        let request = RequestOrderReportInteractor::new(mortal, world.stamps.clone());
        let (from, to) = (date!(2026 - 03 - 01), date!(2026 - 03 - 31));
        request.execute(RequestOrderReport { actor, from, to }).await.is_ok()
    })
    .await;
}

#[tokio::test]
async fn who_is_told_that_a_recovery_mail_will_come_gets_it() {
    both_or_none(None, "send_recovery_mail", async |world, mortal| {
        let request = RequestRecoveryInteractor::new(mortal, world.stamps.clone());
        let email = "alice@example.com".to_owned();
        request.execute(RequestRecovery { email }).await.is_ok()
    })
    .await;
}

/// A token is sent when it is good, and never before.
#[tokio::test]
async fn a_token_that_was_not_kept_is_not_sent() {
    for (commits, mails) in [(0, 0), (1, 1)] {
        let world = World::new();
        world.user("alice", Role::User).await;
        let send = SendRecoveryMailInteractor::new(
            Arc::new(HookedCommits::dying_after(commits, world.store.clone())),
            world.opaque_tokens.clone(),
            world.renderer.clone(),
            world.mailer.clone(),
            Duration::HOUR,
            world.stamps.clone(),
        );
        let email = Email::try_new("alice@example.com").expect("it is an address");
        let outcome = send.execute(SendRecoveryMail { email }).await;
        assert_eq!((outcome.is_ok(), world.mailer.sent().len()), (commits == 1, mails));
    }
}
