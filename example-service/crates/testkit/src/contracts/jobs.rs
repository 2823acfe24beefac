//! Those who take, run and show jobs.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use application::ports::{
    JobCount, JobDispatcher, JobHandler, JobReadStore, JobRunner, JobState, QueuedJob, Revival,
};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::builders::START;
use crate::fakes::ScriptedJobHandler;

/// Far longer than anything takes, also on a machine that is busy.
const PATIENCE: Duration = Duration::from_mins(2);
/// How often to look whether something has happened.
const LOOK: Duration = Duration::from_millis(20);

/// All that runs jobs, with none of them. A job is tried again three times, at once.
pub struct JobsBackend {
    /// Takes jobs.
    pub dispatcher: Arc<dyn JobDispatcher>,
    /// Shows jobs.
    pub reads: Arc<dyn JobReadStore>,
    /// Runs jobs; each time that it is asked to is another worker.
    pub runner: Arc<dyn JobRunner>,
    /// What has to live as long as it: a temporary folder, a database.
    pub guard: Box<dyn Any + Send + Sync>,
}

/// A worker that runs until it is told to stop.
struct Worker {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Worker {
    fn start(backend: &JobsBackend, handler: &Arc<ScriptedJobHandler>) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let runner = Arc::clone(&backend.runner);
        let handler: Arc<dyn JobHandler> = handler.clone();
        let task = tokio::spawn(async move {
            let signal = Box::pin(async {
                let _ = stopped.await;
            });
            runner.run(handler, signal).await.expect("jobs can be run");
        });
        Self { stop, task }
    }

    /// Tells it to stop, and waits until it has.
    async fn stop(self) {
        drop(self.stop);
        let stopped = timeout(PATIENCE, self.task).await.expect("a worker stops");
        stopped.expect("it does not panic");
    }
}

async fn dispatch(backend: &JobsBackend, script: &str) -> QueuedJob {
    let job = ScriptedJobHandler::job(script);
    backend.dispatcher.dispatch(&job).await.expect("a job can be dispatched");
    job
}

async fn count(backend: &JobsBackend, state: JobState) -> u64 {
    let counts = backend.reads.counts().await.expect("jobs can be counted");
    counts.iter().filter(|it| it.state == state).map(|it| it.count).sum()
}

/// Waits until so many jobs are in a state.
async fn wait_for(backend: &JobsBackend, state: JobState, number: u64) {
    let waited = timeout(PATIENCE, async {
        while count(backend, state).await != number {
            sleep(LOOK).await;
        }
    });
    let is_so = waited.await.is_ok();
    let counts = backend.reads.counts().await;
    assert!(is_so, "{counts:?}, not {number} in {state:?}");
}

async fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let waited = timeout(PATIENCE, async {
        while !is_so() {
            sleep(LOOK).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("{what} in vain"));
}

/// A job that is dispatched twice is run once, whether it waits or was done meanwhile.
pub async fn a_job_is_run_once(backend: &JobsBackend) {
    let handler = Arc::new(ScriptedJobHandler::new());
    let job = dispatch(backend, ScriptedJobHandler::DONE).await;
    backend.dispatcher.dispatch(&job).await.expect("it is known, which is no error");
    assert_eq!(count(backend, JobState::Waiting).await, 1);
    let worker = Worker::start(backend, &handler);
    wait_for(backend, JobState::Done, 1).await;
    backend.dispatcher.dispatch(&job).await.expect("it is known, which is no error");
    let other = dispatch(backend, ScriptedJobHandler::DONE).await;
    wait_for(backend, JobState::Done, 2).await;
    worker.stop().await;
    assert_eq!(handler.done(), [job.id, other.id]);
    let (kind, state) = ("scripted".to_owned(), JobState::Done);
    let counts = backend.reads.counts().await.expect("jobs can be counted");
    assert_eq!(counts, [JobCount { kind, state, count: 2 }]);
}

/// A job that fails is tried again three times, and is dead then, with its last error. One
/// that panics is no worse.
pub async fn what_fails_is_tried_again_and_dies(backend: &JobsBackend) {
    let handler = Arc::new(ScriptedJobHandler::new());
    let mut jobs = Vec::new();
    for script in [
        ScriptedJobHandler::FAILS,
        ScriptedJobHandler::FAILS_TWICE,
        ScriptedJobHandler::PANICS,
        ScriptedJobHandler::DONE,
    ] {
        jobs.push(dispatch(backend, script).await);
    }
    let worker = Worker::start(backend, &handler);
    wait_for(backend, JobState::Dead, 2).await;
    wait_for(backend, JobState::Done, 2).await;
    worker.stop().await;
    let begun: Vec<u32> = jobs.iter().map(|job| handler.times_begun(job.id)).collect();
    assert_eq!(begun, [4, 3, 4, 1]);
    let dead = backend.reads.dead(None, 9).await.expect("dead jobs can be read");
    let [panicked, failed] = dead.try_into().expect("two are dead");
    assert_eq!((panicked.id, failed.id), (jobs[2].id, jobs[0].id), "the newest comes first");
    assert_eq!((failed.kind.as_str(), failed.argument.as_str()), ("scripted", "fails"));
    assert_eq!((failed.attempts, failed.error.as_str()), (4, "failure 4"));
    assert!(panicked.error.contains("as the script says"), "{}", panicked.error);
}

/// A job that is dead is run again for who wants it to be, as often as a new one; one that is
/// not dead, or that nobody knows, is not.
pub async fn what_is_dead_is_run_again_on_demand(backend: &JobsBackend) {
    let handler = Arc::new(ScriptedJobHandler::new());
    let revive = |id| backend.dispatcher.revive(id);
    let hopeless = dispatch(backend, ScriptedJobHandler::FAILS).await;
    let done = dispatch(backend, ScriptedJobHandler::DONE).await;
    assert_eq!(revive(hopeless.id).await.expect("it can be asked for"), Revival::NotDead);
    for times in [4, 8] {
        let worker = Worker::start(backend, &handler);
        wait_for(backend, JobState::Dead, 1).await;
        wait_for(backend, JobState::Done, 1).await;
        worker.stop().await;
        assert_eq!(handler.times_begun(hopeless.id), times);
        for expected in [Revival::Revived, Revival::NotDead] {
            assert_eq!(revive(hopeless.id).await.expect("it can be asked for"), expected);
        }
    }
    assert_eq!(count(backend, JobState::Waiting).await, 1);
    let worker = Worker::start(backend, &handler);
    wait_for(backend, JobState::Dead, 1).await;
    worker.stop().await;
    let dead = backend.reads.dead(None, 9).await.expect("dead jobs can be read");
    assert_eq!((dead[0].attempts, dead[0].error.as_str()), (4, "failure 12"));
    assert_eq!(revive(done.id).await.expect("it can be asked for"), Revival::NotDead);
    assert_eq!(handler.done(), [done.id]);
    let unknown = ScriptedJobHandler::job(ScriptedJobHandler::DONE);
    assert_eq!(revive(unknown.id).await.expect("it can be asked for"), Revival::Unknown);
    assert_eq!(count(backend, JobState::Waiting).await, 0);
}

/// A worker that is told to stop finishes what it has in hand, and takes nothing new.
pub async fn a_worker_finishes_what_it_has_in_hand(backend: &JobsBackend) {
    let handler = Arc::new(ScriptedJobHandler::new());
    let job = dispatch(backend, ScriptedJobHandler::WAITS).await;
    let worker = Worker::start(backend, &handler);
    wait_until("a job is waited for", || handler.times_begun(job.id) == 1).await;
    let Worker { stop, task } = worker;
    drop(stop);
    sleep(LOOK * 10).await;
    let other = dispatch(backend, ScriptedJobHandler::DONE).await;
    sleep(LOOK * 10).await;
    assert!(!task.is_finished(), "it leaves with a job in hand");
    handler.open_gate();
    timeout(PATIENCE, task).await.expect("a worker stops").expect("it does not panic");
    assert_eq!(handler.done(), [job.id]);
    assert_eq!(count(backend, JobState::Done).await, 1);
    assert_eq!(count(backend, JobState::Waiting).await, 1);
    let worker = Worker::start(backend, &handler);
    wait_for(backend, JobState::Done, 2).await;
    worker.stop().await;
    assert_eq!(handler.done(), [job.id, other.id]);
}

/// Jobs that were done are forgotten after a while, those that are dead or wait are not.
pub async fn what_was_done_is_forgotten(backend: &JobsBackend) {
    let handler = Arc::new(ScriptedJobHandler::new());
    dispatch(backend, ScriptedJobHandler::DONE).await;
    dispatch(backend, ScriptedJobHandler::FAILS).await;
    let worker = Worker::start(backend, &handler);
    wait_for(backend, JobState::Done, 1).await;
    wait_for(backend, JobState::Dead, 1).await;
    worker.stop().await;
    dispatch(backend, ScriptedJobHandler::DONE).await;
    let forget = |time| backend.dispatcher.forget_done_before(time);
    assert_eq!(forget(START - time::Duration::DAY).await.expect("it can be forgotten"), 0);
    let far = START + time::Duration::days(36_500);
    assert_eq!(forget(far).await.expect("it can be forgotten"), 1);
    let counts = backend.reads.counts().await.expect("jobs can be counted");
    let states: Vec<JobState> = counts.iter().map(|it| it.state).collect();
    assert_eq!(states, [JobState::Waiting, JobState::Dead]);
}

/// Pages show every dead job once, the newest first.
pub async fn pages_show_every_dead_job_once(backend: &JobsBackend) {
    let handler = Arc::new(ScriptedJobHandler::new());
    let mut expected = Vec::new();
    for _ in 0..5 {
        expected.insert(0, dispatch(backend, ScriptedJobHandler::FAILS).await.id);
    }
    let worker = Worker::start(backend, &handler);
    wait_for(backend, JobState::Dead, 5).await;
    worker.stop().await;
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = backend.reads.dead(before, 2).await.expect("dead jobs can be read");
        assert!(page.len() <= 2);
        let Some(last) = page.last() else { break };
        before = Some(last.id);
        seen.extend(page.iter().map(|job| job.id));
    }
    assert_eq!(seen, expected);
}

