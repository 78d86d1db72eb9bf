//! Cuts the byte stream of a job into what is printed and what is answered.

/// A part of the stream.
pub(super) enum Piece {
    /// DLE EOT n: answered at once.
    AskStatus(u8),
    /// GS ( H with this id: answered when everything before is printed.
    Echo([u8; 4]),
    /// GS r: answered in turn.
    Transmit,
    /// DLE DC4 8: drop what is not printed yet.
    Clear,
    /// Text and commands for the paper; `cut` ends the slip.
    Bytes {
        /// As received.
        bytes: Vec<u8>,
        /// Whether the paper is cut behind them.
        cut: bool,
    },
}

/// Keeps what is not yet a whole command.
#[derive(Default)]
pub(super) struct Parser(Vec<u8>);

impl Parser {
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<Piece> {
        self.0.extend_from_slice(bytes);
        let mut pieces = Vec::new();
        let mut at = 0;
        let mut plain = 0;
        while at < self.0.len() {
            let Some(length) = length_of(&self.0[at..]) else { break };
            let command = &self.0[at..at + length];
            let special = match *command {
                [0x10, 0x04, n] => Some(Piece::AskStatus(n)),
                [0x10, 0x14, 0x08, ..] => Some(Piece::Clear),
                [0x1D, b'r', _] => Some(Piece::Transmit),
                [0x1D, b'(', b'H', 6, 0, 48, 48, a, b, c, d] => Some(Piece::Echo([a, b, c, d])),
                _ => None,
            };
            let cut = matches!(command, [0x1D, b'V', ..]);
            if special.is_some() || cut {
                let end = if cut { at + length } else { at };
                if end > plain {
                    pieces.push(Piece::Bytes { bytes: self.0[plain..end].to_vec(), cut });
                }
                plain = at + length;
            }
            pieces.extend(special);
            at += length;
        }
        if at > plain {
            pieces.push(Piece::Bytes { bytes: self.0[plain..at].to_vec(), cut: false });
        }
        self.0.drain(..at);
        pieces
    }
}

/// Length of the command or character at the start; `None` while it is incomplete.
pub(crate) fn length_of(bytes: &[u8]) -> Option<usize> {
    let length = match *bytes {
        [0x10, 0x04, ..] => 3,
        [0x10, 0x14, ..] => 10,
        [0x10, ..] => 2,
        [0x1B, b'@' | b'2', ..] | [0x1C, b'&' | b'.', ..] => 2,
        [0x1B, b'c', ..] => 4,
        [0x1B, ..] | [0x1C, ..] => 3,
        [0x1D, b'(', _, low, high, ..] => 5 + usize::from(u16::from_le_bytes([low, high])),
        [0x1D, b'(', ..] => return None,
        [0x1D, b'v', b'0', _, xl, xh, yl, yh, ..] => {
            let rows = usize::from(u16::from_le_bytes([yl, yh]));
            8 + usize::from(u16::from_le_bytes([xl, xh])) * rows
        }
        [0x1D, b'v', ..] => return None,
        [0x1D, b'V', 0 | 1 | 48 | 49, ..] => 3,
        [0x1D, b'V', _, ..] => 4,
        [0x1D, b'V'] => return None,
        [0x1D, ..] => 3,
        // GB 18030: a digit behind the lead byte makes four bytes.
        [0x81..=0xFE, second, ..] => {
            if second.is_ascii_digit() {
                4
            } else {
                2
            }
        }
        [0x81..=0xFE] => return None,
        _ => 1,
    };
    (bytes.len() >= length).then_some(length)
}
