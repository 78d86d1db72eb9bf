//! The keys on disk: `keyring.toml` in the keys directory, readable by its owner only.
//!
//! `[current]` names the key each use works with; older keys stay to open what they sealed. To
//! rotate: add a key, name it in `[current]`, restart.

use std::{
    collections::HashMap,
    fmt,
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

use aes_gcm::{Aes256Gcm, KeyInit};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

use super::{Keyed, random};

/// What a digest measures.
pub(crate) type Digest = [u8; 32];

const FILE: &str = "keyring.toml";

/// Why there is no usable keyring.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file or its directory cannot be read or made.
    #[error("cannot use the keys in {path}")]
    File {
        /// Where.
        path: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file is there and makes no sense; its text is not shown.
    #[error("{path} is not a keyring: {expected}")]
    Shape {
        /// Where.
        path: String,
        /// What was expected.
        expected: &'static str,
    },
    /// The system gave no random bytes.
    #[error("the system has no randomness to give")]
    Randomness,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    current: Current,
    key: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Current {
    seal: String,
    person: String,
    code: String,
    audit: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    algorithm: Algorithm,
    material: String,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.material.zeroize();
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Algorithm {
    #[serde(rename = "AES-256-GCM")]
    Aes256Gcm,
    #[serde(rename = "HMAC-SHA256")]
    HmacSha256,
}

/// Keys ready for use. Never printed.
pub(crate) struct Keyring {
    current: Current,
    pub(super) ciphers: HashMap<String, Aes256Gcm>,
    macs: HashMap<String, Hmac<Sha256>>,
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring(..)")
    }
}

impl Keyring {
    /// Reads the keyring in `directory`, making a fresh one (mode 0600) if there is none.
    ///
    /// # Errors
    /// When the file cannot be read, written or understood.
    pub(crate) fn open(directory: &Path) -> Result<Self, KeyError> {
        let path = directory.join(FILE);
        if let Ok(false) = path.try_exists() {
            keep_secret(&path, fresh()?.as_bytes())?;
        }
        Self::read(directory)
    }

    /// Reads the keyring in `directory`, and makes nothing.
    ///
    /// # Errors
    /// When there is none, or it cannot be read or understood.
    pub(crate) fn read(directory: &Path) -> Result<Self, KeyError> {
        let path = directory.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&Zeroizing::new(text), &path),
            Err(source) => Err(KeyError::File { path: path.display().to_string(), source }),
        }
    }

    fn parse(text: &str, path: &Path) -> Result<Self, KeyError> {
        let shape = |expected| KeyError::Shape { path: path.display().to_string(), expected };
        let document: Document =
            toml::from_str(text).map_err(|_| shape("[current] and [[key]] tables"))?;
        let mut ciphers = HashMap::new();
        let mut macs = HashMap::new();
        for entry in &document.key {
            let material = Zeroizing::new(
                STANDARD.decode(&entry.material).map_err(|_| shape("material in base64"))?,
            );
            if material.len() != 32 || entry.id.is_empty() || entry.id.len() > 32 {
                return Err(shape("keys of 32 bytes with short ids"));
            }
            match entry.algorithm {
                Algorithm::Aes256Gcm => {
                    let cipher = Aes256Gcm::new_from_slice(&material)
                        .map_err(|_| shape("keys of 32 bytes"))?;
                    ciphers.insert(entry.id.clone(), cipher);
                }
                Algorithm::HmacSha256 => {
                    let mac = <Hmac<Sha256> as Mac>::new_from_slice(&material)
                        .map_err(|_| shape("keys of 32 bytes"))?;
                    macs.insert(entry.id.clone(), mac);
                }
            }
        }
        let current = document.current;
        let known = ciphers.contains_key(&current.seal)
            && [&current.person, &current.code, &current.audit]
                .iter()
                .all(|id| macs.contains_key(*id));
        if known {
            Ok(Self { current, ciphers, macs })
        } else {
            Err(shape("a key for every id in [current]"))
        }
    }

    /// Key id that seals.
    pub(super) fn seal_key(&self) -> &str {
        &self.current.seal
    }

    /// The index a number is found by.
    #[must_use]
    pub(crate) fn person(&self, number: &str) -> Keyed {
        self.with_current(&self.current.person, &[b"person", number.as_bytes()])
    }

    /// The hash a query code is kept as; bound to its person.
    #[must_use]
    pub(crate) fn code(&self, person: &Digest, code: &str) -> Keyed {
        self.with_current(&self.current.code, &[b"code", person, code.as_bytes()])
    }

    /// Whether `code` is the one kept as `kept`, in constant time. With nothing kept the same work
    /// is done and the answer is no.
    #[must_use]
    pub(crate) fn code_fits(&self, person: &Digest, code: &str, kept: Option<&Keyed>) -> bool {
        let key = kept.map_or(&self.current.code, |k| &k.key);
        let (mac, known) = match self.macs.get(key) {
            Some(mac) => (mac, kept.is_some()),
            None => (&self.macs[&self.current.code], false),
        };
        let target = kept.map_or([0; 32], |k| k.digest);
        let fits =
            update(mac.clone(), &[b"code", person, code.as_bytes()]).verify_slice(&target).is_ok();
        fits & known
    }

    /// A keyed digest of one kiosk's request body, to recognise a repeated one.
    #[must_use]
    pub(crate) fn body(&self, kiosk: &str, body: &[u8]) -> Keyed {
        self.with_current(&self.current.person, &[b"body", kiosk.as_bytes(), body])
    }

    /// The index a complaint's tracking number is found by.
    #[must_use]
    pub(crate) fn tracking(&self, number: &str) -> Keyed {
        self.with_current(&self.current.code, &[b"tracking", number.as_bytes()])
    }

    /// What wrong pairs for a tracking number are counted under; never the same as its index.
    #[must_use]
    pub(crate) fn tracking_tries(&self, number: &str) -> Keyed {
        self.with_current(&self.current.code, &[b"tracking tries", number.as_bytes()])
    }

    /// A keyed digest of a sealed complaint's parts, to recognise a repeated one.
    #[must_use]
    pub(crate) fn complaint(&self, parts: [&str; 4]) -> Keyed {
        let [a, b, c, d] = parts.map(str::as_bytes);
        self.with_current(&self.current.code, &[b"complaint", a, b, c, d])
    }

    /// The link of the audit chain over `parts`, by the current audit key.
    #[must_use]
    pub(crate) fn link(&self, parts: &[&[u8]]) -> Keyed {
        self.with_current(&self.current.audit, parts)
    }

    /// The link over `parts` by the key named `key`; `None` if this ring has no such key.
    #[must_use]
    pub(crate) fn link_with(&self, key: &str, parts: &[&[u8]]) -> Option<Digest> {
        let mac = self.macs.get(key)?;
        Some(update(mac.clone(), parts).finalize().into_bytes().into())
    }

    fn with_current(&self, key: &str, parts: &[&[u8]]) -> Keyed {
        let mac = self.macs[key].clone();
        let digest = update(mac, parts).finalize().into_bytes().into();
        Keyed { key: key.to_owned(), digest }
    }
}

