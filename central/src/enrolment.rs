//! Which kiosks may speak to central: admission by an operator, the trade of a one-time token for a
//! certificate, revocation. Each is in the audit before it counts.

use central_api::{Enrolled, Enrolment};
use jiff::{SignedDuration, Timestamp};

use crate::{
    audit::{Record, anchor::hex},
    authority::AuthorityError,
    crypto::sha256,
    refusal::Refusal,
    shared::Shared,
    store::{EnrolmentSlot, NewCertificate, StoreError},
    visits::Repeatable,
};

/// How long the same enrolment gets the same certificate.
const ANSWER_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// Admits a kiosk with a token good until `expires`, and the readers it may use.
pub(crate) async fn admit(
    app: &Shared,
    kiosk: &str,
    hall: Option<&str>,
    sam_serials: &[String],
    token: &str,
    expires: Timestamp,
) -> Result<(), StoreError> {
    let entry = record(app, kiosk, "operator", "admitted", sam_serials.to_vec());
    let hash = sha256(token.as_bytes());
    app.store.admit_kiosk(hall, &hash, expires, &entry).await?;
    app.fleet.forget();
    Ok(())
}

/// Revokes a kiosk; `false` when it is unknown.
pub(crate) async fn revoke(app: &Shared, kiosk: &str) -> Result<bool, StoreError> {
    let entry = record(app, kiosk, "operator", "revoked", Vec::new());
    let known = app.store.revoke_kiosk(&entry).await?;
    app.fleet.forget();
    Ok(known)
}

/// Issues a certificate for a token. A kiosk that did not hear the answer asks again under the same key
/// with the same request, and gets the same certificate for 24 hours.
pub(crate) async fn enrol(
    app: &Shared,
    enrolment: &Enrolment,
    repeat: Repeatable<'_>,
) -> Result<Enrolled, Refusal> {
    let Some(key) = repeat.key else { return issue(app, enrolment, None).await };
    let slot = EnrolmentSlot {
        key_hash: sha256(key.as_bytes()),
        body: app.keys.body(&enrolment.kiosk, repeat.body).digest,
    };
    let _alone = app.turnstile.key(&slot.key_hash).await;
    let now = app.clock.now();
    let since = now.saturating_sub(ANSWER_LIFE).unwrap_or(Timestamp::MIN);
    match app.store.kept_enrolment(&enrolment.kiosk, &slot.key_hash, since).await? {
        Some(kept) if !app.keys.body_fits(&enrolment.kiosk, repeat.body, &kept.body) => {
            Err(Refusal::IdempotencyConflict)
        }
        Some(kept) if kept.good => Ok(enrolled(app, kept.certificate_pem)),
        Some(_) => Err(Refusal::KioskNotEnrolled),
        None => issue(app, enrolment, Some(slot)).await,
    }
}

async fn issue(
    app: &Shared,
    enrolment: &Enrolment,
    slot: Option<EnrolmentSlot>,
) -> Result<Enrolled, Refusal> {
    let issued = match app.authority.kiosk(&enrolment.kiosk, &enrolment.csr_pem) {
        Ok(issued) => issued,
        Err(AuthorityError::Request) => return Err(Refusal::BadRequest),
        Err(error) => {
            tracing::error!(code = "authority.failed", %error, "no certificate made");
            return Err(Refusal::Unavailable);
        }
    };
    let token = sha256(enrolment.token.as_bytes());
    let certificate = NewCertificate { fingerprint: issued.fingerprint, pem: &issued.pem, slot };
    let given = vec![hex(&issued.fingerprint)];
    let entry = record(app, &enrolment.kiosk, "one_time_token", "enrolled", given);
    if !app.store.enrol_kiosk(&token, &certificate, &entry).await? {
        tracing::warn!(
            code = "kiosk.enrolment_refused",
            "enrolment with a token that is unknown, used or expired"
        );
        return Err(Refusal::KioskNotEnrolled);
    }
    app.fleet.forget();
    tracing::info!(code = "kiosk.enrolled", kiosk = %enrolment.kiosk, "kiosk enrolled");
    Ok(enrolled(app, issued.pem))
}

fn enrolled(app: &Shared, certificate_pem: String) -> Enrolled {
    Enrolled { certificate_pem, authority_pem: app.authority.pem.clone() }
}

fn record(
    app: &Shared,
    kiosk: &str,
    evidence: &'static str,
    outcome: &'static str,
    released: Vec<String>,
) -> Record {
    Record {
        at: app.clock.now(),
        kiosk: kiosk.to_owned(),
        purpose: "fleet",
        evidence,
        person: None,
        released,
        outcome,
    }
}
