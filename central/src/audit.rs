//! Who looked at what, from which kiosk and for what purpose (社会救助法 art. 11 and 70(6), 个人信息保护法
//! art. 51), and which kiosks may look: one hash chain per writer. Holds keyed digests of persons, never numbers or names.

pub(crate) mod anchor;
pub(crate) mod verify;

pub use verify::{AuditBreak, AuditReport, VerifyError, verify_audit};

use jiff::Timestamp;

use crate::crypto::{Digest, Keyed, Keyring};

/// Name of central's chain.
pub(crate) const WRITER: &str = "main";
/// Name of the chain's algorithm, stored with every entry.
pub(crate) const ALGORITHM: &str = "HMAC-SHA256";
/// What the first entry of a chain links to.
pub(crate) const GENESIS: Digest = [0; 32];

/// One access, or one refused try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// When.
    pub at: Timestamp,
    /// From which kiosk; `-` for the operator.
    pub kiosk: String,
    /// What for.
    pub purpose: &'static str,
    /// By what kind of evidence.
    pub evidence: &'static str,
    /// About whom, as a keyed digest.
    pub person: Option<Keyed>,
    /// Tracking numbers of the applications released; of a kiosk, the readers or the certificate it
    /// was given.
    pub released: Vec<String>,
    /// How it ended.
    pub outcome: &'static str,
}

/// The fields of an entry in the form the chain covers.
pub(crate) struct Link<'a> {
    pub(crate) writer: &'a str,
    pub(crate) seq: i64,
    pub(crate) at_ms: i64,
    pub(crate) kiosk: &'a str,
    pub(crate) purpose: &'a str,
    pub(crate) evidence: &'a str,
    pub(crate) person: &'a [u8],
    pub(crate) person_key: &'a str,
    pub(crate) released: &'a str,
    pub(crate) outcome: &'a str,
    pub(crate) prev: &'a [u8],
}

impl Link<'_> {
    /// The hash of this entry by the ring's current audit key.
    pub(crate) fn hash(&self, keys: &Keyring) -> Keyed {
        let (seq, at) = (self.seq.to_be_bytes(), self.at_ms.to_be_bytes());
        keys.link(&self.parts(&seq, &at))
    }

    /// The hash of this entry by a named key.
    pub(crate) fn hash_with(&self, keys: &Keyring, key: &str) -> Option<Digest> {
        let (seq, at) = (self.seq.to_be_bytes(), self.at_ms.to_be_bytes());
        keys.link_with(key, &self.parts(&seq, &at))
    }

    fn parts<'b>(&'b self, seq: &'b [u8], at: &'b [u8]) -> [&'b [u8]; 11] {
        [
            self.writer.as_bytes(),
            seq,
            at,
            self.kiosk.as_bytes(),
            self.purpose.as_bytes(),
            self.evidence.as_bytes(),
            self.person,
            self.person_key.as_bytes(),
            self.released.as_bytes(),
            self.outcome.as_bytes(),
            self.prev,
        ]
    }
}
