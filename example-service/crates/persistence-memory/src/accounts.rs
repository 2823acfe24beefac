//! Users, their sessions and their tokens.

mod one_time_token_repository;
mod session_read_store;
mod session_repository;
mod user_read_store;
mod user_repository;

pub(crate) use one_time_token_repository::MemoryOneTimeTokenRepository;
pub(crate) use session_repository::MemorySessionRepository;
pub(crate) use user_repository::MemoryUserRepository;
