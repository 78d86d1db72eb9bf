//! What central says.

use std::sync::Arc;

use central_api::{
    Application, ComplaintStanding, FundUse, KioskHall, Notice, Policy, Standard, VisitLevel,
};
use jiff::civil::DateTime;

use super::{Service, VisitId};

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
