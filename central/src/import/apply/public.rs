//! What the county makes known: time limits of its own, policies, notices with masked names.

use central_api::{Fen, Notice as PublicNotice, PolicySummary};
use sqlx::SqliteConnection;

use super::{AREA, Written, known, unknown};
use crate::{
    domain::masking,
    import::{
        lines::{Notice, Policy, TimeLimit},
        values::ArticleRef,
    },
    store::{StoreError, word},
};

pub(super) async fn write_time_limit(
    connection: &mut SqliteConnection,
    limit: &TimeLimit,
) -> Written {
    if !known(connection, AREA, &limit.area.0).await? {
        return unknown("area", "an area");
    }
    sqlx::query(
        "INSERT INTO time_limit (id, area, programme, stage, binds, counts_from, days, unit, \
         instrument, article, valid_from, valid_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET area = excluded.area, programme = excluded.programme, \
         stage = excluded.stage, binds = excluded.binds, counts_from = excluded.counts_from, \
         days = excluded.days, unit = excluded.unit, instrument = excluded.instrument, \
         article = excluded.article, valid_from = excluded.valid_from, \
         valid_until = excluded.valid_until",
    )
    .bind(&limit.id.0)
    .bind(&limit.area.0)
    .bind(word(&limit.programme))
    .bind(word(&limit.stage))
    .bind(word(&limit.binds))
    .bind(word(&limit.counts_from))
    .bind(i64::from(limit.days))
    .bind(word(&limit.unit))
    .bind(&limit.rule.instrument.0)
    .bind(&limit.rule.article.0)
    .bind(limit.valid_from.0.to_string())
    .bind(limit.valid_until.as_ref().map(|day| day.0.to_string()))
    .execute(connection)
    .await?;
    Ok(Ok(()))
}

pub(super) async fn write_policy(connection: &mut SqliteConnection, policy: &Policy) -> Written {
    if !known(connection, AREA, &policy.area.0).await? {
        return unknown("area", "an area");
    }
    let body = PolicySummary {
        programme: policy.programme,
        title: policy.title.text(),
        who: policy.who.text(),
        what: policy.what.text(),
        how: policy.how.text(),
        phone: policy.phone.0.clone(),
        articles: policy.articles.iter().map(ArticleRef::article).collect(),
    };
    sqlx::query(
        "INSERT INTO policy (id, area, position, body) VALUES (?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET area = excluded.area, position = excluded.position, \
         body = excluded.body",
    )
    .bind(&policy.id.0)
    .bind(&policy.area.0)
    .bind(i64::from(policy.position))
    .bind(serde_json::to_string(&body).map_err(|_| StoreError::Content("policy.body"))?)
    .execute(connection)
    .await?;
    Ok(Ok(()))
}

pub(super) async fn write_notice(connection: &mut SqliteConnection, notice: &Notice) -> Written {
    if !known(connection, AREA, &notice.area.0).await? {
        return unknown("area", "an area");
    }
    let body = PublicNotice {
        id: notice.id.0.clone(),
        kind: notice.kind,
        programme: notice.programme,
        place: notice.place.text(),
        applicant: masking::name(&notice.applicant.0),
        member_count: notice.member_count,
        amount_fen: notice.amount_fen.map(Fen),
        from: notice.from.0,
        until: notice.until.0,
        article: notice.rule.article(),
    };
    sqlx::query(
        "INSERT INTO notice (id, area, from_day, until_day, body) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET area = excluded.area, from_day = excluded.from_day, \
         until_day = excluded.until_day, body = excluded.body",
    )
    .bind(&notice.id.0)
    .bind(&notice.area.0)
    .bind(notice.from.0.to_string())
    .bind(notice.until.0.to_string())
    .bind(serde_json::to_string(&body).map_err(|_| StoreError::Content("notice.body"))?)
    .execute(connection)
    .await?;
    Ok(Ok(()))
}
