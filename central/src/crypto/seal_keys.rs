//! The key pairs complaints are sealed to: `complaint-keys.toml` in the keys directory, readable by its
//! owner only.
//!
//! Kiosks hold complaints sealed to them that they have acknowledged, so a missing file is made anew only
//! while no complaint was received, or once an operator says by an empty `complaint-keys.lost` beside it
//! that it is lost for good.
//!
//! `current` names the pair kiosks are offered; the others stay to open what still is under way. To
//! rotate: add a `[[key]]`, name it in `current`, restart.

use std::{fs, io, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use central_api::SealKey;
use complaint_seal::{ALGORITHM, KeyPair};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::keyring::{KeyError, keep_secret};

const FILE: &str = "complaint-keys.toml";
const LOST: &str = "complaint-keys.lost";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    current: String,
    key: Vec<Entry>,
}

/// The id follows from the secret; it stands beside it for whoever reads the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    algorithm: String,
    secret: String,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

/// Key pairs ready for use.
pub(crate) struct SealKeys {
    current: String,
    pairs: Vec<KeyPair>,
}

impl SealKeys {
    /// Reads the pairs in `directory`, making a fresh one (mode 0600) if there is none. Where one was
    /// `in_use` before, it is made only on the operator's word, which is used up by it.
    ///
    /// # Errors
    /// When the file cannot be read, written or understood, or is missing while in use.
    pub(crate) fn open(directory: &Path, in_use: bool) -> Result<Self, KeyError> {
        let path = directory.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&Zeroizing::new(text), &path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if in_use {
                    take_word(&path, &directory.join(LOST))?;
                }
                let text = fresh()?;
                keep_secret(&path, text.as_bytes())?;
                Self::parse(&text, &path)
            }
            Err(source) => Err(KeyError::File { path: path.display().to_string(), source }),
        }
    }

    fn parse(text: &str, path: &Path) -> Result<Self, KeyError> {
        let shape = |expected| KeyError::Shape { path: path.display().to_string(), expected };
        let document: Document =
            toml::from_str(text).map_err(|_| shape("current and [[key]] tables"))?;
        let mut pairs = Vec::with_capacity(document.key.len());
        for entry in &document.key {
            if entry.algorithm != ALGORITHM {
                return Err(shape("keys of the algorithm complaints are sealed by"));
            }
            let secret = STANDARD.decode(&entry.secret).map(Zeroizing::new);
            let secret = secret.map_err(|_| shape("secrets in base64"))?;
            let pair = KeyPair::from_secret(&secret).map_err(|_| shape("secrets of 32 bytes"))?;
            if pair.id() != entry.id {
                return Err(shape("the id that belongs to each secret"));
            }
            pairs.push(pair);
        }
        if pairs.iter().any(|pair| pair.id() == document.current) {
            Ok(Self { current: document.current, pairs })
        } else {
            Err(shape("a key for the id in current"))
        }
    }

    /// The key complaints are to be sealed to.
    #[must_use]
    pub(crate) fn offered(&self) -> Option<SealKey> {
        self.pair(&self.current).map(KeyPair::public)
    }

    /// The pair of this id, if it is held here.
    #[must_use]
    pub(crate) fn pair(&self, id: &str) -> Option<&KeyPair> {
        self.pairs.iter().find(|pair| pair.id() == id)
    }
}

/// Uses up the operator's word that the pairs at `path` are lost for good.
fn take_word(path: &Path, lost: &Path) -> Result<(), KeyError> {
    fs::remove_file(lost).map_err(|source| {
        let (path, lost) = (path.display().to_string(), lost.display().to_string());
        match source.kind() {
            io::ErrorKind::NotFound => KeyError::Lost { path, lost },
            _ => KeyError::File { path: lost, source },
        }
    })
}

fn fresh() -> Result<Zeroizing<String>, KeyError> {
    let pair = KeyPair::generate();
    let entry = Entry {
        id: pair.id().to_owned(),
        algorithm: ALGORITHM.to_owned(),
        secret: STANDARD.encode(&*pair.secret()),
    };
    let document = Document { current: entry.id.clone(), key: vec![entry] };
    let text = toml::to_string(&document).map_err(|_| KeyError::Shape {
        path: FILE.to_owned(),
        expected: "keys that can be written",
    })?;
    Ok(Zeroizing::new(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected(text: &str) -> &'static str {
        match SealKeys::parse(text, Path::new(FILE)) {
            Err(KeyError::Shape { expected, .. }) => expected,
            _ => "",
        }
    }

    #[test]
    fn the_same_pair_comes_back_and_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().expect("a temporary directory");
        let keys = directory.path().join("keys");
        let offered = SealKeys::open(&keys, false).expect("made").offered();
        assert_eq!(SealKeys::open(&keys, true).expect("read").offered(), offered);
        let mode = fs::metadata(keys.join(FILE)).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn an_old_pair_stays_beside_a_new_one() {
        let (old, new) = (fresh().expect("made"), fresh().expect("made"));
        let keys = |text: &str| text[text.find("[[key]]").expect("a key")..].to_owned();
        let both = format!("{}\n{}", *new, keys(&old));
        let ring = SealKeys::parse(&both, Path::new(FILE)).expect("both");
        let before = SealKeys::parse(&old, Path::new(FILE)).expect("the old one");
        assert_ne!(ring.offered(), before.offered());
        assert!(ring.pair(&before.current).is_some());
    }

    #[test]
    fn a_file_that_makes_no_sense_says_what_was_expected() {
        let text = fresh().expect("made");
        for (from, to, words) in [
            ("current", "present", "current and [[key]] tables"),
            ("hpke", "rsa", "keys of the algorithm complaints are sealed by"),
            ("current = \"h", "current = \"g", "a key for the id in current"),
            ("id = \"h", "id = \"g", "the id that belongs to each secret"),
            ("secret = \"", "secret = \"!", "secrets in base64"),
            ("secret = \"", "secret = \"AAAA", "secrets of 32 bytes"),
        ] {
            assert_eq!(expected(&text.replacen(from, to, 1)), words, "{words}");
        }
    }
}
