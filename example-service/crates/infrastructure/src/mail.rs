//! Mails: how they look, and how they are sent.

mod console;
mod smtp;
mod templates;

pub use console::ConsoleMailer;
pub use smtp::{SmtpMailer, SmtpSettingsError};
pub use templates::TemplateMailRenderer;
