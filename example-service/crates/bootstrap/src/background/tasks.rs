//! Tasks that run until the process stops.

use std::collections::HashMap;
use std::future::Future;
use std::time::Duration;

use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;

/// All tasks of a process. They begin and end here, so that none is forgotten.
#[derive(Default)]
pub struct BackgroundTasks {
    running: JoinSet<()>,
    names: HashMap<Id, &'static str>,
    stop: CancellationToken,
}

impl BackgroundTasks {
    /// Begins a task, which is given what tells it to stop. It is to end then, and not before.
    pub fn begin<F>(&mut self, name: &'static str, task: impl FnOnce(CancellationToken) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let begun = self.running.spawn(task(self.stop.child_token()));
        self.names.insert(begun.id(), name);
        tracing::debug!(task = name, "a background task has begun");
    }

    /// Waits until a task ends that was not told to, and names it. Without tasks it waits
    /// forever.
    pub async fn lost(&mut self) -> &'static str {
        match self.running.join_next_with_id().await {
            Some(ended) => {
                let id = ended.map_or_else(|error| error.id(), |(id, ())| id);
                self.names.get(&id).copied().unwrap_or("unnamed")
            }
            None => std::future::pending().await,
        }
    }

    /// Tells all tasks to stop, and waits for them; what takes longer than `patience` is cut
    /// off.
    pub async fn stop(mut self, patience: Duration) {
        self.stop.cancel();
        let all = async { while self.running.join_next().await.is_some() {} };
        if tokio::time::timeout(patience, all).await.is_err() {
            tracing::warn!("background tasks did not stop in time, and were cut off");
            self.running.shutdown().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(30);

    #[tokio::test]
    async fn tasks_are_told_to_stop_and_waited_for() {
        let mut tasks = BackgroundTasks::default();
        let is_done = Arc::new(AtomicBool::new(false));
        let done = is_done.clone();
        tasks.begin("careful", |stop| async move {
            stop.cancelled().await;
            tokio::task::yield_now().await;
            done.store(true, Ordering::SeqCst);
        });
        tasks.stop(PATIENCE).await;
        assert!(is_done.load(Ordering::SeqCst));
    }

    #[tokio::test]
    async fn what_does_not_stop_is_cut_off() {
        let mut tasks = BackgroundTasks::default();
        tasks.begin("stubborn", |_| std::future::pending());
        tasks.stop(Duration::from_millis(10)).await;
    }

    #[tokio::test]
    async fn who_ends_unasked_or_panics_is_named() {
        let mut tasks = BackgroundTasks::default();
        tasks.begin("patient", |stop| async move { stop.cancelled().await });
        tasks.begin("hasty", |_| async {});
        assert_eq!(tasks.lost().await, "hasty");
        tasks.begin("broken", |_| async { panic!("as it should") });
        assert_eq!(tasks.lost().await, "broken");
    }
}
