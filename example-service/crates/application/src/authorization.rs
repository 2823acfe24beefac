//! Who may do what.
//!
//! A permission is a small type that looks at an actor and at what the actor acts on;
//! [`AnyOf`] puts several together. Use cases ask for permission before they write
//! anything.

mod actor;
mod any_of;
mod orders;
mod permission;
mod products;
mod refusal;
mod users;

pub use actor::{ActedOn, Actor, IsAdministrator, IsSuperAdmin};
pub use any_of::AnyOf;
pub use orders::{CanSeeOrder, IsBuyer, OrderAccess, SellsAll, SellsSome};
pub use permission::{Permission, authorize, authorize_seen};
pub use products::{CanManageProduct, IsSeller, ProductAccess};
pub use refusal::Refusal;
pub use users::{
    CanManageRole, CanManageSelf, CanManageSubordinate, CanSeeUser, RoleManagement, UserManagement,
};
