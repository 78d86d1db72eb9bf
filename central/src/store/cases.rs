//! A person's cases in one query: the answer to a card, and to a visit's token, is one round trip to
//! the database.

mod row;

use jiff::Timestamp;
use sqlx::{Row, sqlite::SqliteRow};

use super::{
    Store, StoreError,
    visits::{OpenVisitRow, indexes},
};
use crate::{
    crypto::{Digest, KeyedIndex, Keyring},
    domain::case::Case,
};

/// Cases of everybody in the households of the person `p` that `$from` and `$where` name.
macro_rules! cases {
    ($columns:literal, $from:literal, $where:literal) => {
        concat!(
            "SELECT ",
            $columns,
            "a.id, a.programme, a.category, a.applicant = p.id AS own, ap.id AS applicant_id,
    ap.name_sealed AS applicant_name, a.submitted_on, a.status, a.urgent, a.extended, a.needs,
    a.grant_fen, o.id AS office_id, o.area AS office_area, o.name AS office_name, o.address,
    o.phone, o.hours, ar.review_body, ar.court,
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
FROM ",
            $from,
            "
LEFT JOIN household_member hm ON hm.person = p.id
LEFT JOIN application a ON a.household = hm.household
LEFT JOIN person ap ON ap.id = a.applicant
LEFT JOIN office o ON o.id = a.office
LEFT JOIN area ar ON ar.code = a.area
LEFT JOIN decision d ON d.application = a.id
WHERE ",
            $where,
            "
ORDER BY a.submitted_on DESC, a.id DESC"
        )
    };
}

/// The person with its cases; a person without any is one row of it alone.
const CASES: &str = cases!(
    "p.id AS person, ",
    "person p",
    "p.number_index IN (SELECT unhex(value) FROM json_each(?))"
);

/// The visit with its cases; a visit without any is one row of it alone.
const VISIT_CASES: &str = cases!(
    "v.person_index, v.person_index_key, v.evidence, v.adult, ",
    "visit v LEFT JOIN person p ON p.id = v.person",
    "v.token_hash = ? AND v.kiosk = ? AND v.ended_at IS NULL AND v.expires_at > ?"
);

/// The cases a visit may look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KnownCases {
    /// Those the person applied for.
    Own,
    /// Those of the person's households too.
    Household,
}

/// What was found of a person, not yet opened.
pub(crate) struct Rows(Vec<SqliteRow>);

impl Rows {
    /// The cases among them, newest submission first.
    pub(crate) fn cases(&self, which: KnownCases, keys: &Keyring) -> Result<Vec<Case>, StoreError> {
        let mut cases = Vec::with_capacity(self.0.len());
        for row in &self.0 {
            // NULL where a household has not applied for anything.
            let own: Option<bool> = row.try_get("own")?;
            if let Some(own) = own
                && (own || which == KnownCases::Household)
            {
                cases.push(row::case(row, own, keys)?);
            }
        }
        Ok(cases)
    }
}

impl Store {
    /// Id and cases of the person with this index; none if nobody is known by it.
    pub(crate) async fn cases(
        &self,
        person: &KeyedIndex,
        which: KnownCases,
    ) -> Result<(Option<String>, Vec<Case>), StoreError> {
        let rows = sqlx::query(CASES).bind(indexes(person)).fetch_all(&self.readers).await?;
        let person = rows.first().map(|row| row.try_get("person")).transpose()?;
        Ok((person, Rows(rows).cases(which, &self.keys)?))
    }

    /// The visit behind a token, as [`Store::open_visit`], and what is known of its person.
    pub(crate) async fn visit_and_rows(
        &self,
        token_hash: &Digest,
        kiosk: &str,
        now: Timestamp,
    ) -> Result<Option<(OpenVisitRow, Rows)>, StoreError> {
        let rows = sqlx::query(VISIT_CASES)
            .bind(token_hash.as_slice())
            .bind(kiosk)
            .bind(now.as_millisecond())
            .fetch_all(&self.readers)
            .await?;
        let Some(first) = rows.first() else { return Ok(None) };
        Ok(Some((OpenVisitRow::read(first)?, Rows(rows))))
    }
}
