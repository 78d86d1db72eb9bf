//! Prints receipts on ESC/POS printers and says honestly what became of them.
//!
//! A [`Receipt`] is a document; [`encode`] turns it into bytes; a [`ReceiptPrinter`] delivers them
//! and answers `Printed`, `NotStarted` or `Unknown`. Knows no kiosk and no language.

mod answers;
mod encode;
mod layout;
mod printer;
mod profile;
mod raster;
mod receipt;
mod status;
mod tcp;

use std::time::Duration;

pub use answers::{Answers, Heard, Proof};
pub use encode::encode;
pub use layout::{columns, to_text};
pub use printer::{Outcome, PrinterError, ReceiptPrinter};
pub use profile::{FontLevel, Profile};
pub use receipt::{Block, Receipt};
pub use status::{Asked, Status};
pub use tcp::TcpPrinter;

/// Which printer to use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrinterConfig {
    /// Host name or address and port of a network printer (raw port 9100).
    pub address: String,
    /// What the printer can do.
    pub profile: Profile,
    /// Longest wait for one answer.
    pub answer: Duration,
    /// Longest wait for the proof that the slip is out.
    pub proof: Duration,
}

/// Opens the configured printer; it need not be reachable yet.
#[must_use]
pub fn open(config: PrinterConfig) -> Box<dyn ReceiptPrinter> {
    Box::new(TcpPrinter::new(config))
}
