//! What the county makes known: time limits of its own, policies, standards, the use of funds.

use central_api::{
    Fen, FundRow, FundUse as PublicFundUse, Paper, Policy as PublicPolicy, PolicyStep,
    Standard as PublicStandard, Text, Value,
};
use sqlx::{Row, SqliteConnection};

use super::{AREA, Written, known, unknown};
use crate::{
    import::{
        lines::{Figure, FundUse, Policy, Standard, TimeLimit},
        values::{ArticleRef, Languages, Limit},
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
    let body = PublicPolicy {
        id: policy.id.0.clone(),
        about: policy.about,
        title: policy.title.text(),
        summary: policy.summary.text(),
        who: policy.who.iter().map(Languages::text).collect(),
        what: policy.what.iter().map(Languages::text).collect(),
        papers: policy
            .papers
            .iter()
            .map(|paper| Paper { name: paper.name.text(), note: optional(paper.note.as_ref()) })
            .collect(),
        steps: policy
            .steps
            .iter()
            .map(|step| PolicyStep {
                stage: step.stage,
                title: step.title.text(),
                what: step.what.text(),
                place: optional(step.place.as_ref()),
                bring: optional(step.bring.as_ref()),
                limit: step.limit.as_ref().map(Limit::day_limit),
            })
            .collect(),
        place: policy.place.text(),
        phone: policy.phone.0.clone(),
        articles: policy.articles.iter().map(ArticleRef::article).collect(),
        also_called: policy.also_called.iter().map(|name| name.0.clone()).collect(),
    };
    sqlx::query(
        "INSERT INTO policy (id, area, position, body) VALUES (?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET area = excluded.area, position = excluded.position, \
         body = excluded.body",
    )
    .bind(&policy.id.0)
    .bind(&policy.area.0)
    .bind(i64::from(policy.position))
    .bind(json("policy.body", &body)?)
    .execute(connection)
    .await?;
    Ok(Ok(()))
}

pub(super) async fn write_standard(
    connection: &mut SqliteConnection,
    standard: &Standard,
) -> Written {
    let Some(area_name) = area_name(connection, &standard.area.0).await? else {
        return unknown("area", "an area");
    };
    let body = PublicStandard {
        id: standard.id.0.clone(),
        about: standard.about,
        name: standard.name.text(),
        area_name,
        value: match &standard.value {
            Figure::MoneyFen(fen) => Value::Money(Fen(*fen)),
            Figure::Percent(percent) => Value::Percent(*percent),
            Figure::Words(words) => Value::Words(words.text()),
        },
        per: standard.per.text(),
        from: standard.from.0,
        until: standard.until.as_ref().map(|day| day.0),
        source: standard.source.text(),
    };
    sqlx::query(
        "INSERT INTO standard (id, area, body) VALUES (?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET area = excluded.area, body = excluded.body",
    )
    .bind(&standard.id.0)
    .bind(&standard.area.0)
    .bind(json("standard.body", &body)?)
    .execute(connection)
    .await?;
    Ok(Ok(()))
}

pub(super) async fn write_fund_use(
    connection: &mut SqliteConnection,
    fund_use: &FundUse,
) -> Written {
    if !known(connection, AREA, &fund_use.area.0).await? {
        return unknown("area", "an area");
    }
    let body = PublicFundUse {
        id: fund_use.id.0.clone(),
        title: fund_use.title.text(),
        from: fund_use.from.0,
        until: fund_use.until.0,
        published_on: fund_use.published_on.0,
        rows: fund_use
            .rows
            .iter()
            .map(|row| FundRow {
                item: row.item.text(),
                households: row.households,
                persons: row.persons,
                amount_fen: row.amount_fen.map(Fen),
                quantity: optional(row.quantity.as_ref()),
            })
            .collect(),
        source: fund_use.source.text(),
        article: fund_use.rule.article(),
    };
    sqlx::query(
        "INSERT INTO fund_use (id, area, until_day, body) VALUES (?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET area = excluded.area, until_day = excluded.until_day, \
         body = excluded.body",
    )
    .bind(&fund_use.id.0)
    .bind(&fund_use.area.0)
    .bind(fund_use.until.0.to_string())
    .bind(json("fund_use.body", &body)?)
    .execute(connection)
    .await?;
    Ok(Ok(()))
}

/// What an area is called, if it is imported.
pub(super) async fn area_name(
    connection: &mut SqliteConnection,
    code: &str,
) -> Result<Option<Text>, StoreError> {
    let row = sqlx::query("SELECT name FROM area WHERE code = ?")
        .bind(code)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let name: &str = row.try_get("name")?;
    serde_json::from_str(name).map(Some).map_err(|_| StoreError::Content("area.name"))
}

pub(super) fn json(
    column: &'static str,
    value: &impl serde::Serialize,
) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Content(column))
}

fn optional(text: Option<&Languages>) -> Option<Text> {
    text.map(Languages::text)
}
