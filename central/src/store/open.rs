//! Opening the database: options, migrations, pools.

use std::{path::PathBuf, str::FromStr, sync::Arc, time::Duration};

use sqlx::{
    ConnectOptions, Connection, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Complaints, StoreError, Writer, kiosks::FLEET, writer::last_head};
use crate::{
    audit::{WRITER, anchor::Anchors},
    config::Config,
    crypto::Keyring,
};

/// Readers; each owns a thread of its own.
const READERS: u32 = 4;
/// How long a connection waits for another process's write, such as an import.
const BUSY: Duration = Duration::from_secs(5);

/// An open database.
#[derive(Clone)]
pub(crate) struct Store {
    pub(crate) path: PathBuf,
    pub(crate) readers: SqlitePool,
    pub(crate) writer: Writer,
    pub(crate) complaints: Complaints,
    pub(crate) keys: Arc<Keyring>,
}

impl Store {
    /// Opens the database, making or migrating it as needed, and starts its writer.
    pub(crate) async fn open(config: &Config, keys: Arc<Keyring>) -> Result<Self, StoreError> {
        let path = config.store.path.clone();
        if let Some(directory) = path.parent() {
            std::fs::create_dir_all(directory)?;
        }
        let mut connection = options(&path)?.connect().await?;
        sqlx::migrate!("./migrations").run(&mut connection).await?;
        restrict(&path)?;
        for writer in [WRITER, FLEET] {
            begin_chain(&mut connection, &path, &keys, writer).await?;
        }
        let complaints = Complaints::open(&path).await?;
        let readers = readers(&path, READERS).await?;
        let writer = Writer::start(connection, &path, Arc::clone(&keys))?;
        Ok(Self { path, readers, writer, complaints, keys })
    }

    /// A connection of its own for a long transaction, such as an import.
    pub(crate) async fn connection(&self) -> Result<SqliteConnection, StoreError> {
        connect(&self.path).await
    }

    /// Ends the writer after what it holds is committed, and closes the readers.
    pub(crate) async fn close(&self) {
        self.writer.stop().await;
        self.readers.close().await;
        self.complaints.close().await;
    }
}

/// Anchors the beginning of a chain without entries. One that has some is left as it is: where its
/// anchors are gone, they were taken away.
async fn begin_chain(
    connection: &mut SqliteConnection,
    database: &std::path::Path,
    keys: &Keyring,
    writer: &str,
) -> Result<(), StoreError> {
    if last_head(connection, writer).await?.seq == 0 {
        let anchors = Anchors::open(database, writer)?;
        anchors.lock()?;
        anchors.begin(keys, writer)?;
    }
    Ok(())
}

/// Connections that only read the database at `path`.
pub(super) async fn readers(
    path: &std::path::Path,
    connections: u32,
) -> Result<SqlitePool, StoreError> {
    Ok(SqlitePoolOptions::new()
        .max_connections(connections)
        .test_before_acquire(false)
        .acquire_timeout(BUSY)
        .connect_with(options(path)?.pragma("query_only", "on"))
        .await?)
}

/// One more connection to the database at `path`.
pub(super) async fn connect(path: &std::path::Path) -> Result<SqliteConnection, StoreError> {
    Ok(options(path)?.connect().await?)
}

fn options(path: &std::path::Path) -> Result<SqliteConnectOptions, StoreError> {
    Ok(SqliteConnectOptions::from_str("sqlite:")?
        .filename(path)
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY)
        .pragma("temp_store", "memory")
        .pragma("secure_delete", "on")
        .disable_statement_logging())
}

/// The database is its owner's alone.
pub(super) fn restrict(path: &std::path::Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    Ok(())
}

/// Closes a connection taken with [`Store::connection`].
pub(crate) async fn close(connection: SqliteConnection) {
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "connection did not close cleanly");
    }
}
