//! What users may do to products.

use domain::accounts::UserId;

use super::{ActedOn, Actor, AnyOf, IsAdministrator, Permission};

/// A product that someone wants to change.
#[derive(Clone, Copy, Debug)]
pub struct ProductAccess {
    /// Who wants to.
    pub actor: Actor,
    /// Who sells it.
    pub seller: UserId,
}

impl ActedOn for ProductAccess {
    fn actor(&self) -> &Actor {
        &self.actor
    }
}

/// Given to who sells the product.
#[derive(Clone, Copy, Debug)]
pub struct IsSeller;

impl Permission<ProductAccess> for IsSeller {
    fn is_given(&self, context: &ProductAccess) -> bool {
        context.actor.user == context.seller
    }
}

/// Given to who sells the product, and to admins.
#[derive(Clone, Copy, Debug)]
pub struct CanManageProduct;

impl Permission<ProductAccess> for CanManageProduct {
    fn is_given(&self, context: &ProductAccess) -> bool {
        AnyOf(&[&IsSeller, &IsAdministrator]).is_given(context)
    }
}
