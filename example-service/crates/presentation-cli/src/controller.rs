//! Answers lines.

use std::sync::Arc;

use application::catalog::queries::ListProducts;
use application::common::{PageLimit, UseCase};

/// Answers lines of the form `products SEARCH`.
pub struct Controller {
    list_products: Arc<dyn UseCase<ListProducts>>,
}

impl Controller {
    /// One that shows what `list_products` finds.
    #[must_use]
    pub fn new(list_products: Arc<dyn UseCase<ListProducts>>) -> Self {
        Self { list_products }
    }

    /// The answer to one line.
    pub async fn answer(&self, line: &str) -> String {
        let Some(search) = line.trim().strip_prefix("products") else {
            return "this is understood: products SEARCH".to_owned();
        };
        let (search, limit) = (Some(search.to_owned()), PageLimit::USUAL);
        match self.list_products.execute(ListProducts { search, after: None, limit }).await {
            Ok(page) => {
                let line = |name: &str, price: &dyn std::fmt::Display| format!("{name}: {price}");
                let lines = page.items.iter().map(|product| line(&product.name, &product.price));
                lines.collect::<Vec<_>>().join("\n")
            }
            Err(error) => error.to_string(),
        }
    }
}
