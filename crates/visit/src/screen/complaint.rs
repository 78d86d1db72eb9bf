//! Screens on the way of a complaint.

use central_api::{ComplaintKind, ComplaintRoute, ComplaintStanding};
use zeroize::Zeroizing;

/// A text being written. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct WriteView {
    /// Which text.
    pub what: Writing,
    /// What it is about, in words, where it was begun from something on the screen.
    pub about: Option<String>,
    /// The text so far.
    pub text: Zeroizing<String>,
    /// Letters still open behind it, as they are shown.
    pub open: Zeroizing<String>,
    /// What they may mean, likeliest first.
    pub candidates: Vec<Zeroizing<String>>,
    /// Characters that still fit.
    pub left: usize,
    /// Whether it can be gone on from.
    pub complete: bool,
    /// Whether a card may be laid down instead.
    pub card: bool,
}

/// Which text is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// A complaint's.
    Complaint(ComplaintKind),
    /// Its writer's name.
    Name,
}

/// Signed or not. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct IdentityView {
    /// Who receives it.
    pub route: Option<ComplaintRoute>,
    /// It is about one's own application, which says whose it is.
    pub own_case: bool,
}

/// A complaint once more. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct ReviewView {
    /// What is wanted.
    pub kind: ComplaintKind,
    /// What it is about.
    pub subject: central_api::ComplaintSubject,
    /// The same in words, where it was begun from something on the screen, or an office's name.
    pub about: Option<String>,
    /// The text.
    pub text: Zeroizing<String>,
    /// The name, unless anonymous.
    pub name: Option<Zeroizing<String>>,
    /// Whether a card gave the name.
    pub by_card: bool,
    /// The telephone; may be empty.
    pub phone: Zeroizing<String>,
    /// Who receives it.
    pub route: Option<ComplaintRoute>,
}

/// A short row of characters being typed. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct EntryView {
    /// Which.
    pub what: Entry,
    /// What was typed.
    pub typed: Zeroizing<String>,
    /// Characters missing.
    pub missing: usize,
    /// Whether it can be submitted.
    pub complete: bool,
}

/// What is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Tracking number of a complaint.
    Tracking,
    /// Its query code.
    TrackingCode,
    /// A telephone.
    Phone,
}

/// The receipt of a complaint. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct FiledView {
    /// What is wanted.
    pub kind: ComplaintKind,
    /// Whether it is signed.
    pub signed: bool,
    /// Tracking number.
    pub tracking_number: Zeroizing<String>,
    /// Query code.
    pub query_code: Zeroizing<String>,
    /// Who receives it and when there will be word.
    pub route: Option<ComplaintRoute>,
    /// Whether a slip can be printed now.
    pub can_print: bool,
}

/// How a complaint stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingView {
    /// Central's word.
    pub standing: ComplaintStanding,
    /// Whether a slip can be printed now.
    pub can_print: bool,
}

opaque!(WriteView, IdentityView, ReviewView, EntryView, FiledView);
