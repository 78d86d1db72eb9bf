//! Identity numbers as typed, scanned or sent: what is accepted is one number, and shown masked only.
#![no_main]

use fuzz::within;
use id_number::{ForeignerNumber, IdNumber, LENGTH, check_character};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    within(1 << 16, || {
        if let Ok(number) = IdNumber::parse(&text) {
            check(&number);
        }
        if let Ok(number) = IdNumber::parse_old(&text) {
            check(&number);
        }
        if let Ok(number) = ForeignerNumber::parse(&text) {
            assert_eq!(ForeignerNumber::parse(number.expose()).as_ref(), Ok(&number));
            assert_eq!(format!("{number:?}"), "ForeignerNumber(..)");
        }
        // Seventeen digits of the input, so that the check character is no wall.
        let mut digits: Vec<u8> = input.iter().map(|byte| b'0' + byte % 10).take(17).collect();
        let Some(last) = check_character(&digits) else { return };
        digits.push(last);
        let typed = String::from_utf8(digits).expect("ASCII");
        if let Ok(number) = IdNumber::parse(&typed) {
            assert_eq!(number.expose(), typed);
            check(&number);
        }
    });
});

fn check(number: &IdNumber) {
    let whole = number.expose();
    assert_eq!(whole.len(), LENGTH);
    assert_eq!(IdNumber::parse(whole).as_ref(), Ok(number));
    assert!(number.birth_date().is_some());
    let (_, _) = (number.kind(), number.sex());
    let masked = number.to_string();
    assert_eq!(masked, format!("{}{}{}", &whole[..3], "*".repeat(11), &whole[14..]));
    assert_eq!(format!("{number:?}"), "IdNumber(..)");
}
