//! Chinese identity numbers: parse, check, mask, wipe.
//!
//! The full number leaves an [`IdNumber`] only through [`IdNumber::expose`]; `Display` masks it and
//! `Debug` shows nothing. This crate knows no reader, no screen and no database.

mod check;
mod foreigner;

use std::fmt;

pub use check::{check_character, travel_check_digit};
pub use foreigner::{FOREIGNER_LENGTH, ForeignerNumber, ForeignerNumberError};
use jiff::civil::Date;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Length of a citizen, permit or (2023) foreigner number: GB 11643-1999, section 4.
pub const LENGTH: usize = 18;

/// Two-digit province-level prefixes of GB/T 2260, with 83 for Taiwan residence permits.
/// Six-digit codes are never refused: abolished counties live on in numbers for life.
const REGIONS: [u8; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
];

/// A checked 18-character identity number, kept on the heap and wiped when dropped.
///
/// Invariant: seventeen ASCII digits and a correct MOD 11-2 check character (`0`–`9` or `X`),
/// a known region and a possible birth date.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct IdNumber(Box<[u8]>);

/// What the number says its holder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A citizen's number (GB 11643-1999).
    Citizen,
    /// A residence permit of a Hong Kong (81), Macao (82) or Taiwan (83) resident.
    Permit,
    /// A foreigner's permanent-residence number of the 2023 card (first digit 9).
    Foreigner,
}

/// The sex encoded in the order number: odd male, even female (GB 11643-1999, section 4.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Odd order number.
    Male,
    /// Even order number.
    Female,
}

/// Why a text is not an identity number. Never carries the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdNumberError {
    /// Not 18 characters after normalisation.
    #[error("an identity number has 18 characters, this one {0}")]
    Length(usize),
    /// Something other than digits, or an X that is not last.
    #[error("character {0} cannot stand in an identity number")]
    Character(usize),
    /// The first two digits name no province-level region.
    #[error("the first two digits name no region")]
    Region,
    /// Digits 7 to 14 are no calendar date.
    #[error("the birth date does not exist")]
    BirthDate,
    /// The last character does not fit the others.
    #[error("the check character does not fit")]
    CheckCharacter,
    /// Fifteen digits of somebody who may have been born before 1900.
    #[error("the century of birth is not known")]
    Century,
}

/// Length of a citizen's number before 1999 (GB 11643-1989).
const OLD_LENGTH: usize = 15;

/// Order numbers that GB 11643-1989 kept for people of a hundred years and more.
const CENTENARIANS: std::ops::RangeInclusive<u32> = 996..=999;

impl IdNumber {
    /// Reads a number as people type it: spaces ignored, full-width digits and `x` normalised.
    ///
    /// # Errors
    /// The first rule of GB 11643-1999 that the text breaks.
    pub fn parse(text: &str) -> Result<Self, IdNumberError> {
        let (bytes, count) =
            read(text, LENGTH, |place, c| normalise(c).filter(|b| *b != b'X' || place == LENGTH))
                .map_err(IdNumberError::Character)?;
        if count != LENGTH {
            return Err(IdNumberError::Length(count));
        }
        let number = Self(bytes.as_slice().into());
        number.check()?;
        Ok(number)
    }

    /// Reads a number of fifteen digits (GB 11643-1989) and makes it one of eighteen: `19` before the
    /// year, and the check character. They are on no valid card since 2013; old papers have them.
    ///
    /// # Errors
    /// [`IdNumberError::Century`] for order numbers 996 to 999, which may mean the years before 1900;
    /// else the first rule that the text breaks.
    pub fn parse_old(text: &str) -> Result<Self, IdNumberError> {
        let (mut digits, count) =
            read(text, usize::MAX, |_, c| normalise(c).filter(u8::is_ascii_digit))
                .map_err(IdNumberError::Character)?;
        if count != OLD_LENGTH {
            return Err(IdNumberError::Length(count));
        }
        let order = digits[12..].iter().fold(0, |n, b| n * 10 + u32::from(b - b'0'));
        if CENTENARIANS.contains(&order) {
            return Err(IdNumberError::Century);
        }
        digits.splice(6..6, *b"19");
        let check = check_character(&digits);
        digits.extend(check);
        let number = Self(digits.as_slice().into());
        number.check()?;
        Ok(number)
    }

    fn check(&self) -> Result<(), IdNumberError> {
        let region = self.decimal(0..2);
        if self.kind() != Kind::Foreigner && !REGIONS.iter().any(|&r| u32::from(r) == region) {
            return Err(IdNumberError::Region);
        }
        self.birth_date().ok_or(IdNumberError::BirthDate)?;
        if check_character(&self.0[..17]) != Some(self.0[17]) {
            return Err(IdNumberError::CheckCharacter);
        }
        Ok(())
    }

    /// The whole number in ASCII. Call this only where the number must really leave.
    #[must_use]
    pub fn expose(&self) -> &str {
        std::str::from_utf8(&self.0).expect("digits and X are ASCII")
    }

    /// What kind of holder the number belongs to.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.decimal(0..2) {
            81..=83 => Kind::Permit,
            90.. => Kind::Foreigner,
            _ => Kind::Citizen,
        }
    }

    /// Birth date in the number. Always there for a parsed number.
    #[must_use]
    pub fn birth_date(&self) -> Option<Date> {
        let part = |range| self.decimal(range);
        Date::new(
            i16::try_from(part(6..10)).ok()?,
            i8::try_from(part(10..12)).ok()?,
            i8::try_from(part(12..14)).ok()?,
        )
        .ok()
        .filter(|date| date.year() >= 1800)
    }

    /// Sex in the number.
    #[must_use]
    pub fn sex(&self) -> Sex {
        if self.0[16] % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    fn decimal(&self, range: std::ops::Range<usize>) -> u32 {
        self.0[range].iter().fold(0, |n, b| n * 10 + u32::from(b - b'0'))
    }
}

/// The characters of a typed number without its spaces, as `byte` reads each at its place (from 1): as many as
/// any number has, and how many were typed. Those behind `longest` are only counted.
///
/// # Errors
/// The place of the first that `byte` does not take.
fn read(
    text: &str,
    longest: usize,
    byte: impl Fn(usize, char) -> Option<u8>,
) -> Result<(Zeroizing<Vec<u8>>, usize), usize> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(LENGTH));
    let mut count = 0;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        count += 1;
        if count <= longest {
            let byte = byte(count, c).ok_or(count)?;
            if bytes.len() < LENGTH {
                bytes.push(byte);
            }
        }
    }
    Ok((bytes, count))
}

fn normalise(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8),
        '０'..='９' => u8::try_from(u32::from(c) - u32::from('０') + u32::from('0')).ok(),
        'x' | 'X' | 'ｘ' | 'Ｘ' => Some(b'X'),
        _ => None,
    }
}

/// `110***********002X`: three in front, four behind, as screens and slips may show it.
impl fmt::Display for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.expose();
        write!(f, "{}***********{}", &text[..3], &text[14..])
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdNumber(..)")
    }
}
