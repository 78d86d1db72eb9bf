//! `/v1/kiosks/enrolment` and what a certificate is worth.

use central_api::{Enrolled, Enrolment, ProblemCode};
use jiff::SignedDuration;
use reqwest::{Identity, Method, Response, StatusCode};

use crate::support::{County, Kiosk, SAM, WANG, card, key_and_request, problem};

const PATH: &str = "/v1/kiosks/enrolment";

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
async fn a_kiosk_that_did_not_hear_the_answer_gets_the_same_certificate_for_a_day() {
    let mut county = County::start().await;
    let admission = county.app.admit("k1", &[], None).await.expect("admitted");
    let (key, csr_pem) = key_and_request();
    let enrolment = Enrolment { kiosk: "k1".to_owned(), token: admission.token.clone(), csr_pem };
    let first: Enrolled = again(&county, "one", &enrolment).await.json().await.expect("enrolled");
    county.restart().await;
    county.clock.advance(SignedDuration::from_hours(23));
    let second = again(&county, "one", &enrolment).await;
    assert_eq!(second.status(), StatusCode::CREATED);
    let second: Enrolled = second.json().await.expect("enrolled");
    assert_eq!(second.certificate_pem, first.certificate_pem);
    let pem = format!("{}{}", second.certificate_pem, key.serialize_pem());
    let identity = Identity::from_pem(pem.as_bytes()).expect("an identity");
    let kiosk = Kiosk::new(county.address, &second.authority_pem, Some(identity));
    assert_eq!(kiosk.get("/v1/hall").await.status(), StatusCode::OK);

    let other = Enrolment { csr_pem: key_and_request().1, ..enrolment.clone() };
    let conflict = problem(again(&county, "one", &other).await).await;
    assert_eq!((conflict.status, conflict.code), (409, ProblemCode::IdempotencyConflict));
    let used = problem(again(&county, "two", &enrolment).await).await;
    assert_eq!(used.code, ProblemCode::KioskNotEnrolled);
    let unnamed = problem(county.stranger().post(PATH, &enrolment).await).await;
    assert_eq!(unnamed.code, ProblemCode::KioskNotEnrolled);
    county.clock.advance(SignedDuration::from_hours(1));
    let late = problem(again(&county, "one", &enrolment).await).await;
    assert_eq!(late.code, ProblemCode::KioskNotEnrolled);
}

#[tokio::test]
async fn asked_at_once_an_enrolment_makes_one_certificate() {
    let county = County::start().await;
    let admission = county.app.admit("k1", &[], None).await.expect("admitted");
    let csr_pem = key_and_request().1;
    let enrolment = Enrolment { kiosk: "k1".to_owned(), token: admission.token, csr_pem };
    let ask = || async {
        let answer = again(&county, "one", &enrolment).await;
        answer.json::<Enrolled>().await.expect("enrolled").certificate_pem
    };
    let (a, b, c) = tokio::join!(ask(), ask(), ask());
    assert!(a == b && b == c);
}

#[tokio::test]
async fn a_certificate_that_no_longer_counts_is_not_given_again() {
    let county = County::start().await;
    let admission = county.app.admit("k1", &[], None).await.expect("admitted");
    let csr_pem = key_and_request().1;
    let enrolment = Enrolment { kiosk: "k1".to_owned(), token: admission.token, csr_pem };
    assert_eq!(again(&county, "one", &enrolment).await.status(), StatusCode::CREATED);
    county.app.revoke("k1").await.expect("revoked");
    let revoked = problem(again(&county, "one", &enrolment).await).await;
    assert_eq!(revoked.code, ProblemCode::KioskNotEnrolled);
    county.kiosk("k1").await;
    let superseded = problem(again(&county, "one", &enrolment).await).await;
    assert_eq!(superseded.code, ProblemCode::KioskNotEnrolled);
}

/// Asks for a certificate under an idempotency key.
async fn again(county: &County, key: &str, enrolment: &Enrolment) -> Response {
    let request = county.stranger().request(Method::POST, PATH).header("Idempotency-Key", key);
    request.json(enrolment).send().await.expect("an answer")
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
