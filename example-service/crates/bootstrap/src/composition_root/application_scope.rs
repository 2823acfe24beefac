//! What is made once, and shared by all requests.

use std::io::stdout;
use std::num::NonZeroU32;
use std::sync::Arc;

use application::accounts::common::AccessTokens;
use application::common::{Operation, RetryOnConflict, RetryPolicy, Retryable, Stamps, UseCase};
use application::ports::{
    Cache, Clock, Delay, EventPublisher, MailRenderer, Mailer, OpaqueTokens, PasswordHasher, Quota,
    RateLimiter, TokenVerifier,
};
use domain::accounts::SessionPolicy;
use domain::shared::SecretText;
use infrastructure::cache::CachedProductReadStore;
use infrastructure::clock::SystemClock;
use infrastructure::delay::RandomDelay;
use infrastructure::events::LogEventPublisher;
use infrastructure::ids::UuidV7Generator;
use infrastructure::mail::{ConsoleMailer, SmtpMailer, SmtpSettingsError, TemplateMailRenderer};
use infrastructure::password::{Argon2PasswordHasher, PasswordCost};
use infrastructure::tokens::{JwtSettings, JwtTokens, RandomTokens};
use presentation_http::{HttpSettings, HttpState, RateLimits, Run, UseCases};
use secrecy::{ExposeSecret, SecretString};

use super::jobs::job_settings;
use super::shared_memory::{self, SharedMemory};
use super::{Database, Jobs, Stores};
use crate::config::{Config, ConfigProblem};
use crate::failure::Failure;

/// What is made once, and shared by all requests. Each field is a port, so that a test can put
/// another adapter into the place of one.
#[expect(missing_docs, reason = "each field is the port of its name")]
pub struct ApplicationScope {
    pub stores: Stores,
    pub jobs: Jobs,
    pub clock: Arc<dyn Clock>,
    pub stamps: Stamps,
    pub delay: Arc<dyn Delay>,
    pub hasher: Arc<dyn PasswordHasher>,
    pub opaque_tokens: Arc<dyn OpaqueTokens>,
    pub access_tokens: AccessTokens,
    pub token_verifier: Arc<dyn TokenVerifier>,
    pub session_policy: SessionPolicy,
    pub cache: Arc<dyn Cache>,
    pub limiter: Arc<dyn RateLimiter>,
    pub mail_renderer: Arc<dyn MailRenderer>,
    pub mailer: Arc<dyn Mailer>,
    pub events: Arc<dyn EventPublisher>,
}

impl ApplicationScope {
    /// Everything that the settings ask for. It takes a runtime of tokio around the call.
    ///
    /// # Errors
    ///
    /// When something cannot be made of its settings.
    pub fn new(config: &Config, database: &Database) -> Result<Self, Failure> {
        let clock = Arc::new(SystemClock);
        let session_policy = session_policy(config)?;
        let tokens = Arc::new(signer(config)?);
        let SharedMemory { cache, limiter, sessions } =
            shared_memory::choose(config, session_policy)?;
        let mut stores = database.stores();
        if let Some(sessions) = sessions {
            stores = stores.with_sessions_in(sessions);
        }
        stores.product_views = Arc::new(CachedProductReadStore::new(
            stores.product_views,
            cache.clone(),
            config.cache.product_lifetime,
        ));
        let site = config.mail.site.clone();
        let renderer = TemplateMailRenderer::try_new(site);
        let renderer = renderer.map_err(|error| config.problem("mail.site", error))?;
        Ok(Self {
            stores,
            jobs: database.jobs(job_settings(config)?),
            stamps: Stamps::new(clock.clone(), Arc::new(UuidV7Generator)),
            clock,
            delay: Arc::new(RandomDelay),
            hasher: Arc::new(hasher(config)?),
            opaque_tokens: Arc::new(RandomTokens),
            access_tokens: AccessTokens::new(tokens.clone(), session_policy.access_lifetime),
            token_verifier: tokens,
            session_policy,
            cache,
            limiter,
            mail_renderer: Arc::new(renderer),
            mailer: mailer(config)?,
            events: Arc::new(LogEventPublisher),
        })
    }

