//! Access tokens as JSON Web Tokens (RFC 7519), signed by HMAC with SHA-256.

use application::ports::{AccessClaims, TokenError, TokenIssuer, TokenVerifier, Unavailable};
use domain::accounts::{SessionId, UserId};
use domain::shared::SecretText;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use time::OffsetDateTime;
use uuid::Uuid;

/// What `typ` says in an access token, so that no other token of ours passes for one.
const ACCESS: &str = "access";

/// The fewest bytes of a key: RFC 7518 asks for as many as the hash has.
const SHORTEST_KEY: usize = 32;

/// How tokens are made.
#[derive(Clone, Debug)]
pub struct JwtSettings {
    /// What they are signed with: at least 32 bytes.
    pub key: SecretText,
    /// Who makes them.
    pub issuer: String,
    /// Whom they are for.
    pub audience: String,
}

/// Makes and reads access tokens.
#[derive(Clone)]
pub struct JwtTokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
    issuer: String,
    audience: String,
}

impl JwtTokens {
    /// Tokens of these settings.
    ///
    /// # Errors
    ///
    /// When the key is too short.
    pub fn try_new(settings: JwtSettings) -> Result<Self, WeakSigningKey> {
        let key = settings.key.expose().as_bytes();
        if key.len() < SHORTEST_KEY {
            return Err(WeakSigningKey);
        }
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[&settings.issuer]);
        validation.set_audience(&[&settings.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The time comes from the clock of the application.
        validation.validate_exp = false;
        Ok(Self {
            encoding: EncodingKey::from_secret(key),
            decoding: DecodingKey::from_secret(key),
            validation,
            issuer: settings.issuer,
            audience: settings.audience,
        })
    }
}

/// What stands in a token.
#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: Uuid,
    sid: Uuid,
    role: String,
    typ: String,
    iat: i64,
    exp: i64,
}

impl TokenIssuer for JwtTokens {
    fn issue(&self, claims: &AccessClaims) -> Result<SecretText, Unavailable> {
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
            sub: claims.user.get(),
            sid: claims.session.get(),
            role: claims.role.name().to_owned(),
            typ: ACCESS.to_owned(),
            iat: claims.issued_at.unix_timestamp(),
            exp: claims.expires_at.unix_timestamp(),
        };
        let token = encode(&Header::new(Algorithm::HS256), &claims, &self.encoding);
        token.map(SecretText::new).map_err(Unavailable::new)
    }
}

impl TokenVerifier for JwtTokens {
    fn verify(&self, token: &SecretText, now: OffsetDateTime) -> Result<AccessClaims, TokenError> {
        let claims = decode::<Claims>(token.expose(), &self.decoding, &self.validation);
        let claims = claims.map_err(|_| TokenError::Invalid)?.claims;
        if claims.typ != ACCESS {
            return Err(TokenError::Invalid);
        }
        let time =
            |seconds| OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| TokenError::Invalid);
        let claims = AccessClaims {
            user: UserId::new(claims.sub),
            session: SessionId::new(claims.sid),
            role: claims.role.parse().map_err(|_| TokenError::Invalid)?,
            issued_at: time(claims.iat)?,
            expires_at: time(claims.exp)?,
        };
        if claims.expires_at <= now { Err(TokenError::Expired) } else { Ok(claims) }
    }
}

/// The key is so short that it can be guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a key for signing tokens has at least {SHORTEST_KEY} bytes")]
pub struct WeakSigningKey;

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use domain::accounts::Role;
    use time::Duration;

    use super::*;

    const START: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    fn settings() -> JwtSettings {
        JwtSettings {
            key: SecretText::new("a key that has thirty-two bytes!"),
            issuer: "marketplace".to_owned(),
            audience: "marketplace-api".to_owned(),
        }
    }

    fn tokens(settings: JwtSettings) -> JwtTokens {
        JwtTokens::try_new(settings).expect("a key that is long enough")
    }

    fn claims() -> AccessClaims {
        AccessClaims {
            user: UserId::new(Uuid::from_u128(1)),
            session: SessionId::new(Uuid::from_u128(2)),
            role: Role::Admin,
            issued_at: START,
            expires_at: START + Duration::MINUTE,
        }
    }

    #[test]
    fn a_token_says_what_it_was_told_to() {
        let tokens = tokens(settings());
        let token = tokens.issue(&claims()).expect("a token");
        assert_eq!(tokens.verify(&token, START), Ok(claims()));
    }

    #[test]
    fn a_token_is_good_for_its_time() {
        let tokens = tokens(settings());
        let token = tokens.issue(&claims()).expect("a token");
        let last = START + Duration::MINUTE - Duration::SECOND;
        assert_eq!(tokens.verify(&token, last), Ok(claims()));
        assert_eq!(tokens.verify(&token, START + Duration::MINUTE), Err(TokenError::Expired));
    }

    #[test]
    fn tokens_of_others_are_not_accepted() {
        let own = tokens(settings());
        let others = [
            JwtSettings { key: SecretText::new("another key of thirty-two bytes!"), ..settings() },
            JwtSettings { issuer: "someone".to_owned(), ..settings() },
            JwtSettings { audience: "something".to_owned(), ..settings() },
        ];
        for other in others {
            let token = tokens(other).issue(&claims()).expect("a token");
            assert_eq!(own.verify(&token, START), Err(TokenError::Invalid));
        }
        assert_eq!(
            own.verify(&SecretText::new("no.token.at-all"), START),
            Err(TokenError::Invalid)
        );
    }

    #[test]
    fn tokens_without_a_signature_or_of_another_type_are_not_accepted() {
        let own = tokens(settings());
        let token = own.issue(&claims()).expect("a token");
        let payload = token.expose().split('.').nth(1).expect("a payload");
        let unsigned = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        let unsigned = SecretText::new(format!("{unsigned}.{payload}."));
        assert_eq!(own.verify(&unsigned, START), Err(TokenError::Invalid));

        let bytes = URL_SAFE_NO_PAD.decode(payload).expect("base64");
        let mut other: Claims = serde_json::from_slice(&bytes).expect("claims");
        other.typ = "refresh".to_owned();
        let other = encode(&Header::new(Algorithm::HS256), &other, &own.encoding).expect("a token");
        assert_eq!(own.verify(&SecretText::new(other), START), Err(TokenError::Invalid));
    }

    #[test]
    fn a_short_key_is_refused() {
        let weak =
            JwtSettings { key: SecretText::new("thirty-one bytes are not enough"), ..settings() };
        assert!(matches!(JwtTokens::try_new(weak), Err(WeakSigningKey)));
    }
}
