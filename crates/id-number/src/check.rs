//! Check characters: MOD 11-2 of GB 11643-1999, section 4.2 (ISO 7064), and that of travel documents.

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

/// The check digit of travel documents over ASCII digits and capitals: values (A is 10) times 7, 3, 1 in
/// turns, modulo 10 (ICAO 9303-3, section 4.9); `None` for any other input.
#[must_use]
pub fn travel_check_digit(characters: &[u8]) -> Option<u8> {
    let values = characters.iter().map(|c| char::from(*c).to_digit(36));
    if characters.iter().any(u8::is_ascii_lowercase) {
        return None;
    }
    let weighted =
        values.zip([7, 3, 1].iter().cycle()).map(|(value, weight)| Some(value? * weight));
    let sum = weighted.sum::<Option<u32>>()?;
    u8::try_from(sum % 10).ok().map(|digit| b'0' + digit)
}
