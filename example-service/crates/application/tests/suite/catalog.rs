//! What is for sale.

use std::time::Duration;

use application::authorization::Refusal;
use application::catalog::commands::{
    ArchiveProduct, ArchiveProductError, ArchiveProductInteractor, ArchiveProductsOfSeller,
    ArchiveProductsOfSellerInteractor, CreateProduct, CreateProductError, CreateProductInteractor,
    UpdateProduct, UpdateProductError, UpdateProductInteractor,
};
use application::catalog::queries::{
    GetProduct, GetProductError, GetProductQuery, ListProducts, ListProductsQuery,
};
use application::common::{PageLimit, UseCase};
use application::ports::{Cache, CacheKey};
use domain::accounts::Role;
use domain::catalog::ProductId;
use domain::shared::{Currency, Money};
use testkit::builders::ProductBuilder;

use crate::world::World;

fn update(world: &World) -> UpdateProductInteractor {
    UpdateProductInteractor::new(world.store.clone(), world.cache.clone(), world.stamps.clone())
}

fn archive(world: &World) -> ArchiveProductInteractor {
    ArchiveProductInteractor::new(world.store.clone(), world.cache.clone(), world.stamps.clone())
}

/// Puts something into the cache in the place of a product, as a reader would.
async fn given_cached(world: &World, id: ProductId) {
    world.cache.put(&CacheKey::product(id), b"copy".to_vec(), Duration::from_mins(1)).await;
}

async fn is_cached(world: &World, id: ProductId) -> bool {
    world.cache.get(&CacheKey::product(id)).await.is_some()
}

#[tokio::test]
async fn a_product_belongs_to_who_creates_it() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let create = CreateProductInteractor::new(world.store.clone(), world.stamps.clone());
    let price = Money::try_new(350, Currency::Gbp).expect("it is not below nothing");
    let asked = |name: &str| CreateProduct {
        actor: alice,
        name: name.to_owned(),
        description: String::new(),
        price,
        stock: 3,
    };
    let id = create.execute(asked("tea")).await.expect("it can be created");
    let product = world.load_product(id).await;
    assert_eq!((product.seller(), product.price(), product.stock()), (alice.user, price, 3));
    let outcome = create.execute(asked(" ")).await;
    assert!(matches!(outcome, Err(CreateProductError::Text(_))), "{outcome:?}");
    assert_eq!(world.events().await, ["catalog.product_created"]);
}

#[tokio::test]
async fn sellers_and_admins_change_products_and_copies_are_dropped() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let admin = world.user("admin", Role::Admin).await;
    let mallory = world.user("mallory", Role::User).await;
    let id = world.product(&ProductBuilder::new().seller(alice.user).build()).await;
    let asked = |actor, stock| UpdateProduct {
        actor,
        product: id,
        name: None,
        description: None,
        price: None,
        stock: Some(stock),
    };
    given_cached(&world, id).await;
    let outcome = update(&world).execute(asked(mallory, 0)).await;
    let expected = matches!(outcome, Err(UpdateProductError::Refused(Refusal::Forbidden)));
    assert!(expected, "{outcome:?}");
    assert!(is_cached(&world, id).await);
    for (actor, stock) in [(alice, 7), (admin, 8)] {
        given_cached(&world, id).await;
        update(&world).execute(asked(actor, stock)).await.expect("it can be changed");
        assert_eq!(world.load_product(id).await.stock(), stock);
        assert!(!is_cached(&world, id).await);
    }
    let outcome = archive(&world).execute(ArchiveProduct { actor: mallory, product: id }).await;
    let expected = matches!(outcome, Err(ArchiveProductError::Refused(Refusal::Forbidden)));
    assert!(expected, "{outcome:?}");
}

#[tokio::test]
async fn what_is_archived_is_gone_for_everyone() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let id = world.product(&ProductBuilder::new().seller(alice.user).build()).await;
    given_cached(&world, id).await;
    for _ in 0..2 {
        let done = archive(&world).execute(ArchiveProduct { actor: alice, product: id }).await;
        done.expect("archiving twice is archiving once");
    }
    assert!(!is_cached(&world, id).await);
    assert_eq!(world.events().await, ["catalog.product_archived"]);
    let get = GetProductQuery::new(world.store.clone());
    let outcome = get.execute(GetProduct { product: id }).await;
    let expected = matches!(outcome, Err(GetProductError::Refused(Refusal::NotFound)));
    assert!(expected, "{outcome:?}");
    let asked = UpdateProduct {
        actor: alice,
        product: id,
        name: Some("mint".to_owned()),
        description: None,
        price: None,
        stock: None,
    };
    let outcome = update(&world).execute(asked).await;
    let expected = matches!(outcome, Err(UpdateProductError::Refused(Refusal::NotFound)));
    assert!(expected, "{outcome:?}");
}

#[tokio::test]
async fn everything_of_a_seller_goes_off_sale() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let other = world.product(&ProductBuilder::new().build()).await;
    // More than are archived at a time, and a multiple of it.
    for _ in 0..100 {
        world.product(&ProductBuilder::new().seller(alice.user).build()).await;
    }
    let archive_all = ArchiveProductsOfSellerInteractor::new(
        world.store.clone(),
        world.cache.clone(),
        world.stamps.clone(),
    );
    let asked = ArchiveProductsOfSeller { seller: alice.user };
    archive_all.execute(asked).await.expect("they can be archived");
    let list = ListProductsQuery::new(world.store.clone());
    let limit = PageLimit::USUAL;
    let page = list.execute(ListProducts { search: None, after: None, limit }).await;
    let page = page.expect("products can be listed");
    assert_eq!(page.items.iter().map(|product| product.id).collect::<Vec<_>>(), [other]);
    assert_eq!(world.events().await.len(), 100);
}

#[tokio::test]
async fn pages_lead_from_one_to_the_next() {
    let world = World::new();
    let mut ids = Vec::new();
    for name in ["green tea", "coffee", "black tea", "white tea"] {
        ids.insert(0, world.product(&ProductBuilder::new().name(name).build()).await);
    }
    let list = ListProductsQuery::new(world.store.clone());
    let limit = PageLimit::try_new(2).expect("it is a limit");
    let ask = async |search: &str, after| {
        let search = Some(search.to_owned());
        let page = list.execute(ListProducts { search, after, limit }).await;
        let page = page.expect("products can be listed");
        (page.items.iter().map(|product| product.name.clone()).collect::<Vec<_>>(), page.next)
    };
    let (first, next) = ask(" TEA ", None).await;
    assert_eq!((first, next), (vec!["white tea".to_owned(), "black tea".to_owned()], Some(ids[1])));
    let (second, next) = ask("tea", next).await;
    assert_eq!((second, next), (vec!["green tea".to_owned()], None));
    assert_eq!(ask("  ", None).await.0.len(), 2);
}
