//! What several contexts speak of.

mod currency;
mod domain_event;
mod money;
mod quantity;
mod secret_text;
mod version;

pub use currency::{Currency, CurrencyError};
pub use domain_event::DomainEvent;
pub use money::{Money, MoneyError};
pub use quantity::{Quantity, QuantityError};
pub use secret_text::SecretText;
pub use version::Version;
