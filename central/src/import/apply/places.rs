//! Areas, offices and halls.

use sqlx::SqliteConnection;

use super::{AREA, OFFICE, Written, known, unknown};
use crate::import::lines::{Area, Hall, Office};

pub(super) async fn write_area(connection: &mut SqliteConnection, area: &Area) -> Written {
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

pub(super) async fn write_office(connection: &mut SqliteConnection, office: &Office) -> Written {
    if !known(connection, AREA, &office.area.0).await? {
        return unknown("area", "an area");
    }
    sqlx::query(
        "INSERT INTO office (id, area, name, address, phone, hours, latitude, longitude) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET area = excluded.area, name = excluded.name, \
         address = excluded.address, phone = excluded.phone, hours = excluded.hours, \
         latitude = excluded.latitude, longitude = excluded.longitude",
    )
    .bind(&office.id.0)
    .bind(&office.area.0)
    .bind(office.name.json())
    .bind(office.address.json())
    .bind(&office.phone.0)
    .bind(office.hours.json())
    .bind(office.at.as_ref().map(|at| at.latitude))
    .bind(office.at.as_ref().map(|at| at.longitude))
    .execute(connection)
    .await?;
    Ok(Ok(()))
}

pub(super) async fn write_hall(connection: &mut SqliteConnection, hall: &Hall) -> Written {
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
