//! A social-security card that answers whatever it likes, over and over.
#![no_main]

use std::iter::{Cycle, Peekable};

use card_reader::{ApduError, Exchange, read_social_card};
use fuzz::{pieces, within};
use libfuzzer_sys::fuzz_target;
use zeroize::Zeroizing;

/// SELECT, READ RECORD and GET RESPONSE. Never VERIFY: a wrong PIN would lock the card.
const ALLOWED: [u8; 3] = [0xA4, 0xB2, 0xC0];
/// Three SELECTs, nine records by tag and by one number or two, each answered in at most 32 parts.
const MOST_COMMANDS: usize = (3 + 6 * 2 + 3 * 3) * 32;

fuzz_target!(|input: &[u8]| {
    let answers: Vec<&[u8]> = pieces(input).collect();
    within(1 << 20, || {
        let mut card = Scripted { answers: answers.iter().cycle().peekable(), commands: 0 };
        if let Ok(card) = read_social_card(&mut card) {
            assert!(!card.name.is_empty());
            assert_eq!(format!("{card:?}"), "Card { kind: SocialSecurity, .. }");
        }
    });
});

/// Plays its answers in order and from the start again; without any, it is gone.
struct Scripted<'a, I: Iterator<Item = &'a &'a [u8]> + Clone> {
    answers: Peekable<Cycle<I>>,
    commands: usize,
}

impl<'a, I: Iterator<Item = &'a &'a [u8]> + Clone> Exchange for Scripted<'a, I> {
    fn exchange(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ApduError> {
        self.commands += 1;
        assert!(self.commands <= MOST_COMMANDS, "the card is asked for ever");
        assert!(ALLOWED.contains(&command[1]), "{command:02X?}");
        if command[1] == 0xA4 {
            let known = command.ends_with(&[0xB1, 0xA3, 0xD5, 0xCF])
                || command.ends_with(&[0x02, 0xEF, 0x05])
                || command.ends_with(&[0x02, 0xEF, 0x06]);
            assert!(known, "selects something else: {command:02X?}");
        }
        let answer = self.answers.next().ok_or(ApduError::Removed)?;
        Ok(Zeroizing::new(answer.to_vec()))
    }
}
