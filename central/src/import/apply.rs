//! Lines into tables, whatever their order in the file; what they refer to must be there.

use central_api::{Fen, Notice as PublicNotice, PolicySummary};
use sqlx::{Row, SqliteConnection};

use super::{
    Fault,
    lines::{Area, Hall, Household, Line, Notice, Office, Payment, Person, Policy, TimeLimit},
    read::{Bad, FAULTS_MAX, Numbered},
};
use crate::{
    crypto::Keyring,
    domain::masking,
    store::{StoreError, word},
};

mod application;

/// Writes the lines in an order in which everything they refer to comes first; returns what they
/// refer to in vain.
pub(super) async fn apply(
    connection: &mut SqliteConnection,
    keys: &Keyring,
    lines: &[Numbered],
) -> Result<Vec<Fault>, StoreError> {
    let mut ordered: Vec<&Numbered> = lines.iter().collect();
    ordered.sort_by_key(|numbered| rank(&numbered.line));
    let mut faults = Vec::new();
    for Numbered { number, line } in ordered {
        if let Err((field, expected)) = write(connection, keys, line).await? {
            faults.push(Fault { line: *number, field, expected });
            if faults.len() >= FAULTS_MAX {
                break;
            }
        }
    }
    faults.sort_by_key(|fault| fault.line);
    Ok(faults)
}

fn rank(line: &Line) -> u8 {
    match line {
        Line::Area(_) => 0,
        Line::Office(_) => 1,
        Line::Hall(_) => 2,
        Line::Person(_) => 3,
        Line::Household(_) => 4,
        Line::Application(_) => 5,
        Line::Payment(_) | Line::TimeLimit(_) | Line::Policy(_) | Line::Notice(_) => 6,
    }
}

/// The outer result is the store's, the inner one the line's.
type Written = Result<Result<(), Bad>, StoreError>;

async fn write(connection: &mut SqliteConnection, keys: &Keyring, line: &Line) -> Written {
    match line {
        Line::Area(area) => write_area(connection, area).await,
        Line::Office(office) => write_office(connection, office).await,
        Line::Hall(hall) => write_hall(connection, hall).await,
        Line::Person(person) => write_person(connection, keys, person).await,
        Line::Household(household) => write_household(connection, household).await,
        Line::Application(line) => application::write(connection, keys, line).await,
        Line::Payment(payment) => write_payment(connection, payment).await,
        Line::TimeLimit(limit) => write_time_limit(connection, limit).await,
        Line::Policy(policy) => write_policy(connection, policy).await,
        Line::Notice(notice) => write_notice(connection, notice).await,
    }
}

/// Whether `query`, which takes one id, finds a row.
async fn known(
    connection: &mut SqliteConnection,
    query: &'static str,
    id: &str,
) -> Result<bool, StoreError> {
    Ok(sqlx::query(query).bind(id).fetch_optional(connection).await?.is_some())
}

const AREA: &str = "SELECT 1 FROM area WHERE code = ?";
const OFFICE: &str = "SELECT 1 FROM office WHERE id = ?";
const PERSON: &str = "SELECT 1 FROM person WHERE id = ?";
const APPLICATION: &str = "SELECT 1 FROM application WHERE id = ?";

fn unknown(field: impl Into<String>, what: &str) -> Written {
    Ok(Err((field.into(), format!("expected {what} that is imported"))))
}

async fn write_area(connection: &mut SqliteConnection, area: &Area) -> Written {
    sqlx::query(
        "INSERT INTO area (code, name, review_body, court) VALUES (?, ?, ?, ?) \
         ON CONFLICT (code) DO UPDATE SET name = excluded.name, \
         review_body = excluded.review_body, court = excluded.court",
    )
    .bind(&area.code.0)
    .bind(area.name.json())
    .bind(area.review_body.json())
    .bind(area.court.json())
    .execute(connection)
    .await?;
    Ok(Ok(()))
}

async fn write_office(connection: &mut SqliteConnection, office: &Office) -> Written {
    if !known(connection, AREA, &office.area.0).await? {
        return unknown("area", "an area");
    }
    sqlx::query(
        "INSERT INTO office (id, area, name, address, phone, hours) VALUES (?, ?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET area = excluded.area, name = excluded.name, \
         address = excluded.address, phone = excluded.phone, hours = excluded.hours",
    )
    .bind(&office.id.0)
    .bind(&office.area.0)
    .bind(office.name.json())
    .bind(office.address.json())
    .bind(&office.phone.0)
    .bind(office.hours.json())
    .execute(connection)
    .await?;
    Ok(Ok(()))
}