/// Feeds each part with its length in front, so that no two lists of parts look alike.
fn update(mut mac: Hmac<Sha256>, parts: &[&[u8]]) -> Hmac<Sha256> {
    for part in parts {
        Mac::update(&mut mac, &(part.len() as u64).to_be_bytes());
        Mac::update(&mut mac, part);
    }
    mac
}

fn fresh() -> Result<Zeroizing<String>, KeyError> {
    let entry = |id: &str, algorithm| {
        let material = Zeroizing::new(random::<32>()?);
        Ok(Entry { id: id.to_owned(), algorithm, material: STANDARD.encode(*material) })
    };
    let document = Document {
        current: Current {
            seal: "s1".to_owned(),
            person: "p1".to_owned(),
            code: "c1".to_owned(),
            audit: "a1".to_owned(),
        },
        key: vec![
            entry("s1", Algorithm::Aes256Gcm)?,
            entry("p1", Algorithm::HmacSha256)?,
            entry("c1", Algorithm::HmacSha256)?,
            entry("a1", Algorithm::HmacSha256)?,
        ],
    };
    let text = toml::to_string(&document).map_err(|_| KeyError::Shape {
        path: FILE.to_owned(),
        expected: "a keyring that can be written",
    })?;
    Ok(Zeroizing::new(text))
}

/// Writes a new secret file that only its owner may read; never over an existing one.
///
/// # Errors
/// When the directory or the file cannot be made or synced.
pub(crate) fn keep_secret(path: &Path, content: &[u8]) -> Result<(), KeyError> {
    let write = || {
        if let Some(directory) = path.parent() {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
        }
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(content)?;
        file.sync_all()
    };
    write().map_err(|source| KeyError::File { path: path.display().to_string(), source })
}
