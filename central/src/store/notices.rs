//! What changed of a hall's notices since a cursor.
//!
//! A cursor is a revision with a tag over the stamp of the import that made it and over the hall's
//! areas: one from another database, from before a copy was restored, or of other areas is not known.

use central_api::NoticePage;
use jiff::civil::Date;
use sqlx::{Row, SqliteConnection};

use super::{Store, StoreError, public::json};
use crate::{audit::anchor::hex, crypto::sha256};

/// Characters of a cursor's tag.
const TAG: usize = 32;

impl Store {
    /// Changes of a hall's notices after `since`, oldest first, at most `limit`: notices not yet over
    /// on `today`, later ones included, and ids of those taken back or cut short before they were over.
    pub(crate) async fn notice_page(
        &self,
        hall: &str,
        since: Option<&str>,
        limit: u32,
        today: Date,
    ) -> Result<NoticePage, StoreError> {
        // One snapshot: areas, stamps and notices belong together.
        let mut snapshot = self.readers.begin().await?;
        let areas = areas(&mut snapshot, hall).await?;
        let known = match since {
            Some(cursor) => revision(&mut snapshot, &areas, cursor).await?,
            None => None,
        };
        let start = known.unwrap_or(0);
        let today = today.to_string();
        let rows = sqlx::query(
            "SELECT n.id, n.revision, CASE WHEN n.until_day >= ?2 THEN n.body END AS body \
             FROM notice n WHERE n.revision > ?1 AND n.until_max >= ?2 \
             AND EXISTS (SELECT 1 FROM hall_area a WHERE a.hall = ?3 \
             AND substr(n.area, 1, length(a.area)) = a.area) ORDER BY n.revision LIMIT ?4",
        )
        .bind(start)
        .bind(&today)
        .bind(hall)
        .bind(i64::from(limit) + 1)
        .fetch_all(&mut *snapshot)
        .await?;
        let more = rows.len() > limit as usize;
        let mut page = NoticePage {
            anew: known.is_none(),
            notices: Vec::with_capacity(rows.len()),
            withdrawn: Vec::new(),
            next: String::new(),
            more,
        };
        let mut last = start;
        for row in rows.iter().take(limit as usize) {
            last = row.try_get("revision")?;
            match row.try_get::<Option<&str>, _>("body")? {
                Some(body) => page.notices.push(json("notice.body", body)?),
                None => page.withdrawn.push(row.try_get("id")?),
            }
        }
        page.next = cursor(&mut snapshot, &areas, last).await?;
        Ok(page)
    }
}

async fn areas(connection: &mut SqliteConnection, hall: &str) -> Result<String, StoreError> {
    let rows = sqlx::query("SELECT area FROM hall_area WHERE hall = ? ORDER BY area")
        .bind(hall)
        .fetch_all(connection)
        .await?;
    let areas = rows.iter().map(|row| row.try_get("area")).collect::<Result<Vec<&str>, _>>()?;
    Ok(areas.join(" "))
}

/// The cursor after the change `revision`.
async fn cursor(
    connection: &mut SqliteConnection,
    areas: &str,
    revision: i64,
) -> Result<String, StoreError> {
    let stamp = if revision == 0 {
        Vec::new()
    } else {
        let row = sqlx::query(
            "SELECT stamp FROM notice_change WHERE revision >= ? ORDER BY revision LIMIT 1",
        )
        .bind(revision)
        .fetch_optional(connection)
        .await?;
        row.map(|row| row.try_get("stamp")).transpose()?.unwrap_or_default()
    };
    let stamped = format!("{revision} {} {areas}", hex(&stamp));
    Ok(format!("{revision}-{}", &hex(&sha256(stamped.as_bytes()))[..TAG]))
}

/// The revision a cursor names, if it is one of ours.
async fn revision(
    connection: &mut SqliteConnection,
    areas: &str,
    held: &str,
) -> Result<Option<i64>, StoreError> {
    let number = held.split_once('-').and_then(|(number, _)| number.parse::<i64>().ok());
    let Some(number) = number.filter(|number| *number >= 0) else { return Ok(None) };
    Ok((cursor(connection, areas, number).await? == held).then_some(number))
}
