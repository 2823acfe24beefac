//! What changes sessions.

mod purge_expired_sessions;
mod revoke_all_sessions;
mod revoke_session;

pub use purge_expired_sessions::{
    PurgeExpiredSessions, PurgeExpiredSessionsError, PurgeExpiredSessionsInteractor, Purged,
};
pub use revoke_all_sessions::{
    RevokeAllSessions, RevokeAllSessionsError, RevokeAllSessionsInteractor,
};
pub use revoke_session::{RevokeSession, RevokeSessionError, RevokeSessionInteractor};
