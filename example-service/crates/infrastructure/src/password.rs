//! Passwords, hashed by Argon2id.

use std::sync::Arc;
use std::time::Duration;

use application::ports::{PasswordHasher, Unavailable};
use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::password_hash::{
    self, PasswordHasher as HashPassword, PasswordVerifier as VerifyPassword,
};
use argon2::{Algorithm, Argon2, Params, Version};
use async_trait::async_trait;
use domain::accounts::{Password, PasswordHash};
use domain::shared::SecretText;
use thiserror::Error;
use tokio::sync::Semaphore;

/// How much work a hash is.
#[derive(Clone, Debug)]
pub struct PasswordCost {
    /// Memory for one hash, in KiB.
    pub memory: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Hashes at the same time; others wait.
    pub at_once: usize,
    /// How long one waits for its turn before it is refused.
    pub patience: Duration,
}

impl PasswordCost {
    /// What OWASP recommends for Argon2id with 19 MiB, two at a time.
    pub const USUAL: Self =
        Self { memory: 19 * 1024, passes: 2, at_once: 2, patience: Duration::from_secs(5) };
}

/// Hashes passwords with a pepper, a secret that is not in the database. It works on the
/// threads for blocking work.
#[derive(Clone)]
pub struct Argon2PasswordHasher {
    machine: Machine,
    turns: Arc<Semaphore>,
    patience: Duration,
    dummy: Arc<str>,
}

impl Argon2PasswordHasher {
    /// A hasher with this pepper.
    ///
    /// # Errors
    ///
    /// When Argon2 cannot work at this cost or with this pepper.
    pub fn try_new(pepper: &SecretText, cost: &PasswordCost) -> Result<Self, PasswordCostError> {
        let params = Params::new(cost.memory, cost.passes, 1, None)
            .map_err(|error| PasswordCostError(error.to_string()))?;
        let machine = Machine { pepper: pepper.expose().as_bytes().into(), params };
        let dummy = machine.hash("nobody has this password");
        let dummy = dummy.map_err(|error| PasswordCostError(error.to_string()))?.into();
        let turns = Arc::new(Semaphore::new(cost.at_once));
        Ok(Self { machine, turns, patience: cost.patience, dummy })
    }

    /// Does `work` on a thread for blocking work when it is its turn.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Machine) -> Result<T, Unavailable> + Send + 'static,
    ) -> Result<T, Unavailable> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        let turn = tokio::time::timeout(self.patience, turn).await;
        let turn = turn.map_err(Unavailable::new)?.map_err(Unavailable::new)?;
        let machine = self.machine.clone();
        let result = tokio::task::spawn_blocking(move || {
            let result = work(&machine);
            // Held until the work is done, even if nobody waits for it any more.
            drop(turn);
            result
        });
        result.await.map_err(Unavailable::new)?
    }

    async fn verify_against(
        &self,
        password: &SecretText,
        hash: String,
    ) -> Result<bool, Unavailable> {
        let password = password.clone();
        self.in_turn(move |machine| machine.verify(password.expose(), &hash)).await
    }
}

#[async_trait]
impl PasswordHasher for Argon2PasswordHasher {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, Unavailable> {
        let password = password.text().clone();
        let hash =
            move |machine: &Machine| machine.hash(password.expose()).map_err(Unavailable::new);
        Ok(PasswordHash::new(self.in_turn(hash).await?))
    }

    async fn verify(
        &self,
        password: &SecretText,
        hash: &PasswordHash,
    ) -> Result<bool, Unavailable> {
        self.verify_against(password, hash.expose().to_owned()).await
    }

    async fn verify_dummy(&self, password: &SecretText) -> Result<(), Unavailable> {
        self.verify_against(password, self.dummy.to_string()).await.map(|_| ())
    }

    fn needs_rehash(&self, hash: &PasswordHash) -> bool {
        let Ok(hash) = Phc::new(hash.expose()) else { return true };
        let is_current = hash.algorithm == Algorithm::Argon2id.ident()
            && hash.version == Some(Version::V0x13.into())
            && Params::try_from(&hash).is_ok_and(|params| {
                let own = &self.machine.params;
                (params.m_cost(), params.t_cost(), params.p_cost())
                    == (own.m_cost(), own.t_cost(), own.p_cost())
            });
        !is_current
    }
}

