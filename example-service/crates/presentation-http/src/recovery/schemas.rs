//! What is sent and answered about lost passwords.

use application::authorization::Actor;
use application::ports::RenderedMail;
use application::recovery::commands::{RequestRecovery, ResetPassword};
use application::recovery::queries::{MailKind, PreviewMail};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::schemas::{is_email, is_password};
use crate::extractors::Secret;

/// Who has lost the password.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestRecoveryRequest {
    #[garde(custom(is_email))]
    #[schema(example = "alice@example.com", format = Email, max_length = 254)]
    email: String,
}

impl From<RequestRecoveryRequest> for RequestRecovery {
    fn from(request: RequestRecoveryRequest) -> Self {
        Self { email: request.email }
    }
}

/// A new password for who has the token of a mail.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResetPasswordRequest {
    /// The token of the mail, which is good once.
    #[garde(skip)]
    #[schema(value_type = String, format = Password)]
    token: Secret,
    #[garde(custom(is_password))]
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 128)]
    new_password: Secret,
}

impl From<ResetPasswordRequest> for ResetPassword {
    fn from(request: ResetPasswordRequest) -> Self {
        let new_password = request.new_password.into_text();
        Self { token: request.token.into_text(), new_password }
    }
}

/// Which mail.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MailKindSchema {
    Welcome,
    PasswordRecovery,
}

/// Which mail is looked at.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewMailRequest {
    #[garde(skip)]
    kind: MailKindSchema,
}

impl PreviewMailRequest {
    pub(crate) fn into_query(self, actor: Actor) -> PreviewMail {
        let kind = match self.kind {
            MailKindSchema::Welcome => MailKind::Welcome,
            MailKindSchema::PasswordRecovery => MailKind::PasswordRecovery,
        };
        PreviewMail { actor, kind }
    }
}

/// A mail as it would be sent to the one who asks.
#[derive(Serialize, ToSchema)]
pub(crate) struct MailResponse {
    subject: String,
    text: String,
    html: String,
}

impl From<RenderedMail> for MailResponse {
    fn from(mail: RenderedMail) -> Self {
        let RenderedMail { subject, text, html } = mail;
        Self { subject, text, html }
    }
}
