//! The MOD 11-2 check character of GB 11643-1999, section 4.2 (ISO 7064).

/// Weight of each of the first seventeen digits, leftmost first.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// Check character by weighted sum modulo 11.
const CHARACTERS: [u8; 11] = *b"10X98765432";

/// The check character of seventeen ASCII digits; `None` for any other input.
#[must_use]
pub fn check_character(digits: &[u8]) -> Option<u8> {
    if digits.len() != WEIGHTS.len() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(d, w)| u32::from(d - b'0') * w).sum();
    Some(CHARACTERS[(sum % 11) as usize])
}
