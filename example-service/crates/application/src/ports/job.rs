//! What is done later.

use std::fmt;

use domain::accounts::{Email, UserId};
use domain::reports::ReportId;
use thiserror::Error;
use uuid::Uuid;

/// What a job is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(Uuid);

impl JobId {
    /// The id of this value.
    #[must_use]
    pub const fn new(value: Uuid) -> Self {
        Self(value)
    }

    /// Its value.
    #[must_use]
    pub const fn get(self) -> Uuid {
        self.0
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Something to be done later, at least once. It holds no secret, since queues are
/// looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// Greet a new user.
    SendWelcomeMail {
        /// The user.
        user: UserId,
    },
    /// Send a recovery token to this address, if it is of a user.
    SendRecoveryMail {
        /// The address.
        email: Email,
    },
    /// Write the file of a report.
    BuildOrderReport {
        /// The report.
        report: ReportId,
    },
    /// Take everything off sale that a seller who is gone had for sale.
    ArchiveProductsOfSeller {
        /// The seller.
        seller: UserId,
    },
    /// Forget sessions and tokens that have ended.
    PurgeExpiredSessions,
    /// Forget which requests were answered long ago.
    PurgeIdempotencyKeys,
    /// Forget jobs that were done long ago.
    PurgeDoneJobs,
}

impl Job {
    const WELCOME: &str = "send_welcome_mail";
    const RECOVERY: &str = "send_recovery_mail";
    const REPORT: &str = "build_order_report";
    const ARCHIVE: &str = "archive_products_of_seller";
    const PURGE_SESSIONS: &str = "purge_expired_sessions";
    const PURGE_KEYS: &str = "purge_idempotency_keys";
    const PURGE_JOBS: &str = "purge_done_jobs";

    /// Its kind, as queues call it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SendWelcomeMail { .. } => Self::WELCOME,
            Self::SendRecoveryMail { .. } => Self::RECOVERY,
            Self::BuildOrderReport { .. } => Self::REPORT,
            Self::ArchiveProductsOfSeller { .. } => Self::ARCHIVE,
            Self::PurgeExpiredSessions => Self::PURGE_SESSIONS,
            Self::PurgeIdempotencyKeys => Self::PURGE_KEYS,
            Self::PurgeDoneJobs => Self::PURGE_JOBS,
        }
    }

    /// What it is about, as queues store it.
    #[must_use]
    pub fn argument(&self) -> String {
        match self {
            Self::SendWelcomeMail { user } => user.to_string(),
            Self::SendRecoveryMail { email } => email.to_string(),
            Self::BuildOrderReport { report } => report.to_string(),
            Self::ArchiveProductsOfSeller { seller } => seller.to_string(),
            Self::PurgeExpiredSessions | Self::PurgeIdempotencyKeys | Self::PurgeDoneJobs => {
                String::new()
            }
        }
    }

    /// The job of this kind about this argument: what [`Job::kind`] and [`Job::argument`]
    /// were of it.
    ///
    /// # Errors
    ///
    /// When there is no such job.
    pub fn try_new(kind: &str, argument: &str) -> Result<Self, JobError> {
        let refused = || JobError::Argument { argument: argument.to_owned() };
        let id = || argument.parse::<Uuid>().map_err(|_| refused());
        let of_nothing = |job| if argument.is_empty() { Ok(job) } else { Err(refused()) };
        Ok(match kind {
            Self::WELCOME => Self::SendWelcomeMail { user: UserId::new(id()?) },
            Self::RECOVERY => {
                Self::SendRecoveryMail { email: Email::try_new(argument).map_err(|_| refused())? }
            }
            Self::REPORT => Self::BuildOrderReport { report: ReportId::new(id()?) },
            Self::ARCHIVE => Self::ArchiveProductsOfSeller { seller: UserId::new(id()?) },
            Self::PURGE_SESSIONS => of_nothing(Self::PurgeExpiredSessions)?,
            Self::PURGE_KEYS => of_nothing(Self::PurgeIdempotencyKeys)?,
            Self::PURGE_JOBS => of_nothing(Self::PurgeDoneJobs)?,
            _ => return Err(JobError::Kind { kind: kind.to_owned() }),
        })
    }
}

/// Why this is no job.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JobError {
    /// There are no jobs of this kind.
    #[error("there are no jobs of the kind `{kind}`")]
    Kind {
        /// The kind.
        kind: String,
    },
    /// Jobs of its kind cannot be about this.
    #[error("no job of its kind can be about `{argument}`")]
    Argument {
        /// What it should be about.
        argument: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_are_read_back() {
        let id = Uuid::from_u128(7);
        let email = Email::try_new("alice@example.com").expect("it is an address");
        for job in [
            Job::SendWelcomeMail { user: UserId::new(id) },
            Job::SendRecoveryMail { email },
            Job::BuildOrderReport { report: ReportId::new(id) },
            Job::ArchiveProductsOfSeller { seller: UserId::new(id) },
            Job::PurgeExpiredSessions,
            Job::PurgeIdempotencyKeys,
            Job::PurgeDoneJobs,
        ] {
            assert_eq!(Job::try_new(job.kind(), &job.argument()), Ok(job));
        }
    }

    #[test]
    fn what_is_no_job_is_refused() {
        let (kind, argument) = ("make_tea".to_owned(), "7".to_owned());
        assert_eq!(Job::try_new("make_tea", "7"), Err(JobError::Kind { kind }));
        for kind in [
            "send_welcome_mail",
            "send_recovery_mail",
            "build_order_report",
            "archive_products_of_seller",
            "purge_expired_sessions",
            "purge_idempotency_keys",
            "purge_done_jobs",
        ] {
            let argument = argument.clone();
            assert_eq!(Job::try_new(kind, "7"), Err(JobError::Argument { argument }));
        }
    }
}
