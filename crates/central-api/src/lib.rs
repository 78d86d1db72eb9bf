//! Request and response types shared by the kiosk and central; the OpenAPI document comes from here.
//!
//! Types only: no transport, no storage, no wording. Money is integer 分, dates are civil dates in
//! Asia/Shanghai. Types that carry a resident's data reveal nothing through `Debug`.

mod application;
mod complaint;
mod public;
mod terms;
mod visit;

pub use application::{
    Application, Article, Binds, Deadline, Decision, DecisionOutcome, HouseholdMember, Office,
    Payment, Remedy, Step, StepState,
};
pub use complaint::{
    COMPLAINT_TEXT_MAX, COMPLAINT_TRACKING_LENGTH, Complaint, ComplaintKind, ComplaintReceived,
    ComplaintReply, ComplaintRoute, ComplaintStanding, ComplaintState, ComplaintSubject,
    ComplaintWriter, ReplyQuestion, SealKey, SealedComplaint,
};
pub use public::{
    DayLimit, FundRow, FundUse, Notice, NoticeKind, NoticePage, Paper, Policy, PolicyStep,
    Standard, Subject, Value,
};
pub use terms::{Category, Fen, Programme, Stage, Status, Text, Unit};
pub use visit::{
    Enrolled, Enrolment, Evidence, KioskHall, OpenVisit, Problem, ProblemCode, VisitLevel,
    VisitOpened,
};

/// Version prefix of every path.
pub const V1: &str = "/v1";
