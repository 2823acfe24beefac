//! A marketplace with a worker for one test.

use std::sync::Arc;
use std::time::Duration;

use application::accounts::commands::SendWelcomeMailInteractor;
use application::catalog::commands::ArchiveProductsOfSellerInteractor;
use application::common::Stamps;
use application::jobs::commands::{
    DispatchPurgesInteractor, PurgeDoneJobsInteractor, RelayJobsInteractor,
};
use application::orders::commands::PurgeIdempotencyKeysInteractor;
use application::outbox::commands::RelayOutboxInteractor;
use application::ports::{
    AccountsUnitOfWorkFactory, Job, JobDispatcher, JobId, JobReadStore, JobState, QueuedJob,
    Timetable,
};
use application::recovery::commands::SendRecoveryMailInteractor;
use application::reports::commands::BuildOrderReportInteractor;
use application::sessions::commands::PurgeExpiredSessionsInteractor;
use async_trait::async_trait;
use domain::accounts::User;
use persistence_memory::{MemoryJobs, MemoryStore};
use presentation_worker::{
    JobUseCases, RelayUseCases, ScheduleUseCases, Worker, WorkerSettings, WorkerUseCases,
};
use testkit::builders::{UserBuilder, fresh_id};
use testkit::fakes::{
    FixedClock, MapCache, NumberedTokens, PlainMailRenderer, RecordingMailer, RecordingPublisher,
    SequentialIds,
};
use time::OffsetDateTime;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// Far longer than anything takes, also on a machine that is busy.
const PATIENCE: Duration = Duration::from_mins(1);

/// What is due when the test says so.
pub(crate) struct Bell(Mutex<mpsc::UnboundedReceiver<OffsetDateTime>>);

#[async_trait]
impl Timetable for Bell {
    async fn next_due(&self) -> OffsetDateTime {
        match self.0.lock().await.recv().await {
            Some(due) => due,
            None => std::future::pending().await,
        }
    }
}

pub(crate) struct World {
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) jobs: MemoryJobs,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) stamps: Stamps,
    pub(crate) mailer: Arc<RecordingMailer>,
    pub(crate) publisher: Arc<RecordingPublisher>,
    pub(crate) ring: mpsc::UnboundedSender<OffsetDateTime>,
    bell: Arc<Bell>,
}

/// A worker at work.
pub(crate) struct AtWork {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl AtWork {
    /// Tells it to stop, and waits until it has.
    pub(crate) async fn stop(self) {
        drop(self.stop);
        let stopped = timeout(PATIENCE, self.task).await.expect("a worker stops");
        stopped.expect("it does not panic");
    }
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(RecordingMailer::default())
    }

    pub(crate) fn with(mailer: RecordingMailer) -> Self {
        let clock = Arc::new(FixedClock::new());
        let (ring, heard) = mpsc::unbounded_channel();
        Self {
            store: Arc::new(MemoryStore::new()),
            jobs: MemoryJobs::new(clock.clone(), 4),
            stamps: Stamps::new(clock.clone(), Arc::new(SequentialIds::new())),
            clock,
            mailer: Arc::new(mailer),
            publisher: Arc::new(RecordingPublisher::default()),
            ring,
            bell: Arc::new(Bell(Mutex::new(heard))),
        }
    }

