//! What a printer says while a slip is on its way, byte by byte: the proof, answers to DLE EOT,
//! statuses nobody asked for (ASB), and noise. No I/O; remembers as many bytes as the longest proof
//! has and no more.

use crate::status::Asked;

/// First bytes of the answer to GS ( H.
const ECHO: [u8; 2] = [0x37, 0x22];
/// Bytes of that answer: these two, the id, a zero.
const ECHO_LENGTH: usize = 7;
/// Bytes of an ASB block behind its first. Each of them alone could be an answer to GS r.
const BLOCK_REST: u8 = 3;
/// Bits of an answer to GS r 1 that say there is no paper. A printer without paper executes no GS r,
/// so that such a byte is none.
const PAPER_END: u8 = 0x0C;

/// What shows that everything before it was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// GS ( H fn 48: the printer repeats this id.
    Echo([u8; 4]),
    /// GS r 1: answered in turn, so after the data before it.
    Status,
}

impl Proof {
    /// The bytes that ask for it.
    #[must_use]
    pub fn request(self) -> Vec<u8> {
        match self {
            Self::Echo(id) => [&[0x1D, b'(', b'H', 6, 0, 48, 48][..], &id].concat(),
            Self::Status => vec![0x1D, b'r', 1],
        }
    }
}

/// What a byte from the printer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// The last byte of the proof.
    Proof,
    /// An answer to DLE EOT.
    Condition(u8),
    /// Part of an answer, or noise.
    Nothing,
}

/// Listens for one proof.
#[derive(Debug)]
pub struct Answers(Listening);

#[derive(Debug)]
enum Listening {
    Echo {
        id: [u8; 4],
        last: [u8; ECHO_LENGTH],
    },
    /// `unasked`: bytes of an ASB block that are still to come.
    Status {
        unasked: u8,
    },
}

impl Answers {
    /// Nothing heard yet.
    #[must_use]
    pub fn new(proof: Proof) -> Self {
        Self(match proof {
            Proof::Echo(id) => Listening::Echo { id, last: [0; ECHO_LENGTH] },
            Proof::Status => Listening::Status { unasked: 0 },
        })
    }

    /// Takes in one byte.
    pub fn push(&mut self, byte: u8) -> Heard {
        match &mut self.0 {
            Listening::Echo { last, .. } if Asked::is_answer(byte) && !in_echo(last) => {
                Heard::Condition(byte)
            }
            Listening::Echo { id: [a, b, c, d], last } => {
                last.rotate_left(1);
                last[ECHO_LENGTH - 1] = byte;
                proof_if(*last == [ECHO[0], ECHO[1], *a, *b, *c, *d, 0])
            }
            Listening::Status { .. } if Asked::is_answer(byte) => Heard::Condition(byte),
            Listening::Status { unasked } if begins_block(byte) => {
                *unasked = BLOCK_REST;
                Heard::Nothing
            }
            // Flow control, which may come within a block, or noise.
            Listening::Status { .. } if byte & 0x90 != 0 => Heard::Nothing,
            Listening::Status { unasked: unasked @ 1.. } => {
                *unasked -= 1;
                Heard::Nothing
            }
            Listening::Status { .. } => proof_if(byte & PAPER_END == 0),
        }
    }
}

fn proof_if(proven: bool) -> Heard {
    if proven { Heard::Proof } else { Heard::Nothing }
}

/// Whether an echo has begun and is not yet complete. Its id looks like nothing else, but the digits
/// 2 and 6 have the shape of a DLE EOT answer, and every digit that of an ASB block's beginning or of
/// flow control.
fn in_echo(last: &[u8; ECHO_LENGTH]) -> bool {
    last[1..].windows(ECHO.len()).any(|window| window == ECHO)
}

/// Whether a byte begins an ASB block, `0xx1xx00`; in the others, bits 4 and 7 are clear.
fn begins_block(byte: u8) -> bool {
    byte & 0x93 == 0x10
}
