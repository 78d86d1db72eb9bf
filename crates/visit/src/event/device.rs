//! Printers, and how the things are that the kiosk depends on.

/// What became of a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrintOutcome {
    /// It lies in the tray.
    Printed,
    /// Nothing was printed.
    NotStarted(PrinterFault),
    /// It may or may not have been printed.
    Unknown(PrinterFault),
}

/// What is wrong with the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrinterFault {
    /// No paper.
    PaperOut,
    /// Cover open.
    CoverOpen,
    /// Paper jam or cutter stuck.
    Jam,
    /// Too hot.
    Overheated,
    /// Switched offline.
    Offline,
    /// No connection.
    Gone,
    /// No answer.
    Silent,
    /// Broken; needs service.
    Broken,
}

/// A thing the kiosk depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Device {
    /// Reader of resident cards.
    IdReader,
    /// Reader of social-security cards.
    SocialReader,
    /// Slip printer.
    Printer,
    /// The service of record.
    Central,
    /// The wall clock.
    Clock,
    /// The kiosk's own disk: cache and outbox.
    Store,
}

/// How a device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Health {
    /// Works.
    Ok,
    /// Works, but staff should look.
    Degraded,
    /// Does not work.
    Failed,
}
