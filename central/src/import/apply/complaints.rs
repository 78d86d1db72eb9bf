//! Routes into the main database; complaints and answers into the file of complaints, which is
//! attached as `complaints` while a file with such lines is imported.

use central_api::{ComplaintRoute as PublicRoute, ComplaintState};
use sqlx::{Row, SqliteConnection};
use zeroize::Zeroizing;

use super::{AREA, NOTICE, OFFICE, Written, known, public::json, unknown};
use crate::{
    complaints::{Content, content_place, reply_place},
    crypto::Keyring,
    import::{
        lines::{Complaint, ComplaintReply, ComplaintRoute, ComplaintSubject, ComplaintWriter},
        values::{ArticleRef, Limit},
    },
    store::{StoreError, word},
};

pub(super) async fn write_route(
    connection: &mut SqliteConnection,
    route: &ComplaintRoute,
) -> Written {
    if !known(connection, AREA, &route.area.0).await? {
        return unknown("area", "an area");
    }
    let twin = sqlx::query("SELECT 1 FROM complaint_route WHERE area = ? AND kind = ? AND id <> ?")
        .bind(&route.area.0)
        .bind(word(&route.kind))
        .bind(&route.id.0)
        .fetch_optional(&mut *connection)
        .await?;
    if twin.is_some() {
        let expected = "expected one route for each kind in an area".to_owned();
        return Ok(Err(("kind".to_owned(), expected)));
    }
    let body = PublicRoute {
        kind: route.kind,
        receiver: route.receiver.text(),
        phone: route.phone.0.clone(),
        promise: route.promise.text(),
        accept_within: route.accept_within.as_ref().map(Limit::day_limit),
        answer_within: route.answer_within.as_ref().map(Limit::day_limit),
        articles: route.articles.iter().map(ArticleRef::article).collect(),
    };
    sqlx::query(
        "INSERT INTO complaint_route (id, area, kind, body) VALUES (?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET area = excluded.area, kind = excluded.kind, \
         body = excluded.body",
    )
    .bind(&route.id.0)
    .bind(&route.area.0)
    .bind(word(&route.kind))
    .bind(json("complaint_route.body", &body)?)
    .execute(connection)
    .await?;
    Ok(Ok(()))
}

pub(super) async fn write_complaint(
    connection: &mut SqliteConnection,
    keys: &Keyring,
    line: &Complaint,
) -> Written {
    match &line.subject {
        ComplaintSubject::Office(office) if !known(connection, OFFICE, &office.0).await? => {
            return unknown("subject.office", "an office");
        }
        ComplaintSubject::Notice(notice) if !known(connection, NOTICE, &notice.0).await? => {
            return unknown("subject.notice", "a notice");
        }
        _ => {}
    }
    let county = match &line.office {
        Some(office) => match county_of(connection, &office.0).await? {
            Some(county) => Some(county),
            None => return unknown("office", "an office"),
        },
        None => None,
    };
    let filed =
        sqlx::query("SELECT 1 FROM complaints.complaint WHERE id = ? AND body_index IS NOT NULL")
            .bind(&line.id.0)
            .fetch_optional(&mut *connection)
            .await?;
    if filed.is_some() {
        let expected = "expected an id that no kiosk used".to_owned();
        return Ok(Err(("id".to_owned(), expected)));
    }
    write_row(connection, keys, line, county).await?;
    Ok(Ok(()))
}

