//! Everything that a database does, behind its ports.

use std::sync::Arc;

use application::ports::{
    AccountsUnitOfWorkFactory, CatalogUnitOfWorkFactory, JobStore, OrderReadStore,
    OrdersUnitOfWorkFactory, OutboxStore, ProductReadStore, Readiness, ReportFiles,
    ReportReadStore, ReportsUnitOfWorkFactory, SessionReadStore, UserReadStore,
};
use persistence_redis::{RedisAccounts, RedisSessionReads, RedisSessionStore};

/// Everything that a database does, behind its ports.
#[derive(Clone)]
#[expect(missing_docs, reason = "each field is the port of its name")]
pub struct Stores {
    pub accounts: Arc<dyn AccountsUnitOfWorkFactory>,
    pub catalog: Arc<dyn CatalogUnitOfWorkFactory>,
    pub orders: Arc<dyn OrdersUnitOfWorkFactory>,
    pub reports: Arc<dyn ReportsUnitOfWorkFactory>,
    pub user_views: Arc<dyn UserReadStore>,
    pub session_views: Arc<dyn SessionReadStore>,
    pub product_views: Arc<dyn ProductReadStore>,
    pub order_views: Arc<dyn OrderReadStore>,
    pub report_views: Arc<dyn ReportReadStore>,
    pub report_files: Arc<dyn ReportFiles>,
    pub outbox: Arc<dyn OutboxStore>,
    pub enqueued_jobs: Arc<dyn JobStore>,
    pub readiness: Vec<Arc<dyn Readiness>>,
}

impl Stores {
    /// The ports of one store that has them all.
    pub fn of<S>(store: S) -> Self
    where
        S: AccountsUnitOfWorkFactory
            + CatalogUnitOfWorkFactory
            + OrdersUnitOfWorkFactory
            + ReportsUnitOfWorkFactory
            + UserReadStore
            + SessionReadStore
            + ProductReadStore
            + OrderReadStore
            + ReportReadStore
            + ReportFiles
            + OutboxStore
            + JobStore
            + Readiness
            + 'static,
    {
        let store = Arc::new(store);
        Self {
            accounts: store.clone(),
            catalog: store.clone(),
            orders: store.clone(),
            reports: store.clone(),
            user_views: store.clone(),
            session_views: store.clone(),
            product_views: store.clone(),
            order_views: store.clone(),
            report_views: store.clone(),
            report_files: store.clone(),
            outbox: store.clone(),
            enqueued_jobs: store.clone(),
            readiness: vec![store],
        }
    }

    /// The same ports, with sessions in Redis.
    #[must_use]
    pub fn with_sessions_in(mut self, sessions: RedisSessionStore) -> Self {
        self.accounts = Arc::new(RedisAccounts::new(self.accounts, sessions.clone()));
        let users = self.user_views.clone();
        self.session_views = Arc::new(RedisSessionReads::new(sessions.clone(), users));
        self.readiness.push(Arc::new(sessions));
        self
    }
}
