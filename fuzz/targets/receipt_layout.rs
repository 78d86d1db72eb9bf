//! A slip of any text: its bytes are text and the encoder's own commands, from reset to cut.
//!
//! A part of the input is a block, its first byte says which; parts end at FF, which is in no text.
//! There is no font file: characters the printer lacks become gaps, since drawing them is slow.
#![no_main]

use std::path::PathBuf;

use fuzz::within;
use libfuzzer_sys::fuzz_target;
use receipt_printer::{FontLevel, Profile, Receipt, columns, encode, to_text};

const RESET: [u8; 7] = [0x1B, b'@', 0x1D, b'a', 0, 0x1C, b'&'];
const CUT: [u8; 4] = [0x1D, b'V', 66, 0];
/// Bytes; the document is printed without a longer one.
const LONGEST_CODE: usize = 7_089;
const LEVELS: [FontLevel; 3] = [FontLevel::Gb2312, FontLevel::Gbk, FontLevel::Gb18030];
const WIDTHS: [usize; 3] = [32, 42, 48];

fuzz_target!(|input: &[u8]| {
    let Some((&model, blocks)) = input.split_first() else { return };
    let profile = Profile {
        columns: WIDTHS[usize::from(model) % 3],
        font_level: LEVELS[usize::from(model) / 3 % 3],
        echo: true,
        fallback_font: PathBuf::new(),
    };
    let blocks: Vec<&[u8]> = blocks.split(|&byte| byte == 0xFF).collect();
    let codes = blocks
        .iter()
        .filter(|block| code(block).is_some_and(|text| text.len() <= LONGEST_CODE))
        .count();
    within((4 << 20) + 4096 * input.len(), || {
        let receipt = blocks.iter().fold(Receipt::new(), |receipt, block| add(receipt, block));
        let bytes = encode(&receipt, &profile);
        assert_eq!(commands(&bytes), codes, "a QR code is missing");
        if !blocks.iter().any(|block| code(block).is_some()) {
            for row in to_text(&receipt, profile.columns).lines() {
                assert!(columns(row.trim_start()) <= profile.columns, "{row:?} is too long");
            }
        }
    });
});

/// The text of a QR code, a long one from a short input.
fn code(block: &[u8]) -> Option<String> {
    let (kind, text) = block.split_first()?;
    (*kind == b'Q').then(|| String::from_utf8_lossy(text).repeat(1 + text.len() / 64))
}

fn add(receipt: Receipt, block: &[u8]) -> Receipt {
    let Some((kind, text)) = block.split_first() else { return receipt };
    let text = String::from_utf8_lossy(text);
    match kind {
        b'T' => receipt.title(text),
        b'H' => receipt.heading(text),
        b'P' => match text.split_once('|') {
            Some((label, value)) => receipt.pair(label, value),
            None => receipt.pair(text, ""),
        },
        b'Q' => receipt.qr(code(block).unwrap_or_default()),
        b'F' => receipt.feed(u8::try_from(text.len()).unwrap_or(u8::MAX)),
        b'-' => receipt.rule(),
        _ => receipt.line(text),
    }
}

/// Walks through a slip as a printer does and counts its QR codes; anything unknown is a finding.
fn commands(slip: &[u8]) -> usize {
    let slip = slip.strip_prefix(&RESET).expect("a slip begins with a reset");
    let mut rest = slip.strip_suffix(&CUT).expect("a slip ends with a cut");
    let mut codes = 0;
    while !rest.is_empty() {
        let length = match *rest {
            [b'\n' | b' '..=b'~', ..] => 1,
            // GB 18030: a digit behind the lead byte makes four bytes.
            [0x81..=0xFE, b'0'..=b'9', 0x81..=0xFE, b'0'..=b'9', ..] => 4,
            [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, ..] => 2,
            [0x1B, b'a' | b'E' | b'd', _, ..] | [0x1C | 0x1D, b'!', _, ..] => 3,
            [0x1D, b'(', b'k', low, high, ref data @ ..] => {
                codes += usize::from(data.starts_with(&[49, 81, 48]));
                5 + usize::from(u16::from_le_bytes([low, high]))
            }
            _ => panic!("no command of ours: {:02X?}", &rest[..rest.len().min(8)]),
        };
        rest = rest.get(length..).expect("a whole command");
    }
    codes
}
