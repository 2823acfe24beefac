//! Units of work, and what others see of them.

use std::time::Duration;

use application::ports::{
    AccountsUnitOfWorkFactory, CatalogUnitOfWorkFactory, OrdersUnitOfWorkFactory, UserReadStore,
};
use domain::accounts::User;
use domain::catalog::Product;
use domain::orders::Order;
use domain::shared::Quantity;
use persistence_postgres::PostgresStore;
use testkit::builders::{ProductBuilder, UserBuilder};

use crate::database::Database;

pub(crate) async fn given_user(store: &PostgresStore, user: &User) {
    let mut work = AccountsUnitOfWorkFactory::begin(store).await.expect("one can begin");
    work.users().add(user).await.expect("a user can be added");
    work.commit().await.expect("a user can be kept");
}

pub(crate) async fn given_product(store: &PostgresStore, product: &Product) {
    let mut work = CatalogUnitOfWorkFactory::begin(store).await.expect("one can begin");
    work.products().add(product).await.expect("a product can be added");
    work.commit().await.expect("a product can be kept");
}

pub(crate) async fn given_order(store: &PostgresStore, order: &Order) {
    let mut work = OrdersUnitOfWorkFactory::begin(store).await.expect("one can begin");
    work.orders().add(order).await.expect("an order can be added");
    work.commit().await.expect("an order can be kept");
}

#[tokio::test]
async fn what_is_dropped_is_rolled_back() {
    let database = Database::migrated().await;
    let user = UserBuilder::new().build();
    for _ in 0..3 {
        let mut work = AccountsUnitOfWorkFactory::begin(&database.store).await.expect("in turn");
        // The second would wait for the first here, if that were not rolled back.
        let mut users = work.users();
        let added = tokio::time::timeout(Duration::from_secs(20), users.add(&user));
        added.await.expect("nobody waits").expect("nobody has added the user for good");
    }
    let found = UserReadStore::find(&database.store, user.id()).await;
    assert!(found.expect("users can be read").is_none());
}

#[tokio::test]
async fn who_orders_the_same_waits_for_the_other_instead_of_losing() {
    let database = Database::migrated().await;
    let product = ProductBuilder::new().build();
    given_product(&database.store, &product).await;
    let one = Quantity::try_new(1).expect("one is a quantity");
    let mut first = OrdersUnitOfWorkFactory::begin(&database.store).await.expect("one can begin");
    let mut found = first.products().find_all(&[product.id()]).await.expect("it can be read");
    found[0].reserve(one).expect("it is in stock");
    first.products().update(&found[0]).await.expect("nobody has changed it");
    let store = database.store.clone();
    let second = tokio::spawn(async move {
        let mut work = OrdersUnitOfWorkFactory::begin(&store).await?;
        let mut found = work.products().find_all(&[product.id()]).await?;
        found[0].reserve(one).expect("it is in stock");
        work.products().update(&found[0]).await?;
        work.commit().await.map(|()| found[0].stock())
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!second.is_finished(), "it does not wait");
    first.commit().await.expect("an order can be kept");
    let left = second.await.expect("it does not panic").expect("it has not lost");
    assert_eq!(left, 8);
}
