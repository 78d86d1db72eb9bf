//! The keys on disk: `keyring.toml` in the keys directory, readable by its owner only.
//!
//! `[current]` names the key each use works with; older keys stay, to open what they sealed and to
//! find what they indexed. To rotate: add a key, name it in `[current]`, restart. A person's row
//! moves to the newest index when an import writes it again; only when no row names a key any more
//! may it be removed.

use std::{
    collections::{BTreeMap, HashMap},
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

use super::random;

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
    /// The keys complaints were sealed to are gone.
    #[error(
        "{path} is missing although complaints were received; restore it from its backup, or if it is \
         lost for good, make an empty file {lost} to get new keys: complaints still under way then \
         cannot be opened"
    )]
    Lost {
        /// The file that is missing.
        path: String,
        /// What says that it is lost for good.
        lost: String,
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
pub(super) struct Current {
    pub(super) seal: String,
    pub(super) person: String,
    pub(super) code: String,
    pub(super) audit: String,
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
    pub(super) current: Current,
    pub(super) ciphers: HashMap<String, Aes256Gcm>,
    pub(super) macs: BTreeMap<String, Hmac<Sha256>>,
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
        let mut macs = BTreeMap::new();
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
