//! Secrets that are none: those that everybody knows, and those that can be guessed.

use secrecy::{ExposeSecret, SecretString};

use super::error::ConfigProblem;
use super::load::text_at;
use super::profile::Profile;
use super::sections::Config;
use super::sources::defaults_of;

/// The fewest bytes of a secret that only machines use.
const SHORTEST_KEY: usize = 32;
/// The fewest characters of the password of the first user.
const SHORTEST_PASSWORD: usize = 12;

const MAKE_ONE: &str = "make one with `openssl rand -base64 48`";

/// Everything that is wrong with secrets.
pub(super) fn problems(config: &Config) -> Vec<ConfigProblem> {
    let mut problems = Vec::new();
    for (path, secret) in [
        ("session.signing_key", &config.session.signing_key),
        ("password.pepper", &config.password.pepper),
    ] {
        // Tokens that can be forged are of no use in any profile.
        if secret.expose_secret().len() < SHORTEST_KEY {
            let reason = format!("it has fewer than {SHORTEST_KEY} bytes; {MAKE_ONE}");
            problems.push(config.problem(path, reason));
        } else if is_known(config, path, secret) {
            problems.push(known(config, path, MAKE_ONE));
        }
    }
    problems.extend(of_superuser(config));
    problems
}

fn of_superuser(config: &Config) -> Option<ConfigProblem> {
    let path = "superuser.password";
    let superuser = &config.superuser;
    let is_set =
        [superuser.username.is_some(), superuser.email.is_some(), superuser.password.is_some()];
    if is_set.contains(&true) && is_set.contains(&false) {
        let reason = "username, email and password are set together or not at all";
        return Some(config.problem(path, reason));
    }
    let secret = superuser.password.as_ref()?;
    if is_known(config, path, secret) {
        return Some(known(config, path, "choose one that nobody else knows"));
    }
    let is_short = secret.expose_secret().chars().count() < SHORTEST_PASSWORD;
    (is_short && config.profile != Profile::Local)
        .then(|| config.problem(path, format!("it has fewer than {SHORTEST_PASSWORD} characters")))
}

/// Whether a secret is the one that the program has for one's own machine, but runs elsewhere.
fn is_known(config: &Config, path: &str, secret: &SecretString) -> bool {
    if config.profile == Profile::Local {
        return false;
    }
    let defaults = defaults_of(Profile::Local).unwrap_or_default();
    text_at(&defaults, path).is_some_and(|default| default == secret.expose_secret())
}

fn known(config: &Config, path: &str, help: &str) -> ConfigProblem {
    let reason = format!("it is the default of `local`, which everybody knows; {help}");
    config.problem(path, reason)
}
