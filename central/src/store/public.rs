//! What anyone may read at a hall: the hall and its offices, policies, standards, the use of funds,
//! and who receives complaints.
//!
//! A hall shows offices of its areas and of all areas in them. What holds for an area holds in the
//! areas within it too: a town's hall shows its county's policies.

use central_api::{ComplaintKind, ComplaintRoute, FundUse, Office, Policy, Standard, Text};
use serde::de::DeserializeOwned;
use sqlx::{Row, sqlite::SqliteRow};

use super::{Store, StoreError, word};
use crate::domain::distance::{Place, metres};

/// A hall by itself.
pub(crate) struct HallRow {
    pub(crate) name: Text,
    /// Its own office first, then the nearest, then by id.
    pub(crate) offices: Vec<Office>,
    pub(crate) complaint_routes: Vec<ComplaintRoute>,
}

/// Rows of table `x` that hold in an area of the hall.
macro_rules! holding_here {
    ($columns:literal, $table:literal, $order:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM ",
            $table,
            " x WHERE EXISTS (SELECT 1 FROM hall_area h WHERE h.hall = ? AND \
             (substr(x.area, 1, length(h.area)) = h.area \
             OR substr(h.area, 1, length(x.area)) = x.area)) ORDER BY ",
            $order
        )
    };
}

impl Store {
    /// A hall with the offices of its areas.
    pub(crate) async fn hall(&self, hall: &str) -> Result<Option<HallRow>, StoreError> {
        let name = sqlx::query("SELECT name FROM hall WHERE id = ?")
            .bind(hall)
            .fetch_optional(&self.readers)
            .await?;
        let Some(name) = name else { return Ok(None) };
        let rows = sqlx::query(
            "SELECT o.id, o.area, o.name, o.address, o.phone, o.hours, o.latitude, o.longitude, \
             o.id = h.office AS own FROM hall h JOIN office o ON o.id = h.office \
             OR EXISTS (SELECT 1 FROM hall_area a WHERE a.hall = h.id \
             AND substr(o.area, 1, length(a.area)) = a.area) WHERE h.id = ?",
        )
        .bind(hall)
        .fetch_all(&self.readers)
        .await?;
        Ok(Some(HallRow {
            name: json("hall.name", name.try_get("name")?)?,
            offices: nearest_first(&rows)?,
            complaint_routes: self.hall_routes(hall).await?,
        }))
    }

    /// Policies that hold in a hall's areas, in their order.
    pub(crate) async fn policies(&self, hall: &str) -> Result<Vec<Policy>, StoreError> {
        let query = holding_here!("x.body", "policy", "x.position, x.id");
        self.bodies(query, "policy.body", hall).await
    }

    /// Standards that hold, held or will hold in a hall's areas.
    pub(crate) async fn standards(&self, hall: &str) -> Result<Vec<Standard>, StoreError> {
        self.bodies(holding_here!("x.body", "standard", "x.id"), "standard.body", hall).await
    }

    /// The use of funds in a hall's areas, newest period first.
    pub(crate) async fn funds(&self, hall: &str) -> Result<Vec<FundUse>, StoreError> {
        let query = holding_here!("x.body", "fund_use", "x.until_day DESC, x.id");
        self.bodies(query, "fund_use.body", hall).await
    }

    /// The county a hall belongs to.
    pub(crate) async fn county_of(&self, hall: &str) -> Result<Option<String>, StoreError> {
        let row = sqlx::query(
            "SELECT substr(o.area, 1, 6) AS county FROM hall h JOIN office o ON o.id = h.office \
             WHERE h.id = ?",
        )
        .bind(hall)
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.map(|row| row.try_get("county")).transpose()?)
    }

    /// An office by its id.
    pub(crate) async fn office(&self, id: &str) -> Result<Option<Office>, StoreError> {
        let row =
            sqlx::query("SELECT id, area, name, address, phone, hours FROM office WHERE id = ?")
                .bind(id)
                .fetch_optional(&self.readers)
                .await?;
        row.as_ref().map(|row| office(row, None)).transpose()
    }

    /// Who receives a kind of complaint in `county`; without one, where only one county says it.
    pub(crate) async fn complaint_route(
        &self,
        county: Option<&str>,
        kind: ComplaintKind,
    ) -> Result<Option<ComplaintRoute>, StoreError> {
        let rows = sqlx::query(
            "SELECT body FROM complaint_route WHERE kind = ?1 AND (area = ?2 OR ?2 IS NULL)",
        )
        .bind(word(&kind))
        .bind(county)
        .fetch_all(&self.readers)
        .await?;
        match rows.as_slice() {
            [row] => json("complaint_route.body", row.try_get("body")?).map(Some),
            _ => Ok(None),
        }
    }

    async fn hall_routes(&self, hall: &str) -> Result<Vec<ComplaintRoute>, StoreError> {
        let rows = sqlx::query(
            "SELECT r.body FROM hall h JOIN office o ON o.id = h.office \
             JOIN complaint_route r ON r.area = substr(o.area, 1, 6) WHERE h.id = ?",
        )
        .bind(hall)
        .fetch_all(&self.readers)
        .await?;
        let mut routes = rows
            .iter()
            .map(|row| json("complaint_route.body", row.try_get("body")?))
            .collect::<Result<Vec<ComplaintRoute>, StoreError>>()?;
        routes.sort_by_key(|route| route.kind);
        Ok(routes)
    }

    async fn bodies<T: DeserializeOwned>(
        &self,
        query: &'static str,
        column: &'static str,
        hall: &str,
    ) -> Result<Vec<T>, StoreError> {
        let rows = sqlx::query(query).bind(hall).fetch_all(&self.readers).await?;
        rows.iter().map(|row| json(column, row.try_get("body")?)).collect()
    }
}

/// Offices with their distance from the hall's own, which comes first.
fn nearest_first(rows: &[SqliteRow]) -> Result<Vec<Office>, StoreError> {
    let mut own_place = None;
    let mut offices = Vec::with_capacity(rows.len());
    for row in rows {
        let (own, place) = (row.try_get::<bool, _>("own")?, place(row)?);
        if own {
            own_place = place;
        }
        offices.push((own, place, office(row, None)?));
    }
    for (_, place, office) in &mut offices {
        office.distance_m = own_place.zip(*place).map(|(hall, place)| metres(hall, place));
    }
    offices.sort_by(|(own, _, a), (other, _, b)| {
        let key = |own: bool, office: &Office| (!own, office.distance_m.unwrap_or(u32::MAX));
        key(*own, a).cmp(&key(*other, b)).then_with(|| a.id.cmp(&b.id))
    });
    Ok(offices.into_iter().map(|(_, _, office)| office).collect())
}

fn place(row: &SqliteRow) -> Result<Option<Place>, StoreError> {
    let latitude: Option<f64> = row.try_get("latitude")?;
    let longitude: Option<f64> = row.try_get("longitude")?;
    Ok(latitude.zip(longitude).map(|(latitude, longitude)| Place { latitude, longitude }))
}

fn office(row: &SqliteRow, distance_m: Option<u32>) -> Result<Office, StoreError> {
    Ok(Office {
        id: row.try_get("id")?,
        area: row.try_get("area")?,
        distance_m,
        name: json("office.name", row.try_get("name")?)?,
        address: json("office.address", row.try_get("address")?)?,
        phone: row.try_get("phone")?,
        hours: json("office.hours", row.try_get("hours")?)?,
    })
}

pub(super) fn json<T: DeserializeOwned>(column: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Content(column))
}
