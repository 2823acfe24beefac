//! What goes wrong with products.

use application::catalog::commands::{ArchiveProductError, CreateProductError, UpdateProductError};
use application::catalog::queries::{GetProductError, ListProductsError};
use domain::catalog::ProductTextError;

use crate::Problem;

impl From<ProductTextError> for Problem {
    fn from(error: ProductTextError) -> Self {
        let field = match error {
            ProductTextError::NameLength | ProductTextError::NameCharacter => "name",
            ProductTextError::DescriptionLength | ProductTextError::DescriptionCharacter => {
                "description"
            }
        };
        Self::invalid_field(field, &error)
    }
}

impl From<CreateProductError> for Problem {
    fn from(error: CreateProductError) -> Self {
        match error {
            CreateProductError::Text(error) => error.into(),
            CreateProductError::Repository(error) => error.into(),
        }
    }
}

impl From<UpdateProductError> for Problem {
    fn from(error: UpdateProductError) -> Self {
        match error {
            UpdateProductError::Refused(refusal) => refusal.into(),
            UpdateProductError::Text(error) => error.into(),
            UpdateProductError::Repository(error) => error.into(),
        }
    }
}

impl From<ArchiveProductError> for Problem {
    fn from(error: ArchiveProductError) -> Self {
        match error {
            ArchiveProductError::Refused(refusal) => refusal.into(),
            ArchiveProductError::Repository(error) => error.into(),
        }
    }
}

impl From<GetProductError> for Problem {
    fn from(error: GetProductError) -> Self {
        match error {
            GetProductError::Refused(refusal) => refusal.into(),
            GetProductError::Repository(error) => error.into(),
        }
    }
}

impl From<ListProductsError> for Problem {
    fn from(ListProductsError::Repository(error): ListProductsError) -> Self {
        error.into()
    }
}
