//! The fleet: kiosks, their readers, certificates and enrolment tokens.

use jiff::Timestamp;
use sqlx::{Connection, Row};

use super::{Store, StoreError, open::close};
use crate::crypto::Digest;

/// A kiosk as the request path knows it.
#[derive(Debug, Clone)]
pub(crate) struct KioskRecord {
    pub(crate) id: String,
    pub(crate) readers: Vec<String>,
    pub(crate) hall: Option<String>,
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

    /// Makes or renews a kiosk: a one-time token until `expires_at`, the readers it may use.
    pub(crate) async fn admit_kiosk(
        &self,
        kiosk: &str,
        hall: Option<&str>,
        sam_serials: &[String],
        token_hash: &Digest,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
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
        for serial in sam_serials {
            sqlx::query("INSERT OR IGNORE INTO kiosk_reader (kiosk, sam_serial) VALUES (?, ?)")
                .bind(kiosk)
                .bind(serial)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        close(connection).await;
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
    /// kiosk no longer count. `false` when the token is unknown, used or expired at `now`.
    pub(crate) async fn enrol_kiosk(
        &self,
        kiosk: &str,
        token_hash: &Digest,
        fingerprint: &Digest,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let now = now.as_millisecond();
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
        let enrolled = used.rows_affected() == 1;
        if enrolled {
            sqlx::query(
                "UPDATE kiosk_certificate SET superseded_at = ? \
                 WHERE kiosk = ? AND superseded_at IS NULL",
            )
            .bind(now)
            .bind(kiosk)
            .execute(&mut *transaction)
            .await?;
            sqlx::query(
                "INSERT INTO kiosk_certificate (fingerprint, kiosk, issued_at) VALUES (?, ?, ?)",
            )
            .bind(fingerprint.as_slice())
            .bind(kiosk)
            .bind(now)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        close(connection).await;
        Ok(enrolled)
    }

    /// Revokes a kiosk and any token it still has; `false` when it is unknown.
    pub(crate) async fn revoke_kiosk(
        &self,
        kiosk: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut connection = self.connection().await?;
        let done = sqlx::query(
            "UPDATE kiosk SET revoked_at = ?, token_hash = NULL, token_expires_at = NULL \
             WHERE id = ?",
        )
        .bind(now.as_millisecond())
        .bind(kiosk)
        .execute(&mut connection)
        .await?;
        close(connection).await;
        Ok(done.rows_affected() == 1)
    }
}
