//! Commands that get in each other's way, and try again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use application::catalog::commands::{UpdateProduct, UpdateProductInteractor};
use application::common::{RetryOnConflict, RetryPolicy, Stamps, UseCase};
use application::ports::Delay;
use async_trait::async_trait;
use domain::shared::Version;
use tokio::task::JoinSet;

use super::Backend;
use super::steps::{given_product, given_user, load_product, messages};
use crate::builders::{ProductBuilder, actor_of};
use crate::fakes::{FixedClock, MapCache, SequentialIds};

const COMMANDS: u32 = 20;

/// Waits for real, each time for another part of the longest wait.
#[derive(Default)]
pub(super) struct ScatteredDelay(AtomicU64);

#[async_trait]
impl Delay for ScatteredDelay {
    async fn wait_up_to(&self, longest: Duration) {
        // Multiples of an odd number modulo 1000, so that neighbours are far apart.
        let parts = self.0.fetch_add(1, Ordering::Relaxed).wrapping_mul(617) % 1_000;
        let longest = u64::try_from(longest.as_micros()).unwrap_or(u64::MAX);
        tokio::time::sleep(Duration::from_micros(longest.saturating_mul(parts) / 1_000)).await;
    }
}

/// Twenty commands that read, change and write the same thing at the same time all succeed
/// with the usual patience, and each of them counts.
pub async fn twenty_commands_all_succeed(backend: Arc<Backend>) {
    let seller = given_user(&backend).await;
    let product = ProductBuilder::new().seller(seller.id()).build();
    given_product(&backend, &product).await;
    let stamps = Stamps::new(Arc::new(FixedClock::new()), Arc::new(SequentialIds::new()));
    let (work, cache) = (Arc::clone(&backend.catalog), Arc::new(MapCache::default()));
    let update = UpdateProductInteractor::new(work, cache, stamps);
    let delay = Arc::new(ScatteredDelay::default());
    let update = Arc::new(RetryOnConflict::new(update, delay, RetryPolicy::USUAL));
    let mut tasks = JoinSet::new();
    for number in 0..COMMANDS {
        let command = UpdateProduct {
            actor: actor_of(&seller),
            product: product.id(),
            name: Some(format!("tea {number}")),
            description: None,
            price: None,
            stock: None,
        };
        let update = Arc::clone(&update);
        tasks.spawn(async move { update.execute(command).await });
    }
    for outcome in tasks.join_all().await {
        outcome.expect("a command succeeds in the end");
    }
    let found = load_product(&backend, product.id()).await;
    assert_eq!(found.version(), Version::new(Version::FIRST.get() + u64::from(COMMANDS)));
    assert_eq!(messages(&backend).await.len(), COMMANDS as usize);
}
