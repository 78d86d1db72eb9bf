//! Visits, wrong pairs and kept answers, as the request path reads them.

use jiff::Timestamp;
use sqlx::{Row, sqlite::SqliteRow};

use super::{Store, StoreError};
use crate::{
    audit::anchor::hex,
    crypto::{Digest, Keyed, KeyedIndex},
    domain::backoff::Attempts,
};

/// A visit that is still open.
#[derive(Debug, Clone)]
pub(crate) struct OpenVisitRow {
    pub(crate) person: Keyed,
    pub(crate) evidence: String,
    pub(crate) adult: bool,
}

/// An answer kept for a repeated request.
#[derive(Debug, Clone)]
pub(crate) struct StoredAnswer {
    pub(crate) body: Digest,
    pub(crate) token_hash: Digest,
    pub(crate) sealed: Option<Vec<u8>>,
}

impl OpenVisitRow {
    pub(super) fn read(row: &SqliteRow) -> Result<Self, StoreError> {
        Ok(Self {
            person: Keyed {
                key: row.try_get("person_index_key")?,
                digest: digest("visit.person_index", row.try_get("person_index")?)?,
            },
            evidence: row.try_get("evidence")?,
            adult: row.try_get("adult")?,
        })
    }
}

impl Store {
    /// The visit behind a token, if it is `kiosk`'s, not ended and not expired at `now`.
    pub(crate) async fn open_visit(
        &self,
        token_hash: &Digest,
        kiosk: &str,
        now: Timestamp,
    ) -> Result<Option<OpenVisitRow>, StoreError> {
        let row = sqlx::query(
            "SELECT person_index, person_index_key, evidence, adult FROM visit \
             WHERE token_hash = ? AND kiosk = ? AND ended_at IS NULL AND expires_at > ?",
        )
        .bind(token_hash.as_slice())
        .bind(kiosk)
        .bind(now.as_millisecond())
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref().map(OpenVisitRow::read).transpose()
    }

    /// The query code kept for a person, if the person is known and has one.
    pub(crate) async fn query_code(
        &self,
        person: &KeyedIndex,
    ) -> Result<Option<Keyed>, StoreError> {
        let row = sqlx::query(
            "SELECT code_hash, code_key FROM person \
             WHERE number_index IN (SELECT unhex(value) FROM json_each(?))",
        )
        .bind(indexes(person))
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let (hash, key): (Option<&[u8]>, Option<String>) =
            (row.try_get("code_hash")?, row.try_get("code_key")?);
        match (hash, key) {
            (Some(hash), Some(key)) => {
                Ok(Some(Keyed { key, digest: digest("person.code_hash", hash)? }))
            }
            _ => Ok(None),
        }
    }

    /// Wrong pairs remembered for a number, at every kiosk.
    pub(crate) async fn attempts(&self, person: &KeyedIndex) -> Result<Vec<Attempts>, StoreError> {
        let rows = sqlx::query(
            "SELECT kiosk, wrong, last_at, wrong_that_day FROM attempt \
             WHERE person_index IN (SELECT unhex(value) FROM json_each(?))",
        )
        .bind(indexes(person))
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Attempts {
                    kiosk: row.try_get("kiosk")?,
                    wrong: row.try_get("wrong")?,
                    last: moment("attempt.last_at", row.try_get("last_at")?)?,
                    wrong_that_day: row.try_get("wrong_that_day")?,
                })
            })
            .collect()
    }

    /// Who was served at which kiosk since `since`: kiosk, person, when.
    pub(crate) async fn persons_served(
        &self,
        since: Timestamp,
    ) -> Result<Vec<(String, Digest, Timestamp)>, StoreError> {
        let rows = sqlx::query(
            "SELECT kiosk, person_index, opened_at FROM visit WHERE opened_at > ? \
             ORDER BY opened_at",
        )
        .bind(since.as_millisecond())
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok((
                    row.try_get("kiosk")?,
                    digest("visit.person_index", row.try_get("person_index")?)?,
                    moment("visit.opened_at", row.try_get("opened_at")?)?,
                ))
            })
            .collect()
    }

    /// The answer kept under an idempotency key of `kiosk`.
    pub(crate) async fn kept_answer(
        &self,
        kiosk: &str,
        key_hash: &Digest,
    ) -> Result<Option<StoredAnswer>, StoreError> {
        let row = sqlx::query(
            "SELECT body_index, token_hash, answer_sealed FROM idempotency \
             WHERE kiosk = ? AND key_hash = ?",
        )
        .bind(kiosk)
        .bind(key_hash.as_slice())
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(StoredAnswer {
            body: digest("idempotency.body_index", row.try_get("body_index")?)?,
            token_hash: digest("idempotency.token_hash", row.try_get("token_hash")?)?,
            sealed: row.try_get("answer_sealed")?,
        }))
    }
}

/// A person's digests as a JSON list of hexadecimal texts, which a query takes apart again.
pub(crate) fn indexes(person: &KeyedIndex) -> String {
    let digests: Vec<_> = person.all().map(|digest| format!("\"{}\"", hex(digest))).collect();
    format!("[{}]", digests.join(","))
}

pub(super) fn digest(column: &'static str, bytes: &[u8]) -> Result<Digest, StoreError> {
    bytes.try_into().map_err(|_| StoreError::Content(column))
}

fn moment(column: &'static str, ms: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(ms).map_err(|_| StoreError::Content(column))
}
