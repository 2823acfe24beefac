//! What can be set, and where it is set.
//!
//! Layers override each other: `default.toml` and the file of the profile, which are part of
//! the program; files of the same names in the folder that `APP_CONFIG_DIR` names; variables
//! of the environment. Nothing is let pass that is no setting, so that nobody believes that
//! they have set something and have not.

mod error;
mod keys;
mod load;
mod places;
mod profile;
mod secrets;
mod sections;
mod sources;
mod values;

pub use error::{ConfigError, ConfigProblem};
pub use keys::{Key, keys};
pub use profile::Profile;
pub use sections::{
    CacheConfig, Config, DatabaseConfig, HttpConfig, JobsConfig, LogConfig, LogFormat, MailConfig,
    PasswordConfig, RateLimitConfig, RedisConfig, SessionConfig, SuperuserConfig, TracesConfig,
};
pub use sources::{BUILT_IN, CONFIG_DIR, Environment, PROFILE};
