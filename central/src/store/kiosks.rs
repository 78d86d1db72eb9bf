//! The fleet: kiosks, their readers, certificates and enrolment tokens. Every change of it is durable
//! together with its entry in the audit.

use jiff::Timestamp;
use sqlx::{Connection, Row, SqliteConnection};

use super::{Store, StoreError, open::close, visits::digest, writer::append_to};
use crate::{
    audit::{
        Record,
        anchor::{Anchors, Head},
    },
    crypto::Digest,
};

/// Name of the fleet's chain. Operators change the fleet from a process of their own while central
/// serves, so the chain's head is read afresh for every entry.
pub(super) const FLEET: &str = "fleet";

/// A kiosk as the request path knows it.
#[derive(Debug, Clone)]
pub(crate) struct KioskRecord {
    pub(crate) id: String,
    pub(crate) readers: Vec<String>,
    pub(crate) hall: Option<String>,
}

/// A certificate about to count.
pub(crate) struct NewCertificate<'a> {
    pub(crate) fingerprint: Digest,
    pub(crate) pem: &'a str,
    /// Where it is kept for a kiosk that asks again.
    pub(crate) slot: Option<EnrolmentSlot>,
}

/// Key and body of an enrolment that may be repeated.
#[derive(Clone, Copy)]
pub(crate) struct EnrolmentSlot {
    pub(crate) key_hash: Digest,
    pub(crate) body: Digest,
}

/// What an enrolment was answered before.
pub(crate) struct KeptEnrolment {
    pub(crate) body: Digest,
    pub(crate) certificate_pem: String,
    /// The certificate still counts.
    pub(crate) good: bool,
}

impl Store {
    /// The kiosk behind a certificate, unless it or its kiosk is revoked or superseded.
    pub(crate) async fn kiosk_by_certificate(
        &self,
        fingerprint: &Digest,
    ) -> Result<Option<KioskRecord>, StoreError> {
        let row = sqlx::query(
            "SELECT k.id, COALESCE(k.hall, (SELECT MIN(h.id) FROM hall h HAVING COUNT(*) = 1)) \
             AS hall, (SELECT json_group_array(r.sam_serial) FROM kiosk_reader r \
             WHERE r.kiosk = k.id) AS readers \
             FROM kiosk_certificate c JOIN kiosk k ON k.id = c.kiosk \
             WHERE c.fingerprint = ? AND c.superseded_at IS NULL AND k.revoked_at IS NULL",
        )
        .bind(fingerprint.as_slice())
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let readers = serde_json::from_str(row.try_get("readers")?)
            .map_err(|_| StoreError::Content("kiosk_reader"))?;
        Ok(Some(KioskRecord { id: row.try_get("id")?, readers, hall: row.try_get("hall")? }))
    }

    /// Makes or renews a kiosk: a one-time token until `expires_at`, the readers it may use. What was
    /// changed and `record` are durable together.
    pub(crate) async fn admit_kiosk(
        &self,
        hall: Option<&str>,
        token_hash: &Digest,
        expires_at: Timestamp,
        record: &Record,
    ) -> Result<(), StoreError> {
        let kiosk = &record.kiosk;
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(
            "INSERT INTO kiosk (id, hall, token_hash, token_expires_at) VALUES (?, ?, ?, ?) \
             ON CONFLICT (id) DO UPDATE SET hall = COALESCE(excluded.hall, hall), \
             token_hash = excluded.token_hash, token_expires_at = excluded.token_expires_at",
        )
        .bind(kiosk)
        .bind(hall)
        .bind(token_hash.as_slice())
        .bind(expires_at.as_millisecond())
        .execute(&mut *transaction)
        .await?;
        sqlx::query("DELETE FROM kiosk_reader WHERE kiosk = ?")
            .bind(kiosk)
            .execute(&mut *transaction)
            .await?;
        for serial in &record.released {
            sqlx::query("INSERT OR IGNORE INTO kiosk_reader (kiosk, sam_serial) VALUES (?, ?)")
                .bind(kiosk)
                .bind(serial)
                .execute(&mut *transaction)
                .await?;
        }
        let head = append_to(&mut transaction, &self.keys, FLEET, record).await?;
        transaction.commit().await?;
        close(connection).await;
        self.anchor(&head);
        Ok(())
    }

