use central_api::{Binds as Demand, Programme, Stage, Status, StepState, Unit};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use proptest::prelude::*;

use super::*;
use crate::domain::procedure;

fn on(stage: Stage, began: Date, done: Option<Date>) -> StageEvent {
    StageEvent { stage, began, done }
}

fn way(programme: Programme, events: &[StageEvent], status: Status, today: Date) -> Vec<Step> {
    let stations = procedure::stations(programme, false);
    let limits = procedure::limits(programme);
    let course = Course {
        events,
        stations: &stations,
        limits: &limits,
        status,
        extended: false,
        refused: false,
    };
    steps(&course, today)
}

fn current(steps: &[Step]) -> &Step {
    steps.iter().find(|s| s.state == StepState::Current).expect("a current step")
}

#[test]
fn after_acceptance_the_investigation_must_start_in_three_working_days() {
    let events = [
        on(Stage::Submitted, date(2026, 11, 16), None),
        on(Stage::Accepted, date(2026, 11, 17), None),
    ];
    let steps = way(Programme::Dibao, &events, Status::InProgress, date(2026, 11, 23));
    let at = current(&steps);
    let deadline = at.deadline.as_ref().expect("a limit");
    assert_eq!(at.stage, Stage::Verification);
    assert_eq!(
        (deadline.binds, deadline.days, deadline.unit),
        (Demand::Begin, 3, Unit::WorkingDays)
    );
    assert_eq!(deadline.due, Some(date(2026, 11, 20)));
    assert_eq!(deadline.overdue_days, 1);
    assert_eq!(deadline.article.article, "第十五条");
}

#[test]
fn publicity_runs_seven_days_and_the_rest_lies_ahead() {
    let events = [
        on(Stage::Submitted, date(2026, 11, 2), None),
        on(Stage::Accepted, date(2026, 11, 3), None),
        on(Stage::Survey, date(2026, 11, 5), Some(date(2026, 11, 12))),
        on(Stage::TownReview, date(2026, 11, 12), Some(date(2026, 11, 18))),
        on(Stage::Publicity, date(2026, 11, 19), None),
    ];
    let steps = way(Programme::Dibao, &events, Status::InProgress, date(2026, 11, 23));
    assert_eq!(current(&steps).deadline.as_ref().and_then(|d| d.due), Some(date(2026, 11, 26)));
    let ahead: Vec<_> =
        steps.iter().filter(|s| s.state == StepState::Coming).map(|s| s.stage).collect();
    assert_eq!(
        ahead,
        [Stage::CountyConfirmation, Stage::Decision, Stage::Announcement, Stage::Delivery]
    );
}

#[test]
fn the_earlier_of_two_limits_is_the_one_shown() {
    let events = [
        on(Stage::Accepted, date(2026, 10, 12), None),
        on(Stage::CountyConfirmation, date(2026, 11, 20), None),
    ];
    let steps = way(Programme::Dibao, &events, Status::InProgress, date(2026, 11, 23));
    let deadline = current(&steps).deadline.as_ref().expect("a limit");
    // 30 working days from acceptance end before 10 working days from entry.
    assert_eq!((deadline.days, deadline.due), (30, Some(date(2026, 11, 23))));
    assert_eq!(deadline.binds, Demand::FinishAll);
    assert_eq!(deadline.article.article, "第二十二条");
}

#[test]
fn a_step_begun_too_late_is_bound_by_the_whole_alone() {
    let events = [
        on(Stage::Accepted, date(2026, 11, 2), None),
        on(Stage::Verification, date(2026, 11, 16), None),
    ];
    let steps = way(Programme::Dibao, &events, Status::InProgress, date(2026, 11, 23));
    let deadline = current(&steps).deadline.as_ref().expect("a limit");
    assert_eq!((deadline.binds, deadline.days, deadline.overdue_days), (Demand::FinishAll, 30, 0));
}

#[test]
fn an_investigation_begun_by_checking_is_not_late_with_its_survey() {
    let events = [
        on(Stage::Accepted, date(2026, 11, 2), None),
        on(Stage::Verification, date(2026, 11, 3), Some(date(2026, 11, 20))),
    ];
    let steps = way(Programme::Dibao, &events, Status::InProgress, date(2026, 11, 23));
    let at = current(&steps);
    let deadline = at.deadline.as_ref().expect("a limit");
    assert_eq!((at.stage, deadline.binds), (Stage::Survey, Demand::FinishAll));
    assert_eq!(deadline.overdue_days, 0);
}

