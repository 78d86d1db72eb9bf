//! What a printer says while a slip is on its way, byte by byte: the proof, answers to DLE EOT, and
//! noise. No I/O; remembers as many bytes as the longest proof has and no more.

use crate::status::Asked;

/// First bytes of the answer to GS ( H.
const ECHO: [u8; 2] = [0x37, 0x22];
/// Bytes of that answer: these two, the id, a zero.
const ECHO_LENGTH: usize = 7;

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
pub struct Answers {
    proof: Proof,
    last: [u8; ECHO_LENGTH],
}

impl Answers {
    /// Nothing heard yet.
    #[must_use]
    pub fn new(proof: Proof) -> Self {
        Self { proof, last: [0; ECHO_LENGTH] }
    }

    /// Takes in one byte.
    pub fn push(&mut self, byte: u8) -> Heard {
        if Asked::is_answer(byte) && !self.in_echo() {
            return Heard::Condition(byte);
        }
        self.last.rotate_left(1);
        self.last[ECHO_LENGTH - 1] = byte;
        let proven = match self.proof {
            Proof::Echo([a, b, c, d]) => self.last == [ECHO[0], ECHO[1], a, b, c, d, 0],
            Proof::Status => byte & 0x90 == 0,
        };
        if proven { Heard::Proof } else { Heard::Nothing }
    }

    /// Whether an echo has begun and is not yet complete. Its id looks like nothing else, but the
    /// digits 2 and 6 have the shape of a DLE EOT answer.
    fn in_echo(&self) -> bool {
        self.last[1..].windows(ECHO.len()).any(|window| window == ECHO)
    }
}
