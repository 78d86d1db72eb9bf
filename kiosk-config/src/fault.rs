//! What is wrong with the settings, one line each.

use std::fmt;

/// Where a fault is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The file as a whole.
    File(String),
    /// A line of the file.
    Line(String, usize),
    /// A variable of the environment.
    Variable(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(name) | Self::Variable(name) => f.write_str(name),
            Self::Line(file, line) => write!(f, "{file}:{line}"),
        }
    }
}

/// One fault: where, which key, what was expected, what was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{place}:{} expected {expected}, found {found}", key.as_ref().map(|key| format!(" {key}:")).unwrap_or_default())]
pub struct Fault {
    /// Where it is.
    pub place: Place,
    /// `section.key`, if it is about one and the place does not say so already.
    pub key: Option<String>,
    /// What was expected.
    pub expected: String,
    /// What was found instead.
    pub found: String,
}

/// Every fault found, in the order of the file. Shown one on a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn new(mut faults: Vec<Fault>) -> Self {
        faults.sort();
        faults.dedup();
        Self(faults)
    }

    pub(crate) fn one(place: Place, expected: &str, found: &str) -> Self {
        Self(vec![Fault { place, key: None, expected: expected.into(), found: found.into() }])
    }
}

impl std::ops::Deref for Faults {
    type Target = [Fault];

    fn deref(&self) -> &[Fault] {
        &self.0
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, fault) in self.0.iter().enumerate() {
            write!(f, "{}{fault}", if n == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
