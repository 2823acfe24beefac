//! What the use cases need and others supply.
//!
//! Repositories hold whole aggregates and are reached through a unit of work, one kind for
//! each context. Read stores answer queries, and stand outside of every transaction.

mod access_claims;
mod accounts_unit_of_work;
mod cache;
mod catalog_unit_of_work;
mod clock;
mod delay;
mod event_publisher;
mod id_generator;
mod idempotency_key_repository;
mod job;
mod job_dispatcher;
mod job_queue;
mod job_read_store;
mod job_runner;
mod job_store;
mod mail;
mod mail_renderer;
mod mailer;
mod one_time_token_repository;
mod opaque_tokens;
mod order_read_store;
mod order_repository;
mod orders_unit_of_work;
mod outbox;
mod outbox_message;
mod outbox_store;
mod password_hasher;
mod product_read_store;
mod product_repository;
mod queued_job;
mod rate_limiter;
mod readiness;
mod report_files;
mod report_read_store;
mod report_repository;
mod reports_unit_of_work;
mod repository_error;
mod session_read_store;
mod session_repository;
mod timetable;
mod token_error;
mod token_issuer;
mod token_verifier;
mod unavailable;
mod user_read_store;
mod user_repository;

pub use access_claims::AccessClaims;
pub use accounts_unit_of_work::{AccountsUnitOfWork, AccountsUnitOfWorkFactory};
pub use cache::{Cache, CacheKey};
pub use catalog_unit_of_work::{CatalogUnitOfWork, CatalogUnitOfWorkFactory};
pub use clock::Clock;
pub use delay::Delay;
pub use event_publisher::EventPublisher;
pub use id_generator::IdGenerator;
pub use idempotency_key_repository::{
    IdempotencyKey, IdempotencyKeyError, IdempotencyKeyRepository, IdempotencyRecord,
};
pub use job::{Job, JobError, JobId};
pub use job_dispatcher::{JobDispatcher, Revival};
pub use job_queue::JobQueue;
pub use job_read_store::{DeadJob, JobCount, JobReadStore, JobState};
pub use job_runner::{JobFailure, JobHandler, JobRunner, StopSignal};
pub use job_store::JobStore;
pub use mail::{Mail, MailId, RenderedMail};
pub use mail_renderer::MailRenderer;
pub use mailer::Mailer;
pub use one_time_token_repository::OneTimeTokenRepository;
pub use opaque_tokens::OpaqueTokens;
pub use order_read_store::{OrderDetails, OrderLineDetails, OrderReadStore, OrderSummary};
pub use order_repository::OrderRepository;
pub use orders_unit_of_work::{OrdersUnitOfWork, OrdersUnitOfWorkFactory};
pub use outbox::Outbox;
pub use outbox_message::{EventId, OutboxMessage};
pub use outbox_store::OutboxStore;
pub use password_hasher::PasswordHasher;
pub use product_read_store::{ProductDetails, ProductFilter, ProductReadStore};
pub use product_repository::ProductRepository;
pub use queued_job::QueuedJob;
pub use rate_limiter::{Quota, QuotaError, RateLimitDecision, RateLimiter};
pub use readiness::Readiness;
pub use report_files::ReportFiles;
pub use report_read_store::{OrderReportRow, ReportDetails, ReportReadStore};
pub use report_repository::ReportRepository;
pub use reports_unit_of_work::{ReportsUnitOfWork, ReportsUnitOfWorkFactory};
pub use repository_error::{RepositoryError, UniqueConstraint};
pub use session_read_store::{ActiveSession, SessionReadStore, SessionSummary};
pub use session_repository::SessionRepository;
pub use timetable::Timetable;
pub use token_error::TokenError;
pub use token_issuer::TokenIssuer;
pub use token_verifier::TokenVerifier;
pub use unavailable::Unavailable;
pub use user_read_store::{
    Credentials, Login, Sorting, UserDetails, UserFilter, UserReadStore, UserSort,
};
pub use user_repository::UserRepository;
