//! The 256-byte text block of a resident card: UTF-16LE fields at fixed offsets (GA/T 490).

use id_number::IdNumber;
use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::{Card, CardFault, CardKind, Trust, Validity};

const LENGTH: usize = 256;
const NAME: std::ops::Range<usize> = 0..30;
const NUMBER: std::ops::Range<usize> = 122..158;
const VALID_UNTIL: std::ops::Range<usize> = 204..220;
/// Type flag: `I`, `Y` foreigners' cards, `J` residence permits, anything else a resident's.
const TYPE: std::ops::Range<usize> = 248..250;

/// Reads a text block.
///
/// # Errors
/// [`CardFault::Garbled`] when it is not 256 bytes, [`CardFault::NotSupported`] for foreigners'
/// cards and permits, [`CardFault::CannotVerify`] for an impossible number or date or no name.
pub fn parse_text_block(block: &[u8], trust: Trust) -> Result<Card, CardFault> {
    if block.len() != LENGTH {
        return Err(CardFault::Garbled);
    }
    let kind = text(&block[TYPE]);
    if matches!(kind.as_str(), "I" | "Y" | "J") {
        return Err(CardFault::NotSupported);
    }
    let number = IdNumber::parse(&text(&block[NUMBER])).map_err(|_| CardFault::CannotVerify)?;
    let name = text(&block[NAME]);
    if name.is_empty() {
        return Err(CardFault::CannotVerify);
    }
    let validity = validity(&text(&block[VALID_UNTIL]))?;
    Ok(Card { kind: CardKind::Resident, number, name, trust, validity })
}

fn validity(text: &str) -> Result<Validity, CardFault> {
    match text {
        "长期" => Ok(Validity::LongTerm),
        "" => Ok(Validity::Unknown),
        digits => date(digits).map(Validity::Until).ok_or(CardFault::CannotVerify),
    }
}

/// `YYYYMMDD`.
pub(crate) fn date(digits: &str) -> Option<Date> {
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Date::strptime("%Y%m%d", digits).ok()
}

/// A field without its padding (blanks, NUL, U+3000). Unpaired surrogates are replaced, not refused.
fn text(field: &[u8]) -> Zeroizing<String> {
    let units = field.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    // Room for the longest UTF-8 form at once, so that no shorter copy stays behind.
    let mut text = Zeroizing::new(String::with_capacity(field.len() * 2));
    text.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    let kept = text.trim_end_matches([' ', '\0', '\u{3000}']).len();
    text.truncate(kept);
    text
}
