//! What is done later.

use std::fmt;

use domain::accounts::{Email, UserId};
use domain::reports::ReportId;
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
}

impl Job {
    /// Its kind, as queues call it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SendWelcomeMail { .. } => "send_welcome_mail",
            Self::SendRecoveryMail { .. } => "send_recovery_mail",
            Self::BuildOrderReport { .. } => "build_order_report",
            Self::ArchiveProductsOfSeller { .. } => "archive_products_of_seller",
        }
    }
}
