//! Opening, reading and ending a visit: who may see what, what is counted, what is audited. The
//! audit of a release is durable before its value is returned.

mod evidence;

use central_api::{Application, OpenVisit, VisitLevel, VisitOpened};
use jiff::{Timestamp, ToSpan};
use zeroize::Zeroizing;

use self::evidence::{Shown, evidence_word, scope, take_apart};
use crate::{
    audit::Record,
    crypto::{Digest, random_token, sha256},
    domain::{backoff, case::Case, release::release},
    refusal::Refusal,
    shared::Shared,
    store::{Answer, Effect, Entry, KioskRecord, NewVisit, StoredAnswer},
};

/// What every look at a resident's record is for. To keep what is known of residents confidential,
/// and to tell a lawful look from an unlawful one, is ordered by 社会救助法 art. 11 and 70(6).
const PURPOSE: &str = "progress_query";

const OPENED: &str = "opened";

/// A request that may be repeated: its idempotency key and the bytes of its body.
pub(crate) struct Repeatable<'a> {
    pub(crate) key: Option<&'a str>,
    pub(crate) body: &'a [u8],
}

/// Opens a visit on the evidence given.
pub(crate) async fn open(
    app: &Shared,
    kiosk: &KioskRecord,
    request: &OpenVisit,
    repeat: Repeatable<'_>,
) -> Result<VisitOpened, Refusal> {
    let Some(key) = repeat.key else { return decide(app, kiosk, request, None).await };
    let slot = Slot {
        key_hash: sha256(key.as_bytes()),
        body: app.keys.body(&kiosk.id, repeat.body).digest,
    };
    let _alone = app.turnstile.key(&slot.key_hash).await;
    match app.store.kept_answer(&kiosk.id, &slot.key_hash).await? {
        Some(kept) if !app.keys.body_fits(&kiosk.id, repeat.body, &kept.body) => {
            Err(Refusal::IdempotencyConflict)
        }
        Some(kept) => again(app, kiosk, request, &slot, &kept).await,
        None => decide(app, kiosk, request, Some(&slot)).await,
    }
}

/// Ends a visit; what was kept for it goes with it.
pub(crate) async fn end(app: &Shared, kiosk: &KioskRecord, token: &str) -> Result<(), Refusal> {
    let now = app.clock.now();
    let token_hash = sha256(token.as_bytes());
    let visit =
        app.store.open_visit(&token_hash, &kiosk.id, now).await?.ok_or(Refusal::VisitEnded)?;
    let audit = Record {
        at: now,
        kiosk: kiosk.id.clone(),
        purpose: PURPOSE,
        evidence: evidence_word(&visit.evidence),
        person: Some(visit.person),
        released: Vec::new(),
        outcome: "ended",
    };
    let effects = vec![Effect::EndVisit { token_hash, at: now }];
    Ok(app.store.writer.commit(Entry { audit: Some(audit), effects }).await?)
}

/// The applications of an open visit, read and audited once more.
pub(crate) async fn applications(
    app: &Shared,
    kiosk: &KioskRecord,
    token: &str,
) -> Result<Vec<Application>, Refusal> {
    let now = app.clock.now();
    let token_hash = sha256(token.as_bytes());
    let found = app.store.visit_and_rows(&token_hash, &kiosk.id, now).await?;
    let (visit, rows) = found.ok_or(Refusal::VisitEnded)?;
    let evidence = evidence_word(&visit.evidence);
    let (level, which) = scope(evidence, visit.adult);
    let cases = rows.cases(which, &app.keys)?;
    let (released, applications) = show(app, &cases, level);
    let audit = Record {
        at: now,
        kiosk: kiosk.id.clone(),
        purpose: PURPOSE,
        evidence,
        person: Some(visit.person),
        released,
        outcome: "read_again",
    };
    app.store.writer.commit(Entry { audit: Some(audit), effects: Vec::new() }).await?;
    Ok(applications)
}

