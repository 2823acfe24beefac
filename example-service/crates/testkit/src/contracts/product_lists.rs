//! Products as they are shown.

use application::ports::{ProductDetails, ProductFilter};
use domain::catalog::{Product, ProductId};

use super::Backend;
use super::steps::{given_product, load_product, update_product};
use crate::builders::{ProductBuilder, START};

async fn list(
    backend: &Backend,
    search: Option<&str>,
    after: Option<ProductId>,
    limit: u32,
) -> Vec<ProductDetails> {
    let filter = ProductFilter { search: search.map(str::to_owned), after, limit };
    backend.product_reads.list(&filter).await.expect("products can be listed")
}

async fn given_five(backend: &Backend) -> Vec<Product> {
    let mut products = Vec::new();
    for number in 0..5 {
        let product = ProductBuilder::new().name(&format!("tea {number}")).build();
        given_product(backend, &product).await;
        products.push(product);
    }
    products
}

/// Pages show everything once, the newest first, even when something new comes in between.
pub async fn pages_show_everything_once(backend: &Backend) {
    let products = given_five(backend).await;
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = list(backend, None, after, 2).await;
        assert!(page.len() <= 2);
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        seen.extend(page.iter().map(|product| product.id));
        given_product(backend, &ProductBuilder::new().name("newer").build()).await;
    }
    let expected: Vec<ProductId> = products.iter().rev().map(Product::id).collect();
    assert_eq!(seen, expected);
}

/// A page begins where the one before ended, even if what stood there is gone.
pub async fn what_is_archived_is_not_shown(backend: &Backend) {
    let products = given_five(backend).await;
    let [first, second, third, ..] = &products[..] else { panic!("there are five") };
    let mut gone = load_product(backend, third.id()).await;
    gone.archive();
    update_product(backend, &gone).await.expect("a product can be updated");
    assert!(backend.product_reads.find(third.id()).await.expect("it can be read").is_none());
    let page = list(backend, None, Some(third.id()), 9).await;
    let ids: Vec<ProductId> = page.iter().map(|product| product.id).collect();
    assert_eq!(ids, [second.id(), first.id()]);
    assert_eq!(list(backend, None, None, 9).await.len(), 4);
}

/// Searching looks into names and descriptions, whatever the case, and takes every
/// character for itself.
pub async fn searches_take_text_literally(backend: &Backend) {
    for (name, description) in
        [("Green TEA", "from Japan"), ("coffee", "no tea_"), ("100% cocoa", ""), ("1000 nuts", "")]
    {
        let product = ProductBuilder::new().name(name).description(description).build();
        given_product(backend, &product).await;
    }
    for (search, expected) in [
        ("tea", &["coffee", "Green TEA"][..]),
        ("JAPAN", &["Green TEA"]),
        ("100%", &["100% cocoa"]),
        ("tea_", &["coffee"]),
        ("'; --", &[]),
        ("\\", &[]),
    ] {
        let found = list(backend, Some(search), None, 9).await;
        let names: Vec<&str> = found.iter().map(|product| product.name.as_str()).collect();
        assert_eq!(names, expected, "{search}");
    }
}

/// A product is shown as it is.
pub async fn a_product_is_shown(backend: &Backend) {
    let product = ProductBuilder::new().build();
    given_product(backend, &product).await;
    let found = backend.product_reads.find(product.id()).await.expect("it can be read");
    let expected = ProductDetails {
        id: product.id(),
        seller: product.seller(),
        name: "tea".to_owned(),
        description: "green".to_owned(),
        price: product.price(),
        stock: 10,
        created_at: START,
    };
    assert_eq!(found, Some(expected));
}
