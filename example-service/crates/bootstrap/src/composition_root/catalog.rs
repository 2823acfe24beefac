//! Use cases about products.

use std::sync::Arc;

use application::catalog::commands::{
    ArchiveProductInteractor, CreateProductInteractor, UpdateProductInteractor,
};
use application::catalog::queries::{GetProductQuery, ListProductsQuery};
use presentation_http::CatalogUseCases;

use super::ApplicationScope;

impl ApplicationScope {
    pub(super) fn catalog(&self) -> CatalogUseCases {
        let (work, views) = (&self.stores.catalog, &self.stores.product_views);
        let (cache, stamps) = (&self.cache, &self.stamps);
        CatalogUseCases {
            create_product: self
                .retrying(CreateProductInteractor::new(work.clone(), stamps.clone())),
            update_product: self.retrying(UpdateProductInteractor::new(
                work.clone(),
                cache.clone(),
                stamps.clone(),
            )),
            archive_product: self.retrying(ArchiveProductInteractor::new(
                work.clone(),
                cache.clone(),
                stamps.clone(),
            )),
            get_product: Arc::new(GetProductQuery::new(views.clone())),
            list_products: Arc::new(ListProductsQuery::new(views.clone())),
        }
    }
}