#[test]
fn a_stations_own_limit_says_so_and_a_posting_that_is_over_is_not_late() {
    let events = [
        on(Stage::Accepted, date(2026, 11, 2), None),
        on(Stage::Publicity, date(2026, 11, 10), None),
    ];
    let at = |programme, today| {
        let steps = way(programme, &events, Status::InProgress, today);
        current(&steps).deadline.as_ref().map(|d| (d.binds, d.days, d.overdue_days))
    };
    let posted = Some((Demand::FinishStep, 7, 0));
    assert_eq!(at(Programme::Tekun, date(2026, 11, 17)), posted);
    assert_eq!(at(Programme::Dibao, date(2026, 11, 17)), posted);
    assert_eq!(at(Programme::Dibao, date(2026, 11, 18)), Some((Demand::FinishAll, 30, 0)));
    assert_eq!(at(Programme::Tekun, date(2026, 11, 18)), None);
}

#[test]
fn an_objection_to_tekun_leads_to_a_second_publicity() {
    let day = date(2026, 11, 2);
    let events = [
        on(Stage::Accepted, day, None),
        on(Stage::Survey, day, Some(day)),
        on(Stage::Publicity, day, Some(day)),
        on(Stage::Objection, day, None),
    ];
    let steps = way(Programme::Tekun, &events, Status::InProgress, day);
    let ahead: Vec<_> =
        steps.iter().filter(|s| s.state == StepState::Coming).map(|s| s.stage).collect();
    assert_eq!(ahead.first(), Some(&Stage::Publicity));
    assert_eq!(current(&steps).deadline.as_ref().map(|d| d.days), Some(15));
}

#[test]
fn a_closed_application_is_nowhere_and_a_granted_one_still_has_delivery_ahead() {
    let events = [on(Stage::Submitted, date(2026, 9, 1), None)];
    let withdrawn = way(Programme::Dibao, &events, Status::Withdrawn, date(2026, 11, 23));
    assert!(withdrawn.iter().all(|s| s.state == StepState::Done));
    let granted = way(Programme::Dibao, &events, Status::Granted, date(2026, 11, 23));
    assert!(granted.iter().all(|s| s.state != StepState::Current));
    assert_eq!(granted.last().map(|s| s.stage), Some(Stage::Delivery));
}

fn any_programme() -> impl Strategy<Value = Programme> {
    prop::sample::select(vec![
        Programme::Dibao,
        Programme::Tekun,
        Programme::Medical,
        Programme::Education,
        Programme::Housing,
        Programme::Employment,
        Programme::Disaster,
        Programme::Temporary,
        Programme::MedicalEmergency,
        Programme::Unsettled,
        Programme::Charity,
    ])
}

/// A prefix of the programme's own stations, each some days after the one before.
fn any_course() -> impl Strategy<Value = (Programme, Vec<StageEvent>, bool)> {
    (any_programme(), prop::collection::vec(0i64..20, 1..12), any::<bool>()).prop_map(
        |(programme, gaps, open)| {
            let mut day = date(2026, 3, 2);
            let stations = procedure::stations(programme, false);
            let mut events: Vec<_> = stations
                .iter()
                .zip(gaps)
                .map(|(station, gap)| {
                    let began = day;
                    day = day.saturating_add(gap.days());
                    on(station.stage, began, Some(day))
                })
                .collect();
            if open && let Some(last) = events.last_mut() {
                last.done = None;
            }
            (programme, events, open)
        },
    )
}

proptest! {
    #[test]
    fn exactly_one_step_is_current_while_on_its_way((programme, events, _) in any_course()) {
        for status in [Status::InProgress, Status::WaitingForApplicant] {
            let steps = way(programme, &events, status, date(2026, 11, 23));
            prop_assert_eq!(steps.iter().filter(|s| s.state == StepState::Current).count(), 1);
        }
        for status in [Status::Granted, Status::Refused, Status::Withdrawn, Status::Transferred, Status::Ended] {
            let steps = way(programme, &events, status, date(2026, 11, 23));
            prop_assert!(steps.iter().all(|s| s.state != StepState::Current));
        }
    }

    #[test]
    fn steps_run_from_done_through_current_to_coming((programme, events, _) in any_course()) {
        let rank = |s: &Step| match s.state { StepState::Done => 0, StepState::Current => 1, StepState::Coming => 2 };
        let steps = way(programme, &events, Status::InProgress, date(2026, 11, 23));
        prop_assert!(steps.windows(2).all(|w| rank(&w[0]) <= rank(&w[1])));
    }

    #[test]
    fn the_due_day_does_not_move_with_today((programme, events, _) in any_course(), a in 0i64..200, b in 0i64..200) {
        let start = date(2026, 3, 2);
        let look = |n: i64| way(programme, &events, Status::InProgress, start.saturating_add(n.days()));
        let (early, late) = (look(a.min(b)), look(a.max(b)));
        for (x, y) in early.iter().zip(&late) {
            let due = |s: &Step| s.deadline.as_ref().and_then(|d| d.due);
            let overdue = |s: &Step| s.deadline.as_ref().map_or(0, |d| d.overdue_days);
            // Over is only a posting; what binds after it falls due later.
            prop_assert!(due(x) == due(y) || (x.stage == Stage::Publicity && due(y).is_none_or(|d| Some(d) > due(x))));
            prop_assert!(overdue(x) <= overdue(y));
        }
    }
}
