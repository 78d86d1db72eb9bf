//! Key pairs of central.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use central_api::SealKey;
use hpke::{Deserializable, Kem as _, Serializable, kem::X25519HkdfSha256};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{ALGORITHM, code::hex};

/// The key encapsulation in use.
pub(crate) type Kem = X25519HkdfSha256;
pub(crate) type PublicKey = <Kem as hpke::Kem>::PublicKey;
pub(crate) type PrivateKey = <Kem as hpke::Kem>::PrivateKey;

/// Why a secret is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secret is not 32 bytes of an X25519 key")]
pub struct KeyError;

/// A key pair that opens what is sealed to its public half. The secret is wiped when it is dropped and
/// reveals nothing through `Debug`.
pub struct KeyPair {
    id: String,
    secret: PrivateKey,
    public: PublicKey,
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair").field("id", &self.id).finish_non_exhaustive()
    }
}

impl KeyPair {
    /// A fresh pair.
    ///
    /// # Panics
    /// If the system has no randomness to give, which a started Linux always has.
    #[must_use]
    pub fn generate() -> Self {
        let (secret, public) = Kem::gen_keypair();
        Self::of(secret, public)
    }

    /// The pair of a kept secret.
    ///
    /// # Errors
    /// When it is no secret key.
    pub fn from_secret(secret: &[u8]) -> Result<Self, KeyError> {
        let secret = PrivateKey::from_bytes(secret).map_err(|_| KeyError)?;
        let public = Kem::sk_to_pk(&secret);
        Ok(Self::of(secret, public))
    }

    /// The id is made from the public key: two keys never share one.
    fn of(secret: PrivateKey, public: PublicKey) -> Self {
        let id = format!("h{}", &hex(&Sha256::digest(public.to_bytes()))[..15]);
        Self { id, secret, public }
    }

    /// Id of the pair, 16 characters.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What kiosks seal to.
    #[must_use]
    pub fn public(&self) -> SealKey {
        SealKey {
            id: self.id.clone(),
            algorithm: ALGORITHM.to_owned(),
            public_key: STANDARD.encode(self.public.to_bytes()),
        }
    }

    /// The secret, 32 bytes, to be kept where nobody else reads it.
    #[must_use]
    pub fn secret(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.secret.to_bytes().to_vec())
    }

    pub(crate) fn private_key(&self) -> &PrivateKey {
        &self.secret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_secret_gives_the_same_pair() {
        let pair = KeyPair::generate();
        let again = KeyPair::from_secret(&pair.secret()).expect("a secret");
        assert_eq!(again.public(), pair.public());
        assert_eq!(again.id(), pair.id());
        assert_ne!(KeyPair::generate().id(), pair.id());
        assert_eq!(pair.id().len(), 16);
    }

    #[test]
    fn no_secret_no_pair() {
        for length in [0, 1, 31, 33, 64] {
            assert_eq!(KeyPair::from_secret(&vec![7; length]).err(), Some(KeyError));
        }
    }

    #[test]
    fn debug_shows_the_id_alone() {
        let pair = KeyPair::generate();
        let shown = format!("{pair:?}");
        assert!(shown.contains(pair.id()));
        assert!(!shown.contains(&STANDARD.encode(&*pair.secret())));
    }
}
