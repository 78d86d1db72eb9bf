//! Faults and their stable codes.

use super::{CardFault, CentralFault, FilingFault, PrintOutcome, PrinterFault};

/// A fault worth a stable code in the log and on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// With a card.
    Card(CardFault),
    /// With central.
    Central(CentralFault),
    /// With central, about a complaint filed earlier.
    Standing(CentralFault),
    /// With the printer; the slip's fate is in the outcome.
    Printer(PrintOutcome),
    /// A complaint was not taken.
    Filing(FilingFault),
    /// The wall clock jumped.
    ClockJumped,
    /// Public content is not available.
    PublicMissing,
}

impl Fault {
    /// Stable code, the same in the log, on the screen and in the handbook.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Card(fault) => match fault {
                CardFault::MovedTooEarly => "CARD-MOVED",
                CardFault::NeedsIdReader => "CARD-NEEDS-ID-READER",
                CardFault::NeedsSocialReader => "CARD-NEEDS-SOCIAL-READER",
                CardFault::NotSupported => "CARD-UNSUPPORTED",
                CardFault::CannotVerify => "CARD-UNVERIFIED",
                CardFault::Refused => "CARD-REFUSED",
                CardFault::Garbled => "CARD-GARBLED",
                CardFault::ReaderSilent => "CARD-READER-SILENT",
            },
            Self::Central(fault) => match fault {
                CentralFault::NotFound => "CENTRAL-NOT-FOUND",
                CentralFault::TooManyAttempts { .. } => "CENTRAL-TOO-MANY",
                CentralFault::ReaderNotEnrolled => "CENTRAL-READER-UNKNOWN",
                CentralFault::KioskRefused => "CENTRAL-KIOSK-REFUSED",
                CentralFault::Unreachable => "CENTRAL-UNREACHABLE",
                CentralFault::Slow => "CENTRAL-SLOW",
                CentralFault::Rubbish => "CENTRAL-RUBBISH",
            },
            Self::Standing(CentralFault::NotFound) => "STANDING-NOT-FOUND",
            Self::Standing(CentralFault::TooManyAttempts { .. }) => "STANDING-TOO-MANY",
            Self::Standing(fault) => Self::Central(fault).code(),
            Self::Printer(PrintOutcome::Printed) => "PRINT-DONE",
            Self::Printer(PrintOutcome::Unknown(_)) => "PRINT-UNKNOWN",
            Self::Printer(PrintOutcome::NotStarted(fault)) => match fault {
                PrinterFault::PaperOut => "PRINT-PAPER-OUT",
                PrinterFault::CoverOpen => "PRINT-COVER-OPEN",
                PrinterFault::Jam => "PRINT-JAM",
                PrinterFault::Overheated => "PRINT-HOT",
                PrinterFault::Offline => "PRINT-OFFLINE",
                PrinterFault::Gone => "PRINT-GONE",
                PrinterFault::Silent => "PRINT-SILENT",
                PrinterFault::Broken => "PRINT-BROKEN",
            },
            Self::Filing(FilingFault::Full) => "OUTBOX-FULL",
            Self::Filing(FilingFault::Disk) => "OUTBOX-DISK",
            Self::Filing(FilingFault::NoKey) => "OUTBOX-NO-KEY",
            Self::Filing(FilingFault::Silent) => "OUTBOX-SILENT",
            Self::ClockJumped => "CLOCK-JUMPED",
            Self::PublicMissing => "PUBLIC-MISSING",
        }
    }
}
