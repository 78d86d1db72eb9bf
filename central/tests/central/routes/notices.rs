//! `/v1/notices`: what changed since a cursor.

use central_api::{Notice, NoticeKind, NoticePage, ProblemCode};
use jiff::{SignedDuration, civil::date};
use reqwest::{Method, StatusCode};

use crate::support::{County, Kiosk, problem};

async fn page(kiosk: &Kiosk, query: &str) -> NoticePage {
    let response = kiosk.get(&format!("/v1/notices{query}")).await;
    assert_eq!(response.status(), StatusCode::OK, "{query}");
    response.json().await.expect("a page")
}

async fn since(kiosk: &Kiosk, cursor: &str) -> NoticePage {
    page(kiosk, &format!("?since={cursor}")).await
}

fn ids(notices: &[Notice]) -> Vec<&str> {
    notices.iter().map(|notice| notice.id.as_str()).collect()
}

fn notice(id: &str, area: &str, from: &str, until: &str) -> String {
    format!(
        r#"{{"type":"notice","id":"{id}","area":"{area}","kind":"announcement","programme":"temporary","place":{{"zh-Hans":"某村"}},"applicant":"钱某某","member_count":2,"amount_fen":50000,"from":"{from}","until":"{until}","rule":{{"instrument":"中华人民共和国社会救助法","article":"第四十五条"}}}}"#
    )
}

#[tokio::test]
async fn present_and_coming_ones_are_sent_and_hide_names_and_early_amounts() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let all = page(&kiosk, "").await;
    assert!(all.anew && !all.more && all.withdrawn.is_empty());
    let today = date(2026, 11, 23);
    assert!(all.notices.iter().all(|notice| notice.until >= today));
    assert!(all.notices.iter().any(|notice| notice.from > today));
    assert!(all.notices.iter().all(|notice| notice.applicant.contains('*')));
    assert!(all.notices.iter().any(|notice| notice.town.zh_hans == "河湾镇"));
    let early = all.notices.iter().filter(|notice| notice.kind == NoticeKind::Publicity);
    assert!(early.clone().count() > 0 && early.clone().all(|n| n.amount_fen.is_none()));
    county.clock.advance(SignedDuration::from_hours(24 * 4));
    let later = page(&kiosk, "").await;
    assert!(later.notices.len() < all.notices.len());
    assert!(later.notices.iter().all(|notice| notice.until >= date(2026, 11, 27)));
}

#[tokio::test]
async fn pages_put_together_are_the_whole_in_order_of_change() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let whole = page(&kiosk, "").await;
    assert!(whole.notices.len() > 5);
    let mut together = Vec::new();
    let mut next = page(&kiosk, "?limit=2").await;
    assert!(next.anew);
    loop {
        assert!(next.notices.len() <= 2);
        together.append(&mut next.notices);
        if !next.more {
            break;
        }
        next = page(&kiosk, &format!("?limit=2&since={}", next.next)).await;
        assert!(!next.anew);
    }
    assert_eq!(together, whole.notices);
    assert_eq!(next.next, whole.next);
}

