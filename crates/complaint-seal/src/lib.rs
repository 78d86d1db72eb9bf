//! Seals a complaint so that only central can read it: HPKE (RFC 9180) in base mode,
//! DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Knows no transport, no storage and no clock.
//!
//! The seal is bound to the complaint's id, to the algorithm and to the key's id; none of them can be
//! changed on the way. What is sealed is padded to whole kilobytes, so that its length tells little.
//!
//! ```
//! # use central_api::{Complaint, ComplaintKind, ComplaintSubject};
//! # let complaint = Complaint {
//! #     tracking_number: "7K0M1Q2X9Z".into(),
//! #     code_hash: complaint_seal::code_hash("7K0M1Q2X9Z", "AB3D-EF9H"),
//! #     kind: ComplaintKind::Question,
//! #     subject: ComplaintSubject::General,
//! #     text: "怎么申请？".into(),
//! #     writer: None,
//! #     written_on: "2026-11-23".parse().unwrap(),
//! # };
//! let keys = complaint_seal::KeyPair::generate();
//! let sealed = complaint_seal::seal(&keys.public(), "00112233445566778899aabbccddeeff", &complaint)?;
//! assert_eq!(complaint_seal::open(&keys, &sealed).unwrap(), complaint);
//! # Ok::<(), complaint_seal::SealError>(())
//! ```

mod code;
mod keys;
mod seal;

pub use code::{code_hash, written_form};
pub use keys::{KeyError, KeyPair};
pub use seal::{OpenError, SealError, open, seal};

/// How complaints are sealed, in the word that travels with each.
pub const ALGORITHM: &str = "hpke-base-x25519-hkdf-sha256-aes256gcm";
