//! What is sent and answered about products.

use application::authorization::Actor;
use application::catalog::commands::{CreateProduct, UpdateProduct};
use application::catalog::queries::ListProducts;
use application::common::KeysetPage;
use application::ports::ProductDetails;
use domain::catalog::{ProductDescription, ProductId, ProductName};
use domain::shared::{Currency, Money, MoneyError};
use garde::Validate;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::Problem;
use crate::extractors::{accepted, is_limit, page_limit};

fn is_name<C>(text: &str, _: &C) -> garde::Result {
    accepted(ProductName::try_new(text))
}

fn is_description<C>(text: &str, _: &C) -> garde::Result {
    accepted(ProductDescription::try_new(text))
}

/// No product has a NUL in its text, and databases may not even take it as a question.
fn is_searchable<C>(text: &str, _: &C) -> garde::Result {
    if text.contains('\0') { Err(garde::Error::new("no product has a NUL in it")) } else { Ok(()) }
}

/// A currency, by its ISO 4217 code.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum CurrencySchema {
    Usd,
    Eur,
    Gbp,
    Myr,
}

impl From<CurrencySchema> for Currency {
    fn from(currency: CurrencySchema) -> Self {
        match currency {
            CurrencySchema::Usd => Self::Usd,
            CurrencySchema::Eur => Self::Eur,
            CurrencySchema::Gbp => Self::Gbp,
            CurrencySchema::Myr => Self::Myr,
        }
    }
}

impl From<Currency> for CurrencySchema {
    fn from(currency: Currency) -> Self {
        match currency {
            Currency::Usd => Self::Usd,
            Currency::Eur => Self::Eur,
            Currency::Gbp => Self::Gbp,
            Currency::Myr => Self::Myr,
        }
    }
}

/// An amount of money.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct MoneySchema {
    /// In minor units: cents, pence, sen.
    #[garde(range(min = 0))]
    #[schema(example = 350, minimum = 0)]
    amount: i64,
    #[garde(skip)]
    currency: CurrencySchema,
}

impl MoneySchema {
    fn to_money(self) -> Result<Money, MoneyError> {
        Money::try_new(self.amount, self.currency.into())
    }
}

impl From<Money> for MoneySchema {
    fn from(money: Money) -> Self {
        Self { amount: money.minor(), currency: money.currency().into() }
    }
}

fn not_a_price(error: MoneyError) -> Problem {
    Problem::invalid_field("price.amount", &error)
}

/// A new product.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateProductRequest {
    /// One line.
    #[garde(custom(is_name))]
    #[schema(example = "Green tea", min_length = 1, max_length = 100)]
    name: String,
    #[garde(custom(is_description))]
    #[schema(example = "From the first harvest", max_length = 2000)]
    description: String,
    #[garde(dive)]
    price: MoneySchema,
    /// How many pieces there are.
    #[garde(skip)]
    #[schema(example = 10)]
    stock: u32,
}

impl CreateProductRequest {
    pub(crate) fn into_command(self, actor: Actor) -> Result<CreateProduct, Problem> {
        let Self { name, description, price, stock } = self;
        let price = price.to_money().map_err(not_a_price)?;
        Ok(CreateProduct { actor, name, description, price, stock })
    }
}

/// What changes of a product; what is left out stays.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct UpdateProductRequest {
    /// One line.
    #[garde(inner(custom(is_name)))]
    #[schema(example = "Green tea", min_length = 1, max_length = 100)]
    name: Option<String>,
    #[garde(inner(custom(is_description)))]
    #[schema(max_length = 2000)]
    description: Option<String>,
    #[garde(dive)]
    price: Option<MoneySchema>,
    /// How many pieces there are.
    #[garde(skip)]
    stock: Option<u32>,
}

impl UpdateProductRequest {
    pub(crate) fn into_command(
        self,
        actor: Actor,
        product: ProductId,
    ) -> Result<UpdateProduct, Problem> {
        let Self { name, description, price, stock } = self;
        let price = price.map(MoneySchema::to_money).transpose().map_err(not_a_price)?;
        Ok(UpdateProduct { actor, product, name, description, price, stock })
    }
}

/// Which products are listed.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListProductsParams {
    /// The `next_cursor` of the part before; without it the list begins.
    #[garde(skip)]
    cursor: Option<Uuid>,
    /// At most so many; 20 if it is not given.
    #[garde(inner(custom(is_limit)))]
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// Only those with this in their name or description, whatever its case.
    #[garde(inner(length(chars, max = 100), custom(is_searchable)))]
    #[param(max_length = 100)]
    search: Option<String>,
}

impl ListProductsParams {
    pub(crate) fn into_query(self) -> Result<ListProducts, Problem> {
        let Self { cursor, limit, search } = self;
        Ok(ListProducts { search, after: cursor.map(ProductId::new), limit: page_limit(limit)? })
    }
}

/// A product that is for sale.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProductResponse {
    id: Uuid,
    /// The user who sells it.
    seller_id: Uuid,
    #[schema(example = "Green tea")]
    name: String,
    description: String,
    price: MoneySchema,
    /// How many pieces can be ordered.
    stock: u32,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
}

impl From<ProductDetails> for ProductResponse {
    fn from(product: ProductDetails) -> Self {
        Self {
            id: product.id.get(),
            seller_id: product.seller.get(),
            name: product.name,
            description: product.description,
            price: product.price.into(),
            stock: product.stock,
            created_at: product.created_at,
        }
    }
}

/// A part of the list of products, the newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProductsResponse {
    items: Vec<ProductResponse>,
    /// The `cursor` of the next part, if there is one.
    next_cursor: Option<Uuid>,
}

impl From<KeysetPage<ProductDetails, ProductId>> for ProductsResponse {
    fn from(page: KeysetPage<ProductDetails, ProductId>) -> Self {
        let items = page.items.into_iter().map(ProductResponse::from).collect();
        Self { items, next_cursor: page.next.map(ProductId::get) }
    }
}