async fn write_hall(connection: &mut SqliteConnection, hall: &Hall) -> Written {
    if !known(connection, OFFICE, &hall.office.0).await? {
        return unknown("office", "an office");
    }
    for (index, area) in hall.areas.iter().enumerate() {
        if !known(connection, AREA, &area.0).await? {
            return unknown(format!("areas[{index}]"), "an area");
        }
    }
    sqlx::query(
        "INSERT INTO hall (id, name, office) VALUES (?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, office = excluded.office",
    )
    .bind(&hall.id.0)
    .bind(hall.name.json())
    .bind(&hall.office.0)
    .execute(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM hall_area WHERE hall = ?")
        .bind(&hall.id.0)
        .execute(&mut *connection)
        .await?;
    for area in &hall.areas {
        sqlx::query("INSERT OR IGNORE INTO hall_area (hall, area) VALUES (?, ?)")
            .bind(&hall.id.0)
            .bind(&area.0)
            .execute(&mut *connection)
            .await?;
    }
    Ok(Ok(()))
}

async fn write_person(
    connection: &mut SqliteConnection,
    keys: &Keyring,
    person: &Person,
) -> Written {
    let id = &person.id.0;
    let index = keys.person(person.number.0.expose());
    let holder = sqlx::query("SELECT id FROM person WHERE number_index = ?")
        .bind(index.digest.as_slice())
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(holder) = holder
        && holder.try_get::<&str, _>("id")? != id
    {
        let expected = "expected a number that no other person holds".to_owned();
        return Ok(Err(("number".to_owned(), expected)));
    }
    let seal = |field: &str, value: &str| keys.seal(&format!("person:{id}:{field}"), value);
    let optional = |field: &str, value: Option<&String>| value.map(|v| seal(field, v)).transpose();
    let code = person.query_code.as_ref().map(|code| keys.code(&index.digest, &code.0));
    sqlx::query(
        "INSERT INTO person (id, number_index, number_index_key, number_sealed, name_sealed, \
         phone_sealed, account_sealed, code_hash, code_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET number_index = excluded.number_index, \
         number_index_key = excluded.number_index_key, number_sealed = excluded.number_sealed, \
         name_sealed = excluded.name_sealed, phone_sealed = excluded.phone_sealed, \
         account_sealed = excluded.account_sealed, \
         code_hash = COALESCE(excluded.code_hash, CASE WHEN number_index = \
         excluded.number_index THEN code_hash END), \
         code_key = COALESCE(excluded.code_key, CASE WHEN number_index = \
         excluded.number_index THEN code_key END)",
    )
    .bind(id)
    .bind(index.digest.as_slice())
    .bind(&index.key)
    .bind(seal("number", person.number.0.expose())?)
    .bind(seal("name", &person.name.0)?)
    .bind(optional("phone", person.phone.as_ref().map(|p| &p.0))?)
    .bind(optional("account", person.account.as_ref().map(|a| &a.0))?)
    .bind(code.as_ref().map(|code| code.digest.as_slice()))
    .bind(code.as_ref().map(|code| &code.key))
    .execute(connection)
    .await?;
    Ok(Ok(()))
}

async fn write_household(connection: &mut SqliteConnection, household: &Household) -> Written {
    let id = &household.id.0;
    if !known(connection, AREA, &household.area.0).await? {
        return unknown("area", "an area");
    }
    for (index, member) in household.members.iter().enumerate() {
        if !known(connection, PERSON, &member.person.0).await? {
            return unknown(format!("members[{index}].person"), "a person");
        }
    }
    sqlx::query(
        "INSERT INTO household (id, area) VALUES (?, ?) \
         ON CONFLICT (id) DO UPDATE SET area = excluded.area",
    )
    .bind(id)
    .bind(&household.area.0)
    .execute(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM household_member WHERE household = ?")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    for (position, member) in (0i64..).zip(&household.members) {
        sqlx::query(
            "INSERT INTO household_member (household, person, position, relation) \
             VALUES (?, ?, ?, ?) ON CONFLICT (household, person) DO UPDATE SET \
             relation = excluded.relation",
        )
        .bind(id)
        .bind(&member.person.0)
        .bind(position)
        .bind(&member.relation.0)
        .execute(&mut *connection)
        .await?;
    }
    Ok(Ok(()))
}

async fn write_payment(connection: &mut SqliteConnection, payment: &Payment) -> Written {
    if !known(connection, APPLICATION, &payment.application.0).await? {
        return unknown("application", "an application");
    }
    sqlx::query(
        "INSERT INTO disbursement (id, application, paid_on, amount_fen, purpose) \
         VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET \
         application = excluded.application, paid_on = excluded.paid_on, \
         amount_fen = excluded.amount_fen, purpose = excluded.purpose",
    )
    .bind(&payment.id.0)
    .bind(&payment.application.0)
    .bind(payment.paid_on.0.to_string())
    .bind(payment.amount_fen)
    .bind(payment.purpose.json())
    .execute(connection)
    .await?;
    Ok(Ok(()))
}

async fn write_time_limit(connection: &mut SqliteConnection, limit: &TimeLimit) -> Written {
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

async fn write_policy(connection: &mut SqliteConnection, policy: &Policy) -> Written {
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
        articles: policy.articles.iter().map(super::values::ArticleRef::article).collect(),
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

async fn write_notice(connection: &mut SqliteConnection, notice: &Notice) -> Written {
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
