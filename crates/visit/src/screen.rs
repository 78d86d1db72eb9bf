//! What is on the screen, as a value. Wording belongs to the ui; this holds facts and enums.

/// A `Debug` that reveals nothing.
macro_rules! opaque {
    ($($name:ident),*) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )*};
}

mod complaint;
mod public;

use central_api::{Application, KioskHall, Office, VisitLevel};
use jiff::civil::DateTime;
use zeroize::Zeroizing;

use crate::{Device, Fault, Health, PrintOutcome, Service};
pub use complaint::{
    Entry, EntryView, FiledView, IdentityView, ReviewView, StandingView, WriteView, Writing,
};
pub use public::{
    ChoicesView, Freshness, GuideView, NoticeView, NoticesView, Options, PoliciesView, PolicyView,
};

/// Everything on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    /// The band on top and the bar at the bottom.
    pub frame: Frame,
    /// What is in between.
    pub body: Body,
    /// A question or warning over it.
    pub overlay: Option<Overlay>,
}

/// The fixed frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The hall's name in Simplified Chinese; empty until central told it.
    pub hall: String,
    /// Wall clock, minutes precise.
    pub clock: DateTime,
    /// Devices that are not well.
    pub devices: Vec<DeviceView>,
    /// Which buttons of the bar do something here.
    pub ways: Ways,
}

/// A device that is not well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceView {
    /// Which.
    pub device: Device,
    /// How bad.
    pub health: Health,
}

/// Which buttons of the bottom bar are live. Their places never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ways {
    /// 返回.
    pub back: bool,
    /// 首页.
    pub home: bool,
    /// 怎么用.
    pub help: bool,
    /// 结束并退出.
    pub end: bool,
}

/// The content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The four services.
    Home,
    /// Put your card here, or type the number.
    AskCard {
        /// Whether the reader of resident cards works.
        id_cards: bool,
        /// Whether the reader of social-security cards works.
        social_cards: bool,
    },
    /// Typing the identity number.
    Number(NumberView),
    /// Typing the query code.
    Code(CodeView),
    /// Something is being waited for.
    Waiting(Waiting),
    /// The resident's applications.
    Account(AccountView),
    /// One application.
    Case(Box<CaseView>),
    /// What became of the slip.
    Slip {
        /// The printer's word.
        outcome: PrintOutcome,
    },
    /// Something went wrong.
    Problem(ProblemView),
    /// What happens at a station, and what to bring.
    Guide(Box<GuideView>),
    /// How to object to a decision.
    Remedies(Box<CaseView>),
    /// Policies.
    Policies(PoliciesView),
    /// One policy.
    Policy(Box<PolicyView>),
    /// Notices, standards, the use of funds.
    Notices(NoticesView),
    /// One notice.
    Notice(Box<NoticeView>),
    /// One out of several.
    Choices(ChoicesView),
    /// The ways to complain.
    Complaints(Option<std::sync::Arc<KioskHall>>),
    /// The offices, nearest first.
    Offices(Vec<Office>),
    /// Writing a text.
    Write(WriteView),
    /// Signed or not.
    Identity(IdentityView),
    /// A complaint once more, before it is handed in.
    Review(Box<ReviewView>),
    /// Typing a tracking number, its code, or a telephone.
    Entry(EntryView),
    /// A complaint is on the disk: its receipt.
    Filed(Box<FiledView>),
    /// How a complaint stands.
    Standing(Box<StandingView>),
    /// How it works.
    Help,
}

/// What is waited for. 返回 leaves it, but for [`Waiting::Filing`], which ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// The card is being read: keep it still.
    ReadingCard,
    /// Central looks the applications up.
    LookingUp,
    /// The slip is being printed.
    Printing,
    /// A complaint is being put on the disk.
    Filing,
    /// Central looks up how a complaint stands.
    AskingStanding,
}

/// The number pad. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct NumberView {
    /// What was typed, grouped 6-8-4 by the ui.
    pub typed: Zeroizing<String>,
    /// What to say about it.
    pub hint: NumberHint,
    /// Whether it can be submitted.
    pub complete: bool,
}

/// What to say about a number being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberHint {
    /// So many characters are missing.
    Missing(usize),
    /// Complete and well formed.
    Good,
    /// The first two digits name no region.
    Region,
    /// The birth date does not exist.
    BirthDate,
    /// The last character does not fit: something was mistyped.
    Mistyped,
}

/// The code pad. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeView {
    /// Whose number it is for, masked.
    pub number: String,
    /// What was typed, grouped 4-4 by the ui.
    pub typed: Zeroizing<String>,
    /// Whether it can be submitted.
    pub complete: bool,
}

/// The resident's applications. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountView {
    /// Identity number, masked.
    pub number: String,
    /// How much may be seen.
    pub level: VisitLevel,
    /// Own applications, newest first; may be empty.
    pub applications: Vec<Application>,
    /// Where to ask when there are none.
    pub office: Option<Office>,
}

/// One application. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct CaseView {
    /// Identity number, masked.
    pub number: String,
    /// How much may be seen.
    pub level: VisitLevel,
    /// The application.
    pub application: Application,
    /// Whether a slip can be printed now.
    pub can_print: bool,
}

/// A fault in plain words, with a way onward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProblemView {
    /// What went wrong; the code is shown small.
    pub fault: Fault,
    /// Whether 再试一次 makes sense.
    pub retry: bool,
    /// Whether 改用输入号码 makes sense.
    pub type_number: bool,
}

/// A question or warning over the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// Nobody touched the screen: `left_s` seconds until home.
    StillThere {
        /// Seconds left.
        left_s: u64,
    },
    /// Another card was put down during a visit.
    AnotherCard,
    /// Number and code of a complaint were not printed: are they written down?
    KeepReceipt,
    /// A slip failed after its screen was left.
    SlipFailed(PrintOutcome),
}

/// What goes on a slip; the ui words it.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The hall's name.
    pub hall: String,
    /// When it was asked for.
    pub printed_at: DateTime,
    /// Printed again on the resident's request: marked 补打.
    pub reprint: bool,
    /// Which sheet.
    pub what: Sheet,
}

/// A sheet to take home.
#[derive(Clone, PartialEq, Eq)]
pub enum Sheet {
    /// How far an application has come.
    Progress {
        /// Identity number, masked.
        number: String,
        /// The application.
        application: Application,
    },
    /// How to object to its decision.
    Remedies {
        /// Identity number, masked.
        number: String,
        /// The application.
        application: Application,
    },
    /// What happens at a station, and what to bring.
    Guide(Box<GuideView>),
    /// A policy with its papers to tick off.
    Policy(Box<PolicyView>),
    /// The receipt of a complaint.
    Complaint(Box<FiledView>),
    /// How a complaint stands.
    Standing(Box<central_api::ComplaintStanding>),
}

/// A service as the home screen offers it.
impl Service {
    /// All four, in the order of the home screen.
    pub const ALL: [Self; 4] = [Self::Policies, Self::Notices, Self::Progress, Self::Complaints];
}

opaque!(NumberView, CodeView, AccountView, CaseView, Receipt, Sheet);