    /// What handlers of HTTP need.
    ///
    /// # Errors
    ///
    /// When the settings let nobody ask for anything.
    pub fn http_state(&self, config: &Config) -> Result<HttpState, Failure> {
        let use_cases = UseCases {
            accounts: self.accounts(),
            sessions: self.sessions(),
            recovery: self.recovery(),
            administration: self.administration(),
            catalog: self.catalog(),
            orders: self.orders(),
            reports: self.reports(),
            jobs: self.jobs(),
        };
        let readiness = self.stores.readiness.clone();
        let settings = http_settings(config)?;
        Ok(HttpState::new(use_cases, self.limiter.clone(), readiness, settings))
    }

    /// A command that is tried again when someone else has changed the same at the same time.
    pub(super) fn retrying<O, U>(&self, use_case: U) -> Run<O>
    where
        O: Operation<Error: Retryable> + Clone + Sync,
        U: UseCase<O> + 'static,
    {
        Arc::new(RetryOnConflict::new(use_case, self.delay.clone(), RetryPolicy::USUAL))
    }
}

/// A secret on its way from the settings to what works with it.
fn text(secret: &SecretString) -> SecretText {
    SecretText::new(secret.expose_secret())
}

fn session_policy(config: &Config) -> Result<SessionPolicy, Failure> {
    let session = &config.session;
    let lifetime = |path, duration| lifetime(config, path, duration);
    Ok(SessionPolicy {
        access_lifetime: lifetime("session.access_lifetime", session.access_lifetime)?,
        idle_lifetime: lifetime("session.idle_lifetime", session.idle_lifetime)?,
        absolute_lifetime: lifetime("session.absolute_lifetime", session.absolute_lifetime)?,
    })
}

/// A time of the settings, as the domain counts it.
pub(super) fn lifetime(
    config: &Config,
    path: &str,
    duration: std::time::Duration,
) -> Result<time::Duration, Failure> {
    let too_long = |_| config.problem(path, "it is too long");
    Ok(time::Duration::try_from(duration).map_err(too_long)?)
}

fn signer(config: &Config) -> Result<JwtTokens, Failure> {
    let settings = JwtSettings {
        key: text(&config.session.signing_key),
        issuer: config.session.issuer.clone(),
        audience: config.session.audience.clone(),
    };
    let signer = JwtTokens::try_new(settings);
    Ok(signer.map_err(|error| config.problem("session.signing_key", error))?)
}

fn hasher(config: &Config) -> Result<Argon2PasswordHasher, Failure> {
    let cost = PasswordCost {
        memory: config.password.memory_kib.get(),
        passes: config.password.passes.get(),
        at_once: config.password.at_once.get(),
        patience: config.password.patience,
    };
    let hasher = Argon2PasswordHasher::try_new(&text(&config.password.pepper), &cost);
    Ok(hasher.map_err(|error| config.problem("password.memory_kib", error))?)
}

fn mailer(config: &Config) -> Result<Arc<dyn Mailer>, Failure> {
    let Some(url) = &config.mail.smtp_url else {
        return Ok(Arc::new(ConsoleMailer::new(stdout())));
    };
    let mailer = SmtpMailer::try_new(url.expose_secret(), &config.mail.from);
    let mailer = mailer.map_err(|error| match error {
        SmtpSettingsError::Url => config.problem("mail.smtp_url", error),
        SmtpSettingsError::From(_) => config.problem("mail.from", error),
    });
    Ok(Arc::new(mailer?))
}

fn http_settings(config: &Config) -> Result<HttpSettings, ConfigProblem> {
    let http = &config.http;
    let quota = |requests: NonZeroU32| {
        let quota = Quota::try_new(requests.get(), config.rate_limit.window);
        quota.map_err(|error| config.problem("rate_limit.window", error))
    };
    Ok(HttpSettings {
        is_secure: http.secure,
        has_docs: http.docs,
        has_mail_preview: http.mail_preview,
        allowed_origins: http.allowed_origins.clone(),
        trusted_proxies: http.trusted_proxies.clone(),
        body_limit: http.body_limit,
        body_timeout: http.body_timeout,
        request_timeout: http.request_timeout,
        rate_limits: RateLimits {
            usual: quota(config.rate_limit.requests)?,
            login: quota(config.rate_limit.login_requests)?,
        },
    })
}
