//! Content that central gives whole: hall, policies, standards, the use of funds.

use central_api::{FundUse, KioskHall, Policy, Standard};
use rusqlite::{OptionalExtension, params};
use serde::de::DeserializeOwned;
use visit::PublicContent;

use super::super::client::ClientError;
use super::super::store::StoreError;
use super::Cache;

/// A kind of public content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::central) enum Kind {
    /// The hall; also shows that central knows this kiosk.
    Hall,
    /// Policies.
    Policies,
    /// Notices, which come in pages.
    Notices,
    /// Standards.
    Standards,
    /// The use of funds.
    Funds,
}

impl Kind {
    /// All, in the order in which they are brought up to date.
    pub(in crate::central) const ALL: [Self; 5] =
        [Self::Hall, Self::Policies, Self::Notices, Self::Standards, Self::Funds];

    /// Its path, and its name on the disk.
    pub(in crate::central) fn name(self) -> &'static str {
        match self {
            Self::Hall => "hall",
            Self::Policies => "policies",
            Self::Notices => "notices",
            Self::Standards => "standards",
            Self::Funds => "funds",
        }
    }
}

/// Understands an answer; notices come in pages and are understood elsewhere.
///
/// # Errors
/// When it does not fit the agreed types.
pub(in crate::central) fn parse(kind: Kind, body: &[u8]) -> Result<PublicContent, ClientError> {
    Ok(match kind {
        Kind::Hall => PublicContent::Hall(read::<KioskHall>(body)?.into()),
        Kind::Policies => PublicContent::Policies(read::<Vec<Policy>>(body)?.into()),
        Kind::Standards => PublicContent::Standards(read::<Vec<Standard>>(body)?.into()),
        Kind::Funds => PublicContent::Funds(read::<Vec<FundUse>>(body)?.into()),
        Kind::Notices => return Err(ClientError::Nonsense { line: 0, column: 0 }),
    })
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, ClientError> {
    serde_json::from_slice(body).map_err(|error| ClientError::nonsense(&error))
}

impl Cache {
    /// What is held of a kind. What this kiosk does not understand any more is thrown away.
    pub(in crate::central) fn content(
        &mut self,
        kind: Kind,
    ) -> Result<Option<PublicContent>, StoreError> {
        let sql = "SELECT body FROM content WHERE kind = ?";
        let body: Option<Vec<u8>> =
            self.use_it(|db| Ok(db.query_row(sql, [kind.name()], |row| row.get(0)).optional()?))?;
        let Some(body) = body else { return Ok(None) };
        match parse(kind, &body) {
            Ok(parsed) => Ok(Some(parsed)),
            Err(error) => {
                let kind = kind.name();
                tracing::warn!(code = "CACHE-STALE", kind, ?error, "held content is fetched anew");
                self.use_it(|db| Ok(db.execute("DELETE FROM content WHERE kind = ?", [kind])?))?;
                Ok(None)
            }
        }
    }

    /// The entity tag of what is held of a kind.
    pub(in crate::central) fn tag(&mut self, kind: Kind) -> Result<Option<String>, StoreError> {
        let sql = "SELECT tag FROM content WHERE kind = ?";
        let tag: Option<Option<String>> =
            self.use_it(|db| Ok(db.query_row(sql, [kind.name()], |row| row.get(0)).optional()?))?;
        Ok(tag.flatten())
    }

    /// Keeps an answer that was understood.
    pub(in crate::central) fn keep(
        &mut self,
        kind: Kind,
        tag: Option<&str>,
        body: &[u8],
    ) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO content VALUES (?, ?, ?)";
        self.change(|db| {
            db.execute(sql, params![kind.name(), tag, body])?;
            Ok(())
        })
    }
}
