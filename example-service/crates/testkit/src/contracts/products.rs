//! Where products are kept.

use domain::accounts::UserId;
use domain::catalog::{Product, ProductChanges};
use domain::shared::{Currency, Money, Quantity};

use super::Backend;
use super::steps::{assert_conflict, given_product, load_product, update_product};
use crate::builders::{ProductBuilder, START, fresh_id};

/// A product comes back as it went in.
pub async fn a_product_comes_back(backend: &Backend) {
    let name = "Earl \"Grey\" 100 % – β";
    let product = ProductBuilder::new().name(name).price(i64::MAX, Currency::Myr).build();
    given_product(backend, &product).await;
    let found = load_product(backend, product.id()).await;
    assert_eq!((found.name().as_str(), found.description()), (name, product.description()));
    assert_eq!((found.seller(), found.price()), (product.seller(), product.price()));
    assert_eq!((found.stock(), found.is_archived()), (10, false));
    assert_eq!(found.created_at(), START);
}

/// An update keeps everything that can change, and refuses what is stale.
pub async fn updates_keep_everything_and_refuse_what_is_stale(backend: &Backend) {
    let product = ProductBuilder::new().build();
    given_product(backend, &product).await;
    let mut first = load_product(backend, product.id()).await;
    let mut second = first.clone();
    let price = Money::try_new(1, Currency::Usd).expect("it is not below nothing");
    let stock = Some(u32::MAX);
    let changes = ProductChanges { name: None, description: None, price: Some(price), stock };
    first.update(changes).expect("the product is for sale");
    first.archive();
    update_product(backend, &first).await.expect("a fresh product can be updated");
    second.reserve(Quantity::try_new(1).expect("one is a quantity")).expect("it is in stock");
    assert_conflict(&update_product(backend, &second).await);
    let found = load_product(backend, product.id()).await;
    assert_eq!((found.price(), found.stock(), found.is_archived()), (price, u32::MAX, true));
}

/// The stock of several products is kept at once, or of none of them.
pub async fn stock_is_updated_of_all_or_none(backend: &Backend) {
    let one = Quantity::try_new(1).expect("one is a quantity");
    let reserve = |product: &mut Product| product.reserve(one).expect("it is in stock");
    let products = [(); 3].map(|()| ProductBuilder::new().build());
    for product in &products {
        given_product(backend, product).await;
    }
    let ids = products.each_ref().map(Product::id);
    let update = async |products: &[Product]| {
        let mut work = backend.orders.begin().await.expect("a unit of work can begin");
        work.products().update_stock(products).await?;
        work.commit().await
    };
    let mut work = backend.orders.begin().await.expect("a unit of work can begin");
    let mut loaded = work.products().find_all(&ids).await.expect("products can be read");
    drop(work);
    let mut stale = loaded.clone();
    loaded[..2].iter_mut().for_each(reserve);
    update(&loaded[..2]).await.expect("fresh products can be updated");
    let mut stocks = Vec::new();
    for id in ids {
        stocks.push(load_product(backend, id).await.stock());
    }
    assert_eq!(stocks, [9, 9, 10]);
    // The third is fresh, and the second is not.
    stale[1..].iter_mut().for_each(reserve);
    assert_conflict(&update(&stale[1..]).await);
    assert_eq!(load_product(backend, ids[2]).await.stock(), 10);
    assert_eq!(load_product(backend, ids[0]).await.name(), products[0].name());
    update(&[]).await.expect("nothing can be updated");
}

/// Several products are found at once, in the order of their ids.
pub async fn products_are_found_together(backend: &Backend) {
    let products = [(); 3].map(|()| ProductBuilder::new().build());
    for product in &products {
        given_product(backend, product).await;
    }
    let missing = ProductBuilder::new().build();
    let [first, second, third] = &products;
    let mut work = backend.catalog.begin().await.expect("a unit of work can begin");
    let ids = [third.id(), missing.id(), first.id()];
    let found = work.products().find_all(&ids).await.expect("products can be read");
    assert_eq!(found.iter().map(Product::id).collect::<Vec<_>>(), [first.id(), third.id()]);
    assert!(!found.contains(second));
    let none = work.products().find_all(&[]).await.expect("products can be read");
    assert!(none.is_empty());
}

/// What a seller has for sale is found, some at a time.
pub async fn products_of_a_seller_are_found(backend: &Backend) {
    let seller = UserId::new(fresh_id());
    let mut archived = ProductBuilder::new().seller(seller).build();
    archived.archive();
    given_product(backend, &archived).await;
    given_product(backend, &ProductBuilder::new().build()).await;
    for _ in 0..3 {
        given_product(backend, &ProductBuilder::new().seller(seller).build()).await;
    }
    let mut work = backend.catalog.begin().await.expect("a unit of work can begin");
    let found = work.products().find_for_sale_by(seller, 2).await.expect("they can be read");
    assert_eq!(found.len(), 2);
    let found = work.products().find_for_sale_by(seller, 9).await.expect("they can be read");
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|product| product.seller() == seller && !product.is_archived()));
}
