//! Bodies of requests to central and of its answers: each is refused, or survives being passed on.
#![no_main]

use central_api::{
    Application, Enrolled, Enrolment, Evidence, KioskHall, Notice, OpenVisit, PolicySummary,
    Problem, VisitOpened,
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
        passed_on::<Vec<PolicySummary>>(input);
        passed_on::<Vec<Notice>>(input);
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
