//! Bytes from outside: frames, text blocks and card answers, good and bad.

use card_reader::{
    ApduError, Assembler, CardFault, Command, Exchange, FrameError, SexCode, Trust, Validity,
    parse_text_block, read_social_card,
};
use encoding_rs::GB18030;
use proptest::prelude::*;
use zeroize::Zeroizing;

#[test]
fn requests_are_the_published_bytes() {
    let hex = |command: Command| {
        command.to_bytes().iter().map(|b| format!("{b:02X}")).collect::<String>()
    };
    assert_eq!(hex(Command::Status), "AAAAAA96690003".to_owned() + "11FFED");
    assert_eq!(hex(Command::SerialNumber), "AAAAAA96690003".to_owned() + "12FFEE");
    assert_eq!(hex(Command::Find), "AAAAAA96690003".to_owned() + "200122");
    assert_eq!(hex(Command::Select), "AAAAAA96690003".to_owned() + "200221");
    assert_eq!(hex(Command::ReadText), "AAAAAA96690003".to_owned() + "300132");
    assert_eq!(hex(Command::NewestAddress), "AAAAAA96690003".to_owned() + "300330");
}

const FOUND: [u8; 15] = [0xAA, 0xAA, 0xAA, 0x96, 0x69, 0, 8, 0, 0, 0x9F, 0, 0, 0, 0, 0x97];

#[test]
fn a_damaged_reply_is_refused() {
    let mut damaged = FOUND;
    damaged[10] ^= 1;
    let frame = Assembler::default().push(&damaged).expect("complete");
    assert_eq!(frame.err(), Some(FrameError::Check));
    let endless = [0xAA, 0xAA, 0xAA, 0x96, 0x69, 0xFF, 0xFF];
    let frame = Assembler::default().push(&endless).expect("complete");
    assert_eq!(frame.err(), Some(FrameError::Length(0xFFFF)));
}

proptest! {
    #[test]
    fn no_bytes_panic_the_assembler(chunks in prop::collection::vec(any::<Vec<u8>>(), 0..20)) {
        let mut assembler = Assembler::default();
        for chunk in chunks {
            drop(assembler.push(&chunk));
        }
    }

    #[test]
    fn a_reply_is_found_behind_noise_and_in_pieces(
        noise in prop::collection::vec(0u8..0xAA, 0..40),
        cut in 0usize..15,
    ) {
        let mut assembler = Assembler::default();
        prop_assert!(assembler.push(&noise).is_none());
        let first = assembler.push(&FOUND[..cut]);
        let frame = first.or_else(|| assembler.push(&FOUND[cut..]));
        let frame = frame.expect("complete").expect("well formed");
        prop_assert_eq!(frame.status(), 0x9F);
        prop_assert_eq!(frame.data(), &[0; 4]);
    }

    #[test]
    fn no_text_block_panics(block in prop::collection::vec(any::<u8>(), 0..300)) {
        drop(parse_text_block(&block, Trust::Unauthenticated));
    }

    #[test]
    fn no_social_card_panics(answers in prop::collection::vec(any::<Vec<u8>>(), 0..40)) {
        drop(read_social_card(&mut Scripted(answers)));
    }
}

fn block(number: &str, until: &str, flag: &str) -> Vec<u8> {
    let mut block = [0x20, 0x00].repeat(128);
    for (at, text) in [(0, "扎西·才让"), (122, number), (204, until), (248, flag)] {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        block[at..at + bytes.len()].copy_from_slice(&bytes);
    }
    block
}

#[test]
fn text_blocks_are_judged() {
    let read = |number, until, flag| {
        parse_text_block(&block(number, until, flag), Trust::Unauthenticated)
            .map(|card| (card.name.to_string(), card.validity))
    };
    let good = "11010519491231002X";
    let name = "扎西·才让".to_owned();
    assert_eq!(read(good, "长期", " "), Ok((name.clone(), Validity::LongTerm)));
    let day = jiff::civil::date(2030, 2, 28);
    assert_eq!(read(good, "20300228", " "), Ok((name, Validity::Until(day))));
    assert_eq!(read(good, "20300230", " "), Err(CardFault::CannotVerify));
    assert_eq!(read("110105194912310021", "长期", " "), Err(CardFault::CannotVerify));
    // 长期 is on residents' cards only.
    assert_eq!(read(good, "长期", "J"), Err(CardFault::CannotVerify));
}

