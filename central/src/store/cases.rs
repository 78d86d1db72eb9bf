//! A person's cases in one query: the answer to a card is one round trip to the database.

use std::borrow::Cow;

use central_api::{Article, Fen, Office, Payment, Text};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use sqlx::{Row, sqlite::SqliteRow};

use super::{Store, StoreError, from_word};
use crate::{
    audit::anchor::unhex,
    crypto::{Digest, Keyring},
    domain::{
        case::{Case, CaseDecision, Member, StageEvent},
        procedure::Limit,
    },
};

/// Cases of everybody in the households of the person with this index.
const CASES: &str = "
SELECT a.id, a.programme, a.category, a.applicant = p.id AS own, ap.id AS applicant_id,
    ap.name_sealed AS applicant_name, a.submitted_on, a.status, a.urgent, a.extended, a.needs,
    a.grant_fen, o.name AS office_name, o.address, o.phone, o.hours, ar.review_body, ar.court,
    d.outcome, d.decided_on, d.notified_on, d.reason_sealed, d.articles,
    (SELECT json_group_array(json_array(e.stage, e.began, e.done) ORDER BY e.position)
        FROM stage_event e WHERE e.application = a.id) AS events,
    (SELECT json_group_array(json_array(s.paid_on, s.amount_fen, json(s.purpose))
        ORDER BY s.paid_on DESC)
        FROM disbursement s WHERE s.application = a.id) AS payments,
    (SELECT json_group_array(json_array(m.person, hex(mp.name_sealed), m.relation)
        ORDER BY m.position)
        FROM household_member m JOIN person mp ON mp.id = m.person
        WHERE m.household = a.household) AS members,
    (SELECT json_group_array(json_array(l.stage, l.binds, l.counts_from, l.days, l.unit,
        l.instrument, l.article))
        FROM time_limit l WHERE l.area = a.area AND l.programme = a.programme
        AND l.valid_from <= a.submitted_on
        AND (l.valid_until IS NULL OR l.valid_until >= a.submitted_on)) AS limits
FROM person p
JOIN household_member hm ON hm.person = p.id
JOIN application a ON a.household = hm.household
JOIN person ap ON ap.id = a.applicant
JOIN office o ON o.id = a.office
JOIN area ar ON ar.code = a.area
LEFT JOIN decision d ON d.application = a.id
WHERE p.number_index = ?
ORDER BY a.submitted_on DESC, a.id DESC";

/// The cases a visit may look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KnownCases {
    /// Those the person applied for.
    Own,
    /// Those of the person's households too.
    Household,
}

impl Store {
    /// Cases of the person with this index, newest submission first; none if nobody is known by it.
    pub(crate) async fn cases(
        &self,
        person: &Digest,
        which: KnownCases,
    ) -> Result<Vec<Case>, StoreError> {
        let rows = sqlx::query(CASES).bind(person.as_slice()).fetch_all(&self.readers).await?;
        let mut cases = Vec::with_capacity(rows.len());
        for row in &rows {
            let own: bool = row.try_get("own")?;
            if own || which == KnownCases::Household {
                cases.push(case(row, own, &self.keys)?);
            }
        }
        Ok(cases)
    }
}

fn case(row: &SqliteRow, own: bool, keys: &Keyring) -> Result<Case, StoreError> {
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
