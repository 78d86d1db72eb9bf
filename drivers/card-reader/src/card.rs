//! A card as its reader saw it.

mod details;
mod nation;

use std::fmt;

use id_number::{ForeignerNumber, IdNumber, Sex};
use jiff::civil::Date;
use zeroize::Zeroizing;

pub use details::{Details, Foreigner2017, Foreigner2023, Permit, Resident, SocialSecurity, Text};
pub use nation::Nation;

/// A card that was read. `Debug` reveals nothing of the holder.
pub struct Card {
    /// The holder's number.
    pub number: CardNumber,
    /// The holder's name: the Chinese one, or on foreigners' cards without one the English.
    pub name: Zeroizing<String>,
    /// Sex as the card codes it, where the field is filled.
    pub sex: Option<SexCode>,
    /// Birth date, where the field is filled.
    pub birth: Option<Date>,
    /// How far the reading can be trusted.
    pub trust: Trust,
    /// Until when the card is valid, as far as it says so. A card past its day is read like any
    /// other: whether it opens anything is the caller's to decide, see [`Validity::is_valid_on`].
    pub validity: Validity,
    /// The rest, by the kind of card.
    pub details: Details,
}

impl Card {
    /// What kind of card it is.
    #[must_use]
    pub const fn kind(&self) -> CardKind {
        match self.details {
            Details::Resident(_) => CardKind::Resident,
            Details::Permit(_) => CardKind::Permit,
            Details::Foreigner2017(_) => CardKind::Foreigner2017,
            Details::Foreigner2023(_) => CardKind::Foreigner2023,
            Details::SocialSecurity(_) => CardKind::SocialSecurity,
        }
    }

    /// Where the card contradicts its own number. That happens on good cards after a correction: a fact
    /// for staff, no reason to refuse.
    #[must_use]
    pub fn mismatches(&self) -> Vec<Mismatch> {
        let CardNumber::Id(number) = &self.number else { return Vec::new() };
        let birth = self.birth.filter(|birth| number.birth_date() != Some(*birth));
        let sex = self.sex.and_then(SexCode::sex).filter(|sex| number.sex() != *sex);
        let birth = birth.map(|_| Mismatch::Birth);
        birth.into_iter().chain(sex.map(|_| Mismatch::Sex)).collect()
    }
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Card").field("kind", &self.kind()).finish_non_exhaustive()
    }
}

/// Kinds of cards this crate reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardKind {
    /// 居民身份证.
    Resident,
    /// 港澳台居民居住证.
    Permit,
    /// 外国人永久居留身份证 of 2017.
    Foreigner2017,
    /// 外国人永久居留身份证 of 2023.
    Foreigner2023,
    /// 社会保障卡.
    SocialSecurity,
}

/// The number a card names its holder by. `Display` masks it, `Debug` shows nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardNumber {
    /// Eighteen characters: citizens, permits, foreigners since 2023.
    Id(IdNumber),
    /// Fifteen characters: foreigners before.
    Foreigner(ForeignerNumber),
}

impl CardNumber {
    /// The whole number in ASCII. Call this only where the number must really leave.
    #[must_use]
    pub fn expose(&self) -> &str {
        match self {
            Self::Id(number) => number.expose(),
            Self::Foreigner(number) => number.expose(),
        }
    }
}

impl fmt::Display for CardNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(number) => number.fmt(f),
            Self::Foreigner(number) => number.fmt(f),
        }
    }
}

/// Sex as a card codes it (GB/T 2261.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SexCode {
    /// 0, 未知.
    Unknown,
    /// 1, 男.
    Male,
    /// 2, 女.
    Female,
    /// 9, 未说明.
    NotStated,
    /// A code the standard does not have.
    Other(char),
}

impl SexCode {
    /// The code of one character.
    pub(crate) fn new(code: &str) -> Option<Self> {
        Some(match code.chars().next()? {
            '0' => Self::Unknown,
            '1' => Self::Male,
            '2' => Self::Female,
            '9' => Self::NotStated,
            other => Self::Other(other),
        })
    }

    /// Male or female, where the code says so.
    #[must_use]
    pub const fn sex(self) -> Option<Sex> {
        match self {
            Self::Male => Some(Sex::Male),
            Self::Female => Some(Sex::Female),
            Self::Unknown | Self::NotStated | Self::Other(_) => None,
        }
    }
}

/// Where a card contradicts its own number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mismatch {
    /// The birth date.
    Birth,
    /// The sex.
    Sex,
}

/// How far a reading can be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// Read through a SAM_V module with this serial number (printed form).
    Authenticated {
        /// `AA.BB-YYYYMMDD-NNNNNNNNNN-NNNNNNNNNN`.
        sam_serial: String,
    },
    /// Free-to-read data that can be copied to another card.
    Unauthenticated,
}

/// `YYYYMMDD`, as cards write days.
pub(crate) fn parse_date(digits: &str) -> Option<Date> {
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Date::strptime("%Y%m%d", digits).ok()
}

/// Until when a card is valid; the caller decides what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Valid up to and including this day, in China's civil calendar (GA/T 490, 有效期限).
    Until(Date),
    /// 长期, on resident cards only: it never ends.
    LongTerm,
    /// The card does not say: a blank field, or a social-security card, whose day is not read.
    Unknown,
}

impl Validity {
    /// Whether a card may still be used on `day`, a civil date in Asia/Shanghai. False only where the
    /// card itself names an earlier last day; one that does not say counts as valid.
    #[must_use]
    pub fn is_valid_on(self, day: Date) -> bool {
        match self {
            Self::Until(last) => day <= last,
            Self::LongTerm | Self::Unknown => true,
        }
    }
}

/// Why a card could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CardFault {
    /// It moved before it was read (SAM status 41, card removed).
    #[error("the card moved too early")]
    MovedTooEarly,
    /// A resident card on a reader without a SAM_V module.
    #[error("a resident card needs the ID-card reader")]
    NeedsIdReader,
    /// Access refused (69 82, 69 85).
    #[error("the card needs the social-security reader")]
    NeedsSocialReader,
    /// A card of another kind.
    #[error("the card is of another kind")]
    NotSupported,
    /// Number, date or text that cannot be right.
    #[error("the card's data cannot be verified")]
    CannotVerify,
    /// The SAM refused the card or its data failed verification (32, 33): a security event.
    #[error("the security module refused the card")]
    Refused,
    /// Short or senseless answers.
    #[error("the card's answers make no sense")]
    Garbled,
    /// No answer in time.
    #[error("the reader does not answer")]
    ReaderSilent,
}
