//! The cap on distinct persons per kiosk and hour.

use central_api::ProblemCode;
use jiff::SignedDuration;

use crate::support::{County, SAM, WANG, WANG_CODE, ZHE, ZHE_CODE, card, problem, typed};

#[tokio::test]
async fn a_kiosk_serves_so_many_persons_an_hour_by_either_way_of_entry() {
    let mut county = County::start_with(|config| config.limits.persons_per_kiosk_hour = 2).await;
    let kiosk = county.kiosk("k1").await;
    kiosk.open(card(WANG, SAM)).await;
    kiosk.open(typed(ZHE, ZHE_CODE)).await;
    county.restart().await;
    let kiosk = kiosk.moved_to(county.address);
    kiosk.open(typed(WANG, WANG_CODE)).await;
    let third = || card("110101199003070134", SAM);
    let capped = problem(kiosk.visit(third()).await).await;
    assert_eq!((capped.status, capped.code), (429, ProblemCode::KioskCapReached));
    county.kiosk("k2").await.open(third()).await;
    let metrics = county.stranger().get("/metrics").await.text().await.expect("metrics");
    assert!(metrics.contains("central_kiosk_cap_reached_total{kiosk=\"k1\"} 1\n"));
    county.clock.advance(SignedDuration::from_hours(1));
    kiosk.open(third()).await;
}
