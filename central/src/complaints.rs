//! Receiving complaints and telling how they stand.
//!
//! Nothing that is kept, logged or audited here can be joined to a visit: no kiosk, no time finer than
//! a day, no kept request. Whether a seal opened is counted; what was in it is not.

mod restraint;
mod standing;

use central_api::{
    Complaint, ComplaintReceived, ComplaintSubject, ComplaintWriter, SealedComplaint,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

pub(crate) use self::{restraint::Restraint, standing::standing};
use crate::{
    domain::complaints as domain,
    refusal::Refusal,
    shared::Shared,
    store::{KeptComplaint, KioskRecord, NewComplaint},
};

/// What is sealed at rest of a complaint.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Content {
    pub(crate) tracking_number: String,
    pub(crate) subject: ComplaintSubject,
    pub(crate) text: String,
    pub(crate) writer: Option<ComplaintWriter>,
    #[zeroize(skip)]
    pub(crate) written_on: Date,
}

/// Where a complaint's content is sealed for.
pub(crate) fn content_place(id: &str) -> String {
    format!("complaint:{id}:content")
}

/// Where the answer to a complaint is sealed for.
pub(crate) fn reply_place(id: &str) -> String {
    format!("complaint:{id}:reply")
}

/// Keeps a complaint; the same one again is answered alike and kept once.
pub(crate) async fn receive(
    app: &Shared,
    kiosk: &KioskRecord,
    key: Option<&str>,
    sealed: &SealedComplaint,
) -> Result<ComplaintReceived, Refusal> {
    let result = receive_one(app, kiosk, key, sealed).await;
    let outcome = match &result {
        Ok((Kept::Now, _)) => "kept",
        Ok((Kept::Before, _)) => "kept_before",
        Err(Refusal::TooManyAttempts { .. }) => "too_many_attempts",
        Err(_) => "refused",
    };
    app.metrics.complaint(outcome);
    result.map(|(_, received)| received)
}

enum Kept {
    Now,
    Before,
}

async fn receive_one(
    app: &Shared,
    kiosk: &KioskRecord,
    key: Option<&str>,
    sealed: &SealedComplaint,
) -> Result<(Kept, ComplaintReceived), Refusal> {
    app.restraint.file(&kiosk.id, app.clock.now(), &app.limits)?;
    if key != Some(sealed.id.as_str()) || !domain::is_id(&sealed.id) {
        return Err(Refusal::BadRequest);
    }
    let SealedComplaint { id, algorithm, key, encapsulated, ciphertext } = sealed;
    let parts = [algorithm, key, encapsulated, ciphertext].map(String::as_str);
    if let Some(kept) = app.store.complaints.kept(id).await? {
        return kept_before(app, id, parts, &kept).map(|received| (Kept::Before, received));
    }
    let complaint = open(app, sealed)?;
    let new = seal_at_rest(app, kiosk, id, parts, &complaint).await?;
    if app.store.complaints.keep(&new).await? {
        let tracking_number = complaint.tracking_number.clone();
        return Ok((Kept::Now, ComplaintReceived { tracking_number }));
    }
    // The same request came twice at once.
    let kept = app.store.complaints.kept(id).await?.ok_or(Refusal::Unavailable)?;
    kept_before(app, id, parts, &kept).map(|received| (Kept::Before, received))
}

fn kept_before(
    app: &Shared,
    id: &str,
    parts: [&str; 4],
    kept: &KeptComplaint,
) -> Result<ComplaintReceived, Refusal> {
    if !kept.body.as_ref().is_some_and(|body| app.keys.complaint_fits(parts, body)) {
        return Err(Refusal::IdempotencyConflict);
    }
    let text = Zeroizing::new(app.keys.open_seal(&content_place(id), &kept.content_sealed)?);
    let content: Content = serde_json::from_str(&text).map_err(|_| Refusal::Unavailable)?;
    Ok(ComplaintReceived { tracking_number: content.tracking_number.clone() })
}

/// The one place where a complaint that cannot be taken is logged; of it, nothing.
fn open(app: &Shared, sealed: &SealedComplaint) -> Result<Complaint, Refusal> {
    let Some(keys) = app.seal_keys.pair(&sealed.key) else {
        // The kiosk has acknowledged it already, and the key may come back from a backup.
        tracing::error!(code = "complaint.key_unknown", "complaint sealed to a key not held here");
        return Err(Refusal::Unavailable);
    };
    let complaint = complaint_seal::open(keys, sealed).map_err(|error| {
        tracing::warn!(code = "complaint.seal_refused", %error, "complaint refused");
        Refusal::BadRequest
    })?;
    if domain::fits(&complaint) {
        return Ok(complaint);
    }
    tracing::warn!(
        code = "complaint.content_refused",
        "complaint refused, its content does not fit"
    );
    Err(Refusal::BadRequest)
}

async fn seal_at_rest(
    app: &Shared,
    kiosk: &KioskRecord,
    id: &str,
    parts: [&str; 4],
    complaint: &Complaint,
) -> Result<NewComplaint, Refusal> {
    let county = match kiosk.hall.as_deref() {
        Some(hall) => app.store.county_of(hall).await?,
        None => None,
    };
    let content = Content {
        tracking_number: complaint.tracking_number.clone(),
        subject: complaint.subject.clone(),
        text: complaint.text.trim().to_owned(),
        writer: complaint.writer.clone(),
        written_on: complaint.written_on,
    };
    let text = serde_json::to_string(&content).map_err(|_| Refusal::Unavailable)?;
    let text = Zeroizing::new(text);
    let tracking = app.keys.tracking(&complaint.tracking_number).current;
    Ok(NewComplaint {
        id: id.to_owned(),
        county,
        code: app.keys.code(&tracking.digest, &complaint.code_hash),
        tracking,
        body: app.keys.complaint(parts).digest,
        kind: complaint.kind,
        content_sealed: app.keys.seal(&content_place(id), &text)?,
        received_on: app.clock.today(),
    })
}
