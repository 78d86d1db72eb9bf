//! Who receives complaints, complaints from elsewhere, and how a clerk answers one.

use central_api::{ComplaintKind, ComplaintState, Programme};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::import::values::{
    AreaCode, ArticleRef, ComplaintId, ComplaintText, Day, FullName, Id, Languages, Limit, Number,
    Phone, QueryCode, TrackingNumber,
};

/// Who receives a kind of complaint in a county, and when there is word.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct ComplaintRoute {
    pub(in crate::import) id: Id,
    /// County, 6 digits.
    pub(in crate::import) area: AreaCode,
    pub(in crate::import) kind: ComplaintKind,
    pub(in crate::import) receiver: Languages,
    pub(in crate::import) phone: Phone,
    /// When there will be word, in plain words.
    pub(in crate::import) promise: Languages,
    /// When it is told whether it is taken up; left out, the national limit holds where there is one.
    pub(in crate::import) accept_within: Option<Limit>,
    /// When it is answered; likewise.
    pub(in crate::import) answer_within: Option<Limit>,
    #[schemars(length(min = 1))]
    pub(in crate::import) articles: Vec<ArticleRef>,
}

/// A complaint that was not filed at a kiosk; text and writer are encrypted at rest.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct Complaint {
    pub(in crate::import) id: ComplaintId,
    pub(in crate::import) tracking_number: TrackingNumber,
    /// Kept as a keyed hash.
    pub(in crate::import) query_code: QueryCode,
    pub(in crate::import) kind: ComplaintKind,
    pub(in crate::import) subject: ComplaintSubject,
    pub(in crate::import) text: ComplaintText,
    /// Left out when it is anonymous.
    pub(in crate::import) writer: Option<ComplaintWriter>,
    pub(in crate::import) received_on: Day,
    pub(in crate::import) state: ComplaintState,
    /// Office that holds it.
    pub(in crate::import) office: Option<Id>,
    /// Needed once it is accepted.
    pub(in crate::import) accepted_on: Option<Day>,
    /// Needed once it is answered.
    pub(in crate::import) reply: Option<Reply>,
}

/// What a complaint is about.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::import) enum ComplaintSubject {
    General,
    Programme(Programme),
    Office(Id),
    Notice(Id),
}

/// Who wrote it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct ComplaintWriter {
    pub(in crate::import) name: FullName,
    pub(in crate::import) number: Option<Number>,
    pub(in crate::import) phone: Option<Phone>,
}

/// An answer.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct Reply {
    pub(in crate::import) on: Day,
    pub(in crate::import) text: Languages,
}

/// A clerk's answer to a complaint filed at a kiosk; the last one imported stands.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct ComplaintReply {
    #[expect(dead_code, reason = "every line has an id; this one's is checked and not kept")]
    pub(in crate::import) id: Id,
    pub(in crate::import) tracking_number: TrackingNumber,
    /// Id of the complaint, where two have the same tracking number.
    pub(in crate::import) complaint: Option<ComplaintId>,
    pub(in crate::import) on: Day,
    /// Office that answers.
    pub(in crate::import) office: Option<Id>,
    pub(in crate::import) text: Languages,
}
