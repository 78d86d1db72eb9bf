//! SAM_V frames: bytes to meaning and back, no I/O.
//!
//! `AA AA AA 96 69 | length | body | check`; the length (big-endian) counts everything after itself,
//! the check byte makes the XOR of length, body and itself zero.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

use super::serial_number;
use crate::CardFault;

const PREAMBLE: [u8; 5] = [0xAA, 0xAA, 0xAA, 0x96, 0x69];

/// Largest length field accepted: text, photo and two fingerprints are 2,314 bytes.
const MAX_LENGTH: usize = 2400;

/// Commands of the terminal-side interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Self-test result.
    Status,
    /// Serial number of the module.
    SerialNumber,
    /// Is there a card?
    Find,
    /// Select the card that was found.
    Select,
    /// Text and photo.
    ReadText,
    /// The newest address appended to the card.
    NewestAddress,
}

impl Command {
    fn code(self) -> [u8; 2] {
        match self {
            Self::Status => [0x11, 0xFF],
            Self::SerialNumber => [0x12, 0xFF],
            Self::Find => [0x20, 0x01],
            Self::Select => [0x20, 0x02],
            Self::ReadText => [0x30, 0x01],
            Self::NewestAddress => [0x30, 0x03],
        }
    }

    /// The whole request.
    #[must_use]
    pub fn to_bytes(self) -> Vec<u8> {
        encode(&self.code())
    }
}

/// Wraps a body into a frame.
pub(crate) fn encode(body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 1).unwrap_or(u16::MAX).to_be_bytes();
    let check = length.iter().chain(body).fold(0, |x, b| x ^ b);
    [&PREAMBLE[..], &length, body, &[check]].concat()
}

/// A reply with a correct check byte. Wiped when dropped; `Debug` shows only the status.
pub struct Frame(Zeroizing<Vec<u8>>);

impl Frame {
    /// SW3, on which success is judged.
    #[must_use]
    pub fn status(&self) -> u8 {
        self.0[2]
    }

    /// What follows the three status bytes.
    #[must_use]
    pub fn data(&self) -> &[u8] {
        &self.0[3..]
    }

    /// The printed form of the module's serial number, of a reply to [`Command::SerialNumber`].
    #[must_use]
    pub fn serial_number(&self) -> Option<String> {
        serial_number::printed(self.data())
    }

    /// The text block of a reply to [`Command::ReadText`]: `text length, photo length, text, photo`,
    /// lengths big-endian.
    ///
    /// # Errors
    /// [`CardFault::Garbled`] when the lengths are not those of what follows.
    pub fn text_block(&self) -> Result<&[u8], CardFault> {
        let [t1, t2, p1, p2, body @ ..] = self.data() else { return Err(CardFault::Garbled) };
        let text_length = usize::from(u16::from_be_bytes([*t1, *t2]));
        let photo_length = usize::from(u16::from_be_bytes([*p1, *p2]));
        if text_length + photo_length != body.len() {
            return Err(CardFault::Garbled);
        }
        Ok(&body[..text_length])
    }
}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Frame(status {:02X}, {} bytes)", self.status(), self.data().len())
    }
}

/// Why bytes are no frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Length below 4 or above the largest reply.
    #[error("length {0} is no reply's")]
    Length(usize),
    /// The check byte does not fit.
    #[error("the check byte does not fit")]
    Check,
}

/// Collects bytes from the line until they make a frame.
///
/// The preamble is hunted for only between frames: it may occur by chance in a photo.
pub struct Assembler(Zeroizing<Vec<u8>>);

impl Default for Assembler {
    fn default() -> Self {
        Self(Zeroizing::new(Vec::with_capacity(4096)))
    }
}

impl Assembler {
    /// Takes in bytes; `Some` once a frame is complete or known to be broken. Bytes behind a
    /// complete frame are dropped: a module sends nothing unasked.
    pub fn push(&mut self, bytes: &[u8]) -> Option<Result<Frame, FrameError>> {
        self.0.extend_from_slice(bytes);
        self.hunt();
        let [length_high, length_low] = *self.0.get(PREAMBLE.len()..PREAMBLE.len() + 2)? else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([length_high, length_low]));
        if !(4..=MAX_LENGTH).contains(&length) {
            self.clear();
            return Some(Err(FrameError::Length(length)));
        }
        let start = PREAMBLE.len() + 2;
        let body = self.0.get(start..start + length)?;
        let check = body.iter().fold(length_high ^ length_low, |x, b| x ^ b);
        let frame = (check == 0)
            .then(|| Frame(Zeroizing::new(body[..length - 1].to_vec())))
            .ok_or(FrameError::Check);
        self.clear();
        Some(frame)
    }

    /// Drops everything before the first possible preamble.
    fn hunt(&mut self) {
        let fits = |at: usize| self.0[at..].iter().zip(PREAMBLE).all(|(a, b)| *a == b);
        let skip = (0..self.0.len()).find(|&at| fits(at)).unwrap_or(self.0.len());
        self.0.drain(..skip);
    }

    fn clear(&mut self) {
        self.0.zeroize();
        self.0.reserve(4096);
    }
}
