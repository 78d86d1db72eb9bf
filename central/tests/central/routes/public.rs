//! `/v1/hall`, `/v1/policies`, `/v1/standards`, `/v1/funds`.

use central_api::{ComplaintKind, FundUse, KioskHall, Policy, Standard, Subject};
use jiff::civil::date;
use reqwest::{Method, StatusCode};

use crate::support::County;

#[tokio::test]
async fn the_hall_names_its_own_office_first_and_then_the_nearest() {
    let county = County::start().await;
    let hall: KioskHall =
        county.kiosk("k1").await.get("/v1/hall").await.json().await.expect("a hall");
    assert_eq!(hall.name.zh_hans, "云岭县民政服务大厅");
    assert_eq!(hall.offices[0].id, "yl-mzj");
    assert_eq!(hall.offices[0].distance_m, Some(0));
    assert!(hall.offices.len() >= 5);
    assert!(hall.offices.iter().all(|office| office.phone.starts_with("0979-8")));
    assert!(hall.offices.iter().any(|office| office.area.len() == 9));
    let order: Vec<_> = hall.offices[1..]
        .iter()
        .map(|office| (office.distance_m.unwrap_or(u32::MAX), office.id.clone()))
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    assert!(order.iter().any(|(metres, _)| (1..u32::MAX).contains(metres)));
}

#[tokio::test]
async fn the_hall_tells_who_receives_complaints_and_the_key_to_seal_them_to() {
    let mut county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let hall: KioskHall = kiosk.get("/v1/hall").await.json().await.expect("a hall");
    let kinds: Vec<_> = hall.complaint_routes.iter().map(|route| route.kind).collect();
    assert_eq!(
        kinds,
        [
            ComplaintKind::Question,
            ComplaintKind::Complaint,
            ComplaintKind::Petition,
            ComplaintKind::Accusation
        ]
    );
    let petition = &hall.complaint_routes[2];
    let days = |limit: &Option<central_api::DayLimit>| limit.as_ref().map(|limit| limit.days);
    assert_eq!(days(&petition.accept_within), Some(15));
    assert_eq!(days(&petition.answer_within), Some(60));
    assert_eq!(days(&hall.complaint_routes[3].answer_within), None);
    assert_eq!(hall.seal_key.algorithm, complaint_seal::ALGORITHM);
    county.restart().await;
    let kiosk = kiosk.moved_to(county.address);
    let again: KioskHall = kiosk.get("/v1/hall").await.json().await.expect("a hall");
    assert_eq!(again, hall);
}

#[tokio::test]
async fn every_policy_says_who_what_and_how_with_its_articles() {
    let county = County::start().await;
    let policies: Vec<Policy> =
        county.kiosk("k1").await.get("/v1/policies").await.json().await.expect("policies");
    assert!(policies.len() >= 11);
    assert!(policies.iter().any(|policy| matches!(policy.about, Subject::Programme(_))));
    for policy in &policies {
        assert!(!policy.who.is_empty() && !policy.what.is_empty() && !policy.steps.is_empty());
        assert!(policy.articles.iter().all(|article| article.article.starts_with('第')));
    }
}

#[tokio::test]
async fn standards_are_past_present_and_coming_and_funds_come_newest_first() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let today = date(2026, 11, 23);
    let standards: Vec<Standard> =
        kiosk.get("/v1/standards").await.json().await.expect("standards");
    assert!(standards.iter().any(|s| s.until.is_some_and(|until| until < today)));
    assert!(standards.iter().any(|s| s.from <= today && s.until.is_none()));
    assert!(standards.iter().any(|s| s.from > today));
    assert!(standards.iter().all(|s| s.area_name.zh_hans == "云岭县"));
    let funds: Vec<FundUse> = kiosk.get("/v1/funds").await.json().await.expect("funds");
    assert!(funds.len() >= 2);
    assert!(funds.windows(2).all(|pair| pair[0].until >= pair[1].until));
}

#[tokio::test]
async fn what_the_kiosk_holds_is_not_sent_again() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    for path in ["/v1/hall", "/v1/policies", "/v1/standards", "/v1/funds", "/v1/notices"] {
        let tag = kiosk.get(path).await.headers()["etag"].clone();
        let ask =
            |held: &str| kiosk.request(Method::GET, path).header("If-None-Match", held).send();
        let held = tag.to_str().expect("a tag");
        let same = ask(&format!("\"other\", W/{held}")).await.expect("an answer");
        assert_eq!(same.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(same.headers()["etag"], tag);
        assert!(same.bytes().await.expect("a body").is_empty());
        assert_eq!(ask("\"other\"").await.expect("an answer").status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn a_towns_hall_shows_its_own_offices_and_what_holds_in_its_county() {
    let county = County::start().await;
    county
        .import(&[
            r#"{"type":"hall","id":"town","name":{"zh-Hans":"河湾镇便民大厅"},"office":"hw","areas":["639926101"]}"#,
            r#"{"type":"area","code":"639927","name":{"zh-Hans":"别县"},"review_body":{"zh-Hans":"甲"},"court":{"zh-Hans":"乙"}}"#,
            r#"{"type":"standard","id":"other","area":"639927","about":{"programme":"dibao"},"name":{"zh-Hans":"甲"},"value":{"words":{"zh-Hans":"乙"}},"per":{"zh-Hans":""},"from":"2026-01-01","source":{"zh-Hans":"丙"}}"#,
        ])
        .await;
    let admission = county.app.admit("town", &[], Some("town")).await.expect("admitted");
    let kiosk = county.enrol(&admission).await;
    let hall: KioskHall = kiosk.get("/v1/hall").await.json().await.expect("a hall");
    assert!(hall.offices.iter().all(|office| office.area == "639926101"));
    assert_eq!(hall.complaint_routes.len(), 4);
    let standards: Vec<Standard> =
        kiosk.get("/v1/standards").await.json().await.expect("standards");
    assert!(standards.len() >= 3 && standards.iter().all(|standard| standard.id != "other"));
}
