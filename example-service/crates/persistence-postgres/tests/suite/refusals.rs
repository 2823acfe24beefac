//! What goes wrong, and what it is called then.

use std::sync::Arc;

use application::ports::{
    AccountsUnitOfWorkFactory, CatalogUnitOfWorkFactory, RepositoryError, UserReadStore,
};
use testkit::builders::{OrderBuilder, ProductBuilder, UserBuilder};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::database::Database;
use crate::units_of_work::{given_order, given_product, given_user};

/// What went wrong with the store.
fn cause(error: &RepositoryError) -> String {
    let RepositoryError::Unavailable(cause) = error else { panic!("{error:?}") };
    let reason = cause.source().map(ToString::to_string).unwrap_or_default();
    format!("{cause}: {reason}")
}

#[tokio::test]
async fn what_the_domain_refuses_is_shown_with_its_place() {
    let database = Database::migrated().await;
    let user = UserBuilder::new().build();
    given_user(&database.store, &user).await;
    sqlx::query("UPDATE users SET username = 'x'")
        .execute(&mut database.connect().await)
        .await
        .expect("no constraint is against it");
    let expected = "users.username holds `x`: a username has 5 to 20 characters";
    let read = UserReadStore::find(&database.store, user.id()).await;
    assert_eq!(cause(&read.expect_err("it is no name")), expected);
    let work = AccountsUnitOfWorkFactory::begin(&database.store).await;
    let found = work.expect("one can begin").users().find(user.id()).await;
    assert_eq!(cause(&found.expect_err("it is no name")), expected);
}

#[tokio::test]
async fn values_that_cannot_be_are_refused_by_the_database_too() {
    let database = Database::migrated().await;
    let user = UserBuilder::new().build();
    given_user(&database.store, &user).await;
    let product = ProductBuilder::new().build();
    given_product(&database.store, &product).await;
    given_order(&database.store, &OrderBuilder::new(user.id()).line(&product, 1).build()).await;
    let mut connection = database.connect().await;
    for (statement, constraint) in [
        ("UPDATE users SET role = 'boss'", "users_role_check"),
        ("UPDATE products SET stock = -1", "products_stock_check"),
        ("UPDATE products SET stock = 4294967296", "products_stock_check"),
        ("UPDATE products SET price = -1", "products_price_check"),
        ("UPDATE products SET currency = 'ZZZ'", "products_currency_check"),
        ("UPDATE orders SET state = 'lost'", "orders_state_check"),
        ("UPDATE orders SET total = -1", "orders_total_check"),
        ("UPDATE orders SET currency = 'ZZZ'", "orders_currency_check"),
        ("UPDATE order_lines SET unit_price = -1", "order_lines_unit_price_check"),
        ("UPDATE order_lines SET quantity = 0", "order_lines_quantity_check"),
    ] {
        let refused = sqlx::query(statement).execute(&mut connection).await;
        let refused = refused.expect_err(statement).to_string();
        assert!(refused.contains(constraint), "{statement}: {refused}");
    }
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

#[tokio::test]
async fn a_store_that_is_closed_is_unavailable() {
    let database = Database::migrated().await;
    database.store.close().await;
    let refused = AccountsUnitOfWorkFactory::begin(&database.store).await.map(|_| ());
    assert!(matches!(refused, Err(RepositoryError::Unavailable(_))), "{refused:?}");
    let user = UserBuilder::new().build();
    let refused = UserReadStore::find(&database.store, user.id()).await;
    assert!(matches!(refused, Err(RepositoryError::Unavailable(_))), "{refused:?}");
}