#[test]
fn a_card_is_valid_through_its_last_day() {
    let on = |until: &str, day: jiff::civil::Date| {
        parse_text_block(&block("11010519491231002X", until, " "), Trust::Unauthenticated)
            .map(|card| card.validity.is_valid_on(day))
    };
    let day = jiff::civil::date(2026, 11, 23);
    assert_eq!(on("20261123", day), Ok(true));
    assert_eq!(on("20261122", day), Ok(false));
    assert_eq!(on("20060228", day), Ok(false));
    assert_eq!(on("20460228", day), Ok(true));
    assert_eq!(on("长期", jiff::civil::date(9999, 12, 31)), Ok(true));
    // Nothing on the card speaks against it.
    assert_eq!(on("", day), Ok(true));
    assert!(Validity::Unknown.is_valid_on(day));
    // What should be a date is not taken for 长期.
    for odd in ["长", "长期有效", "2046022", "00000000"] {
        assert_eq!(on(odd, day), Err(CardFault::CannotVerify), "{odd}");
    }
}

/// Plays answers in order, then is gone.
struct Scripted(Vec<Vec<u8>>);

impl Exchange for Scripted {
    fn exchange(&mut self, _: &[u8]) -> Result<Zeroizing<Vec<u8>>, ApduError> {
        if self.0.is_empty() {
            return Err(ApduError::Removed);
        }
        Ok(Zeroizing::new(self.0.remove(0)))
    }
}

/// Plays answers in order and notes what was asked.
struct Noted(Scripted, Vec<Vec<u8>>);