    fn use_cases(&self) -> WorkerUseCases {
        let (store, stamps, clock) = (&self.store, &self.stamps, &self.clock);
        let (renderer, mailer) = (Arc::new(PlainMailRenderer), &self.mailer);
        let jobs = Arc::new(self.jobs.clone());
        let day = time::Duration::DAY;
        WorkerUseCases {
            jobs: JobUseCases {
                send_welcome_mail: Arc::new(SendWelcomeMailInteractor::new(
                    store.clone(),
                    renderer.clone(),
                    mailer.clone(),
                )),
                send_recovery_mail: Arc::new(SendRecoveryMailInteractor::new(
                    store.clone(),
                    Arc::new(NumberedTokens::default()),
                    renderer,
                    mailer.clone(),
                    day,
                    stamps.clone(),
                )),
                build_order_report: Arc::new(BuildOrderReportInteractor::new(
                    store.clone(),
                    store.clone(),
                    store.clone(),
                    stamps.clone(),
                )),
                archive_products_of_seller: Arc::new(ArchiveProductsOfSellerInteractor::new(
                    store.clone(),
                    Arc::new(MapCache::default()),
                    stamps.clone(),
                )),
                purge_expired_sessions: Arc::new(PurgeExpiredSessionsInteractor::new(
                    store.clone(),
                    stamps.clone(),
                )),
                purge_idempotency_keys: Arc::new(PurgeIdempotencyKeysInteractor::new(
                    store.clone(),
                    day,
                    stamps.clone(),
                )),
                purge_done_jobs: Arc::new(PurgeDoneJobsInteractor::new(
                    jobs.clone(),
                    day,
                    clock.clone(),
                )),
            },
            relays: RelayUseCases {
                relay_jobs: Arc::new(RelayJobsInteractor::new(
                    store.clone(),
                    jobs.clone(),
                    clock.clone(),
                )),
                relay_outbox: Arc::new(RelayOutboxInteractor::new(
                    store.clone(),
                    self.publisher.clone(),
                    clock.clone(),
                )),
            },
            schedules: ScheduleUseCases {
                dispatch_purges: Arc::new(DispatchPurgesInteractor::new(jobs)),
            },
        }
    }

    pub(crate) fn work(&self) -> AtWork {
        let (stop, stopped) = oneshot::channel::<()>();
        let settings = WorkerSettings { relay_interval: Duration::from_millis(5), relay_limit: 2 };
        let runner = Arc::new(self.jobs.clone());
        let worker = Worker::new(self.use_cases(), runner, self.bell.clone(), settings);
        let task = tokio::spawn(async move {
            let signal = Box::pin(async {
                let _ = stopped.await;
            });
            worker.run(signal).await.expect("jobs can be run");
        });
        AtWork { stop, task }
    }

    /// A user who is in the store.
    pub(crate) async fn user(&self) -> User {
        let user = UserBuilder::new().build();
        let mut work = AccountsUnitOfWorkFactory::begin(&*self.store).await.expect("it begins");
        work.users().add(&user).await.expect("a user can be added");
        work.commit().await.expect("a user can be kept");
        user
    }

    /// Asks for jobs as use cases do.
    pub(crate) async fn enqueue(&self, jobs: &[Job]) {
        let mut work = AccountsUnitOfWorkFactory::begin(&*self.store).await.expect("it begins");
        for job in jobs {
            let id = JobId::new(fresh_id());
            work.jobs().enqueue(id, job).await.expect("a job can be enqueued");
        }
        work.commit().await.expect("jobs can be kept");
    }

    /// A job in words that was dispatched.
    pub(crate) async fn dispatch(&self, kind: &str, argument: &str) {
        let (kind, argument) = (kind.to_owned(), argument.to_owned());
        let job = QueuedJob { id: JobId::new(fresh_id()), kind, argument };
        self.jobs.dispatch(&job).await.expect("a job can be dispatched");
    }

    /// Waits until so many jobs are in a state.
    pub(crate) async fn wait_for(&self, state: JobState, number: u64) {
        let waited = timeout(PATIENCE, async {
            loop {
                let counts = self.jobs.counts().await.expect("jobs can be counted");
                if counts.iter().filter(|it| it.state == state).map(|it| it.count).sum::<u64>()
                    == number
                {
                    return;
                }
                sleep(Duration::from_millis(5)).await;
            }
        });
        let is_so = waited.await.is_ok();
        let counts = self.jobs.counts().await;
        assert!(is_so, "{counts:?}, not {number} in {state:?}");
    }

    /// Waits until there are no jobs of a kind, not even such as are done.
    pub(crate) async fn wait_until_there_is_none(&self, kind: &str) {
        let waited = timeout(PATIENCE, async {
            loop {
                let counts = self.jobs.counts().await.expect("jobs can be counted");
                if counts.iter().all(|it| it.kind != kind) {
                    return;
                }
                sleep(Duration::from_millis(5)).await;
            }
        });
        waited.await.unwrap_or_else(|_| panic!("there are still jobs of the kind {kind}"));
    }

    /// Waits until something is so.
    pub(crate) async fn wait_until(&self, what: &str, is_so: impl Fn() -> bool) {
        let waited = timeout(PATIENCE, async {
            while !is_so() {
                sleep(Duration::from_millis(5)).await;
            }
        });
        waited.await.unwrap_or_else(|_| panic!("{what}, but it is not so"));
    }
}
