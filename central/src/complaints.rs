//! Receiving complaints and telling how they stand.
//!
//! Nothing that is kept, logged or audited here can be joined to a visit: no kiosk, no time finer than
//! a day, no kept request. Whether a seal opened is counted; what was in it is not.

use central_api::{
    Complaint, ComplaintReceived, ComplaintReply, ComplaintStanding, ComplaintSubject,
    ComplaintWriter, ReplyQuestion, SealedComplaint,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    crypto::Digest,
    domain::{backoff, complaints as domain, complaints::Progress},
    refusal::Refusal,
    shared::Shared,
    store::{ComplaintRow, Effect, Entry, KeptComplaint, KioskRecord, NewComplaint},
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
    if key != Some(sealed.id.as_str()) || !domain::is_id(&sealed.id) {
        return Err(Refusal::BadRequest);
    }
    let SealedComplaint { id, algorithm, key, encapsulated, ciphertext } = sealed;
    let body = app.keys.complaint([algorithm, key, encapsulated, ciphertext]).digest;
    if let Some(kept) = app.store.complaints.kept(id).await? {
        return kept_before(app, id, &body, &kept).map(|received| (Kept::Before, received));
    }
    let complaint = open(app, sealed)?;
    let new = seal_at_rest(app, kiosk, id, body, &complaint).await?;
    if app.store.complaints.keep(&new).await? {
        let tracking_number = complaint.tracking_number.clone();
        return Ok((Kept::Now, ComplaintReceived { tracking_number }));
    }
    // The same request came twice at once.
    let kept = app.store.complaints.kept(id).await?.ok_or(Refusal::Unavailable)?;
    kept_before(app, id, &body, &kept).map(|received| (Kept::Before, received))
}

fn kept_before(
    app: &Shared,
    id: &str,
    body: &Digest,
    kept: &KeptComplaint,
) -> Result<ComplaintReceived, Refusal> {
    if kept.body.as_ref() != Some(body) {
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
    body: Digest,
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
        body,
        kind: complaint.kind,
        content_sealed: app.keys.seal(&content_place(id), &text)?,
        received_on: app.clock.today(),
    })
}

/// How a complaint stands, to whoever has its tracking number and query code.
pub(crate) async fn standing(
    app: &Shared,
    kiosk: &KioskRecord,
    question: &ReplyQuestion,
) -> Result<ComplaintStanding, Refusal> {
    let result = look_up(app, kiosk, question).await;
    let outcome = match &result {
        Ok(_) => "found",
        Err(Refusal::NotFound) => "not_found",
        Err(Refusal::TooManyAttempts { .. }) => "too_many_attempts",
        Err(_) => "failed",
    };
    app.metrics.complaint_reply(outcome);
    result
}

async fn look_up(
    app: &Shared,
    kiosk: &KioskRecord,
    question: &ReplyQuestion,
) -> Result<ComplaintStanding, Refusal> {
    let typed = &question.tracking_number;
    // A number that is none goes the same way as one nobody has.
    let number = domain::tracking_number(typed).unwrap_or_else(|| typed.trim().to_owned());
    let tries = app.keys.tracking_tries(&number);
    let _alone = app.turnstile.number(&tries.current.digest).await;
    let now = app.clock.now();
    let known = app.store.attempts(&tries).await?;
    if let Some(retry_after_s) = backoff::wait_s(&known, &kiosk.id, now, &app.limits.patience()) {
        return Err(Refusal::TooManyAttempts { retry_after_s });
    }
    let Some(row) = fitting(app, &number, &question.query_code).await? else {
        let attempts = backoff::after_wrong(&known, &kiosk.id, now);
        let effects = vec![Effect::CountWrong { person: tries, attempts }];
        app.store.writer.commit(Entry { audit: None, effects }).await?;
        return Err(Refusal::NotFound);
    };
    if known.iter().any(|a| a.kiosk == kiosk.id && a.wrong > 0) {
        let effects = vec![Effect::ForgiveWrong { person: tries, kiosk: kiosk.id.clone() }];
        app.store.writer.commit(Entry { audit: None, effects }).await?;
    }
    tell(app, &number, row).await
}

/// The complaint that number and code open; the same work is done where there is none.
async fn fitting(app: &Shared, number: &str, code: &str) -> Result<Option<ComplaintRow>, Refusal> {
    let tracking = app.keys.tracking(number);
    let hash = Zeroizing::new(complaint_seal::code_hash(number, code));
    let mut rows = Vec::new();
    for index in tracking.all() {
        rows.extend(app.store.complaints.by_tracking(index).await?);
    }
    let mut found = None;
    if rows.is_empty() {
        let _ = app.keys.code_fits(&tracking, &hash, None);
    }
    for row in rows {
        if app.keys.code_fits(&tracking, &hash, Some(&row.code)) {
            found = Some(row);
        }
    }
    Ok(found)
}

async fn tell(app: &Shared, number: &str, row: ComplaintRow) -> Result<ComplaintStanding, Refusal> {
    let route = app.store.complaint_route(row.county.as_deref(), row.kind).await?;
    let route = match route {
        Some(route) => domain::with_national_limits(route),
        None => domain::national_route(row.kind),
    };
    let office = match row.office.as_deref() {
        Some(office) => app.store.office(office).await?,
        None => None,
    };
    let reply = match &row.reply {
        Some((on, sealed)) => {
            let text = Zeroizing::new(app.keys.open_seal(&reply_place(&row.id), sealed)?);
            let text = serde_json::from_str(&text).map_err(|_| Refusal::Unavailable)?;
            Some(ComplaintReply { on: *on, text })
        }
        None => None,
    };
    let progress =
        Progress { state: row.state, received_on: row.received_on, accepted_on: row.accepted_on };
    Ok(ComplaintStanding {
        tracking_number: number.to_owned(),
        kind: row.kind,
        received_on: row.received_on,
        state: row.state,
        office,
        deadline: domain::deadline(&progress, &route, app.clock.today()),
        receiver: route.receiver,
        reply,
    })
}
