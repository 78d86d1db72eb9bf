//! `/v1/hall`, `/v1/policies`, `/v1/notices`.

use central_api::{KioskHall, Notice, NoticeKind, PolicySummary};
use jiff::{SignedDuration, civil::date};
use reqwest::{Method, StatusCode};

use crate::support::County;

#[tokio::test]
async fn the_hall_names_its_own_office_first() {
    let county = County::start().await;
    let hall: KioskHall =
        county.kiosk("k1").await.get("/v1/hall").await.json().await.expect("a hall");
    assert_eq!(hall.name.zh_hans, "云岭县民政服务大厅");
    assert_eq!(hall.offices[0].name.zh_hans, "云岭县民政局");
    assert!(hall.offices.len() >= 5);
    assert!(hall.offices.iter().all(|office| office.phone.starts_with("0979-8")));
}

#[tokio::test]
async fn every_programme_has_a_policy_with_its_articles() {
    let county = County::start().await;
    let policies: Vec<PolicySummary> =
        county.kiosk("k1").await.get("/v1/policies").await.json().await.expect("policies");
    assert_eq!(policies.len(), 11);
    assert!(policies.iter().all(|policy| !policy.articles.is_empty()));
}

#[tokio::test]
async fn notices_come_and_go_on_their_days_and_hide_names_and_early_amounts() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let today: Vec<Notice> = kiosk.get("/v1/notices").await.json().await.expect("notices");
    let shown = |notices: &[Notice], id: &str| notices.iter().any(|notice| notice.id == id);
    assert!(today.iter().all(|n| n.from <= date(2026, 11, 23) && n.until >= date(2026, 11, 23)));
    assert!(today.iter().all(|notice| notice.applicant.contains('*')));
    let early = today.iter().filter(|notice| notice.kind == NoticeKind::Publicity);
    assert!(early.clone().count() > 0 && early.clone().all(|n| n.amount_fen.is_none()));
    assert!(shown(&today, "notice-001") && !shown(&today, "notice-007"));
    county.clock.advance(SignedDuration::from_hours(24 * 8));
    let later: Vec<Notice> = kiosk.get("/v1/notices").await.json().await.expect("notices");
    assert!(!shown(&later, "notice-001") && shown(&later, "notice-007"));
}

#[tokio::test]
async fn what_the_kiosk_holds_is_not_sent_again() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    for path in ["/v1/hall", "/v1/policies", "/v1/notices"] {
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
