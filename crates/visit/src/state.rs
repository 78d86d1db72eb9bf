//! The states of a session. Each variant carries exactly the data it needs; leaving it drops it.

use std::time::Duration;

use central_api::{Application, Evidence, VisitLevel};
use id_number::IdNumber;

use crate::{Fault, PrintOutcome, Secret, Service, Trust, VisitId};

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
    /// Its slip is being printed.
    Printing { person: Person, chosen: usize, since: Duration },
    /// What became of the slip.
    Slip { person: Person, chosen: usize, outcome: PrintOutcome },
    /// Something went wrong.
    Problem { fault: Fault, again: Again },
    /// A public service; content lives in the session, it is nobody's.
    Public(Service),
    /// One policy of the list.
    Policy(usize),
}

/// A resident to whom central released something.
pub(crate) struct Person {
    pub(crate) visit: VisitId,
    pub(crate) number: IdNumber,
    pub(crate) level: VisitLevel,
    pub(crate) applications: Vec<Application>,
    /// Slips tried so far in this visit, per application.
    pub(crate) slips: Vec<usize>,
}

/// What 再试一次 does.
pub(crate) enum Again {
    /// Put the card down again.
    Card,
    /// Type number and code again.
    Number,
    /// Ask central again with the same evidence.
    Lookup { number: IdNumber, evidence: Evidence },
    /// Fetch public content again.
    Fetch(Service),
    /// Nothing to retry.
    Nothing,
}

impl State {
    /// The visit a reply must belong to in this state.
    pub(crate) fn visit(&self) -> Option<VisitId> {
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
            | Self::Printing { person, .. }
            | Self::Slip { person, .. } => Some(person),
            _ => None,
        }
    }

    /// Whose number is on record, to tell the same card from another.
    pub(crate) fn number(&self) -> Option<&IdNumber> {
        match self {
            Self::Opening { number, .. } | Self::Code { number, .. } => Some(number),
            _ => self.person().map(|person| &person.number),
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
