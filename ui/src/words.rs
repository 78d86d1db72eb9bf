//! Values of the field to values of the screens.

use central_api::{
    Article, Binds, ComplaintKind, ComplaintRoute, Deadline, DecisionOutcome, Fen, Office,
    Programme, Stage, Status, StepState, Unit,
};
use jiff::civil::Date;
use slint::{ComponentHandle, Model, ModelRc, ModelTracker, SharedString, VecModel};
use visit::{Freshness, Key, UiEvent};

use crate::generated as ui;

/// A list for the screen.
pub(crate) fn list<T: Clone + 'static>(items: impl Iterator<Item = T>) -> ModelRc<T> {
    ModelRc::new(VecModel::from_iter(items))
}

/// A long list for the screen, whose rows are made when they come into sight.
pub(crate) fn lazy_list<T: 'static>(
    count: usize,
    row: impl Fn(usize) -> Option<T> + 'static,
) -> ModelRc<T> {
    ModelRc::new(LazyList { count, row })
}

struct LazyList<F> {
    count: usize,
    row: F,
}

impl<T, F: Fn(usize) -> Option<T>> Model for LazyList<F> {
    type Data = T;

    fn row_count(&self) -> usize {
        self.count
    }

    fn row_data(&self, row: usize) -> Option<T> {
        (self.row)(row)
    }

    fn model_tracker(&self) -> &dyn ModelTracker {
        &()
    }
}

pub(crate) fn day(date: Option<Date>) -> ui::Day {
    date.map_or_else(ui::Day::default, |date| ui::Day {
        known: true,
        year: date.year().into(),
        month: date.month().into(),
        day: date.day().into(),
    })
}

/// Yuan with 角 and 分 only where there are any.
pub(crate) fn yuan(fen: Fen) -> SharedString {
    let (yuan, rest) = (fen.0 / 100, fen.0 % 100);
    match rest {
        0 => yuan.to_string().into(),
        rest => format!("{yuan}.{:02}", rest.abs()).into(),
    }
}

/// A sum of a county: in 万元 with two decimals from ten thousand yuan on.
pub(crate) fn large_sum(names: &ui::Words<'_>, fen: Fen) -> SharedString {
    // 1 万元 = 1 000 000 分; half a hundredth is rounded up.
    let hundredths = (fen.0 + 5_000) / 10_000;
    match hundredths {
        100.. => names.invoke_wan(format!("{}.{:02}", hundredths / 100, hundredths % 100).into()),
        _ => names.invoke_money(yuan(fen)),
    }
}

pub(crate) fn limit(deadline: Option<&Deadline>) -> ui::Limit {
    deadline.map_or_else(ui::Limit::default, |deadline| ui::Limit {
        known: true,
        binds: match deadline.binds {
            Binds::Begin => ui::Binds::Begin,
            Binds::FinishStep => ui::Binds::FinishStep,
            Binds::FinishAll => ui::Binds::FinishAll,
        },
        days: deadline.days.into(),
        working: deadline.unit == Unit::WorkingDays,
        due: day(deadline.due),
        overdue: deadline.overdue_days.into(),
        instrument: deadline.article.instrument.as_str().into(),
        article: deadline.article.article.as_str().into(),
    })
}

pub(crate) fn office(window: &ui::AppWindow, office: Option<&Office>) -> ui::OfficeView {
    let Some(office) = office else { return ui::OfficeView::default() };
    let names = window.global::<ui::Words>();
    let distance = office.distance_m.filter(|&metres| metres > 0);
    let distance = distance.and_then(|metres| i32::try_from(metres).ok());
    ui::OfficeView {
        known: true,
        distance: distance.map(|metres| names.invoke_distance(metres)).unwrap_or_default(),
        name: office.name.zh_hans.as_str().into(),
        address: office.address.zh_hans.as_str().into(),
        phone: office.phone.as_str().into(),
        hours: office.hours.zh_hans.as_str().into(),
    }
}

pub(crate) fn age(freshness: Freshness) -> ui::AgeView {
    let synced = freshness.synced;
    ui::AgeView {
        stale: freshness.stale,
        known: synced.is_some(),
        day: day(synced.map(|time| time.date())),
        hour: synced.map_or(0, |time| time.hour().into()),
        minute: synced.map_or(0, |time| time.minute().into()),
    }
}

