//! How passwords are stored.

use application::ports::PasswordHasher;
use domain::accounts::{Password, PasswordHash};
use domain::shared::SecretText;

/// A hash is of its password and of no other.
pub async fn a_hash_is_of_one_password(hasher: &dyn PasswordHasher) {
    for text in ["correct horse", "Correct horse", " correct horse ", "pässwörter 🐎"] {
        let text = SecretText::new(text);
        let password = Password::try_new(text.clone()).expect("it is good enough");
        let hash = hasher.hash(&password).await.expect("it can be hashed");
        assert!(hasher.verify(&text, &hash).await.expect("it can be verified"));
        assert!(!hasher.needs_rehash(&hash), "it was made just now");
        for wrong in ["", "correct hors", "correct horse!", "CORRECT HORSE"] {
            let wrong = SecretText::new(wrong);
            assert!(!hasher.verify(&wrong, &hash).await.expect("it can be verified"));
        }
    }
}

/// What cannot be read as a hash is an error, and never the hash of something.
pub async fn what_is_no_hash_is_an_error(hasher: &dyn PasswordHasher) {
    for text in ["", "plain text", "$argon2id$v=19$broken"] {
        let hash = PasswordHash::new(text);
        assert!(hasher.verify(&SecretText::new(text), &hash).await.is_err(), "{text}");
    }
}

/// For users that do not exist any password can be verified, even one that could not be
/// chosen.
pub async fn dummies_take_every_password(hasher: &dyn PasswordHasher) {
    for text in ["", "correct horse", &"long ".repeat(100)] {
        hasher.verify_dummy(&SecretText::new(text)).await.expect("it can be verified");
    }
}
