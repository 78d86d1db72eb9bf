//! Notices with masked names, and the sequence of their changes.
//!
//! A notice that says what it said before is no change. One that ends earlier than it did, or is
//! taken back, stays as a row until its latest end is past, so that kiosks hear of it.

use central_api::{Fen, Notice as PublicNotice};
use sqlx::{Row, SqliteConnection};

use super::{
    Written,
    public::{area_name, json},
    unknown,
};
use crate::{
    crypto::{SealError, random},
    domain::masking,
    import::lines::{Notice, NoticeWithdrawal},
    store::StoreError,
};

/// Digits of a town's code.
const TOWN: usize = 9;

pub(super) async fn write_notice(connection: &mut SqliteConnection, notice: &Notice) -> Written {
    let town = notice.area.0.get(..TOWN).unwrap_or(&notice.area.0);
    let Some(town) = area_name(connection, town).await? else {
        return unknown("area", "an area in a town");
    };
    let body = PublicNotice {
        id: notice.id.0.clone(),
        kind: notice.kind,
        programme: notice.programme,
        town,
        place: notice.place.text(),
        applicant: masking::name(&notice.applicant.0),
        member_count: notice.member_count,
        amount_fen: notice.amount_fen.map(Fen),
        from: notice.from.0,
        until: notice.until.0,
        article: notice.rule.article(),
    };
    let body = json("notice.body", &body)?;
    let known = sqlx::query("SELECT area, body FROM notice WHERE id = ?")
        .bind(&notice.id.0)
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(known) = known {
        // Halls of the other area would go on showing it.
        if known.try_get::<&str, _>("area")? != notice.area.0 {
            let expected = "expected the area this notice had before".to_owned();
            return Ok(Err(("area".to_owned(), expected)));
        }
        if known.try_get::<Option<&str>, _>("body")? == Some(body.as_str()) {
            return Ok(Ok(()));
        }
    }
    sqlx::query(
        "INSERT INTO notice (id, area, until_day, until_max, body, revision) \
         VALUES (?1, ?2, ?3, ?3, ?4, (SELECT COALESCE(MAX(revision), 0) + 1 FROM notice)) \
         ON CONFLICT (id) DO UPDATE SET until_day = excluded.until_day, \
         until_max = MAX(until_max, excluded.until_max), body = excluded.body, \
         revision = excluded.revision",
    )
    .bind(&notice.id.0)
    .bind(&notice.area.0)
    .bind(notice.until.0.to_string())
    .bind(&body)
    .execute(connection)
    .await?;
    Ok(Ok(()))
}

pub(super) async fn withdraw_notice(
    connection: &mut SqliteConnection,
    withdrawal: &NoticeWithdrawal,
) -> Written {
    let known = sqlx::query("SELECT body IS NULL AS withdrawn FROM notice WHERE id = ?")
        .bind(&withdrawal.notice.0)
        .fetch_optional(&mut *connection)
        .await?;
    let Some(known) = known else { return unknown("notice", "a notice") };
    if known.try_get("withdrawn")? {
        return Ok(Ok(()));
    }
    sqlx::query(
        "UPDATE notice SET until_day = NULL, body = NULL, \
         revision = (SELECT MAX(revision) + 1 FROM notice) WHERE id = ?",
    )
    .bind(&withdrawal.notice.0)
    .execute(connection)
    .await?;
    Ok(Ok(()))
}

/// Stamps what this import changed, if anything.
pub(super) async fn stamp_changes(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let stamp = random::<16>().map_err(|_| SealError::Seal)?;
    sqlx::query(
        "INSERT INTO notice_change (revision, stamp) SELECT MAX(revision), ? FROM notice \
         HAVING MAX(revision) > (SELECT COALESCE(MAX(revision), 0) FROM notice_change)",
    )
    .bind(stamp.as_slice())
    .execute(connection)
    .await?;
    Ok(())
}
