//! Persons, sealed and indexed, and their households.

use sqlx::SqliteConnection;

use super::{AREA, PERSON, Written, known, unknown};
use crate::{
    crypto::Keyring,
    import::lines::{Household, Person},
    store::indexes,
};

pub(super) async fn write_person(
    connection: &mut SqliteConnection,
    keys: &Keyring,
    person: &Person,
) -> Written {
    let id = &person.id.0;
    let index = keys.person(person.number.0.expose());
    let holder: Option<String> = sqlx::query_scalar(
        "SELECT id FROM person WHERE number_index IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(indexes(&index))
    .fetch_optional(&mut *connection)
    .await?;
    if holder.as_ref().is_some_and(|holder| holder != id) {
        let expected = "expected a number that no other person holds".to_owned();
        return Ok(Err(("number".to_owned(), expected)));
    }
    let seal = |field: &str, value: &str| keys.seal(&format!("person:{id}:{field}"), value);
    let optional = |field: &str, value: Option<&String>| value.map(|v| seal(field, v)).transpose();
    let index = index.current;
    let code = person.query_code.as_ref().map(|code| keys.code(&index.digest, &code.0));
    sqlx::query(
        "INSERT INTO person (id, number_index, number_index_key, number_sealed, name_sealed, \
         phone_sealed, account_sealed, code_hash, code_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET number_index = excluded.number_index, \
         number_index_key = excluded.number_index_key, number_sealed = excluded.number_sealed, \
         name_sealed = excluded.name_sealed, phone_sealed = excluded.phone_sealed, \
         account_sealed = excluded.account_sealed, \
         code_hash = COALESCE(excluded.code_hash, CASE WHEN ?10 THEN code_hash END), \
         code_key = COALESCE(excluded.code_key, CASE WHEN ?10 THEN code_key END)",
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
    // The number is the one it was: so is the code.
    .bind(holder.is_some())
    .execute(connection)
    .await?;
    Ok(Ok(()))
}

pub(super) async fn write_household(
    connection: &mut SqliteConnection,
    household: &Household,
) -> Written {
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
