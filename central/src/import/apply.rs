//! Lines into tables, whatever their order in the file; what they refer to must be there.

mod application;
mod complaints;
mod notices;
mod people;
mod places;
mod public;

use sqlx::SqliteConnection;

use self::{
    application::{write_application, write_payment},
    complaints::{write_complaint, write_reply, write_route},
    notices::{stamp_changes, withdraw_notice, write_notice},
    people::{write_household, write_person},
    places::{write_area, write_hall, write_office},
    public::{write_fund_use, write_policy, write_standard, write_time_limit},
};
use super::{
    Fault,
    check::Bad,
    lines::Line,
    read::{FAULTS_MAX, Numbered},
};
use crate::{crypto::Keyring, store::StoreError};

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
    stamp_changes(connection).await?;
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
        Line::Payment(_)
        | Line::TimeLimit(_)
        | Line::Policy(_)
        | Line::Standard(_)
        | Line::FundUse(_)
        | Line::Notice(_)
        | Line::ComplaintRoute(_) => 6,
        Line::NoticeWithdrawal(_) | Line::Complaint(_) => 7,
        Line::ComplaintReply(_) => 8,
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
        Line::Application(line) => write_application(connection, keys, line).await,
        Line::Payment(payment) => write_payment(connection, payment).await,
        Line::TimeLimit(limit) => write_time_limit(connection, limit).await,
        Line::Policy(policy) => write_policy(connection, policy).await,
        Line::Standard(standard) => write_standard(connection, standard).await,
        Line::FundUse(fund_use) => write_fund_use(connection, fund_use).await,
        Line::Notice(notice) => write_notice(connection, notice).await,
        Line::NoticeWithdrawal(withdrawal) => withdraw_notice(connection, withdrawal).await,
        Line::ComplaintRoute(route) => write_route(connection, route).await,
        Line::Complaint(complaint) => write_complaint(connection, keys, complaint).await,
        Line::ComplaintReply(reply) => write_reply(connection, keys, reply).await,
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
const NOTICE: &str = "SELECT 1 FROM notice WHERE id = ?";
const APPLICATION: &str = "SELECT 1 FROM application WHERE id = ?";

fn unknown(field: impl Into<String>, what: &str) -> Written {
    Ok(Err((field.into(), format!("expected {what} that is imported"))))
}
