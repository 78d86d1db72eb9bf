//! Where central keeps its records: SQLite in WAL, several readers, one writer that commits in
//! groups; complaints in a file of their own. All SQL of central lives under this module and `import`.

mod cases;
mod complaints;
mod effects;
mod kiosks;
mod notices;
mod open;
mod public;
mod visits;
mod words;
mod writer;

pub(crate) use cases::KnownCases;
pub(crate) use complaints::{ComplaintRow, Complaints, KeptComplaint, NewComplaint};
pub(crate) use effects::{Answer, Effect, NewVisit};
pub(crate) use kiosks::{EnrolmentSlot, KioskRecord, NewCertificate};
pub(crate) use open::Store;
pub(crate) use public::HallRow;
pub(crate) use visits::{StoredAnswer, indexes};
pub(crate) use words::{from_word, word};
pub(crate) use writer::{Entry, Writer, WriterStats};

/// Why the store gave no answer. Carries no personal value.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused.
    #[error("the database refused")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the schema could not be brought up to date")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A sealed value did not open, or could not be sealed.
    #[error(transparent)]
    Seal(#[from] crate::crypto::SealError),
    /// A stored value makes no sense.
    #[error("column {0} holds something unknown")]
    Content(&'static str),
    /// The database's directory or the anchor files cannot be used.
    #[error("cannot use the files beside the database")]
    Files(#[from] std::io::Error),
    /// The writer stopped.
    #[error("the writer stopped")]
    Stopped,
    /// The commit failed; it was logged by the writer.
    #[error("the commit failed")]
    NotCommitted,
}
