//! Walks every chain from its first entry and holds it against the anchored heads. Reads only: a
//! check that made or mended anything could mend what it is to find.

use std::{
    fmt, io,
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{
    ConnectOptions, Row, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteRow},
};

use super::{ALGORITHM, GENESIS, Link, WRITER, anchor};
use crate::{
    config::Config,
    crypto::{KeyError, Keyring},
};

/// Outcome of a check that found no break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditReport {
    /// Writer and number of entries of each chain.
    pub chains: Vec<(String, i64)>,
    /// Writers whose last anchor a power cut tore; the entries after the one before it were held
    /// against nothing outside the database.
    pub torn: Vec<String>,
}

impl fmt::Display for AuditReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (writer, entries) in &self.chains {
            writeln!(f, "{writer}: {entries} entries, unbroken")?;
        }
        for writer in &self.torn {
            writeln!(f, "{writer}: the last anchor is torn, its end was not held against it")?;
        }
        write!(f, "audit: ok")
    }
}

/// The first place where a chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("audit: broken at writer {writer}, seq {seq}: {why}")]
pub struct AuditBreak {
    /// Whose chain.
    pub writer: String,
    /// At which entry.
    pub seq: i64,
    /// What does not hold.
    pub why: String,
}

/// Why a check found no answer, or a bad one.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The chain does not hold.
    #[error(transparent)]
    Broken(#[from] AuditBreak),
    /// There is no database.
    #[error("there is no database at {0}")]
    Missing(PathBuf),
    /// The keys cannot be read.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The database cannot be read.
    #[error("cannot read the audit")]
    Read(#[from] sqlx::Error),
    /// The anchors cannot be read.
    #[error("cannot read the anchors")]
    Anchors(#[from] io::Error),
}

/// Entries held in memory at once.
const PAGE: i64 = 1000;
/// How long the check waits for a central that opens or closes the same database.
const BUSY: Duration = Duration::from_secs(5);

/// Checks every audit chain of the database named in `config`, as it lies on the disk: nothing is
/// made, migrated or mended, whether central serves it or not.
///
/// # Errors
/// The first break, or why the audit cannot be read; a database that is not there is no sound one.
pub async fn verify_audit(config: &Config) -> Result<AuditReport, VerifyError> {
    let path = &config.store.path;
    if !path.try_exists()? {
        return Err(VerifyError::Missing(path.clone()));
    }
    let keys = Keyring::read(&config.store.keys)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .busy_timeout(BUSY)
        .disable_statement_logging();
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    let result = verify(&pool, path, &keys).await;
    pool.close().await;
    result
}

/// Checks every chain in the database, every chain that has anchors, and central's own.
pub(crate) async fn verify(
    pool: &SqlitePool,
    database: &Path,
    keys: &Keyring,
) -> Result<AuditReport, VerifyError> {
    let rows =
        sqlx::query("SELECT DISTINCT writer FROM audit ORDER BY writer").fetch_all(pool).await?;
    let mut writers: Vec<String> =
        rows.iter().map(|row| row.try_get("writer")).collect::<Result<_, _>>()?;
    for writer in anchor::writers(database)?.into_iter().chain([WRITER.to_owned()]) {
        if !writers.contains(&writer) {
            writers.push(writer);
        }
    }
    let mut report = AuditReport { chains: Vec::new(), torn: Vec::new() };
    for writer in writers {
        let (entries, torn) = walk(pool, database, keys, &writer).await?;
        if torn {
            report.torn.push(writer.clone());
        }
        report.chains.push((writer, entries));
    }
    Ok(report)
}

/// The number of entries of a sound chain, and whether its last anchor is torn.
async fn walk(
    pool: &SqlitePool,
    database: &Path,
    keys: &Keyring,
    writer: &str,
) -> Result<(i64, bool), VerifyError> {
    let fault = |seq, why: &str| AuditBreak { writer: writer.to_owned(), seq, why: why.to_owned() };
    let mut found = anchor::read(database, writer, keys)?.map_err(|why| fault(0, &why))?;
    found.heads.sort_by_key(|head| head.seq);
    let anchored = !found.heads.is_empty();
    let mut anchors = found.heads.into_iter().peekable();
    let mut prev = GENESIS.to_vec();
    let mut last = 0;
    loop {
        let rows =
            sqlx::query("SELECT * FROM audit WHERE writer = ? AND seq > ? ORDER BY seq LIMIT ?")
                .bind(writer)
                .bind(last)
                .bind(PAGE)
                .fetch_all(pool)
                .await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let seq: i64 = row.try_get("seq")?;
            if seq != last + 1 {
                return Err(fault(last + 1, "the entry is missing").into());
            }
            prev = check(keys, writer, row, seq, &prev)?.map_err(|why| fault(seq, why))?;
            while let Some(head) = anchors.next_if(|head| head.seq <= seq) {
                if head.seq == seq && head.hash.as_slice() != prev {
                    return Err(fault(seq, "the anchored head is another one").into());
                }
            }
            last = seq;
        }
    }
    if anchors.any(|head| head.seq > last) {
        return Err(fault(last + 1, "entries are cut off, a later head is anchored").into());
    }
    if last > 0 && !anchored {
        return Err(fault(last, "no anchor holds it, nor any entry before").into());
    }
    Ok((last, found.torn))
}

/// The hash of a sound entry, or what is wrong with it.
fn check(
    keys: &Keyring,
    writer: &str,
    row: &SqliteRow,
    seq: i64,
    prev: &[u8],
) -> Result<Result<Vec<u8>, &'static str>, sqlx::Error> {
    let stored_prev: Vec<u8> = row.try_get("prev")?;
    let hash: Vec<u8> = row.try_get("hash")?;
    let algorithm: String = row.try_get("algorithm")?;
    let key: String = row.try_get("key_id")?;
    let person: Option<Vec<u8>> = row.try_get("person_index")?;
    let person_key: Option<String> = row.try_get("person_index_key")?;
    if stored_prev != prev {
        return Ok(Err("it does not link to the entry before"));
    }
    if algorithm != ALGORITHM {
        return Ok(Err("its algorithm is unknown"));
    }
    let link = Link {
        writer,
        seq,
        at_ms: row.try_get("at")?,
        kiosk: row.try_get("kiosk")?,
        purpose: row.try_get("purpose")?,
        evidence: row.try_get("evidence")?,
        person: person.as_deref().unwrap_or_default(),
        person_key: person_key.as_deref().unwrap_or_default(),
        released: row.try_get("released")?,
        outcome: row.try_get("outcome")?,
        prev,
    };
    Ok(match link.hash_with(keys, &key) {
        None => Err("its key is not in the keyring"),
        Some(expected) if expected.as_slice() != hash => Err("its content was changed"),
        Some(_) => Ok(hash),
    })
}