/// Where an answer is kept for a repeated request.
struct Slot {
    key_hash: Digest,
    body: Digest,
}

async fn decide(
    app: &Shared,
    kiosk: &KioskRecord,
    request: &OpenVisit,
    slot: Option<&Slot>,
) -> Result<VisitOpened, Refusal> {
    let shown = take_apart(app, &request.evidence);
    let word = shown.word;
    let result = match shown.sam_serial {
        Some(serial) => by_card(app, kiosk, &shown, serial, slot).await,
        None => by_code(app, kiosk, &shown, slot).await,
    };
    let outcome = match &result {
        Ok(_) => OPENED,
        Err(refusal) => outcome_word(refusal),
    };
    app.metrics.visit(word, outcome);
    result
}

async fn by_card(
    app: &Shared,
    kiosk: &KioskRecord,
    shown: &Shown<'_>,
    serial: &str,
    slot: Option<&Slot>,
) -> Result<VisitOpened, Refusal> {
    if !kiosk.readers.iter().any(|reader| reader == serial) {
        tracing::warn!(code = "reader.not_enrolled", kiosk = %kiosk.id, "card shown through a reader that is not enrolled with the kiosk");
        return refuse(app, kiosk, shown, Vec::new(), Refusal::ReaderNotEnrolled).await;
    }
    grant(app, kiosk, shown, Vec::new(), slot).await
}

async fn by_code(
    app: &Shared,
    kiosk: &KioskRecord,
    shown: &Shown<'_>,
    slot: Option<&Slot>,
) -> Result<VisitOpened, Refusal> {
    let person = &shown.person;
    let _alone = app.turnstile.number(&person.current.digest).await;
    let now = app.clock.now();
    let known = app.store.attempts(person).await?;
    if let Some(retry_after_s) = backoff::wait_s(&known, &kiosk.id, now, &app.limits.patience()) {
        let refusal = Refusal::TooManyAttempts { retry_after_s };
        return refuse(app, kiosk, shown, Vec::new(), refusal).await;
    }
    let kept = app.store.query_code(person).await?;
    if !app.keys.code_fits(person, &shown.code, kept.as_ref()) {
        let attempts = backoff::after_wrong(&known, &kiosk.id, now);
        let count = Effect::CountWrong { person: person.clone(), attempts };
        return refuse(app, kiosk, shown, vec![count], Refusal::NotFound).await;
    }
    let counted = known.iter().any(|a| a.kiosk == kiosk.id && a.wrong > 0);
    let forgive = Effect::ForgiveWrong { person: person.clone(), kiosk: kiosk.id.clone() };
    grant(app, kiosk, shown, counted.then_some(forgive).into_iter().collect(), slot).await
}

async fn grant(
    app: &Shared,
    kiosk: &KioskRecord,
    shown: &Shown<'_>,
    mut effects: Vec<Effect>,
    slot: Option<&Slot>,
) -> Result<VisitOpened, Refusal> {
    let now = app.clock.now();
    let cap = app.limits.persons_per_kiosk_hour;
    if !app.fleet.admit(&kiosk.id, &shown.person, now, cap) {
        app.metrics.kiosk_cap(&kiosk.id);
        tracing::warn!(code = "kiosk.cap_reached", kiosk = %kiosk.id, cap, "kiosk served too many persons within the hour");
        return refuse(app, kiosk, shown, effects, Refusal::KioskCapReached).await;
    }
    let (level, which) = scope(shown.word, shown.adult);
    let (person, cases) = app.store.cases(&shown.person, which).await?;
    let (released, applications) = show(app, &cases, level);
    let token = random_token()?;
    let token_hash = sha256(token.as_bytes());
    let expires_at = now
        .checked_add(i64::from(app.limits.visit_s).seconds())
        .map_err(|_| Refusal::Unavailable)?;
    let opened = VisitOpened { token, level, expires_at, applications };
    effects.push(Effect::OpenVisit(NewVisit {
        token_hash,
        kiosk: kiosk.id.clone(),
        person,
        index: shown.person.current.clone(),
        evidence: shown.word,
        adult: shown.adult,
        opened_at: now,
        expires_at,
    }));
    if let Some(slot) = slot {
        effects.push(keep(app, kiosk, slot, &opened, token_hash, now)?);
    }
    let audit = record(kiosk, shown, now, released, OPENED);
    app.store.writer.commit(Entry { audit: Some(audit), effects }).await?;
    Ok(opened)
}

