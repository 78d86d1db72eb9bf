//! The sample county is whole: every stage, every outcome, every programme, late and in time.

use std::collections::BTreeSet;

use central_api::Application;
use serde_json::Value;

use crate::support::{County, SAM, card};

fn lines() -> Vec<Value> {
    central::sample_county()
        .iter()
        .flat_map(|file| {
            let text = std::fs::read_to_string(file).expect("readable");
            text.lines()
                .map(|line| serde_json::from_str(line).expect("JSON"))
                .collect::<Vec<Value>>()
        })
        .collect()
}

fn words<'a>(lines: impl Iterator<Item = &'a Value>, key: &str) -> BTreeSet<String> {
    lines.filter_map(|line| line[key].as_str().map(str::to_owned)).collect()
}

#[test]
fn it_has_people_households_stages_outcomes_and_programmes_of_every_kind() {
    let lines = lines();
    let of = |kind: &str| lines.iter().filter(move |line| line["type"] == kind).collect::<Vec<_>>();
    assert!(of("person").len() >= 60 && of("household").len() >= 45);
    assert!(of("office").len() >= 14 && of("complaint").len() >= 12);
    // A page for each of the 11 programmes and the 8 categories.
    assert_eq!(of("policy").len(), 19);
    assert!(of("notice").len() >= 300);
    let applications = of("application");
    assert_eq!(words(applications.iter().copied(), "status").len(), 7);
    assert_eq!(words(applications.iter().copied(), "programme").len(), 11);
    let events = applications.iter().flat_map(|a| a["stages"].as_array().expect("stages"));
    assert_eq!(words(events, "stage").len(), 14);
}

#[test]
fn every_number_is_sound_and_of_the_county_that_does_not_exist() {
    for line in lines().iter().filter(|line| line["type"] == "person") {
        let number = line["number"].as_str().expect("a number");
        assert!(number.starts_with("639926"));
        assert!(id_number::IdNumber::parse(number).is_ok());
    }
}

#[tokio::test]
async fn on_its_day_some_limits_run_some_are_over_and_each_names_its_article() {
    let county = County::start_with(|config| config.limits.persons_per_kiosk_hour = 1000).await;
    let kiosk = county.kiosk("k1").await;
    let mut all: Vec<Application> = Vec::new();
    for line in lines().iter().filter(|line| line["type"] == "person") {
        let number = line["number"].as_str().expect("a number");
        all.extend(kiosk.open(card(number, SAM)).await.applications);
    }
    let deadlines: Vec<_> = all
        .iter()
        .filter_map(|application| application.current_step()?.deadline.as_ref())
        .collect();
    assert!(deadlines.iter().any(|deadline| deadline.overdue_days > 0));
    assert!(deadlines.iter().any(|deadline| deadline.overdue_days == 0));
    assert!(deadlines.iter().all(|deadline| deadline.article.article.starts_with('第')));
    assert!(all.iter().all(|application| !application.next.zh_hans.is_empty()));
}
