//! Complaints sealed to keys that are right, wrong or gone.

use central::App;
use central_api::{ProblemCode, SealedComplaint};
use reqwest::StatusCode;

use crate::{
    filing::{CODE, ask, complaint, id, seal, seal_key, send, send_under},
    support::{County, problem},
};

#[tokio::test]
async fn the_key_of_the_request_is_the_complaints_id() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let sealed = seal(&kiosk, &id(0xab), &complaint("7K0M1Q2X9Z")).await;
    for key in [id(2), "x".to_owned(), id(0xab).to_uppercase()] {
        let bad = problem(send_under(&kiosk, &key, &sealed).await).await;
        assert_eq!(bad.code, ProblemCode::BadRequest, "{key}");
    }
    let without = kiosk.post("/v1/complaints", &sealed).await;
    assert_eq!(problem(without).await.code, ProblemCode::BadRequest);
    for bad in ["", "1", "not hexadecimal, thirty-two letters", &"0A".repeat(16), &"0".repeat(33)] {
        let sealed = seal(&kiosk, bad, &complaint("7K0M1Q2X9Z")).await;
        assert_eq!(problem(send(&kiosk, &sealed).await).await.code, ProblemCode::BadRequest);
    }
    let stranger = county.stranger();
    let refused = problem(send(&stranger, &sealed).await).await;
    assert_eq!((refused.status, refused.code), (403, ProblemCode::KioskNotEnrolled));
    assert_eq!(problem(ask(&stranger, "7K0M1Q2X9Z", CODE).await).await.status, 403);
}

#[tokio::test]
async fn a_seal_that_does_not_open_is_a_bad_request() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let whole = seal(&kiosk, &id(1), &complaint("7K0M1Q2X9Z")).await;
    let changed = |change: &dyn Fn(&mut SealedComplaint)| {
        let mut bent = whole.clone();
        change(&mut bent);
        bent
    };
    let foreign = complaint_seal::KeyPair::generate().public();
    let foreign = complaint_seal::seal(&foreign, &id(1), &complaint("7K0M1Q2X9Z")).expect("sealed");
    for bent in [
        changed(&|s| s.id = id(2)),
        changed(&|s| s.algorithm = "rot13".to_owned()),
        changed(&|s| s.encapsulated.clear()),
        changed(&|s| s.encapsulated = "厅".to_owned()),
        changed(&|s| s.ciphertext = "!".to_owned()),
        changed(&|s| s.ciphertext.replace_range(..4, "AAAA")),
        SealedComplaint { key: whole.key.clone(), ..foreign },
    ] {
        let bad = problem(send(&kiosk, &bent).await).await;
        assert_eq!((bad.status, bad.code), (400, ProblemCode::BadRequest));
    }
    let metrics = county.stranger().get("/metrics").await.text().await.expect("metrics");
    assert!(metrics.contains("central_complaints_total{outcome=\"refused\"} 7\n"));
}

#[tokio::test]
async fn a_complaint_sealed_to_a_key_that_is_missing_here_can_come_again() {
    let mut county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let sealed = seal(&kiosk, &id(1), &complaint("7K0M1Q2X9Z")).await;
    let keys = county.config.store.keys.join("complaint-keys.toml");
    let kept = std::fs::read(&keys).expect("keys");
    county.stop().await;
    // Another pair, as of a central that was set up anew.
    let elsewhere = County::start().await;
    std::fs::copy(elsewhere.config.store.keys.join("complaint-keys.toml"), &keys).expect("copied");
    county.restart().await;
    let kiosk = kiosk.moved_to(county.address);
    let refused = problem(send(&kiosk, &sealed).await).await;
    assert_eq!((refused.status, refused.code), (503, ProblemCode::Unavailable));
    county.stop().await;
    std::fs::write(&keys, kept).expect("restored");
    county.restart().await;
    let kiosk = kiosk.moved_to(county.address);
    assert_eq!(send(&kiosk, &sealed).await.status(), StatusCode::CREATED);
}

#[tokio::test]
async fn lost_keys_are_not_made_anew_behind_complaints_without_a_word_from_the_operator() {
    let mut county = County::start().await;
    let offered = seal_key(&county.kiosk("k1").await).await;
    county.stop().await;
    let keys = county.config.store.keys.join("complaint-keys.toml");
    let lost = county.config.store.keys.join("complaint-keys.lost");
    std::fs::remove_file(&keys).expect("removed");
    for _ in 0..2 {
        let refused = App::open(&county.config, county.clock.clone()).await;
        let words = refused.err().expect("a refusal").to_string();
        assert!(words.contains(&keys.display().to_string()), "{words}");
        assert!(words.contains("restore it") && words.contains(&lost.display().to_string()));
        assert!(!keys.exists());
    }
    std::fs::write(&lost, "").expect("a word");
    county.restart().await;
    assert_ne!(seal_key(&county.kiosk("k2").await).await, offered);
    // The word was for this once.
    assert!(!lost.exists());
}
