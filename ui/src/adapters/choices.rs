//! One out of several.

use central_api::{ComplaintRoute, DayLimit, NoticeKind, Unit};
use slint::{ComponentHandle, SharedString};
use visit::{Body, Options, UiEvent};

use super::Sink;
use crate::generated::{AppWindow, ChoiceOf, ChoiceRow, ChoicesAdapter, ChoicesView, Words};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    window.global::<ChoicesAdapter>().on_choose(sink.says_place(UiEvent::Choose));
}

shows!(ChoicesAdapter, |window| Body::Choices(choices) => view(window, choices));

fn view(window: &AppWindow, choices: &visit::ChoicesView) -> ChoicesView {
    let names = window.global::<Words>();
    let title = |title: SharedString| ChoiceRow { title, text: SharedString::default() };
    let all = || title(names.invoke_all());
    let (of, rows) = match &choices.options {
        Options::Towns(towns) => {
            let towns = towns.iter().map(|town| title(town.into()));
            (ChoiceOf::Town, std::iter::once(all()).chain(towns).collect())
        }
        Options::Programmes(programmes) => {
            let name = |&of| title(names.invoke_programme(words::programme(of)));
            let rows = std::iter::once(all()).chain(programmes.iter().map(name));
            (ChoiceOf::Programme, rows.collect())
        }
        Options::Kinds(kinds) => {
            let name = |&kind| title(names.invoke_notice_kind(kind == NoticeKind::Publicity));
            (ChoiceOf::Kind, std::iter::once(all()).chain(kinds.iter().map(name)).collect())
        }
        Options::Months(months) => {
            let name =
                |&(year, month): &(i16, i8)| title(names.invoke_month(year.into(), month.into()));
            (ChoiceOf::Month, std::iter::once(all()).chain(months.iter().map(name)).collect())
        }
        Options::Subjects { programmes, offices } => {
            let name = |&of| title(names.invoke_programme(words::programme(of)));
            let office = |office: &central_api::Office| ChoiceRow {
                title: office.name.zh_hans.as_str().into(),
                text: office.address.zh_hans.as_str().into(),
            };
            let rows = std::iter::once(title(names.invoke_general()));
            let rows = rows.chain(programmes.iter().map(name)).chain(offices.iter().map(office));
            (ChoiceOf::Subject, rows.collect::<Vec<_>>())
        }
        Options::ComplaintKinds(routes) => {
            let rows = routes.iter().map(|route| route_row(&names, route));
            (ChoiceOf::ComplaintKind, rows.collect())
        }
    };
    let chosen = i32::try_from(choices.chosen).unwrap_or(-1);
    ChoicesView { of, rows: words::list(rows.into_iter()), chosen }
}

/// What a kind is for, who receives it and when there will be word.
fn route_row(names: &Words<'_>, route: &ComplaintRoute) -> ChoiceRow {
    let kind = words::complaint_kind(route.kind);
    let mut lines = vec![names.invoke_complaint_means(kind)];
    if !route.receiver.zh_hans.is_empty() {
        lines.push(names.invoke_receives(first_part(&route.receiver.zh_hans).into()));
    }
    let working = |limit: &DayLimit| (i32::from(limit.days), limit.unit == Unit::WorkingDays);
    if let Some((days, working)) = route.accept_within.as_ref().map(working) {
        lines.push(names.invoke_accepted_within(days, working));
    }
    match route.answer_within.as_ref().map(working) {
        Some((days, working)) => lines.push(names.invoke_answered_within(days, working)),
        // Where no rule sets a day, that is said in words.
        None => lines.push(route.promise.zh_hans.as_str().into()),
    }
    let text = lines.iter().map(SharedString::as_str).collect::<Vec<_>>().join("\n").into();
    ChoiceRow { title: names.invoke_complaint(kind), text }
}

/// What is before the first semicolon; the rest is told on the next screens.
fn first_part(text: &str) -> &str {
    text.split('；').next().unwrap_or(text)
}
