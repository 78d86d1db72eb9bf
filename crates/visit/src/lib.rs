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
    Fault, Filed, Filing, FilingFault, Health, Key, Narrowing, NoticePart, Now, PrintOutcome,
    PrinterFault, PublicContent, Service, SlipId, Trust, Typing, UiEvent, VisitId, Worded,
};
pub use screen::{
    AccountView, Body, CaseView, ChoicesView, CodeView, DeviceView, Entry, EntryView, FiledView,
    Frame, Freshness, GuideView, IdentityView, NoticeView, NoticesView, NumberHint, NumberView,
    Options, Overlay, PoliciesView, PolicyView, ProblemView, Receipt, ReviewView, Screen, Sheet,
    StandingView, Waiting, Ways, WriteView, Writing,
};
pub use secret::Secret;
pub use session::{Session, Settings};
