//! Bytes from the serial line of a SAM_V module: they mean the same in whatever pieces they arrive.
#![no_main]

use card_reader::{Assembler, Frame, FrameError, Trust, parse_text_block};
use fuzz::within;
use libfuzzer_sys::fuzz_target;

const PREAMBLE: [u8; 5] = [0xAA, 0xAA, 0xAA, 0x96, 0x69];

fuzz_target!(|input: &[u8]| {
    let Some((sizes, line)) = input.split_first_chunk::<4>() else { return };
    within((1 << 16) + 8 * line.len(), || {
        let whole = answer(Assembler::default().push(line));
        let mut assembler = Assembler::default();
        assert_eq!(in_pieces(&mut assembler, line, sizes), whole, "pieces change the answer");
        if whole.is_some() {
            let again = in_pieces(&mut assembler, line, sizes);
            assert_eq!(again, whole, "something is left of the answer before");
        }
        if let Some((frame, body)) = wrapped(line) {
            let heard = answer(Assembler::default().push(&frame));
            assert_eq!(heard, Some(Ok(body.to_vec())), "a sound reply is not understood");
        }
    });
});

/// The answer without its first two status bytes, which nobody reads; what it says is tried too.
fn answer(pushed: Option<Result<Frame, FrameError>>) -> Option<Result<Vec<u8>, FrameError>> {
    let frame = match pushed? {
        Ok(frame) => frame,
        Err(error) => return Some(Err(error)),
    };
    if let Some(serial) = frame.serial_number() {
        let fits = |b: u8| b.is_ascii_digit() || b == b'.' || b == b'-';
        assert!(serial.bytes().all(fits), "{serial}");
    }
    if let Ok(block) = frame.text_block() {
        drop(parse_text_block(block, Trust::Unauthenticated));
    }
    Some(Ok([&[frame.status()], frame.data()].concat()))
}

fn in_pieces(
    assembler: &mut Assembler,
    mut line: &[u8],
    sizes: &[u8; 4],
) -> Option<Result<Vec<u8>, FrameError>> {
    for &size in sizes.iter().cycle() {
        if line.is_empty() {
            break;
        }
        let (piece, rest) = line.split_at(line.len().min(usize::from(size) + 1));
        if let Some(heard) = answer(assembler.push(piece)) {
            return Some(heard);
        }
        line = rest;
    }
    None
}

/// A reply with this body, of a length a module could send, and the part that should be heard.
fn wrapped(body: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let length = u16::try_from(body.len() + 1).ok().filter(|length| (4..=2400).contains(length))?;
    let length = length.to_be_bytes();
    let check = length.iter().chain(body).fold(0, |x, b| x ^ b);
    Some(([&PREAMBLE[..], &length, body, &[check]].concat(), &body[2..]))
}
