//! The text block of a resident card, as it comes and brought to its length.
#![no_main]

use card_reader::{Card, CardFault, Trust, parse_text_block};
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
    assert!((1..=15).contains(&characters), "a name of {characters} characters");
    assert_eq!(card.number.expose().len(), id_number::LENGTH);
    assert_eq!(format!("{card:?}"), "Card { kind: Resident, .. }");
}
