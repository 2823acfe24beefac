//! Logins that are interrupted between Redis and the store next to it.

use std::sync::Arc;

use application::ports::AccountsUnitOfWorkFactory;
use persistence_memory::MemoryStore;
use persistence_redis::{RedisAccounts, RedisSessionStore};
use testkit::contracts::Backend;
use testkit::contracts::logins::who_logs_in_first_is_logged_out_of;
use testkit::fakes::{Gap, InterruptedCommits};

use crate::store::sessions;
use crate::{memory, postgres};

/// Takes the units of work of a store, and lets others in while they commit.
type Interrupt = fn(Arc<dyn AccountsUnitOfWorkFactory>, Arc<Gap>) -> InterruptedCommits;

const MOMENTS: [Interrupt; 2] = [InterruptedCommits::before, InterruptedCommits::after];

/// Whoever ends all sessions while the other store commits a login ends that of the login, too.
async fn assert_nobody_slips_through(
    backend: Backend,
    store: Arc<dyn AccountsUnitOfWorkFactory>,
    sessions: RedisSessionStore,
    interrupt: Interrupt,
) {
    who_logs_in_first_is_logged_out_of(Arc::new(backend), |gap| {
        let store = Arc::new(interrupt(Arc::clone(&store), gap));
        Arc::new(RedisAccounts::new(store, sessions.clone()))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_slips_through_next_to_memory() {
    for interrupt in MOMENTS {
        let (store, sessions) = (Arc::new(MemoryStore::new()), sessions().await);
        let backend = memory::backend_of(store.clone(), sessions.clone());
        assert_nobody_slips_through(backend, store, sessions, interrupt).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_slips_through_next_to_postgres() {
    for interrupt in MOMENTS {
        let (store, sessions) = (Arc::new(postgres::store().await), sessions().await);
        let backend = postgres::backend_of(store.clone(), sessions.clone());
        assert_nobody_slips_through(backend, store, sessions, interrupt).await;
    }
}