/// Of many jobs and several workers, each job is done once.
pub async fn workers_share_jobs(backend: &JobsBackend) {
    let handler = Arc::new(ScriptedJobHandler::new());
    let workers: Vec<Worker> = (0..3).map(|_| Worker::start(backend, &handler)).collect();
    let mut expected = Vec::new();
    for _ in 0..40 {
        expected.push(dispatch(backend, ScriptedJobHandler::DONE).await.id);
    }
    wait_for(backend, JobState::Done, 40).await;
    for worker in workers {
        worker.stop().await;
    }
    let mut done = handler.done();
    done.sort_unstable();
    assert_eq!(done, expected);
}

/// What a worker that has died had in hand, another does; and the job of which all die is
/// dead at last.
pub async fn others_take_over_from_the_dead(backend: &JobsBackend) {
    let handler = Arc::new(ScriptedJobHandler::new());
    let job = dispatch(backend, ScriptedJobHandler::WAITS).await;
    for times in 1..=4 {
        let worker = Worker::start(backend, &handler);
        wait_until("a job is waited for", || handler.times_begun(job.id) == times).await;
        worker.task.abort();
        assert!(worker.task.await.is_err_and(|error| error.is_cancelled()));
    }
    let other = dispatch(backend, ScriptedJobHandler::DONE).await;
    handler.open_gate();
    let worker = Worker::start(backend, &handler);
    wait_for(backend, JobState::Dead, 1).await;
    wait_for(backend, JobState::Done, 1).await;
    worker.stop().await;
    assert_eq!(handler.done(), [other.id]);
    assert_eq!(handler.times_begun(job.id), 4);
    let dead = backend.reads.dead(None, 9).await.expect("dead jobs can be read");
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].error, "whoever did it has died, every time");
}

/// A worker that takes long is not taken for dead, even while it stops.
pub async fn who_takes_long_is_not_dead(backend: &JobsBackend) {
    let handler = Arc::new(ScriptedJobHandler::new());
    let job = dispatch(backend, ScriptedJobHandler::WAITS).await;
    let slow = Worker::start(backend, &handler);
    wait_until("a job is waited for", || handler.times_begun(job.id) == 1).await;
    let Worker { stop, task } = slow;
    drop(stop);
    let other = Worker::start(backend, &handler);
    // Others take over from the dead after two seconds.
    sleep(Duration::from_secs(5)).await;
    assert_eq!(handler.times_begun(job.id), 1, "it was taken from who was doing it");
    handler.open_gate();
    timeout(PATIENCE, task).await.expect("a worker stops").expect("it does not panic");
    wait_for(backend, JobState::Done, 1).await;
    other.stop().await;
    assert_eq!(handler.done(), [job.id]);
}