impl Exchange for Noted {
    fn exchange(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ApduError> {
        self.1.push(command.to_vec());
        self.0.exchange(command)
    }
}

/// `6C` corrects the length that is asked for; a SELECT asks for none, and its last byte is a name's.
#[test]
fn only_a_command_that_asks_for_a_length_is_corrected() {
    let play = |answers: &[&[u8]]| {
        let answers = answers.iter().map(|answer| answer.to_vec()).collect();
        let mut card = Noted(Scripted(answers), Vec::new());
        let fault = read_social_card(&mut card).err();
        (fault, card.1)
    };
    let (fault, asked) = play(&[&[0x6C, 0x05], &[0x90, 0x00]]);
    assert_eq!((fault, asked.len()), (Some(CardFault::Garbled), 1));
    let (_, asked) = play(&[&[0x90, 0x00], &[0x90, 0x00], &[0x6C, 0x14]]);
    assert_eq!(asked[2..], [[0x00, 0xB2, 0x03, 0x00, 0x06], [0x00, 0xB2, 0x03, 0x00, 0x14]]);
    let (_, asked) = play(&[&[0x90, 0x00], &[0x61, 0x05], &[0x6C, 0x07]]);
    assert_eq!(asked[3..], [[0x00, 0xC0, 0x00, 0x00, 0x07]]);
}

fn record(tag: u8, value: &[u8]) -> Vec<u8> {
    [&[tag, u8::try_from(value.len()).expect("short")], value, &[0x90, 0x00]].concat()
}

/// The environment is there, what the card says of itself is not, the holder's file is.
fn selected() -> Vec<Vec<u8>> {
    vec![vec![0x90, 0x00], vec![0x6A, 0x82], vec![0x90, 0x00]]
}

#[test]
fn a_social_card_is_read_by_tag_or_by_number() {
    let number = record(0x08, b"11010519491231002X");
    let mut name = GB18030.encode("王𠮷").0.into_owned();
    name.resize(30, 0);
    let name = record(0x09, &name);
    let more = vec![0x61, u8::try_from(name.len()).expect("short")];
    let unknown = || vec![0x6A, 0x83];
    let nothing = || (0..6).map(|_| unknown());
    let by_tag = [number.clone(), more, name.clone()].into_iter().chain(nothing());
    let by_tag = selected().into_iter().chain(by_tag).collect();
    let card = read_social_card(&mut Scripted(by_tag)).expect("readable");
    assert_eq!((card.number.expose(), card.name.as_str()), ("11010519491231002X", "王𠮷"));
    assert_eq!(card.trust, Trust::Unauthenticated);
    assert_eq!((card.sex, card.birth, card.validity), (None, None, Validity::Unknown));

    let by_number = [unknown(), number, unknown(), name].into_iter().chain(nothing());
    let by_number = selected().into_iter().chain(by_number).collect();
    let card = read_social_card(&mut Scripted(by_number)).expect("readable");
    assert_eq!(card.name.as_str(), "王𠮷");
}

/// Cards of version 1 have no extension of the name: what follows stands one place earlier.
#[test]
fn a_card_of_version_1_is_found_out_by_its_tags() {
    let (ok, unknown) = (vec![0x90, 0x00], vec![0x6A, 0x83]);
    let mut asked_by_number = Noted(Scripted(Vec::new()), Vec::new());
    asked_by_number.0.0 = vec![
        ok.clone(),
        vec![0x6A, 0x82],
        ok,
        record(0x08, b"11010519491231002X"),
        record(0x09, b"Wang"),
        unknown.clone(),
        record(0x0B, &[0x01]),
        record(0x0A, b"2"),
        unknown.clone(),
        record(0x0D, &[0x19, 0x49, 0x12, 0x31]),
        unknown,
        record(0x0B, &[0x01]),
    ];
    let card = read_social_card(&mut asked_by_number).expect("readable");
    assert_eq!(card.sex, Some(SexCode::Female));
    assert_eq!(card.birth, Some(jiff::civil::date(1949, 12, 31)));
    assert!(card.mismatches().is_empty());
    let sex_by_number = &asked_by_number.1[6..8];
    assert_eq!(sex_by_number, [[0x00, 0xB2, 0x04, 0x04, 0x03], [0x00, 0xB2, 0x03, 0x04, 0x03]]);
}

#[test]
fn a_social_card_that_refuses_or_vanishes_says_so() {
    let ok = vec![0x90, 0x00];
    let read = |answers: Vec<Vec<u8>>| read_social_card(&mut Scripted(answers)).err();
    let then = |answers: Vec<Vec<u8>>| read(selected().into_iter().chain(answers).collect());
    assert_eq!(then(vec![vec![0x69, 0x82]]), Some(CardFault::NeedsSocialReader));
    assert_eq!(then(vec![vec![0x69, 0x85]]), Some(CardFault::NeedsSocialReader));
    assert_eq!(read(vec![vec![0x6A, 0x82]]), Some(CardFault::NotSupported));
    assert_eq!(read(vec![ok.clone()]), Some(CardFault::MovedTooEarly));
    assert_eq!(then(vec![vec![0x90]]), Some(CardFault::Garbled));
    let other_tag = record(0x07, b"123456789");
    assert_eq!(then(vec![other_tag]), Some(CardFault::Garbled));
    assert_eq!(then(vec![vec![0x61, 2]; 100]), Some(CardFault::Garbled));
    let no_day = record(0x06, &[0x20, 0x30, 0x02, 0x30]);
    let unknown = || vec![0x6A, 0x83];
    let mut answers = vec![ok.clone(), ok.clone()];
    answers.extend((0..6).map(|_| unknown()));
    answers.extend([no_day, ok, record(0x08, b"11010519491231002X"), record(0x09, b"Wang")]);
    answers.extend((0..4).map(|_| unknown()));
    assert_eq!(read(answers), Some(CardFault::CannotVerify));
}
