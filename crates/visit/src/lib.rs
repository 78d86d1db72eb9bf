//! A resident's visit to the kiosk: the state machine and what it puts on the screen.
//!
//! ```text
//! card, touch, central, printer, clock ──> Event ──> Session ──> Vec<Action>
//!                                                      └──────> Screen
//! ```
//!
//! Knows no I/O, no clock and no toolkit: time and visit ids are arguments. A resident's data lives
//! in the state that needs it and is wiped when the state is left.

mod event;
mod project;
mod screen;
mod secret;
mod session;
mod state;
pub mod timeouts;

pub use event::{
    Action, CardEvent, CardFacts, CardFault, CentralEvent, CentralFault, Composed, Device, Event,
    Fault, Filed, Filing, FilingFault, Health, Key, Now, PrintOutcome, PrinterFault, PublicContent,
    Service, Trust, Typing, UiEvent, VisitId,
};
pub use screen::{
    AccountView, Body, CaseView, CodeView, DeviceView, Frame, NumberHint, NumberView, Overlay,
    ProblemView, Receipt, Screen, Waiting, Ways,
};
pub use secret::Secret;
pub use session::{Session, Settings};
