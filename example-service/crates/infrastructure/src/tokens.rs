//! Tokens: those that say who has logged in, and those that say nothing.

mod jwt;
mod random;

pub use jwt::{JwtSettings, JwtTokens, WeakSigningKey};
pub use random::RandomTokens;
