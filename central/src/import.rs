//! Filling central from JSONL: typed lines, each file wholly or not at all, every bad line named by
//! file, line and field and never by its content.

mod apply;
mod check;
mod lines;
mod read;
mod values;

use std::{
    fmt,
    fs::File,
    io::{self, BufRead, BufReader},
    path::PathBuf,
};

use sqlx::Connection;

use crate::store::{Store, StoreError};

/// How many lines each imported file had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// File and number of lines.
    pub files: Vec<(PathBuf, usize)>,
}

/// One bad line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line, counted from 1.
    pub line: usize,
    /// Path of the field within the line.
    pub field: String,
    /// What was expected there.
    pub expected: String,
}

/// Why a file was not imported.
#[derive(Debug)]
pub enum ImportError {
    /// Lines are bad; nothing of the file was imported.
    Lines {
        /// The file.
        file: PathBuf,
        /// The first bad lines, at most 20.
        faults: Vec<Fault>,
    },
    /// The file cannot be read.
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The store refused.
    Store(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lines { file, faults } => {
                for (index, fault) in faults.iter().enumerate() {
                    let end = if index + 1 < faults.len() { "\n" } else { "" };
                    let Fault { line, field, expected } = fault;
                    write!(f, "{}:{line}:{field}: {expected}{end}", file.display())?;
                }
                Ok(())
            }
            Self::File { file, .. } => write!(f, "{}: cannot be read", file.display()),
            Self::Store(_) => f.write_str("the store refused"),
        }
    }
}

impl std::error::Error for ImportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Lines { .. } => None,
            Self::File { source, .. } => Some(source),
            Self::Store(source) => Some(&**source),
        }
    }
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Store(Box::new(error))
    }
}

impl From<sqlx::Error> for ImportError {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}

/// The published JSON Schema of one import line.
#[must_use]
pub fn schema() -> String {
    let schema = schemars::schema_for!(lines::Line);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// Checks import lines as an import does, each by itself and without a store: how many there are, or
/// the first bad ones.
///
/// # Errors
/// The outer one when the bytes cannot be read, the inner one when lines are bad.
pub fn check_lines(lines: impl BufRead) -> io::Result<Result<usize, Vec<Fault>>> {
    Ok(read::read(lines)?.map(|lines| lines.len()))
}

/// Imports each file in a transaction of its own.
pub(crate) async fn import(store: &Store, files: &[PathBuf]) -> Result<Imported, ImportError> {
    let mut done = Vec::with_capacity(files.len());
    for file in files {
        let bad = |faults| ImportError::Lines { file: file.clone(), faults };
        let lines = File::open(file)
            .and_then(|file| read::read(BufReader::new(file)))
            .map_err(|source| ImportError::File { file: file.clone(), source })?
            .map_err(bad)?;
        let mut connection = store.connection().await?;
        if lines.iter().any(|numbered| numbered.line.concerns_complaints()) {
            let complaints = store.complaints.path.display().to_string();
            sqlx::query("ATTACH DATABASE ? AS complaints")
                .bind(complaints)
                .execute(&mut connection)
                .await?;
        }
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        let faults = apply::apply(&mut transaction, &store.keys, &lines).await?;
        if !faults.is_empty() {
            transaction.rollback().await?;
            return Err(bad(faults));
        }
        transaction.commit().await?;
        done.push((file.clone(), lines.len()));
    }
    Ok(Imported { files: done })
}
