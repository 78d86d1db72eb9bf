//! Keyed digests: the index a number is found by, the hash a code is kept as, the links of the
//! audit chain. Each kind of thing has its own first part, so that no two are ever alike.

use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::Keyring;

/// What a digest measures.
pub(crate) type Digest = [u8; 32];

/// A keyed digest with the id of the key that made it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Keyed {
    /// Key id.
    pub key: String,
    /// The digest.
    pub digest: Digest,
}

/// An index under every key held: rows made before the keys were new lie under older ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyedIndex {
    /// Under the current key; what is written lies under this one.
    pub current: Keyed,
    /// Under each other key.
    pub others: Vec<Digest>,
}

impl KeyedIndex {
    /// Every digest, the current one first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Digest> {
        std::iter::once(&self.current.digest).chain(&self.others)
    }
}

impl Keyring {
    /// The index a number is found by, under every key held.
    #[must_use]
    pub(crate) fn person(&self, number: &str) -> KeyedIndex {
        self.index(&self.current.person, &[b"person", number.as_bytes()])
    }

    /// The index a complaint's tracking number is found by, under every key held.
    #[must_use]
    pub(crate) fn tracking(&self, number: &str) -> KeyedIndex {
        self.index(&self.current.code, &[b"tracking", number.as_bytes()])
    }

    /// A keyed digest of a sealed complaint's parts, to recognise a repeated one.
    #[must_use]
    pub(crate) fn complaint(&self, parts: [&str; 4]) -> Keyed {
        let [a, b, c, d] = parts.map(str::as_bytes);
        self.with_current(&self.current.code, &[b"complaint", a, b, c, d])
    }

    /// The hash a query code is kept as; bound to its person.
    #[must_use]
    pub(crate) fn code(&self, person: &Digest, code: &str) -> Keyed {
        self.with_current(&self.current.code, &[b"code", person, code.as_bytes()])
    }

    /// Whether `code` is the one kept as `kept`, bound to whichever index the person had then, in
    /// constant time. With nothing kept the same work is done and the answer is no.
    #[must_use]
    pub(crate) fn code_fits(&self, person: &KeyedIndex, code: &str, kept: Option<&Keyed>) -> bool {
        let key = kept.map_or(&self.current.code, |k| &k.key);
        let (mac, known) = match self.macs.get(key) {
            Some(mac) => (mac, kept.is_some()),
            None => (&self.macs[&self.current.code], false),
        };
        let target = kept.map_or([0; 32], |k| k.digest);
        let fits = person.all().fold(false, |fits, index| {
            let parts: [&[u8]; 3] = [b"code", index, code.as_bytes()];
            fits | update(mac.clone(), &parts).verify_slice(&target).is_ok()
        });
        fits & known
    }

    /// A keyed digest of one kiosk's request body, to recognise a repeated one.
    #[must_use]
    pub(crate) fn body(&self, kiosk: &str, body: &[u8]) -> Keyed {
        self.with_current(&self.current.person, &[b"body", kiosk.as_bytes(), body])
    }

    /// Whether `kept` was made of this kiosk's `body`, under whichever key.
    #[must_use]
    pub(crate) fn body_fits(&self, kiosk: &str, body: &[u8], kept: &Digest) -> bool {
        self.fits(&[b"body", kiosk.as_bytes(), body], kept)
    }

    /// Whether `kept` was made of these parts of a sealed complaint, under whichever key.
    #[must_use]
    pub(crate) fn complaint_fits(&self, parts: [&str; 4], kept: &Digest) -> bool {
        let [a, b, c, d] = parts.map(str::as_bytes);
        self.fits(&[b"complaint", a, b, c, d], kept)
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

    /// Whether any key makes `kept` of these parts.
    fn fits(&self, parts: &[&[u8]], kept: &Digest) -> bool {
        let digest = |mac: &Hmac<Sha256>| update(mac.clone(), parts).finalize().into_bytes();
        self.macs.values().any(|mac| digest(mac).as_slice() == kept)
    }

    fn index(&self, key: &str, parts: &[&[u8]]) -> KeyedIndex {
        KeyedIndex {
            current: self.with_current(key, parts),
            others: self.with_others(key, parts).collect(),
        }
    }

    /// The digests of `parts` under every key but this.
    fn with_others(&self, key: &str, parts: &[&[u8]]) -> impl Iterator<Item = Digest> {
        let others = self.macs.iter().filter(move |(id, _)| *id != key);
        others.map(move |(_, mac)| update(mac.clone(), parts).finalize().into_bytes().into())
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
