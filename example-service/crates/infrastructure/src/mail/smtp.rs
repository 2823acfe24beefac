//! Mails by SMTP.

use std::time::Duration;

use application::ports::{MailId, Mailer, RenderedMail, Unavailable};
use async_trait::async_trait;
use domain::accounts::Email;
use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use thiserror::Error;

const PATIENCE: Duration = Duration::from_secs(10);

/// Sends mails by an SMTP server, as text and HTML in one. The `Message-ID` is made of the id of
/// the mail and the domain of who sends it, so that it is the same for a mail that is sent again.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl SmtpMailer {
    /// Sends by the server at `url` (`smtp://user:password@host:port`, `smtps://` for TLS from
    /// the first byte, `?tls=required` for STARTTLS), as `from`. It keeps connections, which
    /// takes a runtime of tokio around the call.
    ///
    /// # Errors
    ///
    /// When one of them cannot be read.
    pub fn try_new(url: &str, from: &str) -> Result<Self, SmtpSettingsError> {
        // What is wrong with the address may show its password.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| SmtpSettingsError::Url)?
            .timeout(Some(PATIENCE))
            .build();
        let from = from.parse().map_err(|_| SmtpSettingsError::From(from.to_owned()))?;
        Ok(Self { transport, from })
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, id: MailId, to: &Email, mail: &RenderedMail) -> Result<(), Unavailable> {
        let to: Mailbox = to.as_str().parse().map_err(Unavailable::new)?;
        let body = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
        let id = format!("<{id}@{}>", self.from.email.domain());
        let message = Message::builder()
            .message_id(Some(id))
            .from(self.from.clone())
            .to(to)
            .subject(&mail.subject)
            .multipart(body)
            .map_err(Unavailable::new)?;
        self.transport.send(message).await.map(|_| ()).map_err(Unavailable::new)
    }
}

/// Mails cannot be sent like this.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SmtpSettingsError {
    /// The address of the server cannot be read.
    #[error(
        "the address of the SMTP server is not like smtp://user:password@host:587?tls=required"
    )]
    Url,
    /// The sender is none.
    #[error("`{0}` is not like `Marketplace <no-reply@example.org>`")]
    From(String),
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    use tokio::net::TcpListener;
    use uuid::Uuid;

    use super::*;

    const ID: MailId = MailId::new(Uuid::from_u128(7));

    /// Takes one mail as an SMTP server does, and gives what it was sent.
    async fn take_one(listener: TcpListener) -> String {
        let (stream, _) = listener.accept().await.expect("a client");
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 here\r\n").await.expect("a client that listens");
        let mut sent = String::new();
        let mut is_body = false;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.expect("text") == 0 {
                return sent;
            }
            sent.push_str(&line);
            let answer = match line.trim_end() {
                "." if is_body => {
                    is_body = false;
                    "250 taken"
                }
                _ if is_body => continue,
                "DATA" => {
                    is_body = true;
                    "354 go on"
                }
                "QUIT" => return sent,
                _ => "250 fine",
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await.expect("a client");
        }
    }

    fn mail() -> RenderedMail {
        RenderedMail {
            subject: "Welcome".to_owned(),
            text: "Hello as text".to_owned(),
            html: "<p>Hello as HTML</p>".to_owned(),
        }
    }

    #[tokio::test]
    async fn a_mail_reaches_the_server() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let server = tokio::spawn(take_one(listener));
        let mailer = SmtpMailer::try_new(&url, "Marketplace <no-reply@example.org>");
        let to = Email::try_new("ann@example.org").expect("an address");
        {
            let mailer = mailer.expect("sound settings");
            mailer.send(ID, &to, &mail()).await.expect("a server that takes it");
        }
        let sent = server.await.expect("no panic");
        for part in [
            "MAIL FROM:<no-reply@example.org>",
            "RCPT TO:<ann@example.org>",
            "Subject: Welcome",
            "Message-ID: <00000000-0000-0000-0000-000000000007@example.org>",
            "multipart/alternative",
            "Hello as text",
            "<p>Hello as HTML</p>",
        ] {
            assert!(sent.contains(part), "{part} is missing in {sent}");
        }
    }

    #[tokio::test]
    async fn a_server_that_is_not_there_is_an_error() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        drop(listener);
        let mailer = SmtpMailer::try_new(&url, "no-reply@example.org").expect("sound settings");
        let to = Email::try_new("ann@example.org").expect("an address");
        assert!(mailer.send(ID, &to, &mail()).await.is_err());
    }

    #[tokio::test]
    async fn settings_that_make_no_sense_are_refused_without_showing_secrets() {
        let refused = SmtpMailer::try_new("http://ann:secret@host", "a@example.org");
        let error = refused.err().expect("no SMTP");
        assert!(!error.to_string().contains("secret"));
        let refused = SmtpMailer::try_new("smtp://localhost", "nobody");
        assert_eq!(refused.err(), Some(SmtpSettingsError::From("nobody".to_owned())));
    }
}
