//! Changes the writer can make besides the audit. Each is one row or a few.

use jiff::Timestamp;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::StoreError;
use crate::{
    crypto::{Digest, Keyed, KeyedIndex},
    domain::backoff::Attempts,
};

/// A visit about to be opened.
#[derive(Debug, Clone)]
pub(crate) struct NewVisit {
    pub(crate) token_hash: Digest,
    pub(crate) kiosk: String,
    /// Id of the person, if one is known.
    pub(crate) person: Option<String>,
    pub(crate) index: Keyed,
    pub(crate) evidence: &'static str,
    pub(crate) adult: bool,
    pub(crate) opened_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

/// An answer kept for a repeated request; sealed, and gone with its visit.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) kiosk: String,
    pub(crate) key_hash: Digest,
    pub(crate) body: Digest,
    pub(crate) token_hash: Digest,
    pub(crate) sealed: Vec<u8>,
    pub(crate) at: Timestamp,
}

/// One change.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    OpenVisit(NewVisit),
    EndVisit { token_hash: Digest, at: Timestamp },
    KeepAnswer(Answer),
    CountWrong { person: KeyedIndex, attempts: Attempts },
    ForgiveWrong { person: KeyedIndex, kiosk: String },
    Purge { now: Timestamp },
    Probe { at: Timestamp },
}

/// Visits are kept a day for the caps; answers and counters no longer than they matter.
const DAY_MS: i64 = 24 * 3600 * 1000;

impl Effect {
    pub(super) async fn apply(&self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        match self {
            Self::OpenVisit(visit) => alone(connection, |sql| push_visits(sql, &[visit])).await,
            Self::KeepAnswer(answer) => alone(connection, |sql| push_answers(sql, &[answer])).await,
            Self::EndVisit { token_hash, at } => end_visit(connection, token_hash, *at).await,
            Self::CountWrong { person, attempts } => {
                count_wrong(connection, person, attempts).await
            }
            Self::ForgiveWrong { person, kiosk } => {
                let forgive = "UPDATE attempt SET wrong = 0 WHERE person_index = ? AND kiosk = ?";
                for index in person.all() {
                    let forgive = sqlx::query(forgive).bind(index.as_slice()).bind(kiosk);
                    forgive.execute(&mut *connection).await?;
                }
                Ok(())
            }
            Self::Purge { now } => purge(connection, *now).await,
            Self::Probe { at } => {
                sqlx::query(
                    "INSERT INTO probe (id, at) VALUES (1, ?) \
                     ON CONFLICT (id) DO UPDATE SET at = excluded.at",
                )
                .bind(at.as_millisecond())
                .execute(connection)
                .await?;
                Ok(())
            }
        }
    }
}

async fn alone(
    connection: &mut SqliteConnection,
    push: impl FnOnce(&mut QueryBuilder<Sqlite>),
) -> Result<(), StoreError> {
    let mut sql = QueryBuilder::new("");
    push(&mut sql);
    sql.build().execute(connection).await?;
    Ok(())
}

/// Adds a statement that opens `visits`, if any.
pub(super) fn push_visits(sql: &mut QueryBuilder<Sqlite>, visits: &[&NewVisit]) {
    if visits.is_empty() {
        return;
    }
    sql.push(
        "INSERT INTO visit (token_hash, kiosk, person, person_index, person_index_key, evidence, \
         adult, opened_at, expires_at) ",
    );
    sql.push_values(visits, |mut row, visit| {
        row.push_bind(visit.token_hash.to_vec())
            .push_bind(visit.kiosk.clone())
            .push_bind(visit.person.clone())
            .push_bind(visit.index.digest.to_vec())
            .push_bind(visit.index.key.clone())
            .push_bind(visit.evidence)
            .push_bind(visit.adult)
            .push_bind(visit.opened_at.as_millisecond())
            .push_bind(visit.expires_at.as_millisecond());
    });
    sql.push("; ");
}

/// Adds a statement that keeps `answers`, if any.
pub(super) fn push_answers(sql: &mut QueryBuilder<Sqlite>, answers: &[&Answer]) {
    if answers.is_empty() {
        return;
    }
    sql.push(
        "INSERT INTO idempotency (kiosk, key_hash, body_index, token_hash, answer_sealed, \
         created_at) ",
    );
    sql.push_values(answers, |mut row, answer| {
        row.push_bind(answer.kiosk.clone())
            .push_bind(answer.key_hash.to_vec())
            .push_bind(answer.body.to_vec())
            .push_bind(answer.token_hash.to_vec())
            .push_bind(answer.sealed.clone())
            .push_bind(answer.at.as_millisecond());
    });
    sql.push("; ");
}

async fn end_visit(
    connection: &mut SqliteConnection,
    token_hash: &Digest,
    at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE visit SET ended_at = ? WHERE token_hash = ? AND ended_at IS NULL")
        .bind(at.as_millisecond())
        .bind(token_hash.as_slice())
        .execute(&mut *connection)
        .await?;
    sqlx::query("UPDATE idempotency SET answer_sealed = NULL WHERE token_hash = ?")
        .bind(token_hash.as_slice())
        .execute(connection)
        .await?;
    Ok(())
}

async fn count_wrong(
    connection: &mut SqliteConnection,
    person: &KeyedIndex,
    attempts: &Attempts,
) -> Result<(), StoreError> {
    // What was counted under an older key is in `attempts`.
    for index in &person.others {
        sqlx::query("DELETE FROM attempt WHERE person_index = ? AND kiosk = ?")
            .bind(index.as_slice())
            .bind(&attempts.kiosk)
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query(
        "INSERT INTO attempt (person_index, kiosk, wrong, last_at, wrong_that_day) \
         VALUES (?, ?, ?, ?, ?) ON CONFLICT (person_index, kiosk) DO UPDATE SET \
         wrong = excluded.wrong, last_at = excluded.last_at, \
         wrong_that_day = excluded.wrong_that_day",
    )
    .bind(person.current.digest.as_slice())
    .bind(&attempts.kiosk)
    .bind(attempts.wrong)
    .bind(attempts.last.as_millisecond())
    .bind(attempts.wrong_that_day)
    .execute(connection)
    .await?;
    Ok(())
}

async fn purge(connection: &mut SqliteConnection, now: Timestamp) -> Result<(), StoreError> {
    let now = now.as_millisecond();
    sqlx::query("DELETE FROM visit WHERE expires_at < ?")
        .bind(now - DAY_MS)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM enrolment_answer WHERE created_at < ?")
        .bind(now - DAY_MS)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM idempotency WHERE created_at < ?")
        .bind(now - DAY_MS)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "UPDATE idempotency SET answer_sealed = NULL WHERE answer_sealed IS NOT NULL AND \
         token_hash IN (SELECT token_hash FROM visit WHERE expires_at < ?)",
    )
    .bind(now)
    .execute(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM attempt WHERE last_at < ?")
        .bind(now - DAY_MS)
        .execute(connection)
        .await?;
    Ok(())
}
