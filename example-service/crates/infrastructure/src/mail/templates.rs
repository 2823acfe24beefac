//! Mails by templates.

use application::ports::{Mail, MailRenderer, RenderedMail, Unavailable};
use minijinja::{Environment, UndefinedBehavior, context};
use time::macros::format_description;

const TEMPLATES: [(&str, &str); 4] = [
    ("welcome.txt", include_str!("../../templates/welcome.txt")),
    ("welcome.html", include_str!("../../templates/welcome.html")),
    ("password_recovery.txt", include_str!("../../templates/password_recovery.txt")),
    ("password_recovery.html", include_str!("../../templates/password_recovery.html")),
];

/// Puts mails into the words of templates, as text and as HTML. In HTML what comes from users
/// is escaped.
pub struct TemplateMailRenderer {
    templates: Environment<'static>,
    site: String,
}

impl TemplateMailRenderer {
    /// Mails that speak of the marketplace as `site`.
    ///
    /// # Errors
    ///
    /// When a template is broken.
    pub fn try_new(site: String) -> Result<Self, Unavailable> {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        for (name, source) in TEMPLATES {
            templates.add_template(name, source).map_err(Unavailable::new)?;
        }
        Ok(Self { templates, site })
    }

    fn fill(&self, name: &str, values: &minijinja::Value) -> Result<String, Unavailable> {
        let template = self.templates.get_template(name).map_err(Unavailable::new)?;
        template.render(values).map_err(Unavailable::new)
    }
}

impl MailRenderer for TemplateMailRenderer {
    fn render(&self, mail: &Mail) -> Result<RenderedMail, Unavailable> {
        let site = &self.site;
        let (subject, name, values) = match mail {
            Mail::Welcome { username, .. } => (
                format!("Welcome to {site}"),
                "welcome",
                context! { site, username => username.as_str() },
            ),
            Mail::PasswordRecovery { username, token, expires_at, .. } => {
                let minute = format_description!("[year]-[month]-[day] [hour]:[minute] UTC");
                let expires_at = expires_at.format(minute).map_err(Unavailable::new)?;
                let token = token.expose();
                let username = username.as_str();
                (
                    format!("Your new password for {site}"),
                    "password_recovery",
                    context! { site, username, token, expires_at },
                )
            }
        };
        Ok(RenderedMail {
            subject,
            text: self.fill(&format!("{name}.txt"), &values)?,
            html: self.fill(&format!("{name}.html"), &values)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::accounts::{Email, Username};
    use domain::shared::SecretText;
    use time::macros::datetime;

    use super::*;

    fn rendered(mail: &Mail) -> RenderedMail {
        let renderer = TemplateMailRenderer::try_new("Tea & Sons".to_owned());
        renderer.expect("sound templates").render(mail).expect("a mail")
    }

    #[test]
    fn a_welcome_greets_by_name() {
        let mail = rendered(&Mail::Welcome {
            to: Email::try_new("ann@example.org").expect("an address"),
            username: Username::try_new("ann.smith").expect("a name"),
        });
        assert_eq!(mail.subject, "Welcome to Tea & Sons");
        assert!(mail.text.starts_with("Hello ann.smith,"), "{}", mail.text);
        assert!(mail.text.contains("Tea & Sons"));
        assert!(mail.html.contains("Hello ann.smith,"));
        assert!(mail.html.contains("Tea &amp; Sons"));
    }

    #[test]
    fn a_recovery_mail_holds_the_token_and_its_end() {
        let mail = rendered(&Mail::PasswordRecovery {
            to: Email::try_new("ann@example.org").expect("an address"),
            username: Username::try_new("ann.smith").expect("a name"),
            token: SecretText::new("open-sesame"),
            expires_at: datetime!(2026-03-01 12:30 UTC),
        });
        for part in [&mail.text, &mail.html] {
            assert!(part.contains("open-sesame"), "{part}");
            assert!(part.contains("2026-03-01 12:30 UTC"), "{part}");
        }
    }
}
