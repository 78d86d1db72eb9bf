//! Makes a sealed letter of a complaint, and what its writer takes home.

use central_api::{COMPLAINT_TRACKING_LENGTH, Complaint, SealKey};
use visit::{Filed, Filing};
use zeroize::Zeroizing;

use super::Letter;
use crate::central::{random, random_key};

/// Crockford's base32: no letters that look like digits.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a query code: 40 bits.
const CODE_LENGTH: usize = 8;

/// Why a complaint cannot be sealed.
#[derive(Debug, thiserror::Error)]
pub(super) enum SealFault {
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    Random,
    /// The key cannot be used.
    #[error("the key cannot be used")]
    Key(#[source] complaint_seal::SealError),
    /// The seal cannot be written down.
    #[error("the seal cannot be written down")]
    Json,
}

/// Seals a complaint. Tracking number and query code exist nowhere else afterwards but on the receipt.
pub(super) fn seal(key: &SealKey, filing: &Filing) -> Result<(Letter, Filed), SealFault> {
    let id = random_key().map_err(|_| SealFault::Random)?;
    let tracking_number = code(COMPLAINT_TRACKING_LENGTH)?;
    let query_code = code(CODE_LENGTH)?;
    let complaint = Complaint {
        tracking_number: tracking_number.as_str().to_owned(),
        code_hash: complaint_seal::code_hash(&tracking_number, &query_code),
        kind: filing.kind,
        subject: filing.subject.clone(),
        text: filing.text.as_str().to_owned(),
        writer: filing.writer.clone(),
        written_on: filing.written_on,
    };
    let sealed = complaint_seal::seal(key, &id, &complaint).map_err(SealFault::Key)?;
    let body = serde_json::to_vec(&sealed).map_err(|_| SealFault::Json)?;
    Ok((Letter { id, body }, Filed { tracking_number, query_code }))
}

/// Random characters, five bits each.
fn code(length: usize) -> Result<Zeroizing<String>, SealFault> {
    let mut code = Zeroizing::new(String::with_capacity(length));
    for _ in 0..length {
        let random = random().map_err(|_| SealFault::Random)?;
        let place = usize::try_from(random % 32).unwrap_or(0);
        code.push(char::from(ALPHABET[place]));
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_long_enough_and_all_their_characters_occur() {
        let codes: Vec<_> = (0..200).map(|_| code(10).expect("randomness")).collect();
        let all: BTreeSet<char> = codes.iter().flat_map(|code| code.chars()).collect();
        assert_eq!(all, ALPHABET.iter().copied().map(char::from).collect());
        assert!(codes.iter().all(|code| code.len() == 10));
    }
}
