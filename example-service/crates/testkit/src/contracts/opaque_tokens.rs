//! Tokens that say nothing.

#![expect(clippy::unused_async, reason = "contracts are waited for, whether they wait or not")]

use std::collections::BTreeSet;

use application::ports::OpaqueTokens;
use domain::shared::SecretText;

/// No two tokens are the same, and no two have the same digest; the digest of one is always
/// the same, and nothing of the token stands in it.
pub async fn tokens_and_digests_differ(tokens: &dyn OpaqueTokens) {
    let mut texts = BTreeSet::new();
    let mut digests = BTreeSet::new();
    for _ in 0..1_000 {
        let token = tokens.generate();
        let digest = tokens.digest(&token);
        assert_eq!(tokens.digest(&SecretText::new(token.expose())), digest);
        assert!(!token.expose().as_bytes().starts_with(&digest.as_bytes()[..8]));
        texts.insert(token.expose().to_owned());
        digests.insert(digest);
    }
    assert_eq!((texts.len(), digests.len()), (1_000, 1_000));
}

/// Any text has a digest, for anyone can send any text.
pub async fn any_text_has_a_digest(tokens: &dyn OpaqueTokens) {
    let texts = ["", "forged", "β\0\n", &"long".repeat(10_000)];
    let digests: BTreeSet<_> =
        texts.iter().map(|text| tokens.digest(&SecretText::new(*text))).collect();
    assert_eq!(digests.len(), texts.len());
}
