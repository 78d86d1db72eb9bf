//! Telling how a complaint stands. Nothing of a question is written anywhere, right or wrong: it may come
//! before the complaint does, from the kiosk and in the minute it was written.

use central_api::{ComplaintReply, ComplaintStanding, ReplyQuestion};
use jiff::Timestamp;
use zeroize::Zeroizing;

use super::reply_place;
use crate::{
    crypto::sha256,
    domain::{complaints as domain, complaints::Progress},
    refusal::Refusal,
    shared::Shared,
    store::{ComplaintRow, KioskRecord},
};

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
    // One at a time for a kiosk: no try goes ahead before the one before it is counted.
    let _alone = app.turnstile.number(&sha256(kiosk.id.as_bytes())).await;
    let now = app.clock.now();
    app.restraint.ask(&kiosk.id, now, &app.limits)?;
    let Some(row) = fitting(app, &number, &question.query_code, now).await? else {
        app.restraint.wrong(&kiosk.id, now);
        return Err(Refusal::NotFound);
    };
    app.restraint.right(&kiosk.id);
    tell(app, &number, row).await
}

/// The complaint that number and code open; the same work is done where there is none.
async fn fitting(
    app: &Shared,
    number: &str,
    code: &str,
    now: Timestamp,
) -> Result<Option<ComplaintRow>, Refusal> {
    let tracking = app.keys.tracking(number);
    let hash = Zeroizing::new(complaint_seal::code_hash(number, code));
    let mut rows = Vec::new();
    for index in tracking.all() {
        rows.extend(app.store.complaints.by_tracking(index).await?);
    }
    if rows.is_empty() {
        let _ = app.keys.code_fits(&tracking, &hash, None);
        return Ok(None);
    }
    let mut found = None;
    for row in rows {
        if app.keys.code_fits(&tracking, &hash, Some(&row.code)) {
            found = Some(row);
        }
    }
    app.restraint.try_code(&tracking.current.digest, found.is_some(), now, &app.limits)?;
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
