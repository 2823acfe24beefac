//! Which adapter stands behind which port.

use std::sync::Arc;

use application::catalog::commands::CreateProductInteractor;
use application::orders::commands::{
    CancelOrderInteractor, PayOrderInteractor, PlaceOrderInteractor,
};
use application::orders::queries::GetOrderQuery;
use application::ports::{IdGenerator, UnitOfWorkFactory};
use infrastructure::CountingIds;
use persistence_memory::MemoryStore;
use presentation_cli::{Controller, UseCases};

/// A marketplace with nothing in it.
#[must_use]
pub fn marketplace() -> Controller {
    let store = MemoryStore::default();
    let work: Arc<dyn UnitOfWorkFactory> = Arc::new(store.clone());
    let ids: Arc<dyn IdGenerator> = Arc::new(CountingIds::default());
    Controller::new(UseCases {
        create_product: CreateProductInteractor::new(Arc::clone(&work), Arc::clone(&ids)),
        place_order: PlaceOrderInteractor::new(Arc::clone(&work), ids),
        pay_order: PayOrderInteractor::new(Arc::clone(&work)),
        cancel_order: CancelOrderInteractor::new(work),
        get_order: GetOrderQuery::new(Arc::new(store)),
    })
}
