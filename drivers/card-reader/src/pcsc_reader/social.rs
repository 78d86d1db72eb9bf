//! The social-security card: select the environment by name, read records by tag.
//!
//! What is free to read can be copied, so a reading is never authenticated; a PIN is never sent.

use encoding_rs::GB18030;
use id_number::IdNumber;
use jiff::civil::Date;
use zeroize::Zeroizing;

use super::apdu::{Exchange, send};
use crate::card::parse_date;
use crate::{
    Card, CardFault, CardNumber, Details, Nation, SexCode, SocialSecurity, Text, Trust, Validity,
};

/// SELECT of the DF named `sx1.sh.社会保障` (GBK), LD/T 32.
const SELECT_SSSE: [u8; 20] = [
    0x00, 0xA4, 0x04, 0x00, 0x0F, 0x73, 0x78, 0x31, 0x2E, 0x73, 0x68, 0x2E, 0xC9, 0xE7, 0xBB, 0xE1,
    0xB1, 0xA3, 0xD5, 0xCF,
];
/// Card data.
const SELECT_EF05: [u8; 7] = [0x00, 0xA4, 0x02, 0x00, 0x02, 0xEF, 0x05];
/// Holder.
const SELECT_EF06: [u8; 7] = [0x00, 0xA4, 0x02, 0x00, 0x02, 0xEF, 0x06];

/// A record: tag, value length, and where it stands in cards that know no tags. Cards of version 1 lack the
/// name's extension, so that what follows stands one place earlier.
struct Record {
    tag: u8,
    length: u8,
    numbers: &'static [u8],
}

const CARD_ID: Record = Record { tag: 0x01, length: 16, numbers: &[1] };
const VERSION: Record = Record { tag: 0x03, length: 4, numbers: &[3] };
const VALID_UNTIL: Record = Record { tag: 0x06, length: 4, numbers: &[6] };
const CARD_NUMBER: Record = Record { tag: 0x07, length: 9, numbers: &[7] };

const NUMBER: Record = Record { tag: 0x08, length: 18, numbers: &[1] };
const NAME: Record = Record { tag: 0x09, length: 30, numbers: &[2] };
const SEX: Record = Record { tag: 0x0A, length: 1, numbers: &[4, 3] };
const NATION: Record = Record { tag: 0x0B, length: 1, numbers: &[5, 4] };
const BIRTH: Record = Record { tag: 0x0D, length: 4, numbers: &[7, 6] };

/// Reads a social-security card: the holder, and of the rest what the card gives away.
///
/// # Errors
/// [`CardFault::NotSupported`] when it is another kind of card,
/// [`CardFault::NeedsSocialReader`] when the card guards its holder,
/// [`CardFault::CannotVerify`] for an impossible number or date or an empty name.
pub fn read_social_card(card: &mut impl Exchange) -> Result<Card, CardFault> {
    send(card, &SELECT_SSSE)?;
    let about = match send(card, &SELECT_EF05) {
        Ok(_) => About {
            version: text(&read_if_free(card, &VERSION)?),
            region: digits(read_if_free(card, &CARD_ID)?.get(..3).unwrap_or_default()),
            card_number: text(&read_if_free(card, &CARD_NUMBER)?),
            until: digits(&read_if_free(card, &VALID_UNTIL)?),
        },
        Err(fault) => free(fault, About::default())?,
    };
    send(card, &SELECT_EF06)?;
    let number = text(&read(card, &NUMBER)?);
    let number = IdNumber::parse(&number).map_err(|_| CardFault::CannotVerify)?;
    let name = text(&read(card, &NAME)?);
    if name.is_empty() {
        return Err(CardFault::CannotVerify);
    }
    Ok(Card {
        number: CardNumber::Id(number),
        name,
        sex: SexCode::new(&text(&read_if_free(card, &SEX)?)),
        birth: date(&digits(&read_if_free(card, &BIRTH)?))?,
        trust: Trust::Unauthenticated,
        validity: date(&about.until)?.map_or(Validity::Unknown, Validity::Until),
        details: Details::SocialSecurity(SocialSecurity {
            version: about.version,
            region: about.region,
            card_number: about.card_number,
            nation: Nation::new(&digits(&read_if_free(card, &NATION)?)),
        }),
    })
}

/// What EF05 says of the card.
#[derive(Default)]
struct About {
    version: Text,
    region: Text,
    card_number: Text,
    until: Text,
}

/// A record by tag, or by number where the card knows no tags; the answer's tag is checked.
fn read(card: &mut impl Exchange, record: &Record) -> Result<Zeroizing<Vec<u8>>, CardFault> {
    let length = record.length + 2;
    match send(card, &[0x00, 0xB2, record.tag, 0x00, length]) {
        Err(CardFault::NotSupported) => {}
        answer => return value(&answer?, record).ok_or(CardFault::Garbled),
    }
    for &number in record.numbers {
        let answer = send(card, &[0x00, 0xB2, number, 0x04, length])?;
        if let Some(value) = value(&answer, record) {
            return Ok(value);
        }
    }
    Err(CardFault::Garbled)
}

/// The value of an answer that has the record's tag: `tag length value`.
fn value(answer: &[u8], record: &Record) -> Option<Zeroizing<Vec<u8>>> {
    let (&[tag, length], value) = answer.split_first_chunk::<2>()?;
    let value = value.get(..usize::from(length))?;
    (tag == record.tag).then(|| Zeroizing::new(value.to_vec()))
}

/// A record that a card may guard or lack: empty then.
fn read_if_free(
    card: &mut impl Exchange,
    record: &Record,
) -> Result<Zeroizing<Vec<u8>>, CardFault> {
    read(card, record).or_else(|fault| free(fault, Zeroizing::new(Vec::new())))
}

/// A card that refuses, lacks or muddles something that is not needed is read without it.
fn free<T>(fault: CardFault, nothing: T) -> Result<T, CardFault> {
    match fault {
        CardFault::NeedsSocialReader | CardFault::NotSupported | CardFault::Garbled => Ok(nothing),
        fault => Err(fault),
    }
}

/// GB18030 text (`an`) without its padding (zeros, blanks, FF).
fn text(value: &[u8]) -> Text {
    let kept = value.iter().rposition(|b| !matches!(b, 0x00 | 0x20 | 0xFF)).map_or(0, |at| at + 1);
    let (decoded, _) = GB18030.decode_without_bom_handling(&value[..kept]);
    Zeroizing::new(decoded.into_owned())
}

/// Packed decimals (`cn`) up to their padding with F; nothing of a value with anything else in it.
fn digits(value: &[u8]) -> Text {
    let mut digits = Zeroizing::new(String::with_capacity(value.len() * 2));
    for nibble in value.iter().flat_map(|b| [b >> 4, b & 0xF]) {
        match char::from_digit(nibble.into(), 10) {
            Some(digit) => digits.push(digit),
            None if nibble == 0xF => break,
            None => return Text::default(),
        }
    }
    digits
}

/// `YYYYMMDD`, or nothing where the card says nothing.
fn date(digits: &str) -> Result<Option<Date>, CardFault> {
    if digits.is_empty() || digits.bytes().all(|b| b == b'0') {
        return Ok(None);
    }
    parse_date(digits).map(Some).ok_or(CardFault::CannotVerify)
}
