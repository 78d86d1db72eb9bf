//! The text block of a card of any kind, as it comes and brought to its length.
#![no_main]

use card_reader::{Card, CardFault, CardKind, Trust, parse_text_block};
use fuzz::within;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    within(1 << 16, || {
        let card = parse_text_block(input, Trust::Unauthenticated);
        if input.len() != 256 {
            assert_eq!(card.err(), Some(CardFault::Garbled));
        }
        let mut block = [0; 256];
        let length = input.len().min(block.len());
        block[..length].copy_from_slice(&input[..length]);
        if let Ok(card) = parse_text_block(&block, Trust::Unauthenticated) {
            check(&card);
        }
    });
});

fn check(card: &Card) {
    let characters = card.name.chars().count();
    let (longest, length) = match card.kind() {
        CardKind::Foreigner2017 => (60, id_number::FOREIGNER_LENGTH),
        CardKind::Foreigner2023 => (46, id_number::LENGTH),
        _ => (15, id_number::LENGTH),
    };
    assert!((1..=longest).contains(&characters), "a name of {characters} characters");
    assert_eq!(card.number.expose().len(), length);
    assert!(card.mismatches().len() <= 2);
    assert_eq!(format!("{card:?}"), format!("Card {{ kind: {:?}, .. }}", card.kind()));
}
