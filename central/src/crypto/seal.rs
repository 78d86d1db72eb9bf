//! AES-256-GCM seals: `algorithm | key id length | key id | nonce | ciphertext and tag`, bound to
//! the place they are kept in, so that a sealed value moved to another row does not open.

use aes_gcm::aead::{Aead, Payload};
use zeroize::Zeroizing;

use super::{Keyring, random};

/// First byte of a seal made with AES-256-GCM; SM4-GCM will take the next.
const AES_256_GCM: u8 = 1;
const NONCE: usize = 12;

/// Why a value cannot be sealed or opened. Says nothing of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// No randomness, or the value is too long.
    #[error("the value cannot be sealed")]
    Seal,
    /// Unknown algorithm or key, or the value was changed or moved.
    #[error("the sealed value does not open")]
    Open,
}

impl Keyring {
    /// Seals `value` for `place` (such as `person:p-1:name`).
    ///
    /// # Errors
    /// When the system has no randomness.
    pub(crate) fn seal(&self, place: &str, value: &str) -> Result<Vec<u8>, SealError> {
        let key = self.current.seal.as_str();
        let cipher = self.ciphers.get(key).ok_or(SealError::Seal)?;
        let nonce: [u8; NONCE] = random().map_err(|_| SealError::Seal)?;
        let payload = Payload { msg: value.as_bytes(), aad: place.as_bytes() };
        let sealed = cipher.encrypt(&nonce.into(), payload).map_err(|_| SealError::Seal)?;
        let length = u8::try_from(key.len()).map_err(|_| SealError::Seal)?;
        let mut out = Vec::with_capacity(2 + key.len() + NONCE + sealed.len());
        out.extend_from_slice(&[AES_256_GCM, length]);
        out.extend_from_slice(key.as_bytes());
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Opens a value sealed for `place`.
    ///
    /// # Errors
    /// When it is not a seal of this ring for this place.
    pub(crate) fn open_seal(&self, place: &str, sealed: &[u8]) -> Result<String, SealError> {
        let [AES_256_GCM, length, rest @ ..] = sealed else { return Err(SealError::Open) };
        let (key, rest) = rest.split_at_checked(usize::from(*length)).ok_or(SealError::Open)?;
        let (nonce, sealed) = rest.split_at_checked(NONCE).ok_or(SealError::Open)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| SealError::Open)?;
        let key = std::str::from_utf8(key).map_err(|_| SealError::Open)?;
        let cipher = self.ciphers.get(key).ok_or(SealError::Open)?;
        let payload = Payload { msg: sealed, aad: place.as_bytes() };
        let opened = cipher.decrypt(&nonce.into(), payload).map_err(|_| SealError::Open)?;
        String::from_utf8(opened).map_err(|error| {
            drop(Zeroizing::new(error.into_bytes()));
            SealError::Open
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_opens_in_its_place_only_and_names_its_key() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let ring = Keyring::open(&directory.path().join("keys")).expect("a keyring");
        let sealed = ring.seal("person:1:name", "某某").expect("sealed");
        assert_eq!(sealed[..4], [1, 2, b's', b'1']);
        assert_eq!(ring.open_seal("person:1:name", &sealed).as_deref(), Ok("某某"));
        assert_eq!(ring.open_seal("person:2:name", &sealed), Err(SealError::Open));
        let mut bent = sealed.clone();
        *bent.last_mut().expect("a byte") ^= 1;
        assert_eq!(ring.open_seal("person:1:name", &bent), Err(SealError::Open));
        for cut in 0..sealed.len() {
            assert_eq!(ring.open_seal("person:1:name", &sealed[..cut]), Err(SealError::Open));
        }
    }

    #[test]
    fn the_same_keys_come_back_after_a_restart() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let keys = directory.path().join("keys");
        let first = Keyring::open(&keys).expect("made").person("x");
        assert_eq!(Keyring::open(&keys).expect("read").person("x"), first);
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(keys.join("keyring.toml")).expect("there").permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
    }

    #[test]
    fn a_code_fits_its_person_only() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let ring = Keyring::open(directory.path()).expect("a keyring");
        let (one, other) = (ring.person("1"), ring.person("2"));
        let kept = ring.code(&one.current.digest, "7K0M1Q2X");
        assert!(ring.code_fits(&one, "7K0M1Q2X", Some(&kept)));
        assert!(!ring.code_fits(&other, "7K0M1Q2X", Some(&kept)));
        assert!(!ring.code_fits(&one, "7K0M1Q2Y", Some(&kept)));
        assert!(!ring.code_fits(&one, "7K0M1Q2X", None));
    }
}
