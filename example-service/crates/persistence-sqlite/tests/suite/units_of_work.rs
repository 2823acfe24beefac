//! Units of work and the one connection that writes.

use std::time::Duration;

use application::ports::{
    AccountsUnitOfWorkFactory, CatalogUnitOfWorkFactory, OrdersUnitOfWorkFactory, ProductReadStore,
    UserReadStore,
};
use domain::accounts::User;
use domain::catalog::Product;
use domain::orders::Order;
use persistence_sqlite::SqliteStore;
use testkit::builders::{ProductBuilder, UserBuilder};

use crate::database::Database;

pub(crate) async fn given_user(store: &SqliteStore, user: &User) {
    let mut work = AccountsUnitOfWorkFactory::begin(store).await.expect("one can begin");
    work.users().add(user).await.expect("a user can be added");
    work.commit().await.expect("a user can be kept");
}

pub(crate) async fn given_product(store: &SqliteStore, product: &Product) {
    let mut work = CatalogUnitOfWorkFactory::begin(store).await.expect("one can begin");
    work.products().add(product).await.expect("a product can be added");
    work.commit().await.expect("a product can be kept");
}

pub(crate) async fn given_order(store: &SqliteStore, order: &Order) {
    let mut work = OrdersUnitOfWorkFactory::begin(store).await.expect("one can begin");
    work.orders().add(order).await.expect("an order can be added");
    work.commit().await.expect("an order can be kept");
}

#[tokio::test]
async fn what_is_dropped_is_rolled_back_and_lets_the_next_begin() {
    let database = Database::migrated().await;
    let user = UserBuilder::new().build();
    for _ in 0..3 {
        let mut work = AccountsUnitOfWorkFactory::begin(&database.store).await.expect("in turn");
        work.users().add(&user).await.expect("nobody has added the user for good");
    }
    let found = UserReadStore::find(&database.store, user.id()).await;
    assert!(found.expect("users can be read").is_none());
}

#[tokio::test]
async fn writers_wait_for_each_other_and_readers_for_nobody() {
    let database = Database::migrated().await;
    let product = ProductBuilder::new().build();
    let mut work = CatalogUnitOfWorkFactory::begin(&database.store).await.expect("one can begin");
    work.products().add(&product).await.expect("a product can be added");
    let next = CatalogUnitOfWorkFactory::begin(&database.store);
    let next = tokio::time::timeout(Duration::from_millis(200), next).await;
    assert!(next.is_err(), "two write at the same time");
    let found = ProductReadStore::find(&database.store, product.id()).await;
    assert!(found.expect("readers do not wait").is_none());
    work.commit().await.expect("a product can be kept");
    let mut work = CatalogUnitOfWorkFactory::begin(&database.store).await.expect("in turn");
    assert!(work.products().find(product.id()).await.expect("it can be read").is_some());
}
