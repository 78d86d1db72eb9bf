//! A card as its reader saw it.

use std::fmt;

use id_number::IdNumber;
use jiff::civil::Date;
use zeroize::Zeroizing;

/// A card that was read. `Debug` reveals nothing of the holder.
pub struct Card {
    /// What kind of card.
    pub kind: CardKind,
    /// The holder's identity number.
    pub number: IdNumber,
    /// The holder's name as on the card.
    pub name: Zeroizing<String>,
    /// How far the reading can be trusted.
    pub trust: Trust,
    /// Until when the card is valid, as far as it says so. A card past its day is read like any
    /// other: whether it opens anything is the caller's to decide, see [`Validity::is_valid_on`].
    pub validity: Validity,
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Card").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Kinds of cards this crate reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardKind {
    /// 居民身份证.
    Resident,
    /// 社会保障卡.
    SocialSecurity,
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
