//! A group of entries on its way to the disk, and the audit chain as it grows.
//!
//! What every card causes (a visit, its kept answer, a link of the chain) goes in one trip to the
//! database for the whole group; what is rare goes one by one.

use sqlx::{Connection, QueryBuilder, Row, Sqlite, SqliteConnection};

use super::Entry;
use crate::{
    audit::{ALGORITHM, GENESIS, Link, Record, WRITER, anchor::Head},
    crypto::{Keyed, Keyring},
    store::{Effect, StoreError, effects},
};

/// Writes the group whole or not at all; the chain's head after it. After an error the connection
/// may be within a transaction: it must be closed, which undoes it.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    keys: &Keyring,
    head: Option<Head>,
    group: &[&Entry],
) -> Result<Option<Head>, StoreError> {
    // Should another process have added to the chain since, its place is taken and nothing is written.
    let head = match head {
        Some(head) => head,
        None => last_head(connection, WRITER).await?,
    };
    let records = group.iter().filter_map(|entry| entry.audit.as_ref());
    let (links, head) = chain(keys, WRITER, head, records);
    let (mut visits, mut answers, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for effect in group.iter().flat_map(|entry| &entry.effects) {
        match effect {
            Effect::OpenVisit(visit) => visits.push(visit),
            Effect::KeepAnswer(answer) => answers.push(answer),
            other => others.push(other),
        }
    }
    let mut sql = QueryBuilder::new(if others.is_empty() { "BEGIN IMMEDIATE; " } else { "" });
    effects::push_visits(&mut sql, &visits);
    effects::push_answers(&mut sql, &answers);
    push_links(&mut sql, WRITER, &links);
    if others.is_empty() {
        sql.push("COMMIT").build().execute(connection).await?;
        return Ok(Some(head));
    }
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    for effect in others {
        effect.apply(&mut transaction).await?;
    }
    if !sql.sql().as_str().is_empty() {
        sql.build().execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    Ok(Some(head))
}

/// Appends `record` to the chain of `writer` within a transaction; the chain's head after it.
pub(in crate::store) async fn append_to(
    connection: &mut SqliteConnection,
    keys: &Keyring,
    writer: &'static str,
    record: &Record,
) -> Result<Head, StoreError> {
    let head = last_head(connection, writer).await?;
    let (links, head) = chain(keys, writer, head, std::iter::once(record));
    let mut sql = QueryBuilder::new("");
    push_links(&mut sql, writer, &links);
    sql.build().execute(connection).await?;
    Ok(head)
}

/// The last entry of a chain; of an empty one, its beginning.
pub(in crate::store) async fn last_head(
    connection: &mut SqliteConnection,
    writer: &str,
) -> Result<Head, StoreError> {
    let row = sqlx::query("SELECT seq, hash FROM audit WHERE writer = ? ORDER BY seq DESC LIMIT 1")
        .bind(writer)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(Head { seq: 0, hash: GENESIS }) };
    let hash: Vec<u8> = row.try_get("hash")?;
    let hash = hash.try_into().map_err(|_| StoreError::Content("audit.hash"))?;
    Ok(Head { seq: row.try_get("seq")?, hash })
}

/// An entry of the chain, ready to be written.
struct Linked<'a> {
    record: &'a Record,
    released: String,
    prev: Head,
    hash: Keyed,
}

/// The records linked to `head`, and the head after them.
fn chain<'a>(
    keys: &Keyring,
    writer: &str,
    mut head: Head,
    records: impl Iterator<Item = &'a Record>,
) -> (Vec<Linked<'a>>, Head) {
    let mut links = Vec::new();
    for record in records {
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
        let next = Head { seq: head.seq + 1, hash: hash.digest };
        links.push(Linked { record, released, prev: std::mem::replace(&mut head, next), hash });
    }
    (links, head)
}

fn push_links<'a>(sql: &mut QueryBuilder<Sqlite>, writer: &'static str, links: &'a [Linked<'a>]) {
    if links.is_empty() {
        return;
    }
    sql.push(
        "INSERT INTO audit (writer, seq, at, kiosk, purpose, evidence, person_index, \
         person_index_key, released, outcome, algorithm, key_id, prev, hash) ",
    );
    sql.push_values(links, |mut row, link| {
        let Linked { record, released, prev, hash } = link;
        let person = record.person.as_ref();
        row.push_bind(writer)
            .push_bind(prev.seq + 1)
            .push_bind(record.at.as_millisecond())
            .push_bind(record.kiosk.clone())
            .push_bind(record.purpose)
            .push_bind(record.evidence)
            .push_bind(person.map(|p| p.digest.to_vec()))
            .push_bind(person.map(|p| p.key.clone()))
            .push_bind(released.clone())
            .push_bind(record.outcome)
            .push_bind(ALGORITHM)
            .push_bind(hash.key.clone())
            .push_bind(prev.hash.to_vec())
            .push_bind(hash.digest.to_vec());
    });
    sql.push("; ");
}
