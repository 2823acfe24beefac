//! Mails that go nowhere.

use std::sync::{Mutex, PoisonError};

use application::ports::{Mail, MailId, MailRenderer, Mailer, RenderedMail, Unavailable};
use async_trait::async_trait;
use domain::accounts::Email;

/// Puts mails into few words: the secret of a mail is the last of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainMailRenderer;

impl MailRenderer for PlainMailRenderer {
    fn render(&self, mail: &Mail) -> Result<RenderedMail, Unavailable> {
        let (subject, text) = match mail {
            Mail::Welcome { username, .. } => ("welcome", format!("hello {username}")),
            Mail::PasswordRecovery { username, token, .. } => {
                ("recovery", format!("{username}: {}", token.expose()))
            }
        };
        let html = format!("<p>{text}</p>");
        Ok(RenderedMail { subject: subject.to_owned(), text, html })
    }
}

/// Keeps mails, or refuses them.
#[derive(Debug, Default)]
pub struct RecordingMailer {
    sent: Mutex<Vec<(MailId, Email, RenderedMail)>>,
    is_broken: bool,
}

impl RecordingMailer {
    /// One that takes no mail.
    #[must_use]
    pub fn broken() -> Self {
        Self { is_broken: true, ..Self::default() }
    }

    /// What was sent, and where to.
    #[must_use]
    pub fn sent(&self) -> Vec<(Email, RenderedMail)> {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.iter().map(|(_, to, mail)| (to.clone(), mail.clone())).collect()
    }

    /// The ids of what was sent.
    #[must_use]
    pub fn ids(&self) -> Vec<MailId> {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.iter().map(|(id, _, _)| *id).collect()
    }
}

#[async_trait]
impl Mailer for RecordingMailer {
    async fn send(&self, id: MailId, to: &Email, mail: &RenderedMail) -> Result<(), Unavailable> {
        if self.is_broken {
            return Err(Unavailable::new("the mail server takes no mail"));
        }
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.push((id, to.clone(), mail.clone()));
        Ok(())
    }
}
