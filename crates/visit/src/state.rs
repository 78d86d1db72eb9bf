//! The states of a session. Each variant carries exactly the data it needs; leaving it drops it.

mod draft;
mod editor;
mod lists;

use std::collections::BTreeSet;
use std::time::Duration;

use central_api::{
    Application, ComplaintKind, ComplaintStanding, Evidence, ReplyQuestion, VisitLevel,
};
use id_number::IdNumber;

pub(crate) use draft::{Draft, DraftStep, PHONE_MAX};
pub(crate) use editor::Editor;
pub(crate) use lists::{Finder, Narrowed, NoticeList, PolicyList, is_current, month_of};

use crate::Secret;
use crate::event::{Fault, Filed, PrintOutcome, Service, SlipId, Trust, VisitId};

/// Length of a query code in Crockford characters: 40 bits (design, section 4).
pub(crate) const CODE_LENGTH: usize = 8;

/// What the session is doing.
pub(crate) enum State {
    /// The home screen; nobody is there.
    Home,
    /// Waiting for a card, or the wish to type.
    AskCard,
    /// The number is being typed.
    Number { typed: Secret },
    /// The query code for this number is being typed.
    Code { number: IdNumber, from_card: bool, typed: Secret },
    /// A card is being read.
    Reading { since: Duration },
    /// Central was asked.
    Opening { visit: VisitId, number: IdNumber, evidence: Evidence, since: Duration },
    /// The resident's applications are on the screen.
    Account(Person),
    /// One of them.
    Case { person: Person, chosen: usize },
    /// What happens at one of its stations.
    Guide { person: Person, chosen: usize, station: usize },
    /// How to object to its decision.
    Remedies { person: Person, chosen: usize },
    /// A slip of the state behind is being printed.
    Printing { behind: Box<State>, slip: SlipId, since: Duration },
    /// What became of it.
    Slip { behind: Box<State>, outcome: PrintOutcome },
    /// Something went wrong.
    Problem { fault: Fault, again: Again },
    /// Policies.
    Policies(PolicyList),
    /// One policy, with the papers ticked off.
    Policy { list: PolicyList, id: String, ticked: BTreeSet<usize> },
    /// Notices, standards, funds.
    Notices(NoticeList),
    /// One notice.
    Notice { list: NoticeList, id: String },
    /// The ways to complain.
    Complaints,
    /// The offices, nearest first.
    Offices,
    /// A complaint is being made.
    Draft(Box<Draft>),
    /// It is on its way to the disk.
    Filing { visit: VisitId, draft: Box<Draft>, since: Duration },
    /// It is on the disk. `leaving` while the resident is asked whether number and code are kept.
    Filed { kind: ComplaintKind, signed: bool, filed: Filed, leaving: bool },
    /// The tracking number of a complaint is being typed.
    Tracking { typed: Secret },
    /// Its query code is being typed.
    TrackingCode { tracking: Secret, typed: Secret },
    /// Central was asked how it stands.
    Asking { visit: VisitId, question: ReplyQuestion, since: Duration },
    /// How it stands.
    Standing(Box<ComplaintStanding>),
}

/// A resident to whom central released something.
pub(crate) struct Person {
    pub(crate) visit: VisitId,
    pub(crate) number: IdNumber,
    pub(crate) level: VisitLevel,
    pub(crate) applications: Vec<Application>,
}

/// What 再试一次 does.
pub(crate) enum Again {
    /// Put the card down again.
    Card,
    /// Type number and code again.
    Number,
    /// Ask central again with the same evidence.
    Lookup { number: IdNumber, evidence: Evidence },
    /// Hand the same complaint in again.
    File(Box<Draft>),
    /// Type tracking number and code again.
    Tracking,
    /// Ask central again about the same complaint.
    Ask(ReplyQuestion),
    /// Fetch public content again.
    Fetch(Service),
    /// Nothing to retry.
    Nothing,
}

impl State {
    /// The visit a reply must belong to in this state.
    pub(crate) fn visit(&self) -> Option<VisitId> {
        match self {
            Self::Opening { visit, .. }
            | Self::Filing { visit, .. }
            | Self::Asking { visit, .. } => Some(*visit),
            _ => self.person().map(|person| person.visit),
        }
    }

    /// The visit that central holds open, or is asked to open.
    pub(crate) fn open_visit(&self) -> Option<VisitId> {
        match self {
            Self::Opening { visit, .. } => Some(*visit),
            _ => self.person().map(|person| person.visit),
        }
    }

    /// The resident whose records are held, if any.
    pub(crate) fn person(&self) -> Option<&Person> {
        match self {
            Self::Account(person)
            | Self::Case { person, .. }
            | Self::Guide { person, .. }
            | Self::Remedies { person, .. } => Some(person),
            Self::Printing { behind, .. } | Self::Slip { behind, .. } => behind.person(),
            _ => None,
        }
    }

    /// What the slip on the screen is of; without a slip, what is there.
    pub(crate) fn under_slip(&self) -> &Self {
        match self {
            Self::Printing { behind, .. } | Self::Slip { behind, .. } => behind,
            other => other,
        }
    }

    /// Back to what the slip was of.
    pub(crate) fn off_slip(self) -> Self {
        match self {
            Self::Printing { behind, .. } | Self::Slip { behind, .. } => *behind,
            other => other,
        }
    }

    /// Whose number is on record, to tell the same card from another.
    pub(crate) fn number(&self) -> Option<&IdNumber> {
        match self {
            Self::Opening { number, .. } | Self::Code { number, .. } => Some(number),
            _ => self.person().map(|person| &person.number),
        }
    }

    /// The complaint being made, wherever it stands.
    pub(crate) fn draft(&self) -> Option<&Draft> {
        match self {
            Self::Draft(draft)
            | Self::Filing { draft, .. }
            | Self::Problem { again: Again::File(draft), .. } => Some(draft),
            _ => None,
        }
    }
}

/// The evidence a card gives by itself, if it needs no code.
pub(crate) fn card_evidence(number: &IdNumber, name: &str, trust: &Trust) -> Option<Evidence> {
    match trust {
        Trust::Authenticated { sam_serial } => Some(Evidence::AuthenticatedCard {
            number: number.expose().to_owned(),
            name: name.to_owned(),
            sam_serial: sam_serial.clone(),
        }),
        Trust::Unauthenticated => None,
    }
}

/// The evidence of a number with its query code.
pub(crate) fn code_evidence(number: &IdNumber, code: &Secret, from_card: bool) -> Evidence {
    let number = number.expose().to_owned();
    let query_code = code.expose().to_owned();
    if from_card {
        Evidence::UnauthenticatedCard { number, query_code }
    } else {
        Evidence::TypedNumber { number, query_code }
    }
}
