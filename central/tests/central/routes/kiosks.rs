//! `/v1/kiosks/enrolment` and what a certificate is worth.

use central_api::{Enrolment, ProblemCode};
use jiff::SignedDuration;
use reqwest::{Identity, StatusCode};

use crate::support::{County, Kiosk, SAM, WANG, card, key_and_request, problem};

#[tokio::test]
async fn a_token_is_good_once_and_for_a_day() {
    let county = County::start().await;
    let used = county.app.admit("k1", &[], None).await.expect("admitted");
    county.enrol(&used).await;
    let late = county.app.admit("k2", &[], None).await.expect("admitted");
    county.clock.advance(SignedDuration::from_hours(24));
    for admission in [used, late] {
        let enrolment = Enrolment {
            kiosk: admission.kiosk,
            token: admission.token,
            csr_pem: key_and_request().1,
        };
        let response = county.stranger().post("/v1/kiosks/enrolment", &enrolment).await;
        let refused = problem(response).await;
        assert_eq!((refused.status, refused.code), (403, ProblemCode::KioskNotEnrolled));
    }
}

#[tokio::test]
async fn a_request_whose_signature_does_not_hold_gets_nothing() {
    let county = County::start().await;
    let admission = county.app.admit("k1", &[], None).await.expect("admitted");
    let (_, csr_pem) = key_and_request();
    let mut lines: Vec<String> = csr_pem.lines().map(str::to_owned).collect();
    let last = lines.len() - 2;
    let bent: String = lines[last].chars().rev().collect();
    lines[last] = bent;
    for csr_pem in [lines.join("\n"), "no request".to_owned()] {
        let token = admission.token.clone();
        let enrolment = Enrolment { kiosk: "k1".to_owned(), token, csr_pem };
        let response = county.stranger().post("/v1/kiosks/enrolment", &enrolment).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    }
    county.enrol(&admission).await;
}

#[tokio::test]
async fn without_a_certificate_or_with_a_foreign_one_nothing_is_read() {
    let county = County::start().await;
    let stranger = county.stranger();
    for path in [
        "/v1/hall",
        "/v1/policies",
        "/v1/standards",
        "/v1/funds",
        "/v1/notices",
        "/v1/visits/current/applications",
    ] {
        let refused = problem(stranger.get(path).await).await;
        assert_eq!((refused.status, refused.code), (403, ProblemCode::KioskNotEnrolled), "{path}");
    }
    let refused = problem(stranger.visit(card(WANG, SAM)).await).await;
    assert_eq!(refused.code, ProblemCode::KioskNotEnrolled);
    let key = rcgen::KeyPair::generate().expect("a key");
    let own = rcgen::CertificateParams::default().self_signed(&key).expect("a certificate");
    let pem = format!("{}{}", own.pem(), key.serialize_pem());
    let identity = Identity::from_pem(pem.as_bytes()).expect("an identity");
    let impostor = Kiosk::new(county.address, county.app.authority_pem(), Some(identity));
    assert!(impostor.request(reqwest::Method::GET, "/v1/hall").send().await.is_err());
}

#[tokio::test]
async fn a_revoked_kiosk_is_refused_on_its_open_connection_until_it_enrols_again() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let bystander = county.kiosk("k2").await;
    assert_eq!(kiosk.get("/v1/hall").await.status(), StatusCode::OK);
    county.app.revoke("k1").await.expect("revoked");
    let refused = problem(kiosk.get("/v1/hall").await).await;
    assert_eq!(refused.code, ProblemCode::KioskNotEnrolled);
    assert_eq!(bystander.get("/v1/hall").await.status(), StatusCode::OK);
    let again = county.kiosk("k1").await;
    assert_eq!(again.get("/v1/hall").await.status(), StatusCode::OK);
    assert_eq!(kiosk.get("/v1/hall").await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn ids_and_halls_that_make_no_sense_are_refused() {
    let county = County::start().await;
    for id in ["", "a b", "厅一", "../k", &"k".repeat(65)] {
        assert!(county.app.admit(id, &[], None).await.is_err(), "{id}");
    }
    assert!(county.app.admit("k1", &[], Some("no-hall")).await.is_err());
    assert!(county.app.admit("k1", &[], Some("yl-hall")).await.is_ok());
    assert!(county.app.revoke("k9").await.is_err());
}
