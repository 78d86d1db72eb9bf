//! What a printer sends back: conditions and the proof that a slip is out, among any noise.
#![no_main]

use fuzz::within;
use libfuzzer_sys::fuzz_target;
use receipt_printer::{Answers, Asked, Heard, Proof};

fuzz_target!(|input: &[u8]| {
    let Some((&[a, b, c, d], noise)) = input.split_first_chunk::<4>() else { return };
    within(1 << 16, || {
        // As the driver makes them.
        let id = [a, b, c, d].map(|byte| b'0' + byte % 10);
        proof_is_found(id, noise);
        for heard in noise.iter().map({
            let mut answers = Answers::new(Proof::Status);
            move |&byte| (byte, answers.push(byte))
        }) {
            if let (byte, Heard::Proof) = heard {
                assert!(!Asked::is_answer(byte), "a condition is no proof");
            }
        }
    });
    if let Some((&asked, [bits, ..])) = noise.split_first_chunk::<4>() {
        more_bits_are_never_better(asked, *bits);
    }
});

/// Noise alone proves nothing unless it holds the id; behind any noise the echo does.
fn proof_is_found(id: [u8; 4], noise: &[u8]) {
    let mut answers = Answers::new(Proof::Echo(id));
    let tail = [&id[..], &[0]].concat();
    let proven = noise.iter().any(|&byte| match answers.push(byte) {
        Heard::Condition(condition) => {
            assert!(condition == byte && Asked::is_answer(byte));
            false
        }
        heard => heard == Heard::Proof,
    });
    assert!(!proven || noise.windows(tail.len()).any(|window| window == tail), "proof of nothing");
    let echo = [&[0x37, 0x22][..], &tail].concat();
    let heard: Vec<Heard> = echo.iter().map(|&byte| answers.push(byte)).collect();
    assert_eq!(heard.last(), Some(&Heard::Proof), "a proof is missed");
}

/// Another fault never makes the summary milder.
fn more_bits_are_never_better(asked: [u8; 4], bits: u8) {
    for at in 0..asked.len() {
        let mut worse = asked;
        worse[at] |= bits;
        assert!(Asked(worse).summary() <= Asked(asked).summary(), "{asked:02X?} and {bits:02X}");
    }
}
