//! Mails that are shown instead of sent.

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use application::ports::{MailId, Mailer, RenderedMail, Unavailable};
use async_trait::async_trait;
use domain::accounts::Email;
use serde_json::json;

/// Writes each mail as a line of JSON, with its id and its text: for trying things out only, since mails
/// hold secrets.
pub struct ConsoleMailer<W> {
    output: Mutex<W>,
}

impl<W: Write> ConsoleMailer<W> {
    /// Writes to `output`.
    pub fn new(output: W) -> Self {
        Self { output: Mutex::new(output) }
    }
}

#[async_trait]
impl<W: Write + Send> Mailer for ConsoleMailer<W> {
    async fn send(&self, id: MailId, to: &Email, mail: &RenderedMail) -> Result<(), Unavailable> {
        let (id, to) = (id.get(), to.as_str());
        let line = json!({
            "mail": { "id": id, "to": to, "subject": mail.subject, "text": mail.text }
        });
        let mut output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(output, "{line}").and_then(|()| output.flush()).map_err(Unavailable::new)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn a_mail_is_one_line() {
        let mailer = ConsoleMailer::new(Vec::new());
        let mail = RenderedMail {
            subject: "Hello".to_owned(),
            text: "two\nlines".to_owned(),
            html: String::new(),
        };
        let to = Email::try_new("ann@example.org").expect("an address");
        let id = MailId::new(Uuid::from_u128(7));
        mailer.send(id, &to, &mail).await.expect("memory takes all");
        let written = mailer.output.into_inner().expect("no panic");
        assert_eq!(
            String::from_utf8(written).expect("text"),
            "{\"mail\":{\"id\":\"00000000-0000-0000-0000-000000000007\",\"subject\":\"Hello\",\
             \"text\":\"two\\nlines\",\"to\":\"ann@example.org\"}}\n"
        );
    }
}
