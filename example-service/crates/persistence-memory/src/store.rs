//! The tables and who may change them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use application::ports::RepositoryError;
use domain::catalog::{Product, ProductId};
use domain::orders::{Order, OrderId};

/// Everything that is kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    /// How often something was committed.
    pub(crate) version: u64,
    pub(crate) products: BTreeMap<ProductId, Product>,
    pub(crate) orders: BTreeMap<OrderId, Order>,
}

/// A store that is gone when the process ends. Its clones share what is kept.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    tables: Arc<Mutex<Tables>>,
}

impl MemoryStore {
    /// The tables, for as long as the guard lives. A thread that panicked with them
    /// may have left them half changed, so they are not handed out after that.
    pub(crate) fn lock(&self) -> Result<MutexGuard<'_, Tables>, RepositoryError> {
        self.tables.lock().map_err(|_| RepositoryError::Unavailable)
    }
}
