//! What may be set, and what is said about everything else.

use std::fs;

use bootstrap::config::{BUILT_IN, Config, ConfigError, Environment, LogFormat, Profile, keys};
use secrecy::ExposeSecret;
use std::time::Duration;

use crate::process::Setting;

fn load(settings: &[Setting<'_>]) -> Result<Config, ConfigError> {
    Config::load(&Environment::of(settings.iter().copied()))
}

/// The one thing that is wrong with these settings.
fn refused(settings: &[Setting<'_>]) -> String {
    let error = load(settings).err().unwrap_or_else(|| panic!("{settings:?} is accepted"));
    assert_eq!(error.problems().len(), 1, "{error}");
    error.to_string()
}

/// Asserts that something is refused with all of these words.
fn assert_refused(settings: &[Setting<'_>], words: &[&str]) {
    let error = refused(settings);
    for word in words {
        assert!(error.contains(word), "`{word}` is missing in:\n{error}");
    }
}

/// What has to be set in `prod`.
pub(crate) const PROD: [Setting<'static>; 4] = [
    ("APP_PROFILE", "prod"),
    ("APP_DATABASE__URL", "postgres://shop:a-password-of-the-database@127.0.0.1/shop"),
    ("APP_SESSION__SIGNING_KEY", "0123456789-a-signing-key-0123456789"),
    ("APP_PASSWORD__PEPPER", "0123456789-a-pepper-0123456789-0123"),
];

fn prod(settings: &[Setting<'static>]) -> Vec<Setting<'static>> {
    let is_replaced = |name: &str| settings.iter().any(|(other, _)| *other == name);
    let rest = PROD.into_iter().filter(|(name, _)| !is_replaced(name));
    rest.chain(settings.iter().copied()).collect()
}

#[test]
fn nothing_has_to_be_set_on_ones_own_machine() {
    let config = load(&[("PATH", "/bin"), ("APPETITE", "none")]).expect("the defaults are right");
    assert_eq!(config.profile, Profile::Local);
    assert_eq!(config.http.bind.to_string(), "127.0.0.1:8080");
    assert_eq!(config.database.url.expose_secret(), "sqlite://marketplace.db");
    assert_eq!(config.http.request_timeout, Duration::from_secs(15));
    assert_eq!((config.http.secure, config.http.docs), (false, true));
    assert_eq!(config.log.format, LogFormat::Text);
}

#[test]
fn where_it_is_meant_to_run_it_is_strict() {
    let config = load(&PROD).expect("everything is set");
    assert_eq!(config.profile, Profile::Prod);
    assert_eq!((config.http.secure, config.http.docs), (true, false));
    assert!(!config.http.mail_preview && !config.database.migrate);
    assert_eq!(config.log.format, LogFormat::Json);
    assert!(config.superuser.password.is_none());
    let error = load(&[("APP_PROFILE", "prod")]).expect_err("secrets are missing").to_string();
    for variable in ["APP_DATABASE__URL", "APP_SESSION__SIGNING_KEY", "APP_PASSWORD__PEPPER"] {
        assert!(error.contains(&format!("set {variable}: ")), "{error}");
    }
}

#[test]
fn the_environment_says_numbers_times_and_lists_as_text() {
    let config = load(&[
        ("APP_RATE_LIMIT__REQUESTS", "7"),
        ("APP_HTTP__REQUEST_TIMEOUT", "1m 30s"),
        ("APP_HTTP__TRUSTED_PROXIES", "10.0.0.0/8, 192.168.0.0/16"),
        ("APP_HTTP__ALLOWED_ORIGINS", ""),
        ("APP_HTTP__DOCS", "false"),
        ("APP_SUPERUSER__PASSWORD", "00012345678"),
    ]);
    let config = config.expect("all of it is right");
    assert_eq!(config.rate_limit.requests.get(), 7);
    assert_eq!(config.http.request_timeout, Duration::from_secs(90));
    assert_eq!(config.http.trusted_proxies.len(), 2);
    assert!(config.http.allowed_origins.is_empty() && !config.http.docs);
    let password = config.superuser.password.expect("it is set");
    assert_eq!(password.expose_secret(), "00012345678", "a password is no number");
}

#[test]
fn files_override_the_program_and_the_environment_overrides_files() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("a file can be written");
    };
    write("default.toml", "[rate_limit]\nrequests = 5\nlogin_requests = 5\nwindow = \"5s\"\n");
    write("local.toml", "[rate_limit]\nlogin_requests = 6\n");
    write("prod.toml", "[rate_limit]\nrequests = \"not of this profile\"\n");
    let dir = folder.path().to_str().expect("the folder has a name");
    let config = load(&[("APP_CONFIG_DIR", dir), ("APP_RATE_LIMIT__REQUESTS", "7")]);
    let limits = config.expect("all of it is right").rate_limit;
    assert_eq!((limits.requests.get(), limits.login_requests.get()), (7, 6));
    assert_eq!(limits.window, Duration::from_secs(5));
    let file = folder.path().join("prod.toml").display().to_string();
    let error = load(&prod(&[])).map(|_| ());
    assert_eq!(error, Ok(()));
    let mut settings = PROD.to_vec();
    settings.push(("APP_CONFIG_DIR", dir));
    assert_refused(&settings, &["`not of this profile` is no number that fits", &file]);
}

#[test]
fn what_is_no_setting_is_refused_with_what_was_probably_meant() {
    let help = "help: did you mean APP_HTTP__BIND?";
    let misspelt = ["APP_HTTP_BIND", "APP_HTTP__BND", "APP_HTTPS__BIND", "app_http__bin"];
    for name in misspelt {
        assert_refused(&[(name, "127.0.0.1:1")], &["there is no setting", help]);
    }
    let error = refused(&[("APP_HTTP_BIND", "a-value-that-may-be-secret")]);
    assert!(error.contains("in: the environment variable APP_HTTP_BIND"), "{error}");
    assert!(!error.contains("a-value"), "{error}");
    assert_refused(
        &[("APP_UNHEARD_OF", "1")],
        &["APP_UNHEARD_OF", "the README lists all settings"],
    );
    assert_refused(&[("APP_HTTP", "1")], &["there is no setting APP_HTTP"]);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let error = load(&[("APP_PROFILE", "prod"), ("APP_HTTP_BIND", "1"), ("APP_LOG__LEVEL", "1")]);
    let error = error.expect_err("much is wrong");
    assert_eq!(error.problems().len(), 5, "{error}");
}

#[test]
fn values_of_another_form_are_refused_with_what_they_mean() {
    for (name, value, words) in [
        ("APP_PROFILE", "production", ["there is no profile `production`", "`local` or `prod`"]),
        ("APP_HTTP__BIND", "localhost", ["`http.bind` is wrong", "help: Where the server listens"]),
        ("APP_HTTP__BIND", "127.0.0.1", ["`http.bind` is wrong", "an address and a port"]),
        ("APP_HTTP__DOCS", "perhaps", ["`http.docs` is wrong", "a boolean"]),
        (
            "APP_HTTP__BODY_LIMIT",
            "64k",
            ["`http.body_limit` is wrong", "`64k` is no number that fits"],
        ),
        ("APP_HTTP__REQUEST_TIMEOUT", "soon", ["`soon` is no time such as 30s", "answering"]),
        ("APP_HTTP__TRUSTED_PROXIES", "10.0.0.0/8,me", ["`me`: ", "help: Networks of proxies"]),
        ("APP_RATE_LIMIT__REQUESTS", "0", ["`0` is no number that fits", "would be zero"]),
        (
            "APP_RATE_LIMIT__REQUESTS",
            "-1",
            ["`rate_limit.requests` is wrong", "`-1` is no number that fits"],
        ),
        (
            "APP_LOG__FORMAT",
            "xml",
            ["`xml` is neither `text` nor `json`", "help: How it is written"],
        ),
        ("APP_CONFIG_DIR", "/nowhere", ["neither /nowhere/default.toml", "leave the variable out"]),
    ] {
        assert_refused(&[(name, value)], &words);
        assert_refused(&[(name, value)], &[&format!("in: the environment variable {name}")]);
    }
}

#[test]
fn files_that_cannot_be_read_are_named_with_the_line() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("local.toml");
    let dir = folder.path().to_str().expect("the folder has a name");
    let shown = file.display().to_string();
    for (text, words) in [
        ("[superuser]\npassword = \"open sesame\n", ["this is no TOML", "local.toml, line 2"]),
        (
            "[http]\nbnid = \"x\"\n",
            ["there is no setting `http.bnid`", "did you mean `http.bind`?"],
        ),
        ("[http]\nbind = 8080\n", ["`http.bind` is wrong", "local.toml"]),
        ("[http]\nbody_limit = true\n", ["`http.body_limit` is wrong", "expected a number"]),
        ("[http]\nbody_limit = 1.5\n", ["`1.5` is no number that fits", "in bytes"]),
        ("http = 8080\n", ["there is no setting `http`", "local.toml"]),
        (
            "[database.url]\nsecret = \"open sesame\"\n",
            ["there is no setting `database.url.secret`", "local.toml"],
        ),
        ("[database]\nurl = [\"open sesame\"]\n", ["`database.url` is wrong", "it is no text"]),
    ] {
        fs::write(&file, text).expect("a file can be written");
        let error = load(&[("APP_CONFIG_DIR", dir)]).expect_err("it is wrong").to_string();
        for word in words.into_iter().chain([shown.as_str()]) {
            assert!(error.contains(word), "`{word}` is missing in:\n{error}");
        }
        assert!(!error.contains("sesame"), "a secret is shown:\n{error}");
    }
}

#[test]
fn secrets_that_everybody_knows_or_may_guess_are_refused() {
    let local = BUILT_IN.into_iter().find(|(name, _)| *name == "local").expect("there is one").1;
    let default_of = |name: &str| {
        let line = local.lines().find(|line| line.starts_with(name)).expect("it has a default");
        line.split('"').nth(1).expect("it is a text").to_owned()
    };
    for (variable, name, short) in [
        ("APP_SESSION__SIGNING_KEY", "signing_key", "thirty-one bytes are not enough"),
        ("APP_PASSWORD__PEPPER", "pepper", "a pinch of it"),
        ("APP_SUPERUSER__PASSWORD", "password", "elevenchars"),
    ] {
        for (value, word) in
            [(default_of(name), "everybody knows"), (short.to_owned(), "it has fewer than")]
        {
            let mut settings: Vec<(&str, &str)> = PROD.to_vec();
            settings.retain(|(known, _)| *known != variable);
            settings.extend([
                ("APP_SUPERUSER__USERNAME", "the.boss"),
                ("APP_SUPERUSER__EMAIL", "boss@example.com"),
            ]);
            if variable != "APP_SUPERUSER__PASSWORD" {
                settings.push(("APP_SUPERUSER__PASSWORD", "a password that is long enough"));
            }
            settings.push((variable, &value));
            assert_refused(&settings, &[word, variable]);
            assert!(!refused(&settings).contains(&value), "the secret is shown");
        }
    }
    let key = [("APP_SESSION__SIGNING_KEY", "short in any profile")];
    assert_refused(&key, &["it has fewer than 32 bytes", "openssl rand"]);
    let alone = prod(&[("APP_SUPERUSER__PASSWORD", "a password that is long enough")]);
    assert_refused(&alone, &["username, email and password are set together"]);
}

#[test]
fn the_debug_form_shows_no_secret() {
    let mut settings = PROD.to_vec();
    settings.extend([
        ("APP_SUPERUSER__USERNAME", "the.boss"),
        ("APP_SUPERUSER__EMAIL", "boss@example.com"),
        ("APP_SUPERUSER__PASSWORD", "a password that is long enough"),
        ("APP_REDIS__URL", "redis://:a-password-of-redis@127.0.0.1"),
        ("APP_MAIL__SMTP_URL", "smtp://ann:a-password-for-mail@127.0.0.1"),
    ]);
    let shown = format!("{:#?}", load(&settings).expect("all of it is right"));
    let secrets = keys().into_iter().filter(|key| key.is_secret);
    for key in secrets {
        let variable = key.variable();
        let value = settings.iter().find(|(name, _)| *name == variable);
        let (_, value) = value.unwrap_or_else(|| panic!("{variable} is not tried"));
        assert!(!shown.contains(value), "{variable} is shown:\n{shown}");
    }
    assert!(shown.contains("the.boss"), "what is not secret is shown");
}