/// Who receives a complaint, and when there will be word.
pub(crate) fn route(route: Option<&ComplaintRoute>) -> (SharedString, SharedString) {
    route.map_or_else(Default::default, |route| {
        (route.receiver.zh_hans.as_str().into(), route.promise.zh_hans.as_str().into())
    })
}

pub(crate) fn complaint_kind(kind: ComplaintKind) -> ui::ComplaintKind {
    match kind {
        ComplaintKind::Question => ui::ComplaintKind::Question,
        ComplaintKind::Complaint => ui::ComplaintKind::Complaint,
        ComplaintKind::Petition => ui::ComplaintKind::Petition,
        ComplaintKind::Accusation => ui::ComplaintKind::Accusation,
    }
}

/// A key of the screen's keyboard as an event.
pub(crate) fn key(sign: &str, of: impl Fn(char) -> Key) -> Option<UiEvent> {
    sign.chars().next().map(|c| UiEvent::Key(of(c)))
}

/// ASCII text with a wide gap before each of these places.
pub(crate) fn grouped(typed: &str, places: &[usize]) -> SharedString {
    let mut shown = SharedString::default();
    for (at, c) in typed.char_indices() {
        if places.contains(&at) {
            shown.push_str("  ");
        }
        shown.push_str(c.encode_utf8(&mut [0; 4]));
    }
    shown
}

pub(crate) fn article(article: &Article) -> ui::ArticleRow {
    ui::ArticleRow {
        instrument: article.instrument.as_str().into(),
        article: article.article.as_str().into(),
    }
}

pub(crate) fn programme(programme: Programme) -> ui::Programme {
    match programme {
        Programme::Dibao => ui::Programme::Dibao,
        Programme::Tekun => ui::Programme::Tekun,
        Programme::Medical => ui::Programme::Medical,
        Programme::Education => ui::Programme::Education,
        Programme::Housing => ui::Programme::Housing,
        Programme::Employment => ui::Programme::Employment,
        Programme::Disaster => ui::Programme::Disaster,
        Programme::Temporary => ui::Programme::Temporary,
        Programme::MedicalEmergency => ui::Programme::MedicalEmergency,
        Programme::Unsettled => ui::Programme::Unsettled,
        Programme::Charity => ui::Programme::Charity,
    }
}

pub(crate) fn stage(stage: Stage) -> ui::Stage {
    match stage {
        Stage::Submitted => ui::Stage::Submitted,
        Stage::Supplement => ui::Stage::Supplement,
        Stage::Accepted => ui::Stage::Accepted,
        Stage::Verification => ui::Stage::Verification,
        Stage::Survey => ui::Stage::Survey,
        Stage::TownReview => ui::Stage::TownReview,
        Stage::Publicity => ui::Stage::Publicity,
        Stage::Objection => ui::Stage::Objection,
        Stage::CountyConfirmation => ui::Stage::CountyConfirmation,
        Stage::AdvanceAid => ui::Stage::AdvanceAid,
        Stage::Backfill => ui::Stage::Backfill,
        Stage::Decision => ui::Stage::Decision,
        Stage::Announcement => ui::Stage::Announcement,
        Stage::Delivery => ui::Stage::Delivery,
    }
}

pub(crate) fn status(status: Status) -> ui::Status {
    match status {
        Status::InProgress => ui::Status::InProgress,
        Status::WaitingForApplicant => ui::Status::WaitingForApplicant,
        Status::Granted => ui::Status::Granted,
        Status::Refused => ui::Status::Refused,
        Status::Withdrawn => ui::Status::Withdrawn,
        Status::Transferred => ui::Status::Transferred,
        Status::Ended => ui::Status::Ended,
    }
}

pub(crate) fn step_state(state: StepState) -> ui::StepState {
    match state {
        StepState::Done => ui::StepState::Done,
        StepState::Current => ui::StepState::Current,
        StepState::Coming => ui::StepState::Coming,
    }
}

pub(crate) fn outcome(outcome: DecisionOutcome) -> ui::Outcome {
    match outcome {
        DecisionOutcome::Granted => ui::Outcome::Granted,
        DecisionOutcome::Refused => ui::Outcome::Refused,
        DecisionOutcome::Stopped => ui::Outcome::Stopped,
    }
}
