//! What the use cases of accounts share.

mod access_tokens;
mod token_pair;

pub use access_tokens::AccessTokens;
pub use token_pair::{AccessToken, TokenPair};
