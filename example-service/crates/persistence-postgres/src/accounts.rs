//! Users, their sessions and their tokens.

mod one_time_token_mapper;
mod one_time_token_repository;
mod one_time_token_row;
mod session_mapper;
mod session_read_store;
mod session_repository;
mod session_row;
mod user_mapper;
mod user_read_store;
mod user_repository;
mod user_row;

pub(crate) use one_time_token_repository::PostgresOneTimeTokenRepository;
pub(crate) use session_repository::PostgresSessionRepository;
pub(crate) use user_repository::PostgresUserRepository;
