//! The 256-byte text block of each kind of card: UTF-16LE fields, blank padded.

use std::ops::Range;

use super::{Kind, SampleCard};

type Field<'a> = (Range<usize>, &'a str);

/// The text block of a card.
pub(super) fn text_block(card: &SampleCard) -> Vec<u8> {
    let birth = card.birth();
    // An English name of the card of 2023 goes on in a second field, 35 characters on.
    let english: Vec<char> = card.english_name.chars().collect();
    let (first, more) = english.split_at(english.len().min(35));
    let (first, more): (String, String) = (first.iter().collect(), more.iter().collect());
    let dates = [(188..204, &*card.valid_from), (204..220, &*card.valid_to)];
    let front: [Field<'_>; 6] = [
        (0..30, &card.name),
        (30..32, &card.sex),
        (36..52, &birth),
        (52..122, &card.address),
        (122..158, &card.number),
        (158..188, &card.authority),
    ];
    let fields: Vec<Field<'_>> = match card.kind {
        Kind::Resident | Kind::SocialSecurity => {
            front.into_iter().chain([(32..36, &*card.nation)]).collect()
        }
        Kind::Permit => front
            .into_iter()
            .chain([(220..238, &*card.pass_number), (238..242, &*card.times), (248..250, "J")])
            .collect(),
        Kind::Foreigner2017 => vec![
            (0..120, &card.english_name),
            (120..122, &card.sex),
            (122..152, &card.number),
            (152..158, &card.nationality),
            (158..188, &card.name),
            (220..236, &birth),
            (236..240, &card.times),
            (240..248, &card.authority),
            (248..250, "I"),
        ],
        Kind::Foreigner2023 => vec![
            (0..30, &card.name),
            (30..32, &card.sex),
            (32..36, &card.times),
            (36..52, &birth),
            (52..122, &first),
            (122..158, &card.number),
            (220..242, &more),
            (242..248, &card.nationality),
            (248..250, "Y"),
            (250..256, &card.link),
        ],
    };
    let mut block = [0x20, 0x00].repeat(128);
    for (at, text) in fields.into_iter().chain(dates) {
        fill(&mut block[at], text);
    }
    block
}

/// 70 bytes of an appended address.
pub(super) fn appended(address: &str) -> Vec<u8> {
    let mut block = [0x20, 0x00].repeat(35);
    fill(&mut block, address);
    block
}

fn fill(field: &mut [u8], text: &str) {
    for (two, unit) in field.chunks_exact_mut(2).zip(text.encode_utf16()) {
        two.copy_from_slice(&unit.to_le_bytes());
    }
}
