//! A sealed complaint as a kiosk could send it: opened, or refused by what is wrong with it.
#![no_main]

use std::sync::LazyLock;

use base64::{Engine, engine::general_purpose::STANDARD};
use central_api::{Complaint, SealedComplaint};
use complaint_seal::{ALGORITHM, KeyPair, OpenError, code_hash, open, seal, written_form};
use fuzz::{pieces, within};
use libfuzzer_sys::fuzz_target;

/// Always the same, so that a finding can be seen again.
static KEYS: LazyLock<KeyPair> =
    LazyLock::new(|| KeyPair::from_secret(&[7; 32]).expect("32 bytes are a secret"));

fuzz_target!(|input: &[u8]| {
    let keys = &*KEYS;
    within((1 << 20) + 64 * input.len(), || {
        if let Ok(sealed) = serde_json::from_slice::<SealedComplaint>(input) {
            let opened = open(keys, &sealed);
            if sealed.algorithm != ALGORITHM {
                assert_eq!(opened, Err(OpenError::Algorithm));
            }
        }
        // Sound on the outside: whatever is in it, nobody sealed it.
        let mut parts = pieces(input);
        let mut part = || parts.next().unwrap_or_default();
        let forged = SealedComplaint {
            id: String::from_utf8_lossy(part()).into_owned(),
            algorithm: ALGORITHM.to_owned(),
            key: keys.id().to_owned(),
            encapsulated: STANDARD.encode(part()),
            ciphertext: STANDARD.encode(part()),
        };
        assert!(open(keys, &forged).is_err());
        if let Ok(complaint) = serde_json::from_slice::<Complaint>(input) {
            assert_eq!(format!("{complaint:?}"), "Complaint(..)");
            let sealed = seal(&keys.public(), &forged.id, &complaint).expect("sealed");
            assert_eq!(open(keys, &sealed), Ok(complaint));
        }
        let text = String::from_utf8_lossy(input);
        let written = written_form(&text);
        assert_eq!(code_hash(&text, &text), code_hash(&written, &written));
    });
});
