//! 外国人永久居留身份证 of 2017 and of 2023.

use id_number::ForeignerNumber;
use zeroize::Zeroizing;

use super::{Block, decode};
use crate::{Card, CardFault, CardNumber, Details, Foreigner2017, Foreigner2023, Text, Trust};

pub(super) fn parse_2017(block: &Block<'_>, trust: Trust) -> Result<Card, CardFault> {
    let number = ForeignerNumber::parse(&block.text(122..152));
    let (english_name, chinese_name) = (block.text(0..120), block.text(158..188));
    Ok(Card {
        name: name(&chinese_name, &english_name)?,
        sex: block.sex(120..122),
        birth: block.date(220..236)?,
        number: CardNumber::Foreigner(number.map_err(|_| CardFault::CannotVerify)?),
        trust,
        validity: block.until(204..220)?,
        details: Details::Foreigner2017(Foreigner2017 {
            english_name,
            chinese_name,
            nationality: block.text(152..158),
            issued: block.date(188..204)?,
            version: block.text(236..240),
            authority_code: block.text(240..248),
        }),
    })
}

pub(super) fn parse_2023(block: &Block<'_>, trust: Trust) -> Result<Card, CardFault> {
    // The two parts of a name are joined as they stand: a blank may fall between them.
    let mut joined = Zeroizing::new([0; 92]);
    joined[..70].copy_from_slice(&block.0[52..122]);
    joined[70..].copy_from_slice(&block.0[220..242]);
    let (english_name, chinese_name) = (decode(&*joined), block.text(0..30));
    let (number, nationality) = (block.id_number()?, block.text(242..248));
    let old_number = ForeignerNumber::before(&nationality, &number, &block.text(250..256));
    Ok(Card {
        name: name(&chinese_name, &english_name)?,
        sex: block.sex(30..32),
        birth: block.date(36..52)?,
        number: CardNumber::Id(number),
        trust,
        validity: block.until(204..220)?,
        details: Details::Foreigner2023(Foreigner2023 {
            english_name,
            chinese_name,
            nationality,
            issued: block.date(188..204)?,
            renewals: block.text(32..36),
            old_number,
        }),
    })
}

fn name(chinese: &Text, english: &Text) -> Result<Text, CardFault> {
    let name = if chinese.is_empty() { english } else { chinese };
    Some(name.clone()).filter(|name| !name.is_empty()).ok_or(CardFault::CannotVerify)
}
