//! Complaints: what is sealed, how it travels, what is answered.
//!
//! A complaint is sealed to central's public key before it touches the kiosk's disk. It travels under
//! the kiosk's credentials with nothing of the visit: no visit id, no number, no time.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{Article, DayLimit, Deadline, Office, Programme, Text};

/// Characters of a complaint's tracking number: Crockford base32, 50 bits, made by the kiosk.
pub const COMPLAINT_TRACKING_LENGTH: usize = 10;
/// Longest text of a complaint, in characters.
pub const COMPLAINT_TEXT_MAX: usize = 1000;

/// What a resident wants (信访工作条例 art. 17, 28 to 31).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ComplaintKind {
    /// 咨询: a question.
    Question,
    /// 投诉: about service or work.
    Complaint,
    /// 信访求决: asks that something be decided or put right (信访工作条例 art. 31(6)).
    Petition,
    /// 检举控告: accuses someone of breaking rules (art. 30).
    Accusation,
}

/// What a complaint is about.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Zeroize, ZeroizeOnDrop)]
#[serde(rename_all = "snake_case")]
pub enum ComplaintSubject {
    /// Nothing in particular.
    General,
    /// A kind of help.
    Programme(#[zeroize(skip)] Programme),
    /// An office, by its id.
    Office(String),
    /// A public notice, by its id.
    Notice(String),
    /// One's own application, by its tracking number.
    Application(String),
}

impl fmt::Debug for ComplaintSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ComplaintSubject(..)")
    }
}

/// A complaint as its writer confirmed it. Only ever sealed outside memory.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Zeroize, ZeroizeOnDrop)]
pub struct Complaint {
    /// Tracking number.
    pub tracking_number: String,
    /// SHA-256 over `tracking number ':' query code`, lower-case hex. Central keeps a keyed hash of it.
    pub code_hash: String,
    /// What is wanted.
    #[zeroize(skip)]
    pub kind: ComplaintKind,
    /// What it is about.
    pub subject: ComplaintSubject,
    /// What was written, at most [`COMPLAINT_TEXT_MAX`] characters.
    pub text: String,
    /// Who wrote it; none if anonymous.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writer: Option<ComplaintWriter>,
    /// Day it was written. Never more precise.
    #[zeroize(skip)]
    #[schema(value_type = String, format = Date)]
    pub written_on: Date,
}

impl fmt::Debug for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Complaint(..)")
    }
}

/// Who wrote a complaint under their own name (实名).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Zeroize, ZeroizeOnDrop)]
pub struct ComplaintWriter {
    /// Full name.
    pub name: String,
    /// Identity number, where a card gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Telephone, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl fmt::Debug for ComplaintWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ComplaintWriter(..)")
    }
}

/// `POST /v1/complaints`: a sealed complaint. The same `id` again is the same complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SealedComplaint {
    /// 32 hex digits, made by the kiosk; also the `Idempotency-Key`, and bound into the seal.
    pub id: String,
    /// How it is sealed, e.g. `hpke-base-x25519-hkdf-sha256-aes256gcm` (RFC 9180).
    pub algorithm: String,
    /// Id of the key it is sealed to.
    pub key: String,
    /// Encapsulated key, base64.
    pub encapsulated: String,
    /// JSON of a [`Complaint`], sealed, base64.
    pub ciphertext: String,
}

/// Answer to `POST /v1/complaints` (201): central keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ComplaintReceived {
    /// Tracking number.
    pub tracking_number: String,
}

/// A public key that complaints are sealed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SealKey {
    /// Id of the key.
    pub id: String,
    /// How to seal to it.
    pub algorithm: String,
    /// The key, base64.
    pub public_key: String,
}

/// Who receives a kind of complaint and when an answer is due; told before anything is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ComplaintRoute {
    /// Which kind.
    pub kind: ComplaintKind,
    /// Who receives it.
    pub receiver: Text,
    /// Telephone of the receiver.
    pub phone: String,
    /// When there will be word, in plain words; honest where no rule sets a day.
    pub promise: Text,
    /// When it will be told whether it is taken up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept_within: Option<DayLimit>,
    /// When it will be answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_within: Option<DayLimit>,
    /// Legal basis.
    pub articles: Vec<Article>,
}

/// `POST /v1/complaints/replies`: asks how a complaint stands. A wrong pair gives one neutral answer.
#[derive(Clone, Serialize, Deserialize, ToSchema, Zeroize, ZeroizeOnDrop)]
pub struct ReplyQuestion {
    /// Tracking number of the receipt.
    pub tracking_number: String,
    /// Query code of the receipt.
    pub query_code: String,
}

impl fmt::Debug for ReplyQuestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReplyQuestion(..)")
    }
}

/// How a complaint stands. It never repeats what was written.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ComplaintStanding {
    /// Tracking number.
    pub tracking_number: String,
    /// What was wanted.
    pub kind: ComplaintKind,
    /// Day central received it.
    pub received_on: Date,
    /// How far it has come.
    pub state: ComplaintState,
    /// Office that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<Office>,
    /// Who receives this kind, in words.
    pub receiver: Text,
    /// Limit for what comes next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
    /// The answer, once given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<ComplaintReply>,
}

impl fmt::Debug for ComplaintStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ComplaintStanding").field("state", &self.state).finish_non_exhaustive()
    }
}

/// How far a complaint has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ComplaintState {
    /// 已收到.
    Received,
    /// 已受理.
    Accepted,
    /// 已转送: handed to the office that is responsible.
    Routed,
    /// 已答复.
    Answered,
}

/// An answer to a complaint.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ComplaintReply {
    /// Day of the answer.
    pub on: Date,
    /// The answer.
    pub text: Text,
}

impl fmt::Debug for ComplaintReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ComplaintReply(..)")
    }
}
