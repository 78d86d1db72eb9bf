//! What card readers say.

use std::fmt;

use id_number::IdNumber;
use zeroize::Zeroizing;

/// What a card reader saw.
#[derive(Debug, Clone)]
pub enum CardEvent {
    /// A card arrived and is being read.
    Seen,
    /// A card was read.
    Read(Box<CardFacts>),
    /// A card could not be read.
    Failed(CardFault),
    /// The card left.
    Removed,
}

/// What a card says of its holder. `Debug` reveals nothing.
#[derive(Clone)]
pub struct CardFacts {
    /// Identity number.
    pub number: IdNumber,
    /// Name on the card.
    pub name: Zeroizing<String>,
    /// How far the reading can be trusted.
    pub trust: Trust,
}

impl fmt::Debug for CardFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardFacts(..)")
    }
}

/// How far a reading can be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// Read through a SAM_V module with this serial number.
    Authenticated {
        /// Printed form of the module's serial number.
        sam_serial: String,
    },
    /// Could have been copied.
    Unauthenticated,
}

/// Why a card could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardFault {
    /// It moved before it was read.
    MovedTooEarly,
    /// A resident card on a reader that cannot read it.
    NeedsIdReader,
    /// A social-security card that needs the social-security reader.
    NeedsSocialReader,
    /// A card of another kind.
    NotSupported,
    /// What it says cannot be verified.
    CannotVerify,
    /// The security module refused it.
    Refused,
    /// Its answers made no sense.
    Garbled,
    /// The reader stopped answering.
    ReaderSilent,
}
