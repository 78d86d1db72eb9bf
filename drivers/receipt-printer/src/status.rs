//! Status bytes of DLE EOT 1–4 and what they mean together (Epson TM reference).

/// Condition of a printer, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// A fault that only switching off can clear.
    Unrecoverable,
    /// The cutter is stuck.
    CutterJam,
    /// The cover is open.
    CoverOpen,
    /// No paper.
    PaperOut,
    /// The head is too hot; it recovers by itself.
    Overheated,
    /// Offline for another reason.
    Offline,
    /// Connected but silent.
    NotAnswering,
    /// Not connected.
    Gone,
    /// Prints, but the roll is nearly used up.
    NearEnd,
    /// All well.
    Ok,
}

impl Status {
    /// Whether a slip may be started.
    #[must_use]
    pub fn is_ready(self) -> bool {
        matches!(self, Self::NearEnd | Self::Ok)
    }

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unrecoverable => "PRN-UNRECOVERABLE",
            Self::CutterJam => "PRN-CUTTER-JAM",
            Self::CoverOpen => "PRN-COVER-OPEN",
            Self::PaperOut => "PRN-PAPER-OUT",
            Self::Overheated => "PRN-HOT",
            Self::Offline => "PRN-OFFLINE",
            Self::NotAnswering => "PRN-SILENT",
            Self::Gone => "PRN-GONE",
            Self::NearEnd => "PRN-NEAR-END",
            Self::Ok => "PRN-OK",
        }
    }
}

/// Answers to DLE EOT 1, 2, 3 and 4, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked(pub [u8; 4]);

impl Asked {
    /// Whether a byte can be an answer to DLE EOT: `0xx1xx10`.
    #[must_use]
    pub fn is_answer(byte: u8) -> bool {
        byte & 0x93 == 0x12
    }

    /// One word for the four answers.
    #[must_use]
    pub fn summary(self) -> Status {
        let [printer, offline, error, roll] = self.0;
        if error & 0x20 != 0 {
            Status::Unrecoverable
        } else if error & 0x0C != 0 {
            Status::CutterJam
        } else if offline & 0x04 != 0 {
            Status::CoverOpen
        } else if offline & 0x20 != 0 || roll & 0x60 != 0 {
            Status::PaperOut
        } else if error & 0x40 != 0 {
            Status::Overheated
        } else if printer & 0x08 != 0 || offline & 0x40 != 0 {
            Status::Offline
        } else if roll & 0x0C != 0 {
            Status::NearEnd
        } else {
            Status::Ok
        }
    }
}
