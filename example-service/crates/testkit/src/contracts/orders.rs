//! Where orders are kept.

use application::ports::{RepositoryError, UniqueConstraint};
use domain::accounts::UserId;
use domain::orders::{Order, OrderState};

use super::Backend;
use super::steps::{assert_conflict, assert_duplicate, given_order, given_product, load_order};
use crate::builders::{OrderBuilder, ProductBuilder, START, fresh_id};

async fn update(backend: &Backend, order: &Order) -> Result<(), RepositoryError> {
    let mut work = backend.orders.begin().await?;
    work.orders().update(order).await?;
    work.commit().await
}

async fn given_order_of_two(backend: &Backend) -> Order {
    let (tea, coffee) = (ProductBuilder::new().build(), ProductBuilder::new().build());
    given_product(backend, &tea).await;
    given_product(backend, &coffee).await;
    let buyer = UserId::new(fresh_id());
    // The later product stands first, so that lines cannot come back in order by chance.
    let order = OrderBuilder::new(buyer).line(&coffee, 1).line(&tea, 2).build();
    given_order(backend, &order).await;
    order
}

/// An order comes back as it went in, its lines in their order.
pub async fn an_order_comes_back(backend: &Backend) {
    let order = given_order_of_two(backend).await;
    let found = load_order(backend, order.id()).await.expect("the order is there");
    assert_eq!((found.buyer(), found.total()), (order.buyer(), order.total()));
    assert_eq!((found.state(), found.placed_at()), (OrderState::Placed, START));
    assert_eq!(found.lines(), order.lines());
    let mut work = backend.orders.begin().await.expect("a unit of work can begin");
    let again = work.orders().add(&order).await;
    assert_duplicate(&again, UniqueConstraint::Id);
}

/// The state of an order is kept, and what is stale is refused.
pub async fn states_are_kept_and_stale_orders_refused(backend: &Backend) {
    let order = given_order_of_two(backend).await;
    let mut first = load_order(backend, order.id()).await.expect("the order is there");
    let mut second = first.clone();
    first.pay().expect("the order waits for money");
    second.cancel().expect("the order waits for money");
    update(backend, &first).await.expect("a fresh order can be updated");
    assert_conflict(&update(backend, &second).await);
    for state in [OrderState::Paid, OrderState::Shipped, OrderState::Delivered] {
        let mut found = load_order(backend, order.id()).await.expect("the order is there");
        assert_eq!(found.state(), state);
        assert_eq!(found.lines(), order.lines());
        let _ = if state == OrderState::Paid {
            found.ship().map(|_| ())
        } else {
            found.deliver().map(|_| ())
        };
        update(backend, &found).await.expect("a fresh order can be updated");
    }
}
