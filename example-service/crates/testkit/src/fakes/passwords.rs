//! Hashes that anyone can read.

use std::sync::atomic::{AtomicU32, Ordering};

use application::ports::{PasswordHasher, Unavailable};
use async_trait::async_trait;
use domain::accounts::{Password, PasswordHash};
use domain::shared::SecretText;

/// A hash is the password itself behind a mark, and counts are kept of what was asked.
#[derive(Debug, Default)]
pub struct FakePasswordHasher {
    hashed: AtomicU32,
    verified: AtomicU32,
    dummies: AtomicU32,
}

impl FakePasswordHasher {
    const MARK: &str = "new:";
    const FORMER_MARK: &str = "old:";

    /// The hash of `password` as it is made today.
    #[must_use]
    pub fn hash_of(password: &str) -> String {
        format!("{}{password}", Self::MARK)
    }

    /// The hash of `password` as it was made once, which is to be replaced.
    #[must_use]
    pub fn former_hash_of(password: &str) -> String {
        format!("{}{password}", Self::FORMER_MARK)
    }

    /// How often a password was hashed.
    #[must_use]
    pub fn hashes(&self) -> u32 {
        self.hashed.load(Ordering::Relaxed)
    }

    /// How often a password was verified, for users that do not exist too.
    #[must_use]
    pub fn verifications(&self) -> u32 {
        self.verified.load(Ordering::Relaxed) + self.dummies.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl PasswordHasher for FakePasswordHasher {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, Unavailable> {
        self.hashed.fetch_add(1, Ordering::Relaxed);
        Ok(PasswordHash::new(Self::hash_of(password.text().expose())))
    }

    async fn verify(
        &self,
        password: &SecretText,
        hash: &PasswordHash,
    ) -> Result<bool, Unavailable> {
        self.verified.fetch_add(1, Ordering::Relaxed);
        let text = hash.expose();
        let hashed = text.strip_prefix(Self::MARK).or(text.strip_prefix(Self::FORMER_MARK));
        Ok(hashed.ok_or_else(|| Unavailable::new("this hash is of someone else"))?
            == password.expose())
    }

    async fn verify_dummy(&self, _password: &SecretText) -> Result<(), Unavailable> {
        self.dummies.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn needs_rehash(&self, hash: &PasswordHash) -> bool {
        hash.expose().starts_with(Self::FORMER_MARK)
    }
}
