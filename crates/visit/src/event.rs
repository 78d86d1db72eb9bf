//! What happens to a session and what it asks for. Every input and every output is listed here.

mod card;
mod central;
mod device;
mod fault;
mod filing;
mod ui;

use std::time::Duration;

use central_api::{Evidence, ReplyQuestion};
use jiff::civil::DateTime;

use crate::Receipt;
pub use card::{CardEvent, CardFacts, CardFault, Trust};
pub use central::{CentralEvent, CentralFault, PublicContent};
pub use device::{Device, Health, PrintOutcome, PrinterFault};
pub use fault::Fault;
pub use filing::{Composed, Filed, Filing, FilingFault, Typing};
pub use ui::{Key, Narrowing, NoticePart, Service, UiEvent, Worded};

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
