//! Keys, seals and keyed indexes. Every product names its algorithm and key, so that keys rotate
//! and SM3/SM4 can take over. Knows no table and no wire.

mod digests;
mod keyring;
mod seal;
mod seal_keys;

pub(crate) use digests::{Digest, Keyed, KeyedIndex};
pub use keyring::KeyError;
pub(crate) use keyring::{Keyring, keep_secret};
pub(crate) use seal::SealError;
pub(crate) use seal_keys::SealKeys;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{TryRngCore, rngs::OsRng};
use sha2::Sha256;

/// SHA-256 of `bytes`, for random secrets and public documents; never for numbers or codes.
#[must_use]
pub(crate) fn sha256(bytes: &[u8]) -> Digest {
    use sha2::Digest as _;
    Sha256::digest(bytes).into()
}

/// 256 random bits from the system, in base64 for a URL.
///
/// # Errors
/// When the system has no randomness to give.
pub(crate) fn random_token() -> Result<String, KeyError> {
    Ok(URL_SAFE_NO_PAD.encode(random::<32>()?))
}

/// Random bytes from the system.
///
/// # Errors
/// When the system has no randomness to give.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], KeyError> {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).map_err(|_| KeyError::Randomness)?;
    Ok(bytes)
}
