//! The 256-byte text block of a card behind a SAM_V module: UTF-16LE fields at fixed offsets, laid out by the
//! kind of card (GA/T 490 for residents; 未经实机验证 for the others, whose layouts are known from vendors).

mod foreigner;
mod permit;
mod resident;

use std::ops::Range;

use id_number::IdNumber;
use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::card::parse_date;
use crate::{Card, CardFault, CardNumber, Details, SexCode, Text, Trust, Validity};

/// Length of a text block in bytes.
const LENGTH: usize = 256;

/// Type flag: `I`, `Y` foreigners' cards, `J` residence permits, anything else a resident's.
const TYPE: Range<usize> = 248..250;

/// Reads a text block.
///
/// # Errors
/// [`CardFault::Garbled`] when it is not 256 bytes, [`CardFault::CannotVerify`] for an impossible number or
/// date or no name.
pub fn parse_text_block(block: &[u8], trust: Trust) -> Result<Card, CardFault> {
    let block = Block(block.try_into().map_err(|_| CardFault::Garbled)?);
    match block.text(TYPE).as_str() {
        "I" => foreigner::parse_2017(&block, trust),
        "Y" => foreigner::parse_2023(&block, trust),
        "J" => permit::parse(&block, trust),
        _ => resident::parse(&block, trust),
    }
}

/// The address of a reply to [`Command::NewestAddress`](crate::Command::NewestAddress): 70 bytes; `None` where
/// it is blank or something else.
pub(crate) fn newest_address(data: &[u8]) -> Option<Text> {
    (data.len() == 70).then(|| decode(data)).filter(|address| !address.is_empty())
}

/// A text block and how its fields are read.
struct Block<'a>(&'a [u8; LENGTH]);

impl Block<'_> {
    fn text(&self, at: Range<usize>) -> Text {
        decode(&self.0[at])
    }

    /// A name that is there.
    fn name(&self, at: Range<usize>) -> Result<Text, CardFault> {
        Some(self.text(at)).filter(|name| !name.is_empty()).ok_or(CardFault::CannotVerify)
    }

    fn id_number(&self) -> Result<IdNumber, CardFault> {
        IdNumber::parse(&self.text(122..158)).map_err(|_| CardFault::CannotVerify)
    }

    /// A card whose front is laid out as a resident's.
    fn card(&self, trust: Trust, validity: Validity, details: Details) -> Result<Card, CardFault> {
        Ok(Card {
            name: self.name(0..30)?,
            sex: self.sex(30..32),
            birth: self.date(36..52)?,
            number: CardNumber::Id(self.id_number()?),
            trust,
            validity,
            details,
        })
    }

    fn sex(&self, at: Range<usize>) -> Option<SexCode> {
        SexCode::new(&self.text(at))
    }

    /// A date that may be blank.
    fn date(&self, at: Range<usize>) -> Result<Option<Date>, CardFault> {
        match self.text(at).as_str() {
            "" => Ok(None),
            digits => parse_date(digits).map(Some).ok_or(CardFault::CannotVerify),
        }
    }

    fn until(&self, at: Range<usize>) -> Result<Validity, CardFault> {
        Ok(self.date(at)?.map_or(Validity::Unknown, Validity::Until))
    }
}

/// A field without its padding (blanks, NUL, U+3000). Unpaired surrogates are replaced, not refused.
fn decode(field: &[u8]) -> Text {
    let units = field.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    // Room for the longest UTF-8 form at once, so that no shorter copy stays behind.
    let mut text = Zeroizing::new(String::with_capacity(field.len() * 2));
    text.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    let kept = text.trim_end_matches([' ', '\0', '\u{3000}']).len();
    text.truncate(kept);
    text
}
