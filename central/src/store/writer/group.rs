//! A group of entries on its way to the disk, and the audit chain as it grows.

use sqlx::{Connection, Row, SqliteConnection};

use super::Entry;
use crate::{
    audit::{ALGORITHM, GENESIS, Link, Record, WRITER, anchor::Head},
    crypto::Keyring,
    store::StoreError,
};

/// Writes the group whole or not at all; the chain's head after it.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    keys: &Keyring,
    head: Option<Head>,
    group: &[&Entry],
) -> Result<Option<Head>, StoreError> {
    // One statement is a transaction of its own: one trip to the database instead of three.
    if let ([Entry { audit: Some(record), effects }], Some(head)) = (group, &head)
        && effects.is_empty()
    {
        return Ok(Some(append(connection, keys, WRITER, head, record).await?));
    }
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let mut head = match head {
        Some(head) => head,
        None => last_head(&mut transaction, WRITER).await?,
    };
    for entry in group {
        for effect in &entry.effects {
            effect.apply(&mut transaction).await?;
        }
        if let Some(record) = &entry.audit {
            head = append(&mut transaction, keys, WRITER, &head, record).await?;
        }
    }
    transaction.commit().await?;
    Ok(Some(head))
}

/// Appends `record` to the chain of `writer` within a transaction; the chain's head after it.
pub(in crate::store) async fn append_to(
    connection: &mut SqliteConnection,
    keys: &Keyring,
    writer: &str,
    record: &Record,
) -> Result<Head, StoreError> {
    let head = last_head(connection, writer).await?;
    append(connection, keys, writer, &head, record).await
}

async fn last_head(connection: &mut SqliteConnection, writer: &str) -> Result<Head, StoreError> {
    let row = sqlx::query("SELECT seq, hash FROM audit WHERE writer = ? ORDER BY seq DESC LIMIT 1")
        .bind(writer)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(Head { seq: 0, hash: GENESIS }) };
    let hash: Vec<u8> = row.try_get("hash")?;
    let hash = hash.try_into().map_err(|_| StoreError::Content("audit.hash"))?;
    Ok(Head { seq: row.try_get("seq")?, hash })
}

async fn append(
    connection: &mut SqliteConnection,
    keys: &Keyring,
    writer: &str,
    head: &Head,
    record: &Record,
) -> Result<Head, StoreError> {
    let released = record.released.join(" ");
    let person = record.person.as_ref();
    let link = Link {
        writer,
        seq: head.seq + 1,
        at_ms: record.at.as_millisecond(),
        kiosk: &record.kiosk,
        purpose: record.purpose,
        evidence: record.evidence,
        person: person.map_or(&[], |p| p.digest.as_slice()),
        person_key: person.map_or("", |p| &p.key),
        released: &released,
        outcome: record.outcome,
        prev: &head.hash,
    };
    let hash = link.hash(keys);
    sqlx::query(
        "INSERT INTO audit (writer, seq, at, kiosk, purpose, evidence, person_index, \
         person_index_key, released, outcome, algorithm, key_id, prev, hash) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(link.writer)
    .bind(link.seq)
    .bind(link.at_ms)
    .bind(link.kiosk)
    .bind(link.purpose)
    .bind(link.evidence)
    .bind(person.map(|p| p.digest.as_slice()))
    .bind(person.map(|p| p.key.as_str()))
    .bind(link.released)
    .bind(link.outcome)
    .bind(ALGORITHM)
    .bind(&hash.key)
    .bind(link.prev)
    .bind(hash.digest.as_slice())
    .execute(connection)
    .await?;
    Ok(Head { seq: head.seq + 1, hash: hash.digest })
}
