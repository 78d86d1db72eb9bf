//! What both ends make of a tracking number and a query code.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Crockford base32 as it is written: upper case, O as 0, I and L as 1, hyphens and blanks left out.
/// Other characters stay, so that a wrong code stays wrong.
#[must_use]
pub fn written_form(typed: &str) -> Zeroizing<String> {
    let mut written = Zeroizing::new(String::with_capacity(typed.len()));
    for c in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        written.push(match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        });
    }
    written
}

/// SHA-256 over `tracking number ':' query code`, both in their [`written_form`]; lower-case hex. It
/// travels inside the seal only: a query code is short enough to be guessed from it.
#[must_use]
pub fn code_hash(tracking_number: &str, query_code: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(written_form(tracking_number).as_bytes());
    hasher.update(b":");
    hasher.update(written_form(query_code).as_bytes());
    hex(&hasher.finalize())
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_gives_the_same_hash() {
        let written = code_hash("7K0M1Q2X9Z", "AB3DEF9H");
        assert_eq!(written.len(), 64);
        for (tracking, code) in [
            ("7k0m-1q2x-9z", "ab3d ef9h"),
            ("7KOM IQ2X9Z", "AB3D-EF9H"),
            ("7KOMLQ2X9Z", "Ab3DeF9H"),
        ] {
            assert_eq!(code_hash(tracking, code), written, "{tracking} {code}");
        }
        for (tracking, code) in [("7K0M1Q2X9Y", "AB3DEF9H"), ("7K0M1Q2X9Z", "AB3DEF9J"), ("", "")] {
            assert_ne!(code_hash(tracking, code), written);
        }
    }

    #[test]
    fn the_hash_is_the_documented_one() {
        // printf %s 7K0M1Q2X9Z:AB3DEF9H | sha256sum
        let known = "d1ce071ff377c27c8b50bb3a35ea1dd739ffd25dbde78ddd32a765078c9fc8e6";
        assert_eq!(code_hash("7K0M1Q2X9Z", "AB3DEF9H"), known);
        assert_eq!(hex(&[0, 15, 16, 255]), "000f10ff");
    }
}
