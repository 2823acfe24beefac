//! What shows recovery.

mod preview_mail;

pub use preview_mail::{MailKind, PreviewMail, PreviewMailError, PreviewMailQuery};
