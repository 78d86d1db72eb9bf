//! What happens to a session and what it asks for. Every input and every output is listed here.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use central_api::{
    Application, ComplaintKind, ComplaintStanding, ComplaintSubject, ComplaintWriter, Evidence,
    FundUse, KioskHall, Notice, Policy, ReplyQuestion, Standard, VisitLevel,
};
use id_number::IdNumber;
use jiff::civil::{Date, DateTime};
use zeroize::Zeroizing;

use crate::Receipt;

/// One visit of one resident; replies for any other visit are thrown away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct VisitId(pub u64);

/// One slip asked for; its outcome comes back under the same id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SlipId(pub u64);

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
    Printed(SlipId, PrintOutcome),
    /// A complaint is on the disk, or could not be put there.
    Filed(VisitId, Result<Filed, FilingFault>),
    /// What the letters typed so far may mean.
    Composed(Composed),
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

/// Words of the screen's language that something begins with. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Worded {
    /// What it is about, for the person.
    pub about: String,
    /// What the text begins with; may be empty.
    pub text: String,
}

impl fmt::Debug for Worded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Worded(..)")
    }
}

/// A press, with its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UiEvent {
    /// One of the four services on the home screen.
    Open(Service),
    /// Type the number instead of using a card.
    TypeNumber,
    /// A key of the on-screen pad.
    Key(Key),
    /// What is typed or chosen is complete: on to the next step.
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
    /// Show or hide the keys of a list's search.
    Search,
    /// The n-th candidate of what is being written.
    Pick(usize),
    /// Tick the n-th paper off, or back on.
    Tick(usize),
    /// Another part of the public notices.
    Show(NoticePart),
    /// Narrow the list of notices by this.
    Narrow(Narrowing),
    /// What happens at the n-th station of an application, and what to bring.
    Guide(usize),
    /// How to object to a decision.
    Remedies,
    /// The offices, nearest first.
    Offices,
    /// Complain; about what is on the screen, if that is something.
    Complain(Worded),
    /// How a complaint filed earlier stands.
    AskStanding,
    /// Sign the complaint with one's name, or not.
    Sign(bool),
}

/// A part of 信息公示.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum NoticePart {
    /// 公示 and 公布.
    #[default]
    Names,
    /// Standards.
    Standards,
    /// The use of funds and goods.
    Funds,
}

/// What the list of notices can be narrowed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Narrowing {
    /// Town or street.
    Town,
    /// Programme.
    Programme,
    /// 公示 or 公布.
    Kind,
    /// Month of the first day shown.
    Month,
}

/// A key of the on-screen pad.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character as it is.
    Character(char),
    /// A Latin letter of pinyin.
    Letter(char),
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
    /// How a complaint stands.
    Standing {
        /// Which visit asked.
        visit: VisitId,
        /// Central's word.
        standing: Box<ComplaintStanding>,
    },
    /// Public content arrived, from central or from the kiosk's own disk.
    Public(PublicContent),
    /// Public content could not be fetched and none is held.
    PublicMissing(Service),
    /// All public content held was as central has it at this time.
    Synced(DateTime),
    /// A time that can be trusted.
    Time {
        /// In Asia/Shanghai.
        civil: DateTime,
        /// Just heard from central; otherwise the last one heard before the kiosk started.
        fresh: bool,
    },
}

/// Content anyone may read.
#[derive(Debug, Clone)]
pub enum PublicContent {
    /// The hall and its offices.
    Hall(Arc<KioskHall>),
    /// Policies, in the order of the list.
    Policies(Arc<Vec<Policy>>),
    /// Standards, also past and coming ones.
    Standards(Arc<Vec<Standard>>),
    /// The use of funds and goods, newest first.
    Funds(Arc<Vec<FundUse>>),
    /// Notices of the hall's areas, newest first, also those whose day is still to come.
    Notices(Arc<Vec<Notice>>),
}

/// A complaint to be put on the disk. `Debug` reveals nothing.
#[derive(Clone)]
pub struct Filing {
    /// What is wanted.
    pub kind: ComplaintKind,
    /// What it is about.
    pub subject: ComplaintSubject,
    /// What was written.
    pub text: Zeroizing<String>,
    /// Who wrote it; none if anonymous.
    pub writer: Option<ComplaintWriter>,
    /// Today.
    pub written_on: Date,
}

impl fmt::Debug for Filing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Filing(..)")
    }
}

/// A complaint that survives power loss from now on. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Filed {
    /// Tracking number, Crockford base32.
    pub tracking_number: Zeroizing<String>,
    /// Query code, Crockford base32; the kiosk keeps no copy.
    pub query_code: Zeroizing<String>,
}

impl fmt::Debug for Filed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Filed(..)")
    }
}

/// Why a complaint was not taken; nothing of it was written, unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FilingFault {
    /// As many as the settings allow wait to be sent.
    Full,
    /// The disk takes nothing.
    Disk,
    /// Central has not yet given this kiosk a key to seal to.
    NoKey,
    /// The disk does not answer; whether it was written is not known.
    Silent,
}

/// Letters typed in pinyin, and which candidates were taken, in order. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Typing {
    /// Answers to any other number are thrown away.
    pub turn: u64,
    /// Small Latin letters and `'`.
    pub letters: Zeroizing<String>,
    /// Numbers of the candidates taken, each out of those offered after the ones before it.
    pub picks: Vec<usize>,
}

impl fmt::Debug for Typing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typing(..)")
    }
}

/// What a [`Typing`] means so far. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Composed {
    /// Which typing.
    pub turn: u64,
    /// The text, once every letter is used up.
    pub done: Option<Zeroizing<String>>,
    /// What was taken so far and the letters still open, as they are shown.
    pub shown: Zeroizing<String>,
    /// What the open letters may mean, likeliest first.
    pub candidates: Vec<Zeroizing<String>>,
}

impl fmt::Debug for Composed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Composed(..)")
    }
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

/// What should happen. Only the application carries these out; answers come back as events.
#[derive(Debug, Clone)]
pub enum Action {
    /// Ask central for a visit and its applications.
    OpenVisit(VisitId, Evidence),
    /// Forget the visit at central.
    CloseVisit(VisitId),
    /// Bring public content up to date.
    Fetch(Service),
    /// Seal a complaint and put it on the disk.
    File(VisitId, Box<Filing>),
    /// Ask central how a complaint stands.
    AskStanding(VisitId, ReplyQuestion),
    /// Ask what letters mean.
    Compose(Typing),
    /// Forget every letter that was asked about.
    ForgetTyping,
    /// Print a slip.
    Print(SlipId, Box<Receipt>),
    /// Write a stable code to the log.
    Log(Fault),
}
