//! Placing an order: the stock is taken and the order kept together, or neither.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use domain::catalog::{Product, ProductError, ProductId};
use domain::orders::{Order, OrderError, OrderId, OrderLine};
use domain::shared::Quantity;
use thiserror::Error;

use crate::authorization::Actor;
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{
    Cache, CacheKey, IdempotencyKey, IdempotencyRecord, OrdersUnitOfWork, OrdersUnitOfWorkFactory,
    RepositoryError, UniqueConstraint,
};

/// Asks for products.
#[derive(Clone, Debug)]
pub struct PlaceOrder {
    /// Who buys.
    pub actor: Actor,
    /// What the buyer calls this request, so that sending it twice places one order.
    pub key: Option<IdempotencyKey>,
    /// What is asked for.
    pub lines: Vec<PlaceOrderLine>,
}

/// Asks for so many of one product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceOrderLine {
    /// The product.
    pub product: ProductId,
    /// How many of it.
    pub quantity: Quantity,
}

impl Operation for PlaceOrder {
    type Output = OrderId;
    type Error = PlaceOrderError;
}

/// Why an order was not placed.
#[derive(Debug, Error)]
pub enum PlaceOrderError {
    /// There is no such product for sale.
    #[error("the product {product} is not for sale")]
    NoSuchProduct {
        /// The product.
        product: ProductId,
    },
    /// Fewer pieces are there than were asked for.
    #[error("only {stock} pieces of the product {product} are in stock")]
    OutOfStock {
        /// The product.
        product: ProductId,
        /// How many are there.
        stock: u32,
    },
    /// This is no order.
    #[error(transparent)]
    Invalid(#[from] OrderError),
    /// The key was used for something else.
    #[error("the idempotency key was used for another order")]
    KeyReused,
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for PlaceOrderError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Places orders.
pub struct PlaceOrderInteractor {
    work: Arc<dyn OrdersUnitOfWorkFactory>,
    cache: Arc<dyn Cache>,
    stamps: Stamps,
}

impl PlaceOrderInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        work: Arc<dyn OrdersUnitOfWorkFactory>,
        cache: Arc<dyn Cache>,
        stamps: Stamps,
    ) -> Self {
        Self { work, cache, stamps }
    }
}

#[async_trait]
impl UseCase<PlaceOrder> for PlaceOrderInteractor {
    async fn execute(&self, operation: PlaceOrder) -> Result<OrderId, PlaceOrderError> {
        let PlaceOrder { actor, key, lines } = operation;
        let fingerprint = fingerprint(&lines);
        let mut work = self.work.begin().await?;
        if let Some(key) = &key
            && let Some(record) = work.idempotency_keys().find(actor.user, key).await?
        {
            let is_same = record.fingerprint == fingerprint;
            return if is_same { Ok(record.order) } else { Err(PlaceOrderError::KeyReused) };
        }
        let (mut products, ids) = load(work.as_mut(), &lines).await?;
        let lines = reserve(&mut products, &lines)?;
        let (id, now) = (OrderId::new(self.stamps.next_id()), self.stamps.now());
        let (order, placed) = Order::place(id, actor.user, lines, now)?;
        let products: Vec<Product> = products.into_values().collect();
        work.products().update_stock(&products).await?;
        work.orders().add(&order).await?;
        if let Some(key) = key {
            let buyer = actor.user;
            let record = IdempotencyRecord { buyer, key, fingerprint, order: id, created_at: now };
            work.idempotency_keys().add(&record).await.map_err(lost_race)?;
        }
        work.outbox().append(&self.stamps.message(&placed)).await?;
        work.commit().await.map_err(lost_race)?;
        for id in ids {
            self.cache.remove(&CacheKey::product(id)).await;
        }
        Ok(id)
    }
}

type Products = BTreeMap<ProductId, Product>;

/// The products that these lines ask for, and their ids.
async fn load(
    work: &mut dyn OrdersUnitOfWork,
    lines: &[PlaceOrderLine],
) -> Result<(Products, Vec<ProductId>), RepositoryError> {
    let mut ids: Vec<ProductId> = lines.iter().map(|line| line.product).collect();
    ids.sort_unstable();
    ids.dedup();
    let products = work.products().find_all(&ids).await?;
    Ok((products.into_iter().map(|product| (product.id(), product)).collect(), ids))
}

/// Takes what these lines ask for from the stock of `products`.
fn reserve(
    products: &mut Products,
    lines: &[PlaceOrderLine],
) -> Result<Vec<OrderLine>, PlaceOrderError> {
    let reserve = |&PlaceOrderLine { product: id, quantity }| {
        let missing = PlaceOrderError::NoSuchProduct { product: id };
        let product = products.get_mut(&id).ok_or(missing)?;
        match product.reserve(quantity) {
            Ok(()) => Ok(OrderLine::new(product, quantity)),
            Err(ProductError::Archived) => Err(PlaceOrderError::NoSuchProduct { product: id }),
            Err(ProductError::OutOfStock { stock }) => {
                Err(PlaceOrderError::OutOfStock { product: id, stock })
            }
        }
    };
    lines.iter().map(reserve).collect()
}

/// What was asked for, in whatever order.
fn fingerprint(lines: &[PlaceOrderLine]) -> String {
    let one = |line: &PlaceOrderLine| format!("{}x{}", line.quantity.get(), line.product);
    let mut lines: Vec<String> = lines.iter().map(one).collect();
    lines.sort_unstable();
    lines.join(",")
}

/// The same key used at the same time is a conflict: who tries again finds the order of the
/// other.
fn lost_race(error: RepositoryError) -> RepositoryError {
    if error.is_duplicate(UniqueConstraint::IdempotencyKey) {
        RepositoryError::Conflict
    } else {
        error
    }
}