async fn write_row(
    connection: &mut SqliteConnection,
    keys: &Keyring,
    line: &Complaint,
    county: Option<String>,
) -> Result<(), StoreError> {
    let id = &line.id.0;
    let tracking = keys.tracking(&line.tracking_number.0).current;
    let hash = complaint_seal::code_hash(&line.tracking_number.0, &line.query_code.0);
    let code = keys.code(&tracking.digest, &hash);
    let content = Zeroizing::new(json("complaint.content", &content(line))?);
    let reply = line.reply.as_ref().map(|reply| {
        keys.seal(&reply_place(id), &reply.text.json()).map(|sealed| (reply.on.0, sealed))
    });
    let reply = reply.transpose()?;
    sqlx::query(
        "INSERT INTO complaints.complaint (id, area, tracking_index, tracking_index_key, \
         code_hash, code_key, kind, content_sealed, received_on, state, office, accepted_on, \
         reply_on, reply_sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET area = excluded.area, \
         tracking_index = excluded.tracking_index, \
         tracking_index_key = excluded.tracking_index_key, code_hash = excluded.code_hash, \
         code_key = excluded.code_key, kind = excluded.kind, \
         content_sealed = excluded.content_sealed, received_on = excluded.received_on, \
         state = excluded.state, office = excluded.office, accepted_on = excluded.accepted_on, \
         reply_on = excluded.reply_on, reply_sealed = excluded.reply_sealed",
    )
    .bind(id)
    .bind(county)
    .bind(tracking.digest.as_slice())
    .bind(&tracking.key)
    .bind(code.digest.as_slice())
    .bind(&code.key)
    .bind(word(&line.kind))
    .bind(keys.seal(&content_place(id), &content)?)
    .bind(line.received_on.0.to_string())
    .bind(word(&line.state))
    .bind(line.office.as_ref().map(|office| &office.0))
    .bind(line.accepted_on.as_ref().map(|day| day.0.to_string()))
    .bind(reply.as_ref().map(|(day, _)| day.to_string()))
    .bind(reply.as_ref().map(|(_, sealed)| sealed.as_slice()))
    .execute(connection)
    .await?;
    Ok(())
}

fn content(line: &Complaint) -> Content {
    use central_api::ComplaintSubject as Subject;
    Content {
        tracking_number: line.tracking_number.0.clone(),
        subject: match &line.subject {
            ComplaintSubject::General => Subject::General,
            ComplaintSubject::Programme(programme) => Subject::Programme(*programme),
            ComplaintSubject::Office(id) => Subject::Office(id.0.clone()),
            ComplaintSubject::Notice(id) => Subject::Notice(id.0.clone()),
        },
        text: line.text.0.clone(),
        writer: line.writer.as_ref().map(writer),
        written_on: line.received_on.0,
    }
}

fn writer(writer: &ComplaintWriter) -> central_api::ComplaintWriter {
    central_api::ComplaintWriter {
        name: writer.name.0.clone(),
        number: writer.number.as_ref().map(|number| number.0.expose().to_owned()),
        phone: writer.phone.as_ref().map(|phone| phone.0.clone()),
    }
}

pub(super) async fn write_reply(
    connection: &mut SqliteConnection,
    keys: &Keyring,
    reply: &ComplaintReply,
) -> Written {
    let office = reply.office.as_ref().map(|office| office.0.as_str());
    if let Some(office) = office
        && !known(connection, OFFICE, office).await?
    {
        return unknown("office", "an office");
    }
    let tracking = keys.tracking(&reply.tracking_number.0);
    let mut rows = Vec::new();
    for index in tracking.all() {
        let found = sqlx::query(
            "SELECT id, received_on FROM complaints.complaint \
             WHERE tracking_index = ?1 AND (id = ?2 OR ?2 IS NULL)",
        )
        .bind(index.as_slice())
        .bind(reply.complaint.as_ref().map(|id| &id.0))
        .fetch_all(&mut *connection)
        .await?;
        rows.extend(found);
    }
    let row = match rows.as_slice() {
        [row] => row,
        [] if reply.complaint.is_some() => {
            return bad("complaint", "expected a complaint with this tracking number");
        }
        [] => return bad("tracking_number", "expected the tracking number of a complaint here"),
        _ => return bad("complaint", "expected its id, as two have this tracking number"),
    };
    let (id, received_on): (&str, &str) = (row.try_get("id")?, row.try_get("received_on")?);
    let on = reply.on.0.to_string();
    if on.as_str() < received_on {
        return bad("on", "expected a day not before the complaint was received");
    }
    sqlx::query(
        "UPDATE complaints.complaint SET state = ?, reply_on = ?, reply_sealed = ?, \
         office = COALESCE(?, office) WHERE id = ?",
    )
    .bind(word(&ComplaintState::Answered))
    .bind(on)
    .bind(keys.seal(&reply_place(id), &reply.text.json())?)
    .bind(office)
    .bind(id)
    .execute(connection)
    .await?;
    Ok(Ok(()))
}

fn bad(field: &str, expected: &str) -> Written {
    Ok(Err((field.to_owned(), expected.to_owned())))
}

async fn county_of(
    connection: &mut SqliteConnection,
    office: &str,
) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT substr(area, 1, 6) AS county FROM office WHERE id = ?")
        .bind(office)
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| row.try_get("county")).transpose()?)
}
