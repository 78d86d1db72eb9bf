//! What anyone may read at a hall: the hall and its offices, policies, notices.

use central_api::{KioskHall, Notice, Office, PolicySummary};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use sqlx::Row;

use super::{Store, StoreError};

impl Store {
    /// A hall with the offices of its areas, its own first.
    pub(crate) async fn hall(&self, hall: &str) -> Result<Option<KioskHall>, StoreError> {
        let name = sqlx::query("SELECT name FROM hall WHERE id = ?")
            .bind(hall)
            .fetch_optional(&self.readers)
            .await?;
        let Some(name) = name else { return Ok(None) };
        let rows = sqlx::query(
            "SELECT o.name, o.address, o.phone, o.hours FROM hall h \
             JOIN office o ON o.id = h.office \
             OR o.area IN (SELECT area FROM hall_area WHERE hall = h.id) \
             WHERE h.id = ? ORDER BY o.id != h.office, o.area, o.id",
        )
        .bind(hall)
        .fetch_all(&self.readers)
        .await?;
        let offices = rows
            .iter()
            .map(|row| {
                Ok(Office {
                    name: json("office.name", row.try_get("name")?)?,
                    address: json("office.address", row.try_get("address")?)?,
                    phone: row.try_get("phone")?,
                    hours: json("office.hours", row.try_get("hours")?)?,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Some(KioskHall { name: json("hall.name", name.try_get("name")?)?, offices }))
    }

    /// Policies of a hall's areas, in their order.
    pub(crate) async fn policies(&self, hall: &str) -> Result<Vec<PolicySummary>, StoreError> {
        let rows = sqlx::query(
            "SELECT p.body FROM policy p JOIN hall_area a ON a.area = p.area \
             WHERE a.hall = ? ORDER BY p.position, p.id",
        )
        .bind(hall)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| json("policy.body", row.try_get("body")?)).collect()
    }

    /// Notices of a hall's areas that are to be shown on `today`, newest first.
    pub(crate) async fn notices(&self, hall: &str, today: Date) -> Result<Vec<Notice>, StoreError> {
        let today = today.to_string();
        let rows = sqlx::query(
            "SELECT n.body FROM notice n JOIN hall_area a ON a.area = n.area \
             WHERE a.hall = ? AND n.from_day <= ? AND n.until_day >= ? \
             ORDER BY n.from_day DESC, n.id",
        )
        .bind(hall)
        .bind(&today)
        .bind(&today)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| json("notice.body", row.try_get("body")?)).collect()
    }
}

fn json<T: DeserializeOwned>(column: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Content(column))
}
