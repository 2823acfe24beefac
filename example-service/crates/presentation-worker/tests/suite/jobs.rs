//! Doing jobs.

use application::ports::{
    CatalogUnitOfWorkFactory, Job, JobReadStore, JobState, ReportFiles, ReportReadStore,
    ReportsUnitOfWorkFactory,
};
use domain::reports::{Report, ReportId, ReportPeriod, ReportStatus};
use testkit::builders::{ProductBuilder, START, fresh_id};
use testkit::fakes::RecordingMailer;

use crate::world::World;

#[tokio::test]
async fn every_kind_of_job_is_done_by_its_use_case() {
    let world = World::new();
    let user = world.user().await;
    let product = ProductBuilder::new().seller(user.id()).build();
    let mut work = CatalogUnitOfWorkFactory::begin(&*world.store).await.expect("it begins");
    work.products().add(&product).await.expect("a product can be added");
    work.commit().await.expect("a product can be kept");
    let report = ReportId::new(fresh_id());
    let day = START.date();
    let period = ReportPeriod::try_new(day, day).expect("it is a period");
    let (requested, _) = Report::request(report, user.id(), period, START);
    let mut work = ReportsUnitOfWorkFactory::begin(&*world.store).await.expect("it begins");
    work.reports().add(&requested).await.expect("a report can be added");
    work.commit().await.expect("a report can be kept");
    let jobs = [
        Job::SendWelcomeMail { user: user.id() },
        Job::SendRecoveryMail { email: user.email().clone() },
        Job::BuildOrderReport { report },
        Job::ArchiveProductsOfSeller { seller: user.id() },
        Job::PurgeExpiredSessions,
        Job::PurgeIdempotencyKeys,
        Job::PurgeDoneJobs,
    ];
    world.enqueue(&jobs).await;
    let worker = world.work();
    world.wait_for(JobState::Done, jobs.len() as u64).await;
    worker.stop().await;
    let subjects: Vec<String> =
        world.mailer.sent().into_iter().map(|(_, mail)| mail.subject).collect();
    assert_eq!(subjects, ["welcome", "recovery"]);
    let shown = ReportReadStore::find(&*world.store, report).await.expect("it can be read");
    assert_eq!(shown.map(|it| it.status), Some(ReportStatus::Ready));
    assert!(world.store.read(report).await.expect("files can be read").is_some());
    let mut work = CatalogUnitOfWorkFactory::begin(&*world.store).await.expect("it begins");
    let found = work.products().find(product.id()).await.expect("products can be read");
    assert!(found.expect("the product is there").is_archived());
}

#[tokio::test]
async fn a_job_whose_use_case_fails_is_dead_at_last_with_what_led_to_it() {
    let world = World::with(RecordingMailer::broken());
    let user = world.user().await;
    world.enqueue(&[Job::SendWelcomeMail { user: user.id() }]).await;
    let worker = world.work();
    world.wait_for(JobState::Dead, 1).await;
    worker.stop().await;
    let dead = world.jobs.dead(None, 9).await.expect("dead jobs can be read");
    let expected = "something that is needed is out of order: the mail server takes no mail";
    assert_eq!((dead[0].attempts, dead[0].error.as_str()), (4, expected));
}

#[tokio::test]
async fn a_job_of_another_version_fails_and_says_so() {
    let world = World::new();
    world.dispatch("make_tea", "green").await;
    world.dispatch("send_welcome_mail", "nobody").await;
    let worker = world.work();
    world.wait_for(JobState::Dead, 2).await;
    worker.stop().await;
    let dead = world.jobs.dead(None, 9).await.expect("dead jobs can be read");
    let errors: Vec<&str> = dead.iter().map(|job| job.error.as_str()).collect();
    let expected =
        ["no job of its kind can be about `nobody`", "there are no jobs of the kind `make_tea`"];
    assert_eq!(errors, expected);
}
