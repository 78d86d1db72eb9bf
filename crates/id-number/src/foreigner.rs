//! The number of a foreigner's permanent-residence card of 2017.
//!
//! Nationality (3 letters), region (4 digits), birth (YYMMDD), one digit, check digit. 未经实机验证: known from
//! published samples, one of which contradicts the rule that the digit before the last tells the sex; so it is
//! not read.

use std::fmt;

use jiff::civil::Date;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{IdNumber, Kind, check::travel_check_digit, normalise, read};

/// Length of a foreigner's number before 2023.
pub const FOREIGNER_LENGTH: usize = 15;

/// A checked number, kept on the heap and wiped when dropped. `Display` masks it, `Debug` shows nothing.
///
/// Invariant: three capitals and twelve ASCII digits, a possible birthday, a correct check digit.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct ForeignerNumber(Box<[u8]>);

/// Why a text is no such number. Never carries the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ForeignerNumberError {
    /// Not 15 characters after normalisation.
    #[error("a foreigner's number has 15 characters, this one {0}")]
    Length(usize),
    /// Something other than three letters and twelve digits.
    #[error("character {0} cannot stand in a foreigner's number")]
    Character(usize),
    /// Digits 8 to 13 are no day of any century.
    #[error("the birth date does not exist")]
    BirthDate,
    /// The last digit does not fit the others.
    #[error("the check digit does not fit")]
    CheckDigit,
}

impl ForeignerNumber {
    /// Reads a number: spaces ignored, full-width digits and small letters normalised.
    ///
    /// # Errors
    /// The first rule that the text breaks.
    pub fn parse(text: &str) -> Result<Self, ForeignerNumberError> {
        let (bytes, count) = read(text, FOREIGNER_LENGTH, |place, c| match place {
            1..=3 => u8::try_from(c.to_ascii_uppercase()).ok().filter(u8::is_ascii_uppercase),
            _ => normalise(c).filter(u8::is_ascii_digit),
        })
        .map_err(ForeignerNumberError::Character)?;
        if count != FOREIGNER_LENGTH {
            return Err(ForeignerNumberError::Length(count));
        }
        let two = |at: usize| (bytes[at] - b'0') * 10 + bytes[at + 1] - b'0';
        if !is_day(two(7), two(9), two(11)) {
            return Err(ForeignerNumberError::BirthDate);
        }
        if travel_check_digit(&bytes[..14]) != Some(bytes[14]) {
            return Err(ForeignerNumberError::CheckDigit);
        }
        Ok(Self(bytes.as_slice().into()))
    }

    /// The number a holder had before the card of 2023: its nationality, the number on it, and its three
    /// digits that link the two; `None` where they make no number.
    #[must_use]
    pub fn before(nationality: &str, number: &IdNumber, link: &str) -> Option<Self> {
        let link = link.as_bytes();
        if number.kind() != Kind::Foreigner || link.len() != 3 || !link.is_ascii() {
            return None;
        }
        let digits = number.expose().as_bytes();
        let mut bytes = Zeroizing::new(Vec::with_capacity(FOREIGNER_LENGTH));
        for part in [nationality.as_bytes(), &digits[1..3], &link[..2], &digits[8..14], &link[2..]]
        {
            bytes.extend_from_slice(part);
        }
        let check = travel_check_digit(&bytes)?;
        bytes.push(check);
        Self::parse(std::str::from_utf8(&bytes).ok()?).ok()
    }

    /// The whole number in ASCII. Call this only where the number must really leave.
    #[must_use]
    pub fn expose(&self) -> &str {
        std::str::from_utf8(&self.0).expect("letters and digits are ASCII")
    }
}

/// Whether the day exists in the 1900s or 2000s.
fn is_day(year: u8, month: u8, day: u8) -> bool {
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { return false };
    [1900, 2000].iter().any(|century| Date::new(century + i16::from(year), month, day).is_ok())
}

/// `CAN********0310`: three in front, four behind, as screens and slips may show it.
impl fmt::Display for ForeignerNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.expose();
        write!(f, "{}********{}", &text[..3], &text[11..])
    }
}

impl fmt::Debug for ForeignerNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ForeignerNumber(..)")
    }
}
