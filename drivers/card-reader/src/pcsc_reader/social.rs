//! The social-security card: select the environment by name, read records by tag.
//!
//! What is free to read can be copied, so a reading is never authenticated; a PIN is never sent.

use encoding_rs::GB18030;
use id_number::IdNumber;
use zeroize::Zeroizing;

use super::apdu::{Exchange, send};
use crate::{Card, CardFault, CardKind, Trust, Validity};

/// SELECT of the DF named `sx1.sh.社会保障` (GBK), LD/T 32.
const SELECT_SSSE: [u8; 20] = [
    0x00, 0xA4, 0x04, 0x00, 0x0F, 0x73, 0x78, 0x31, 0x2E, 0x73, 0x68, 0x2E, 0xC9, 0xE7, 0xBB, 0xE1,
    0xB1, 0xA3, 0xD5, 0xCF,
];
const SELECT_EF06: [u8; 7] = [0x00, 0xA4, 0x02, 0x00, 0x02, 0xEF, 0x06];

/// A record of EF06: tag, value length, record number in cards of versions 2 and 3.
struct Record {
    tag: u8,
    length: u8,
    number: u8,
}

const NUMBER: Record = Record { tag: 0x08, length: 18, number: 1 };
const NAME: Record = Record { tag: 0x09, length: 30, number: 2 };

/// Reads the holder from a social-security card.
///
/// # Errors
/// [`CardFault::NotSupported`] when it is another kind of card,
/// [`CardFault::NeedsSocialReader`] when the card guards its data,
/// [`CardFault::CannotVerify`] for an impossible number or an empty name.
pub fn read_social_card(card: &mut impl Exchange) -> Result<Card, CardFault> {
    send(card, &SELECT_SSSE)?;
    send(card, &SELECT_EF06)?;
    let number = text(&read(card, &NUMBER)?);
    let number = IdNumber::parse(&number).map_err(|_| CardFault::CannotVerify)?;
    let name = text(&read(card, &NAME)?);
    if name.is_empty() {
        return Err(CardFault::CannotVerify);
    }
    Ok(Card {
        kind: CardKind::SocialSecurity,
        number,
        name,
        trust: Trust::Unauthenticated,
        validity: Validity::Unknown,
    })
}

/// A record by tag, or by number where the card knows no tags; the answer's tag is checked.
fn read(card: &mut impl Exchange, record: &Record) -> Result<Zeroizing<Vec<u8>>, CardFault> {
    let by_tag = [0x00, 0xB2, record.tag, 0x00, record.length + 2];
    let answer = match send(card, &by_tag) {
        Err(CardFault::NotSupported) => {
            send(card, &[0x00, 0xB2, record.number, 0x04, record.length + 2])?
        }
        answer => answer?,
    };
    match answer.split_first_chunk::<2>() {
        Some((&[tag, length], value))
            if tag == record.tag && usize::from(length) <= value.len() =>
        {
            Ok(Zeroizing::new(value[..usize::from(length)].to_vec()))
        }
        _ => Err(CardFault::Garbled),
    }
}

/// GB18030 text without its padding (zeros, blanks, FF).
fn text(value: &[u8]) -> Zeroizing<String> {
    let kept = value.iter().rposition(|b| !matches!(b, 0x00 | 0x20 | 0xFF)).map_or(0, |at| at + 1);
    let (decoded, _) = GB18030.decode_without_bom_handling(&value[..kept]);
    Zeroizing::new(decoded.into_owned())
}