    /// Whether a hall of this id is known.
    pub(crate) async fn hall_exists(&self, hall: &str) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT 1 FROM hall WHERE id = ?")
            .bind(hall)
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.is_some())
    }

    /// Uses up an enrolment token and notes the new certificate in its place; earlier ones of the
    /// kiosk no longer count. `false` when the token is unknown, used or expired at the record's time.
    pub(crate) async fn enrol_kiosk(
        &self,
        token_hash: &Digest,
        certificate: &NewCertificate<'_>,
        record: &Record,
    ) -> Result<bool, StoreError> {
        let (kiosk, now) = (&record.kiosk, record.at.as_millisecond());
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        let used = sqlx::query(
            "UPDATE kiosk SET token_hash = NULL, token_expires_at = NULL, revoked_at = NULL \
             WHERE id = ? AND token_hash = ? AND token_expires_at > ?",
        )
        .bind(kiosk)
        .bind(token_hash.as_slice())
        .bind(now)
        .execute(&mut *transaction)
        .await?;
        if used.rows_affected() != 1 {
            transaction.rollback().await?;
            close(connection).await;
            return Ok(false);
        }
        supersede(&mut transaction, kiosk, &certificate.fingerprint, now).await?;
        if let Some(slot) = &certificate.slot {
            keep_answer(&mut transaction, kiosk, certificate, slot, now).await?;
        }
        let head = append_to(&mut transaction, &self.keys, FLEET, record).await?;
        transaction.commit().await?;
        close(connection).await;
        self.anchor(&head);
        Ok(true)
    }

    /// The answer kept for a repeated enrolment of `kiosk`, made after `since`.
    pub(crate) async fn kept_enrolment(
        &self,
        kiosk: &str,
        key_hash: &Digest,
        since: Timestamp,
    ) -> Result<Option<KeptEnrolment>, StoreError> {
        let row = sqlx::query(
            "SELECT e.body_index, e.certificate_pem, \
             c.superseded_at IS NULL AND k.revoked_at IS NULL AS good FROM enrolment_answer e \
             JOIN kiosk k ON k.id = e.kiosk JOIN kiosk_certificate c \
             ON c.fingerprint = e.fingerprint \
             WHERE e.kiosk = ? AND e.key_hash = ? AND e.created_at > ?",
        )
        .bind(kiosk)
        .bind(key_hash.as_slice())
        .bind(since.as_millisecond())
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(KeptEnrolment {
            body: digest("enrolment_answer.body_index", row.try_get("body_index")?)?,
            certificate_pem: row.try_get("certificate_pem")?,
            good: row.try_get("good")?,
        }))
    }

    /// Revokes a kiosk and any token it still has; `false` when it is unknown.
    pub(crate) async fn revoke_kiosk(&self, record: &Record) -> Result<bool, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query(
            "UPDATE kiosk SET revoked_at = ?, token_hash = NULL, token_expires_at = NULL \
             WHERE id = ?",
        )
        .bind(record.at.as_millisecond())
        .bind(&record.kiosk)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() != 1 {
            transaction.rollback().await?;
            close(connection).await;
            return Ok(false);
        }
        let head = append_to(&mut transaction, &self.keys, FLEET, record).await?;
        transaction.commit().await?;
        close(connection).await;
        self.anchor(&head);
        Ok(true)
    }

    /// Anchors the fleet's chain outside the database, as the writer does its own.
    fn anchor(&self, head: &Head) {
        let noted = Anchors::open(&self.path, FLEET).and_then(|mut anchors| {
            anchors.lock()?;
            anchors.note(&self.keys, FLEET, head)
        });
        if let Err(error) = noted {
            tracing::error!(code = "audit.anchor_failed", %error, "head of the audit chain not anchored");
        }
    }
}

/// The new certificate counts, earlier ones of the kiosk no longer.
async fn supersede(
    connection: &mut SqliteConnection,
    kiosk: &str,
    fingerprint: &Digest,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE kiosk_certificate SET superseded_at = ? \
         WHERE kiosk = ? AND superseded_at IS NULL",
    )
    .bind(now)
    .bind(kiosk)
    .execute(&mut *connection)
    .await?;
    sqlx::query("INSERT INTO kiosk_certificate (fingerprint, kiosk, issued_at) VALUES (?, ?, ?)")
        .bind(fingerprint.as_slice())
        .bind(kiosk)
        .bind(now)
        .execute(connection)
        .await?;
    Ok(())
}

async fn keep_answer(
    connection: &mut SqliteConnection,
    kiosk: &str,
    certificate: &NewCertificate<'_>,
    slot: &EnrolmentSlot,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO enrolment_answer (kiosk, key_hash, body_index, fingerprint, \
         certificate_pem, created_at) VALUES (?, ?, ?, ?, ?, ?) \
         ON CONFLICT (kiosk, key_hash) DO UPDATE SET body_index = excluded.body_index, \
         fingerprint = excluded.fingerprint, certificate_pem = excluded.certificate_pem, \
         created_at = excluded.created_at",
    )
    .bind(kiosk)
    .bind(slot.key_hash.as_slice())
    .bind(slot.body.as_slice())
    .bind(certificate.fingerprint.as_slice())
    .bind(certificate.pem)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}
