//! A resident's visit, kiosk enrolment, and problems (RFC 9457).

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// How the resident shows who they are. Wiped when dropped.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Zeroize, ZeroizeOnDrop)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evidence {
    /// Card read through a SAM_V module; its serial number must be enrolled with this kiosk.
    AuthenticatedCard {
        /// Identity number.
        number: String,
        /// Name on the card.
        name: String,
        /// Serial number of the SAM_V module, printed form.
        sam_serial: String,
    },
    /// Card that can be copied (a social-security card), with the query code of the slip.
    UnauthenticatedCard {
        /// Identity number.
        number: String,
        /// Crockford base32, 8 characters; case, hyphens and blanks do not matter.
        query_code: String,
    },
    /// Number typed by hand, with the query code of the slip.
    TypedNumber {
        /// Identity number.
        number: String,
        /// Crockford base32, 8 characters; case, hyphens and blanks do not matter.
        query_code: String,
    },
}

impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AuthenticatedCard { .. } => "AuthenticatedCard(..)",
            Self::UnauthenticatedCard { .. } => "UnauthenticatedCard(..)",
            Self::TypedNumber { .. } => "TypedNumber(..)",
        })
    }
}

/// `POST /v1/visits`.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OpenVisit {
    /// Who is asking.
    pub evidence: Evidence,
}

/// How much a visit may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VisitLevel {
    /// Programme, stage, dates, next step, office and phone.
    Basic,
    /// Everything of one's own applications.
    Full,
}

/// Answer to `POST /v1/visits` (201).
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct VisitOpened {
    /// Bearer token, good for this kiosk only.
    pub token: String,
    /// What it opens.
    pub level: VisitLevel,
    /// When it ends by itself.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    /// What the visit may see, newest submission first; one audited release. Read again with
    /// `GET /v1/visits/current/applications`.
    #[serde(default)]
    pub applications: Vec<crate::Application>,
}

impl fmt::Debug for VisitOpened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VisitOpened").field("level", &self.level).finish_non_exhaustive()
    }
}

/// `POST /v1/kiosks/enrolment`: a kiosk's first call, over server-authenticated TLS.
///
/// Which SAM_V modules the kiosk may read with is the operator's word, given to central by
/// `central kiosk enrol`; a kiosk cannot name its own.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Enrolment {
    /// Kiosk id given by `central kiosk enrol`.
    pub kiosk: String,
    /// One-time token given with it.
    pub token: String,
    /// PKCS #10 request in PEM; the key stays on the kiosk. Its subject is ignored.
    pub csr_pem: String,
}

impl fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Enrolment").field("kiosk", &self.kiosk).finish_non_exhaustive()
    }
}

/// Answer to an enrolment (201).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Enrolled {
    /// The kiosk's certificate in PEM.
    pub certificate_pem: String,
    /// Central's authority in PEM.
    pub authority_pem: String,
}

/// `GET /v1/hall`: what the kiosk shows of the hall it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KioskHall {
    /// Name of the hall.
    pub name: crate::Text,
    /// Offices of the configured areas, the hall's own first, then the nearest.
    pub offices: Vec<crate::Office>,
    /// Who receives which kind of complaint.
    pub complaint_routes: Vec<crate::ComplaintRoute>,
    /// The key complaints are sealed to.
    pub seal_key: crate::SealKey,
}

/// An RFC 9457 problem document (`application/problem+json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// `urn:kiosk:problem:<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short English summary.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Stable code.
    pub code: ProblemCode,
    /// Seconds to wait, for [`ProblemCode::TooManyAttempts`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
}

/// Stable problem codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// Number and code do not belong together, or nobody is known by them: one neutral answer.
    NotFound,
    /// Too many wrong pairs for now.
    TooManyAttempts,
    /// No client certificate, or it is revoked or unknown.
    KioskNotEnrolled,
    /// The SAM_V module is not enrolled with this kiosk.
    ReaderNotEnrolled,
    /// The visit's token is unknown, ended, expired or another kiosk's.
    VisitEnded,
    /// The request does not fit the schema.
    BadRequest,
    /// The same idempotency key came with another body.
    IdempotencyConflict,
    /// No such path.
    NoSuchResource,
    /// Distinct-person cap of the kiosk reached; staff must look.
    KioskCapReached,
    /// Central cannot answer now.
    Unavailable,
}
