//! What happens to a session and what it asks for. Every input and every output is listed here.

use std::fmt;
use std::time::Duration;

use central_api::{Application, Evidence, KioskHall, Notice, PolicySummary, VisitLevel};
use id_number::IdNumber;
use jiff::civil::DateTime;
use zeroize::Zeroizing;

use crate::Receipt;

/// One visit of one resident; replies for any other visit are thrown away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct VisitId(pub u64);

/// The present, given from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Time since start; never jumps.
    pub uptime: Duration,
    /// Wall clock in Asia/Shanghai; may jump.
    pub civil: DateTime,
}

/// What happened. Devices, fingers, the network and the clock all speak this.
#[derive(Debug, Clone)]
pub enum Event {
    /// From a card reader.
    Card(CardEvent),
    /// From a finger or a key.
    Ui(UiEvent),
    /// From central.
    Central(CentralEvent),
    /// The printer's word on a slip.
    Printed(VisitId, PrintOutcome),
    /// A device or central changed its health.
    Health(Device, Health),
    /// Time passed; at least one a second while anything is waited for.
    Tick,
}

/// What a card reader saw.
#[derive(Debug, Clone)]
pub enum CardEvent {
    /// A card arrived and is being read.
    Seen,
    /// A card was read.
    Read(Box<CardFacts>),
    /// A card could not be read.
    Failed(CardFault),
    /// The card left.
    Removed,
}

/// What a card says of its holder. `Debug` reveals nothing.
#[derive(Clone)]
pub struct CardFacts {
    /// Identity number.
    pub number: IdNumber,
    /// Name on the card.
    pub name: Zeroizing<String>,
    /// How far the reading can be trusted.
    pub trust: Trust,
}

impl fmt::Debug for CardFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardFacts(..)")
    }
}

/// How far a reading can be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// Read through a SAM_V module with this serial number.
    Authenticated {
        /// Printed form of the module's serial number.
        sam_serial: String,
    },
    /// Could have been copied.
    Unauthenticated,
}

/// Why a card could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardFault {
    /// It moved before it was read.
    MovedTooEarly,
    /// A resident card on a reader that cannot read it.
    NeedsIdReader,
    /// A social-security card that needs the social-security reader.
    NeedsSocialReader,
    /// A card of another kind.
    NotSupported,
    /// What it says cannot be verified.
    CannotVerify,
    /// The security module refused it.
    Refused,
    /// Its answers made no sense.
    Garbled,
    /// The reader stopped answering.
    ReaderSilent,
}

/// A press, with its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UiEvent {
    /// One of the four services on the home screen.
    Open(Service),
    /// Type the number instead of using a card.
    TypeNumber,
    /// A key of the on-screen pad.
    Key(Key),
    /// Number or code is complete.
    Submit,
    /// The n-th item of a list.
    Choose(usize),
    /// Print the slip.
    Print,
    /// Try the failed thing again.
    Retry,
    /// One step back.
    Back,
    /// To the home screen, ending a personal visit.
    Home,
    /// End the visit now.
    End,
    /// How it works.
    Help,
    /// Still here.
    Stay,
    /// Answer to "another card": end this visit and show the other.
    SwitchCard(bool),
}

/// A key of the on-screen pad.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character.
    Character(char),
    /// Erase the last one.
    Erase,
    /// Erase all.
    Clear,
}

/// Typed characters can be an identity number: never shown.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// The four services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// 救助政策.
    Policies,
    /// 信息公示.
    Notices,
    /// 救助进度.
    Progress,
    /// 投诉举报.
    Complaints,
}

/// What central said.
#[derive(Debug, Clone)]
pub enum CentralEvent {
    /// A visit was opened and these applications were released to it.
    Released {
        /// Which visit asked.
        visit: VisitId,
        /// How much it may see.
        level: VisitLevel,
        /// The resident's own applications, newest first.
        applications: Vec<Application>,
    },
    /// A visit was not opened.
    Withheld {
        /// Which visit asked.
        visit: VisitId,
        /// Why.
        fault: CentralFault,
    },
    /// Public content arrived.
    Public(PublicContent),
    /// Public content could not be fetched and none is held.
    PublicMissing(Service),
}

/// Content anyone may read.
#[derive(Debug, Clone)]
pub enum PublicContent {
    /// The hall and its offices.
    Hall(KioskHall),
    /// Policies.
    Policies(Vec<PolicySummary>),
    /// Notices of the hall's areas, current ones only.
    Notices(Vec<Notice>),
}

/// Why central released nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CentralFault {
    /// Number and code do not belong together, or nobody is known by them.
    NotFound,
    /// Too many wrong pairs; seconds to wait.
    TooManyAttempts {
        /// Seconds.
        retry_after_s: u32,
    },
    /// The card reader is not enrolled with this kiosk.
    ReaderNotEnrolled,
    /// This kiosk is not enrolled, revoked, or over its cap.
    KioskRefused,
    /// No connection.
    Unreachable,
    /// No answer in time.
    Slow,
    /// An answer that makes no sense.
    Rubbish,
}

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

/// A fault worth a stable code in the log and on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// With a card.
    Card(CardFault),
    /// With central.
    Central(CentralFault),
    /// With the printer; the slip's fate is in the outcome.
    Printer(PrintOutcome),
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
            Self::ClockJumped => "CLOCK-JUMPED",
            Self::PublicMissing => "PUBLIC-MISSING",
        }
    }
}

/// What should happen. Only the application carries these out; answers come back as events.
#[derive(Debug, Clone)]
pub enum Action {
    /// Ask central for a visit and its applications.
    OpenVisit(VisitId, Evidence),
    /// Forget the visit at central.
    CloseVisit(VisitId),
    /// Fetch public content.
    Fetch(Service),
    /// Print a slip.
    Print(VisitId, Box<Receipt>),
    /// Write a stable code to the log.
    Log(Fault),
}