#[tokio::test]
async fn up_to_date_is_said_in_few_bytes_and_with_the_same_tag() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let held = page(&kiosk, "").await.next;
    let path = format!("/v1/notices?since={held}");
    let first = kiosk.get(&path).await;
    let tag = first.headers()["etag"].clone();
    let body = first.bytes().await.expect("a body");
    assert!(body.len() < 300);
    let quiet: NoticePage = serde_json::from_slice(&body).expect("a page");
    assert!(!quiet.anew && !quiet.more && quiet.notices.is_empty());
    assert_eq!(quiet.next, held);
    // Neither the hour, a new day nor the same lines again are a change.
    county.clock.advance(SignedDuration::from_hours(24));
    county.app.import(&central::sample_county()).await.expect("imported again");
    let request = kiosk.request(Method::GET, &path).header("If-None-Match", tag);
    let same = request.send().await.expect("an answer");
    assert_eq!(same.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn new_changed_shortened_and_withdrawn_ones_are_told_and_nothing_else() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let town = "639926101";
    county.import(&[&notice("a", town, "2026-11-20", "2026-12-20")]).await;
    county.import(&[&notice("b", "639926101003", "2026-11-20", "2026-12-20")]).await;
    county.import(&[&notice("over", town, "2026-10-01", "2026-10-20")]).await;
    let held = page(&kiosk, "").await;
    assert_eq!(ids(&held.notices)[held.notices.len() - 2..], ["a", "b"]);
    assert!(!ids(&held.notices).contains(&"over"));

    county.import(&[&notice("c", town, "2026-12-01", "2026-12-20")]).await;
    county.import(&[&notice("a", town, "2026-11-21", "2026-12-20")]).await;
    let changed = since(&kiosk, &held.next).await;
    assert_eq!(ids(&changed.notices), ["c", "a"]);
    assert_eq!(changed.notices[1].from, date(2026, 11, 21));
    assert!(changed.withdrawn.is_empty());

    let lines = [
        r#"{"type":"notice_withdrawal","id":"w1","notice":"b"}"#.to_owned(),
        r#"{"type":"notice_withdrawal","id":"w2","notice":"over"}"#.to_owned(),
        notice("a", town, "2026-11-20", "2026-11-22"),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    county.import(&lines).await;
    let gone = since(&kiosk, &changed.next).await;
    assert!(gone.notices.is_empty());
    assert_eq!(gone.withdrawn, ["a", "b"]);
    // Again from the start, in two steps: nothing of them is left.
    let anew = page(&kiosk, "").await;
    assert!(!ids(&anew.notices).iter().any(|id| ["a", "b", "over"].contains(id)));

    // A second withdrawal is no change, and one that is imported again is back.
    county.import(&[r#"{"type":"notice_withdrawal","id":"w1","notice":"b"}"#]).await;
    assert_eq!(since(&kiosk, &gone.next).await.next, gone.next);
    county.import(&[&notice("b", "639926101003", "2026-11-20", "2026-12-20")]).await;
    assert_eq!(ids(&since(&kiosk, &gone.next).await.notices), ["b"]);
}

#[tokio::test]
async fn a_cursor_of_another_database_or_of_other_areas_starts_anew() {
    let (county, other) = (County::start().await, County::start().await);
    let (kiosk, elsewhere) = (county.kiosk("k1").await, other.kiosk("k1").await);
    let held = page(&kiosk, "").await;
    assert!(since(&elsewhere, &held.next).await.anew);
    for cursor in ["", "0", "nonsense", "-1-x", "99999999999999999999-x", "%E5%8E%85", "1-", "-"] {
        let again = since(&kiosk, cursor).await;
        assert!(again.anew, "{cursor}");
        assert_eq!(again.notices, held.notices);
    }
    county
        .import(&[
            r#"{"type":"hall","id":"yl-hall","name":{"zh-Hans":"云岭县民政服务大厅"},"office":"yl-mzj","areas":["639926101"]}"#,
        ])
        .await;
    let narrower = since(&kiosk, &held.next).await;
    assert!(narrower.anew && narrower.notices.len() < held.notices.len());
    assert!(narrower.notices.iter().all(|notice| notice.town.zh_hans == "河湾镇"));
}

#[tokio::test]
async fn a_cursor_from_before_a_copy_was_put_back_starts_anew() {
    let mut county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    county.stop().await;
    let (database, copy) = (county.config.store.path.clone(), county.directory.path().join("copy"));
    std::fs::copy(&database, &copy).expect("copied");
    county.restart().await;
    let kiosk = kiosk.moved_to(county.address);
    county.import(&[&notice("a", "639926101", "2026-11-20", "2026-12-20")]).await;
    let lost = page(&kiosk, "").await.next;
    county.stop().await;
    std::fs::copy(&copy, &database).expect("put back");
    county.restart().await;
    let kiosk = kiosk.moved_to(county.address);
    assert!(since(&kiosk, &lost).await.anew);
    // Another change with the same number is another change.
    county.import(&[&notice("b", "639926101", "2026-11-20", "2026-12-20")]).await;
    let again = since(&kiosk, &lost).await;
    assert!(again.anew && ids(&again.notices).contains(&"b"));
}

#[tokio::test]
async fn a_limit_that_is_none_is_a_bad_request_and_a_large_one_is_cut() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    for query in ["?limit=0", "?limit=-1", "?limit=many", "?limit=99999999999", "?limit="] {
        let bad = problem(kiosk.get(&format!("/v1/notices{query}")).await).await;
        assert_eq!((bad.status, bad.code), (400, ProblemCode::BadRequest), "{query}");
    }
    assert!(page(&kiosk, "?limit=5000").await.anew);
}

#[tokio::test]
async fn a_kiosk_without_a_hall_has_no_notices() {
    let county = County::start().await;
    county
        .import(&[
            r#"{"type":"hall","id":"second","name":{"zh-Hans":"第二大厅"},"office":"hw","areas":["639926"]}"#,
        ])
        .await;
    let page = page(&county.kiosk("k1").await, "").await;
    assert!(page.anew && page.notices.is_empty() && !page.more);
}
