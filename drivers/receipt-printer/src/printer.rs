//! What any receipt printer can be asked.

use crate::receipt::Receipt;
use crate::status::Status;

/// A printer of receipts. Calls block; they belong on a thread of their own.
pub trait ReceiptPrinter: Send {
    /// Asks the printer how it is.
    fn status(&mut self) -> Status;

    /// Prints one slip and waits for the proof. Nothing is ever sent twice.
    fn print(&mut self, receipt: &Receipt) -> Outcome;
}

/// What became of a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The printer confirmed that everything was printed.
    Printed,
    /// Nothing was sent, because of this.
    NotStarted(Status),
    /// Something was sent; it may or may not be on paper. This is what was seen last.
    Unknown(Status),
}

/// Why a printer could not be talked to.
#[derive(Debug, thiserror::Error)]
pub enum PrinterError {
    /// No connection in time or refused.
    #[error("cannot connect to the printer")]
    Connect(#[source] std::io::Error),
    /// The connection broke.
    #[error("the connection to the printer broke")]
    Gone(#[source] std::io::Error),
    /// No answer in time.
    #[error("the printer does not answer")]
    Timeout,
}

impl PrinterError {
    /// The condition this error amounts to.
    #[must_use]
    pub fn status(&self) -> Status {
        match self {
            Self::Connect(_) | Self::Gone(_) => Status::Gone,
            Self::Timeout => Status::NotAnswering,
        }
    }
}
