//! Complaints as a kiosk files them.

use central_api::{
    Complaint, ComplaintKind, ComplaintStanding, ComplaintSubject, KioskHall, SealKey,
    SealedComplaint,
};
use jiff::civil::date;
use reqwest::{Method, Response, StatusCode};
use serde_json::json;

use crate::support::Kiosk;

pub(crate) const CODE: &str = "C0DE-4TES";
const PATH: &str = "/v1/complaints";

/// An anonymous complaint about nothing in particular.
pub(crate) fn complaint(tracking_number: &str) -> Complaint {
    Complaint {
        tracking_number: tracking_number.to_owned(),
        code_hash: complaint_seal::code_hash(tracking_number, CODE),
        kind: ComplaintKind::Petition,
        subject: ComplaintSubject::General,
        text: "补贴停发三个月，没有书面通知。".to_owned(),
        writer: None,
        written_on: date(2026, 11, 22),
    }
}

/// An id of 32 hex digits.
pub(crate) fn id(n: u8) -> String {
    format!("{n:02x}").repeat(16)
}

pub(crate) async fn seal_key(kiosk: &Kiosk) -> SealKey {
    let hall: KioskHall = kiosk.get("/v1/hall").await.json().await.expect("a hall");
    hall.seal_key
}

/// Seals a complaint to the key the hall offers.
pub(crate) async fn seal(kiosk: &Kiosk, id: &str, complaint: &Complaint) -> SealedComplaint {
    complaint_seal::seal(&seal_key(kiosk).await, id, complaint).expect("sealed")
}

pub(crate) async fn send(kiosk: &Kiosk, sealed: &SealedComplaint) -> Response {
    send_under(kiosk, &sealed.id, sealed).await
}

pub(crate) async fn send_under(kiosk: &Kiosk, key: &str, sealed: &SealedComplaint) -> Response {
    let request = kiosk.request(Method::POST, PATH).header("Idempotency-Key", key);
    request.json(sealed).send().await.expect("an answer")
}

/// Files a complaint that must be taken.
pub(crate) async fn file(kiosk: &Kiosk, id: &str, complaint: &Complaint) {
    let response = send(kiosk, &seal(kiosk, id, complaint).await).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    let received: central_api::ComplaintReceived = response.json().await.expect("received");
    assert_eq!(received.tracking_number, complaint.tracking_number);
}

pub(crate) async fn ask(kiosk: &Kiosk, tracking_number: &str, code: &str) -> Response {
    let question = json!({ "tracking_number": tracking_number, "query_code": code });
    kiosk.post("/v1/complaints/replies", &question).await
}

/// How a complaint stands that must be found.
pub(crate) async fn standing(
    kiosk: &Kiosk,
    tracking_number: &str,
    code: &str,
) -> ComplaintStanding {
    let response = ask(kiosk, tracking_number, code).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["cache-control"], "no-store");
    response.json().await.expect("a standing")
}
