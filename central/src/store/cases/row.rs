//! One row of the query, opened and parsed into a case.

use std::borrow::Cow;

use central_api::{Article, Fen, Office, Payment, Text};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use sqlx::{Row, sqlite::SqliteRow};

use crate::{
    audit::anchor::unhex,
    crypto::Keyring,
    domain::{
        case::{Case, CaseDecision, Member, StageEvent},
        procedure::Limit,
    },
    store::{StoreError, from_word},
};

pub(super) fn case(row: &SqliteRow, own: bool, keys: &Keyring) -> Result<Case, StoreError> {
    let applicant_id: &str = row.try_get("applicant_id")?;
    let sealed: &[u8] = row.try_get("applicant_name")?;
    let tracking_number: String = row.try_get("id")?;
    Ok(Case {
        programme: from_word("application.programme", row.try_get("programme")?)?,
        category: row
            .try_get::<Option<&str>, _>("category")?
            .map(|word| from_word("application.category", word))
            .transpose()?,
        own,
        applicant: keys.open_seal(&format!("person:{applicant_id}:name"), sealed)?,
        submitted_on: day("application.submitted_on", row.try_get("submitted_on")?)?,
        status: from_word("application.status", row.try_get("status")?)?,
        urgent: row.try_get("urgent")?,
        extended: row.try_get("extended")?,
        needs: row
            .try_get::<Option<&str>, _>("needs")?
            .map(|text| json("application.needs", text))
            .transpose()?,
        events: events(row.try_get("events")?)?,
        local_limits: limits(row.try_get("limits")?)?,
        office: Office {
            id: row.try_get("office_id")?,
            area: row.try_get("office_area")?,
            distance_m: None,
            name: json("office.name", row.try_get("office_name")?)?,
            address: json("office.address", row.try_get("address")?)?,
            phone: row.try_get("phone")?,
            hours: json("office.hours", row.try_get("hours")?)?,
        },
        review_body: json("area.review_body", row.try_get("review_body")?)?,
        court: json("area.court", row.try_get("court")?)?,
        decision: decision(row, &tracking_number, keys)?,
        grant_fen: row.try_get::<Option<i64>, _>("grant_fen")?.map(Fen),
        members: members(row.try_get("members")?, keys)?,
        payments: payments(row.try_get("payments")?)?,
        tracking_number,
    })
}

fn decision(
    row: &SqliteRow,
    application: &str,
    keys: &Keyring,
) -> Result<Option<CaseDecision>, StoreError> {
    let Some(outcome) = row.try_get::<Option<&str>, _>("outcome")? else { return Ok(None) };
    let place = format!("decision:{application}:reason");
    let reason = keys.open_seal(&place, row.try_get("reason_sealed")?)?;
    Ok(Some(CaseDecision {
        outcome: from_word("decision.outcome", outcome)?,
        decided_on: day("decision.decided_on", row.try_get("decided_on")?)?,
        notified_on: row
            .try_get::<Option<&str>, _>("notified_on")?
            .map(|text| day("decision.notified_on", text))
            .transpose()?,
        reason: json("decision.reason", &reason)?,
        articles: json::<Vec<Article>>("decision.articles", row.try_get("articles")?)?,
    }))
}

fn events(text: &str) -> Result<Vec<StageEvent>, StoreError> {
    let rows: Vec<(central_api::Stage, Date, Option<Date>)> = json("stage_event", text)?;
    Ok(rows.into_iter().map(|(stage, began, done)| StageEvent { stage, began, done }).collect())
}

fn payments(text: &str) -> Result<Vec<Payment>, StoreError> {
    let rows: Vec<(Date, i64, Text)> = json("disbursement", text)?;
    Ok(rows
        .into_iter()
        .map(|(paid_on, fen, purpose)| Payment { paid_on, amount_fen: Fen(fen), purpose })
        .collect())
}

fn members(text: &str, keys: &Keyring) -> Result<Vec<Member>, StoreError> {
    let rows: Vec<(String, String, String)> = json("household_member", text)?;
    rows.into_iter()
        .map(|(person, sealed, relation)| {
            let sealed = unhex(&sealed).ok_or(StoreError::Content("person.name_sealed"))?;
            let name = keys.open_seal(&format!("person:{person}:name"), &sealed)?;
            Ok(Member { name, relation })
        })
        .collect()
}

fn limits(text: &str) -> Result<Vec<Limit>, StoreError> {
    type Row = (String, String, String, u16, String, String, String);
    let rows: Vec<Row> = json("time_limit", text)?;
    rows.into_iter()
        .map(|(stage, binds, counts_from, days, unit, instrument, article)| {
            Ok(Limit {
                stage: from_word("time_limit.stage", &stage)?,
                binds: from_word("time_limit.binds", &binds)?,
                counts_from: from_word("time_limit.counts_from", &counts_from)?,
                days,
                days_extended: days,
                unit: from_word("time_limit.unit", &unit)?,
                instrument: Cow::Owned(instrument),
                article: Cow::Owned(article),
            })
        })
        .collect()
}

fn day(column: &'static str, text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|_| StoreError::Content(column))
}

fn json<T: DeserializeOwned>(column: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Content(column))
}
