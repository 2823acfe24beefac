//! Workers whose jobs are taken away from under their hands.

use std::sync::Arc;
use std::time::Duration;

use application::ports::{JobDispatcher, JobReadStore, JobRunner, JobState};
use jobs_apalis::{JobSettings, PostgresJobs};
use testkit::fakes::ScriptedJobHandler;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::databases::{PostgresDatabase, SETTINGS};

const PATIENCE: Duration = Duration::from_mins(1);

/// A worker that runs until the sender goes.
fn start(
    jobs: &PostgresJobs,
    handler: &Arc<ScriptedJobHandler>,
) -> (oneshot::Sender<()>, JoinHandle<()>) {
    let (stop, stopped) = oneshot::channel::<()>();
    let (jobs, handler) = (jobs.clone(), handler.clone());
    let task = tokio::spawn(async move {
        let signal = Box::pin(async {
            let _ = stopped.await;
        });
        jobs.run(handler, signal).await.expect("jobs can be run");
    });
    (stop, task)
}

async fn wait_for_state(jobs: &PostgresJobs, state: JobState) {
    let waited = timeout(PATIENCE, async {
        loop {
            let counts = jobs.counts().await.expect("jobs can be counted");
            if counts.iter().any(|it| it.state == state) {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("no job gets to {state:?}"));
}

async fn migrated() -> PostgresDatabase {
    let database = PostgresDatabase::bare().await;
    database.jobs().migrate().await.expect("apalis can be migrated");
    database
}

async fn execute(database: &PostgresDatabase, statement: &'static str) {
    let done = sqlx::query(statement).execute(database.store.pool()).await;
    done.unwrap_or_else(|error| panic!("{statement}: {error}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_lost_a_job_does_not_say_how_it_came_out() {
    let database = migrated().await;
    let jobs = database.jobs();
    let handler = Arc::new(ScriptedJobHandler::new());
    let job = ScriptedJobHandler::job(ScriptedJobHandler::WAITS);
    jobs.dispatch(&job).await.expect("a job can be dispatched");
    let (stop, task) = start(&jobs, &handler);
    wait_for_state(&jobs, JobState::Running).await;
    // As others do who take this worker for dead; tomorrow, so that it stays free.
    execute(
        &database,
        "UPDATE apalis.jobs SET status = 'Pending', lock_by = NULL, attempts = attempts + 1,
            run_at = now() + interval '1 day'",
    )
    .await;
    while handler.times_begun(job.id) == 0 {
        sleep(Duration::from_millis(20)).await;
    }
    handler.open_gate();
    drop(stop);
    timeout(PATIENCE, task).await.expect("it stops").expect("it does not panic");
    wait_for_state(&jobs, JobState::Waiting).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_takes_too_long_has_failed() {
    let database = migrated().await;
    let settings = JobSettings { retries: 0, timeout: Duration::from_millis(50), ..SETTINGS };
    let jobs = PostgresJobs::new(database.store.pool().clone(), settings);
    let handler = Arc::new(ScriptedJobHandler::new());
    let job = ScriptedJobHandler::job(ScriptedJobHandler::WAITS);
    jobs.dispatch(&job).await.expect("a job can be dispatched");
    let (stop, task) = start(&jobs, &handler);
    wait_for_state(&jobs, JobState::Dead).await;
    drop(stop);
    timeout(PATIENCE, task).await.expect("it stops").expect("it does not panic");
    let dead = jobs.dead(None, 9).await.expect("dead jobs can be read");
    assert_eq!(dead[0].error, "it took longer than 50ms");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_failed_waits_in_the_database() {
    let database = migrated().await;
    let settings = JobSettings {
        first_delay: Duration::from_hours(1),
        longest_delay: Duration::from_hours(2),
        ..SETTINGS
    };
    let jobs = PostgresJobs::new(database.store.pool().clone(), settings);
    let handler = Arc::new(ScriptedJobHandler::new());
    let job = ScriptedJobHandler::job(ScriptedJobHandler::FAILS_TWICE);
    jobs.dispatch(&job).await.expect("a job can be dispatched");
    let (stop, task) = start(&jobs, &handler);
    for times in [1, 2] {
        wait_for_state(&jobs, JobState::Retrying).await;
        sleep(Duration::from_millis(200)).await;
        assert_eq!(handler.times_begun(job.id), times, "it does not wait");
        execute(&database, "UPDATE apalis.jobs SET run_at = run_at - interval '1 hour'").await;
        if times == 2 {
            // The second delay is twice as long.
            sleep(Duration::from_millis(200)).await;
            assert_eq!(handler.times_begun(job.id), 2, "it does not wait longer");
            execute(&database, "UPDATE apalis.jobs SET run_at = run_at - interval '1 hour'").await;
        } else {
            while handler.times_begun(job.id) == 1 {
                sleep(Duration::from_millis(20)).await;
            }
        }
    }
    wait_for_state(&jobs, JobState::Done).await;
    drop(stop);
    timeout(PATIENCE, task).await.expect("it stops").expect("it does not panic");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_breaks_down_is_followed_by_another() {
    let database = migrated().await;
    let jobs = database.jobs();
    let handler = Arc::new(ScriptedJobHandler::new());
    let (stop, task) = start(&jobs, &handler);
    let first = ScriptedJobHandler::job(ScriptedJobHandler::DONE);
    jobs.dispatch(&first).await.expect("a job can be dispatched");
    wait_for_state(&jobs, JobState::Done).await;
    // A worker asks the table for jobs all the time, and breaks down without it.
    execute(&database, "ALTER TABLE apalis.jobs RENAME TO gone").await;
    sleep(Duration::from_secs(2)).await;
    execute(&database, "ALTER TABLE apalis.gone RENAME TO jobs").await;
    let second = ScriptedJobHandler::job(ScriptedJobHandler::DONE);
    jobs.dispatch(&second).await.expect("a job can be dispatched");
    let waited = timeout(PATIENCE, async {
        while handler.done().len() < 2 {
            sleep(Duration::from_millis(20)).await;
        }
    });
    waited.await.expect("another worker goes on");
    assert_eq!(handler.done(), [first.id, second.id]);
    drop(stop);
    timeout(PATIENCE, task).await.expect("it stops").expect("it does not panic");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_job_is_run_and_shown_as_one_of_no_kind() {
    let database = migrated().await;
    let jobs = database.jobs();
    let job = ScriptedJobHandler::job(ScriptedJobHandler::FAILS);
    jobs.dispatch(&job).await.expect("a job can be dispatched");
    execute(&database, "UPDATE apalis.jobs SET job = '{}'").await;
    let handler = Arc::new(ScriptedJobHandler::new());
    let (stop, task) = start(&jobs, &handler);
    wait_for_state(&jobs, JobState::Done).await;
    drop(stop);
    timeout(PATIENCE, task).await.expect("it stops").expect("it does not panic");
    assert_eq!(handler.times_begun(job.id), 1);
    assert_eq!(jobs.counts().await.expect("jobs can be counted")[0].kind, "");
}
