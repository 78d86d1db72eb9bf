//! One policy.

use central_api::{DayLimit, Paper, PolicyStep, Standard, Text, Unit, Value};
use slint::{ComponentHandle, SharedString};
use visit::{Body, UiEvent};

use super::Sink;
use crate::generated::{
    AppWindow, PaperRow, PolicyAdapter, PolicyStepRow, PolicyView, StandardRow, Words,
};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    let adapter = window.global::<PolicyAdapter>();
    adapter.on_tick(sink.says_place(UiEvent::Tick));
    adapter.on_print(sink.says(UiEvent::Print));
}

shows!(PolicyAdapter, |window| Body::Policy(policy) => view(window, policy));

/// Offices shown with a policy; the rest is under 投诉举报.
const OFFICES: usize = 3;

fn view(window: &AppWindow, shown: &visit::PolicyView) -> PolicyView {
    let policy = &shown.policy;
    let texts = |texts: &[Text]| words::list(texts.iter().map(|of| of.zh_hans.as_str().into()));
    let papers = policy.papers.iter().zip(&shown.ticked);
    let offices = shown.offices.iter().take(OFFICES);
    PolicyView {
        title: policy.title.zh_hans.as_str().into(),
        summary: policy.summary.zh_hans.as_str().into(),
        who: texts(&policy.who),
        what: texts(&policy.what),
        standards: words::list(shown.standards.iter().map(|of| standard(window, of))),
        papers: words::list(papers.map(|(of, &ticked)| paper(of, ticked))),
        steps: words::list(policy.steps.iter().map(|of| step(window, of))),
        place: policy.place.zh_hans.as_str().into(),
        phone: policy.phone.as_str().into(),
        offices: words::list(offices.map(|of| words::office(window, Some(of)))),
        articles: words::list(policy.articles.iter().map(words::article)),
        can_print: shown.can_print,
        age: words::age(shown.freshness),
    }
}

pub(crate) fn standard(window: &AppWindow, standard: &Standard) -> StandardRow {
    let names = window.global::<Words>();
    StandardRow {
        name: standard.name.zh_hans.as_str().into(),
        value: names
            .invoke_counted(value(&names, &standard.value), standard.per.zh_hans.as_str().into()),
        from: names.invoke_since(words::day(Some(standard.from))),
        source: standard.source.zh_hans.as_str().into(),
        area: standard.area_name.zh_hans.as_str().into(),
    }
}

fn value(names: &Words<'_>, value: &Value) -> SharedString {
    match value {
        Value::Money(fen) => names.invoke_money(words::yuan(*fen)),
        Value::Percent(share) => names.invoke_percent((*share).into()),
        Value::Words(text) => text.zh_hans.as_str().into(),
    }
}

pub(super) fn paper(paper: &Paper, ticked: bool) -> PaperRow {
    PaperRow { name: paper.name.zh_hans.as_str().into(), note: some(paper.note.as_ref()), ticked }
}

pub(crate) fn step(window: &AppWindow, step: &PolicyStep) -> PolicyStepRow {
    PolicyStepRow {
        title: step.title.zh_hans.as_str().into(),
        what: step.what.zh_hans.as_str().into(),
        place: some(step.place.as_ref()),
        bring: some(step.bring.as_ref()),
        limit: step.limit.as_ref().map(|of| limit(window, of)).unwrap_or_default(),
    }
}

fn limit(window: &AppWindow, limit: &DayLimit) -> SharedString {
    let names = window.global::<Words>();
    let mut text = names.invoke_days(limit.days.into(), limit.unit == Unit::WorkingDays);
    let article = &limit.article;
    text.push_str(" · ");
    text.push_str(
        &names.invoke_article(article.instrument.as_str().into(), article.article.as_str().into()),
    );
    text
}

fn some(text: Option<&Text>) -> SharedString {
    text.map(|text| text.zh_hans.as_str().into()).unwrap_or_default()
}