async fn refuse<T>(
    app: &Shared,
    kiosk: &KioskRecord,
    shown: &Shown<'_>,
    effects: Vec<Effect>,
    refusal: Refusal,
) -> Result<T, Refusal> {
    let now = app.clock.now();
    let audit = record(kiosk, shown, now, Vec::new(), outcome_word(&refusal));
    app.store.writer.commit(Entry { audit: Some(audit), effects }).await?;
    Err(refusal)
}

/// The same answer to the same request, as long as its visit is open.
async fn again(
    app: &Shared,
    kiosk: &KioskRecord,
    request: &OpenVisit,
    slot: &Slot,
    kept: &StoredAnswer,
) -> Result<VisitOpened, Refusal> {
    let now = app.clock.now();
    let open = app.store.open_visit(&kept.token_hash, &kiosk.id, now).await?;
    let (Some(_), Some(sealed)) = (open, &kept.sealed) else { return Err(Refusal::VisitEnded) };
    let text = Zeroizing::new(app.keys.open_seal(&place(kiosk, &slot.key_hash), sealed)?);
    let opened: VisitOpened = serde_json::from_str(&text).map_err(|_| Refusal::Unavailable)?;
    let released = opened.applications.iter().map(|a| a.tracking_number.clone()).collect();
    let shown = take_apart(app, &request.evidence);
    let audit = record(kiosk, &shown, now, released, "answered_again");
    app.store.writer.commit(Entry { audit: Some(audit), effects: Vec::new() }).await?;
    Ok(opened)
}

fn keep(
    app: &Shared,
    kiosk: &KioskRecord,
    slot: &Slot,
    opened: &VisitOpened,
    token_hash: Digest,
    at: Timestamp,
) -> Result<Effect, Refusal> {
    let text = Zeroizing::new(serde_json::to_string(opened).map_err(|_| Refusal::Unavailable)?);
    Ok(Effect::KeepAnswer(Answer {
        kiosk: kiosk.id.clone(),
        key_hash: slot.key_hash,
        body: slot.body,
        token_hash,
        sealed: app.keys.seal(&place(kiosk, &slot.key_hash), &text)?,
        at,
    }))
}

fn place(kiosk: &KioskRecord, key_hash: &Digest) -> String {
    format!("answer:{}:{}", kiosk.id, crate::audit::anchor::hex(key_hash))
}

fn show(app: &Shared, cases: &[Case], level: VisitLevel) -> (Vec<String>, Vec<Application>) {
    let today = app.clock.today();
    let applications: Vec<_> = cases.iter().map(|case| release(case, level, today)).collect();
    (cases.iter().map(|case| case.tracking_number.clone()).collect(), applications)
}

fn record(
    kiosk: &KioskRecord,
    shown: &Shown<'_>,
    at: Timestamp,
    released: Vec<String>,
    outcome: &'static str,
) -> Record {
    Record {
        at,
        kiosk: kiosk.id.clone(),
        purpose: PURPOSE,
        evidence: shown.word,
        person: Some(shown.person.current.clone()),
        released,
        outcome,
    }
}

fn outcome_word(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotFound => "not_found",
        Refusal::TooManyAttempts { .. } => "too_many_attempts",
        Refusal::ReaderNotEnrolled => "reader_not_enrolled",
        Refusal::KioskCapReached => "kiosk_cap_reached",
        _ => "failed",
    }
}
