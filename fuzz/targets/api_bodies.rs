//! Bodies of requests to central and of its answers: each is refused, or survives being passed on.
#![no_main]

use central_api::{
    Application, Complaint, ComplaintReceived, ComplaintStanding, Enrolled, Enrolment, Evidence,
    FundUse, KioskHall, NoticePage, OpenVisit, Policy, Problem, ReplyQuestion, SealedComplaint,
    Standard, VisitOpened,
};
use fuzz::within;
use libfuzzer_sys::fuzz_target;
use serde::{Serialize, de::DeserializeOwned};

fuzz_target!(|input: &[u8]| {
    within((1 << 20) + 512 * input.len(), || {
        if let Some(visit) = passed_on::<OpenVisit>(input) {
            let shown = match visit.evidence {
                Evidence::AuthenticatedCard { .. } => "AuthenticatedCard(..)",
                Evidence::UnauthenticatedCard { .. } => "UnauthenticatedCard(..)",
                Evidence::TypedNumber { .. } => "TypedNumber(..)",
            };
            assert_eq!(format!("{:?}", visit.evidence), shown);
        }
        passed_on::<Enrolment>(input);
        passed_on::<Enrolled>(input);
        passed_on::<VisitOpened>(input);
        passed_on::<Vec<Application>>(input);
        passed_on::<Vec<Policy>>(input);
        passed_on::<Vec<Standard>>(input);
        passed_on::<Vec<FundUse>>(input);
        passed_on::<NoticePage>(input);
        passed_on::<SealedComplaint>(input);
        passed_on::<ComplaintReceived>(input);
        if let Some(question) = passed_on::<ReplyQuestion>(input) {
            assert_eq!(format!("{question:?}"), "ReplyQuestion(..)");
        }
        if let Some(complaint) = passed_on::<Complaint>(input) {
            assert_eq!(format!("{complaint:?}"), "Complaint(..)");
        }
        passed_on::<ComplaintStanding>(input);
        passed_on::<KioskHall>(input);
        passed_on::<Problem>(input);
    });
});

/// What was understood means the same when it is said again.
fn passed_on<T: Serialize + DeserializeOwned>(body: &[u8]) -> Option<T> {
    let value: T = serde_json::from_slice(body).ok()?;
    let said = serde_json::to_string(&value).expect("can be said");
    let again: T = serde_json::from_str(&said).expect("can be understood");
    assert_eq!(serde_json::to_string(&again).expect("can be said"), said);
    Some(value)
}