/// Argon2id with its settings.
#[derive(Clone)]
struct Machine {
    pepper: Arc<[u8]>,
    params: Params,
}

impl Machine {
    fn argon2(&self) -> Result<Argon2<'_>, argon2::Error> {
        let params = self.params.clone();
        Argon2::new_with_secret(&self.pepper, Algorithm::Argon2id, Version::V0x13, params)
    }

    fn hash(&self, password: &str) -> Result<String, password_hash::Error> {
        let argon2 = self.argon2().map_err(|_| password_hash::Error::Crypto)?;
        Ok(argon2.hash_password(password.as_bytes())?.to_string())
    }

    fn verify(&self, password: &str, hash: &str) -> Result<bool, Unavailable> {
        let hash = Phc::new(hash).map_err(Unavailable::new)?;
        let argon2 = self.argon2().map_err(Unavailable::new)?;
        match argon2.verify_password(password.as_bytes(), &hash) {
            Ok(()) => Ok(true),
            Err(password_hash::Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(Unavailable::new(error)),
        }
    }
}

/// Argon2 cannot work like this.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("Argon2 cannot hash with this cost and pepper: {0}")]
pub struct PasswordCostError(String);

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: PasswordCost =
        PasswordCost { memory: 64, passes: 1, at_once: 1, patience: Duration::from_mins(1) };

    fn hasher(pepper: &str, cost: &PasswordCost) -> Argon2PasswordHasher {
        Argon2PasswordHasher::try_new(&SecretText::new(pepper), cost).expect("a cost that works")
    }

    fn password(text: &str) -> Password {
        Password::try_new(SecretText::new(text)).expect("good enough")
    }

    #[tokio::test]
    async fn a_hash_is_of_one_password_and_salted() {
        let hasher = hasher("pepper", &CHEAP);
        let hash = hasher.hash(&password("correct horse")).await.expect("a hash");
        let verify = async |text| hasher.verify(&SecretText::new(text), &hash).await.ok();
        assert_eq!(verify("correct horse").await, Some(true));
        assert_eq!(verify("correct house").await, Some(false));
        assert_ne!(hasher.hash(&password("correct horse")).await.ok(), Some(hash.clone()));
        assert!(!hasher.needs_rehash(&hash));
    }

    #[tokio::test]
    async fn another_pepper_makes_hashes_useless() {
        let hash = hasher("one", &CHEAP).hash(&password("correct horse")).await.expect("a hash");
        let verified = hasher("two", &CHEAP).verify(&SecretText::new("correct horse"), &hash).await;
        assert_eq!(verified.ok(), Some(false));
    }

    #[tokio::test]
    async fn hashes_of_another_cost_still_count_and_are_renewed() {
        let old = hasher("pepper", &CHEAP).hash(&password("correct horse")).await.expect("a hash");
        let hasher = hasher("pepper", &PasswordCost { passes: 2, ..CHEAP });
        let verified = hasher.verify(&SecretText::new("correct horse"), &old).await;
        assert_eq!(verified.ok(), Some(true));
        assert!(hasher.needs_rehash(&old));
        assert!(hasher.needs_rehash(&PasswordHash::new("plain")));
    }

    #[tokio::test]
    async fn text_that_is_no_hash_is_an_error_and_no_match() {
        let hasher = hasher("pepper", &CHEAP);
        let plain = PasswordHash::new("correct horse");
        assert!(hasher.verify(&SecretText::new("correct horse"), &plain).await.is_err());
        assert!(hasher.verify_dummy(&SecretText::new("correct horse")).await.is_ok());
    }

    #[tokio::test]
    async fn who_waits_too_long_is_refused() {
        let hasher = hasher("pepper", &PasswordCost { patience: Duration::ZERO, ..CHEAP });
        let turn = hasher.turns.acquire().await.expect("the first turn");
        assert!(hasher.hash(&password("correct horse")).await.is_err());
        drop(turn);
        assert!(hasher.hash(&password("correct horse")).await.is_ok());
    }

    #[test]
    fn a_cost_that_cannot_be_is_refused() {
        let cost = PasswordCost { memory: 0, ..CHEAP };
        let refused = Argon2PasswordHasher::try_new(&SecretText::new("pepper"), &cost);
        assert!(refused.is_err());
    }
}
