//! Sealing and opening.

use base64::{Engine, engine::general_purpose::STANDARD};
use central_api::{Complaint, SealKey, SealedComplaint};
use hpke::{
    Deserializable, OpModeR, OpModeS, Serializable, aead::AesGcm256, kdf::HkdfSha256,
    single_shot_open, single_shot_seal,
};
use zeroize::Zeroizing;

use crate::{
    ALGORITHM,
    keys::{Kem, KeyPair, PublicKey},
};

type Encapsulated = <Kem as hpke::Kem>::EncappedKey;

/// What the seal is for, and its version.
const INFO: &[u8] = b"social-assistance kiosk: complaint, version 1";
/// What is sealed is padded to a multiple of this.
const BLOCK: usize = 1024;
/// Room for the longest complaint, so that no copy is left behind where a buffer grew.
const ROOM: usize = 16 * BLOCK;

/// Why a complaint cannot be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The key is for another algorithm.
    #[error("no complaint can be sealed by the algorithm of this key")]
    Algorithm,
    /// The key is no public key.
    #[error("the key is not 32 bytes of an X25519 key in base64")]
    Key,
    /// The complaint cannot be written, or the key cannot be used.
    #[error("the complaint cannot be sealed")]
    Seal,
}

/// Why a seal does not open. Says nothing of what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It was made by another algorithm.
    #[error("sealed by an unknown algorithm")]
    Algorithm,
    /// It was made for another key.
    #[error("sealed to another key")]
    Key,
    /// Key or text are not base64 of a fitting length.
    #[error("the seal is no base64 of a fitting length")]
    Encoding,
    /// It was changed on the way, or is no seal.
    #[error("the seal does not hold")]
    Seal,
    /// What was sealed is no complaint.
    #[error("what was sealed is no complaint")]
    Content,
}

/// Seals `complaint` to `key` under `id` (32 hex digits, the complaint's own).
///
/// # Errors
/// When the key cannot be used.
///
/// # Panics
/// If the system has no randomness to give, which a started Linux always has.
pub fn seal(key: &SealKey, id: &str, complaint: &Complaint) -> Result<SealedComplaint, SealError> {
    if key.algorithm != ALGORITHM {
        return Err(SealError::Algorithm);
    }
    let bytes = STANDARD.decode(&key.public_key).map_err(|_| SealError::Key)?;
    let public = PublicKey::from_bytes(&bytes).map_err(|_| SealError::Key)?;
    let mut plain = Zeroizing::new(Vec::with_capacity(ROOM));
    serde_json::to_writer(&mut *plain, complaint).map_err(|_| SealError::Seal)?;
    // Blanks after a JSON value are still that value.
    let padded = plain.len().next_multiple_of(BLOCK);
    plain.resize(padded, b' ');
    let bound = bound(id, ALGORITHM, &key.id);
    let (encapsulated, ciphertext) = single_shot_seal::<AesGcm256, HkdfSha256, Kem>(
        &OpModeS::Base,
        &public,
        INFO,
        &plain,
        &bound,
    )
    .map_err(|_| SealError::Seal)?;
    Ok(SealedComplaint {
        id: id.to_owned(),
        algorithm: ALGORITHM.to_owned(),
        key: key.id.clone(),
        encapsulated: STANDARD.encode(encapsulated.to_bytes()),
        ciphertext: STANDARD.encode(ciphertext),
    })
}

/// Opens what was sealed to `keys`.
///
/// # Errors
/// When it is for another key or algorithm, was changed, or holds no complaint.
pub fn open(keys: &KeyPair, sealed: &SealedComplaint) -> Result<Complaint, OpenError> {
    if sealed.algorithm != ALGORITHM {
        return Err(OpenError::Algorithm);
    }
    if sealed.key != keys.id() {
        return Err(OpenError::Key);
    }
    let decode = |text: &str| STANDARD.decode(text).map_err(|_| OpenError::Encoding);
    let encapsulated = Encapsulated::from_bytes(&decode(&sealed.encapsulated)?)
        .map_err(|_| OpenError::Encoding)?;
    let ciphertext = decode(&sealed.ciphertext)?;
    let plain = single_shot_open::<AesGcm256, HkdfSha256, Kem>(
        &OpModeR::Base,
        keys.private_key(),
        &encapsulated,
        INFO,
        &ciphertext,
        &bound(&sealed.id, &sealed.algorithm, &sealed.key),
    )
    .map_err(|_| OpenError::Seal)?;
    let plain = Zeroizing::new(plain);
    serde_json::from_slice(&plain).map_err(|_| OpenError::Content)
}

/// What the seal is bound to; each part with its length in front, so that no two lists look alike.
fn bound(id: &str, algorithm: &str, key: &str) -> Vec<u8> {
    let mut bound = Vec::with_capacity(3 * 8 + id.len() + algorithm.len() + key.len());
    for part in [id, algorithm, key] {
        bound.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bound.extend_from_slice(part.as_bytes());
    }
    bound
}
