//! What is done about products.

use application::catalog::commands::ArchiveProduct;
use application::catalog::queries::GetProduct;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::catalog::ProductId;

use super::schemas::{
    CreateProductRequest, ListProductsParams, ProductResponse, ProductsResponse,
    UpdateProductRequest,
};
use crate::extractors::{CurrentActor, PathId, ValidJson, ValidQuery};
use crate::responses::{Created, IdResponse};
use crate::{HttpState, Problem};

/// Offer a product.
#[utoipa::path(post, path = "/products", tag = "catalog",
    request_body = CreateProductRequest,
    responses((status = 201, description = "The product is for sale", body = IdResponse)))]
pub(crate) async fn create_product(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    ValidJson(request): ValidJson<CreateProductRequest>,
) -> Result<Created, Problem> {
    let command = request.into_command(actor)?;
    let id = state.use_cases.catalog.create_product.execute(command).await?;
    Ok(Created::within("products", id.get()))
}

/// List and search the products that are for sale.
#[utoipa::path(get, path = "/products", tag = "catalog",
    params(ListProductsParams),
    responses((status = 200, description = "A part of the products", body = ProductsResponse)))]
pub(crate) async fn list_products(
    State(state): State<HttpState>,
    ValidQuery(params): ValidQuery<ListProductsParams>,
) -> Result<Json<ProductsResponse>, Problem> {
    let page = state.use_cases.catalog.list_products.execute(params.into_query()?).await?;
    Ok(Json(page.into()))
}

/// Read a product.
#[utoipa::path(get, path = "/products/{id}", tag = "catalog",
    params(("id" = Uuid, Path, description = "The product")),
    responses(
        (status = 200, description = "The product", body = ProductResponse),
        (status = 404, description = "No such product is for sale")))]
pub(crate) async fn get_product(
    State(state): State<HttpState>,
    PathId(id): PathId,
) -> Result<Json<ProductResponse>, Problem> {
    let query = GetProduct { product: ProductId::new(id) };
    let product = state.use_cases.catalog.get_product.execute(query).await?;
    Ok(Json(product.into()))
}

/// Change a product of yours, or as an admin anyone's.
#[utoipa::path(patch, path = "/products/{id}", tag = "catalog",
    params(("id" = Uuid, Path, description = "The product")),
    request_body = UpdateProductRequest,
    responses(
        (status = 200, description = "The product as it is now", body = ProductResponse),
        (status = 403, description = "The product is of someone else"),
        (status = 404, description = "No such product is for sale")))]
pub(crate) async fn update_product(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
    ValidJson(request): ValidJson<UpdateProductRequest>,
) -> Result<Json<ProductResponse>, Problem> {
    let product = ProductId::new(id);
    let command = request.into_command(actor, product)?;
    state.use_cases.catalog.update_product.execute(command).await?;
    let product = state.use_cases.catalog.get_product.execute(GetProduct { product }).await?;
    Ok(Json(product.into()))
}

/// Take a product of yours, or as an admin anyone's, from sale.
#[utoipa::path(delete, path = "/products/{id}", tag = "catalog",
    params(("id" = Uuid, Path, description = "The product")),
    responses(
        (status = 204, description = "The product is not for sale any more"),
        (status = 403, description = "The product is of someone else"),
        (status = 404, description = "There is no such product")))]
pub(crate) async fn archive_product(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    let command = ArchiveProduct { actor, product: ProductId::new(id) };
    state.use_cases.catalog.archive_product.execute(command).await?;
    Ok(StatusCode::NO_CONTENT)
}
