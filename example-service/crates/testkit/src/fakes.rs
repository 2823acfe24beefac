//! Fakes of the small ports: quick, predictable, and open to questions.

mod broken_outbox;
mod cache;
mod clock;
mod delay;
mod events;
mod hooked_commits;
mod ids;
mod interrupted_commits;
mod job_handler;
mod mail;
mod mortal;
mod opaque_tokens;
mod passwords;
mod rate_limiter;
mod tokens;

pub use broken_outbox::BrokenOutbox;
pub use cache::MapCache;
pub use clock::FixedClock;
pub use delay::NoDelay;
pub use events::RecordingPublisher;
pub use hooked_commits::HookedCommits;
pub use ids::SequentialIds;
pub use interrupted_commits::{Gap, InterruptedCommits};
pub use job_handler::ScriptedJobHandler;
pub use mail::{PlainMailRenderer, RecordingMailer};
pub use opaque_tokens::NumberedTokens;
pub use passwords::FakePasswordHasher;
pub use rate_limiter::CountingRateLimiter;
pub use tokens::FakeAccessTokens;
