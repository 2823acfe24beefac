//! A store as contracts see it.

use std::any::Any;
use std::sync::Arc;

use application::ports::{
    AccountsUnitOfWorkFactory, CatalogUnitOfWorkFactory, JobStore, OrderReadStore,
    OrdersUnitOfWorkFactory, OutboxStore, ProductReadStore, ReportFiles, ReportReadStore,
    ReportsUnitOfWorkFactory, SessionReadStore, UserReadStore,
};

/// All that one store offers, with nothing in it.
pub struct Backend {
    /// Begins units of work on accounts.
    pub accounts: Arc<dyn AccountsUnitOfWorkFactory>,
    /// Begins units of work on the catalog.
    pub catalog: Arc<dyn CatalogUnitOfWorkFactory>,
    /// Begins units of work on orders.
    pub orders: Arc<dyn OrdersUnitOfWorkFactory>,
    /// Begins units of work on reports.
    pub reports: Arc<dyn ReportsUnitOfWorkFactory>,
    /// Shows users.
    pub user_reads: Arc<dyn UserReadStore>,
    /// Shows sessions.
    pub session_reads: Arc<dyn SessionReadStore>,
    /// Shows products.
    pub product_reads: Arc<dyn ProductReadStore>,
    /// Shows orders.
    pub order_reads: Arc<dyn OrderReadStore>,
    /// Shows reports.
    pub report_reads: Arc<dyn ReportReadStore>,
    /// Keeps the files of reports.
    pub report_files: Arc<dyn ReportFiles>,
    /// Hands out events.
    pub outbox: Arc<dyn OutboxStore>,
    /// Hands out jobs.
    pub jobs: Arc<dyn JobStore>,
    /// What has to live as long as the store: a temporary folder, a container.
    pub guard: Box<dyn Any + Send + Sync>,
}
