//! An application line: its row, its stages, its decision; and payments.

use sqlx::{Row, SqliteConnection};

use super::{APPLICATION, OFFICE, Written, known, unknown};
use crate::{
    crypto::Keyring,
    import::{
        lines::{Application, Payment},
        values::ArticleRef,
    },
    store::{StoreError, word},
};

pub(super) async fn write_application(
    connection: &mut SqliteConnection,
    keys: &Keyring,
    line: &Application,
) -> Written {
    if !known(connection, OFFICE, &line.office.0).await? {
        return unknown("office", "an office");
    }
    let household = sqlx::query(
        "SELECT h.area, m.person FROM household h LEFT JOIN household_member m \
         ON m.household = h.id AND m.person = ? WHERE h.id = ?",
    )
    .bind(&line.applicant.0)
    .bind(&line.household.0)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(household) = household else { return unknown("household", "a household") };
    if household.try_get::<Option<&str>, _>("person")?.is_none() {
        return unknown("applicant", "a member of the household");
    }
    write_row(connection, line, household.try_get("area")?).await?;
    write_stages(connection, line).await?;
    write_decision(connection, keys, line).await?;
    Ok(Ok(()))
}

async fn write_row(
    connection: &mut SqliteConnection,
    line: &Application,
    area: &str,
) -> Result<(), StoreError> {
    let submitted_on = line.stages.first().map(|stage| stage.began.0.to_string());
    sqlx::query(
        "INSERT INTO application (id, area, household, applicant, office, programme, category, \
         submitted_on, status, urgent, extended, needs, grant_fen) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET \
         area = excluded.area, household = excluded.household, applicant = excluded.applicant, \
         office = excluded.office, programme = excluded.programme, category = excluded.category, \
         submitted_on = excluded.submitted_on, status = excluded.status, \
         urgent = excluded.urgent, extended = excluded.extended, needs = excluded.needs, \
         grant_fen = excluded.grant_fen",
    )
    .bind(&line.id.0)
    .bind(area)
    .bind(&line.household.0)
    .bind(&line.applicant.0)
    .bind(&line.office.0)
    .bind(word(&line.programme))
    .bind(line.category.as_ref().map(word))
    .bind(submitted_on)
    .bind(word(&line.status))
    .bind(line.urgent)
    .bind(line.extended)
    .bind(line.needs.as_ref().map(crate::import::values::Languages::json))
    .bind(line.grant_fen)
    .execute(connection)
    .await?;
    Ok(())
}

async fn write_stages(
    connection: &mut SqliteConnection,
    line: &Application,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM stage_event WHERE application = ?")
        .bind(&line.id.0)
        .execute(&mut *connection)
        .await?;
    for (position, event) in (0i64..).zip(&line.stages) {
        sqlx::query(
            "INSERT INTO stage_event (application, position, stage, began, done) \
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(&line.id.0)
        .bind(position)
        .bind(word(&event.stage))
        .bind(event.began.0.to_string())
        .bind(event.done.as_ref().map(|day| day.0.to_string()))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

async fn write_decision(
    connection: &mut SqliteConnection,
    keys: &Keyring,
    line: &Application,
) -> Result<(), StoreError> {
    let id = &line.id.0;
    sqlx::query("DELETE FROM decision WHERE application = ?")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    let Some(decision) = &line.decision else { return Ok(()) };
    let articles: Vec<_> = decision.articles.iter().map(ArticleRef::article).collect();
    let articles =
        serde_json::to_string(&articles).map_err(|_| StoreError::Content("decision.articles"))?;
    sqlx::query(
        "INSERT INTO decision (application, outcome, decided_on, notified_on, reason_sealed, \
         articles) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(id)
    .bind(word(&decision.outcome))
    .bind(decision.decided_on.0.to_string())
    .bind(decision.notified_on.as_ref().map(|day| day.0.to_string()))
    .bind(keys.seal(&format!("decision:{id}:reason"), &decision.reason.json())?)
    .bind(articles)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn write_payment(connection: &mut SqliteConnection, payment: &Payment) -> Written {
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
