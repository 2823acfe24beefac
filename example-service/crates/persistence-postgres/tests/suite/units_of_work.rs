//! Units of work, and what others see of them.

use std::sync::Arc;
use std::time::Duration;

use application::ports::{
    AccountsUnitOfWorkFactory, CatalogUnitOfWorkFactory, OrdersUnitOfWorkFactory, RepositoryError,
    UserReadStore,
};
use domain::catalog::Product;
use domain::shared::Quantity;
use persistence_postgres::PostgresStore;
use testkit::builders::{ProductBuilder, UserBuilder};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::database::Database;

async fn given_product(store: &PostgresStore, product: &Product) {
    let mut work = CatalogUnitOfWorkFactory::begin(store).await.expect("one can begin");
    work.products().add(product).await.expect("a product can be added");
    work.commit().await.expect("a product can be kept");
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

#[tokio::test]
async fn of_two_who_wait_for_each_other_one_has_a_conflict() {
    let database = Database::migrated().await;
    let products = [ProductBuilder::new().build(), ProductBuilder::new().build()];
    for product in &products {
        given_product(&database.store, product).await;
    }
    // Each changes one, and then the one that the other has changed.
    let barrier = Arc::new(Barrier::new(2));
    let mut tasks = JoinSet::new();
    for order in [[0, 1], [1, 0]] {
        let (store, barrier) = (database.store.clone(), Arc::clone(&barrier));
        let [first, second] = order.map(|index| products[index].clone());
        tasks.spawn(async move {
            let mut work = CatalogUnitOfWorkFactory::begin(&store).await?;
            work.products().update(&first).await?;
            barrier.wait().await;
            work.products().update(&second).await?;
            work.commit().await
        });
    }
    let outcomes = tasks.join_all().await;
    let conflicts =
        outcomes.iter().filter(|outcome| outcome.as_ref().is_err_and(RepositoryError::is_conflict));
    assert_eq!(conflicts.count(), 1, "{outcomes:?}");
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
}
