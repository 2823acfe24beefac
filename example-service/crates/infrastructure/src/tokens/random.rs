//! Tokens that say nothing.

use application::ports::OpaqueTokens;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::accounts::TokenDigest;
use domain::shared::SecretText;
use sha2::{Digest, Sha256};

/// Makes tokens of 256 random bits. What is stored of them is their SHA-256: they need no
/// slow hash, since nobody can try them all.
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomTokens;

impl OpaqueTokens for RandomTokens {
    fn generate(&self) -> SecretText {
        SecretText::new(URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
    }

    fn digest(&self, token: &SecretText) -> TokenDigest {
        TokenDigest::new(Sha256::digest(token.expose().as_bytes()).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_their_digests_follow_them() {
        let (one, two) = (RandomTokens.generate(), RandomTokens.generate());
        assert_eq!(one.expose().len(), 43);
        assert_ne!(one, two);
        assert_eq!(RandomTokens.digest(&one), RandomTokens.digest(&one));
        assert_ne!(RandomTokens.digest(&one), RandomTokens.digest(&two));
    }

    #[test]
    fn the_digest_is_sha_256() {
        let digest = RandomTokens.digest(&SecretText::new("abc"));
        assert_eq!(digest.as_bytes()[..4], [0xba, 0x78, 0x16, 0xbf]);
    }
}
