//! The list of policies.

use central_api::{Policy, Subject};
use slint::{ComponentHandle, SharedString};
use visit::{Body, Key, UiEvent};

use super::Sink;
use crate::generated::{AppWindow, PoliciesAdapter, PoliciesView, PolicyRow};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    let adapter = window.global::<PoliciesAdapter>();
    adapter.on_choose(sink.says_place(UiEvent::Choose));
    adapter.on_search(sink.says(UiEvent::Search));
    adapter.on_key(sink.says_with(|sign: SharedString| words::key(&sign, Key::Character)));
    adapter.on_erase(sink.says(UiEvent::Key(Key::Erase)));
}

shows!(PoliciesAdapter, |window| Body::Policies(policies) => view(policies));

fn view(policies: &visit::PoliciesView) -> PoliciesView {
    let all = policies.policies.as_deref().map_or(&[][..], Vec::as_slice);
    let found: Vec<&Policy> = policies.found.iter().filter_map(|&place| all.get(place)).collect();
    let rows: Vec<PolicyRow> = found.iter().enumerate().filter_map(row).collect();
    // Groups are told in the whole list; what a search finds stands best first.
    let whole = policies.query.as_deref().is_none_or(str::is_empty);
    let (categories, programmes): (Vec<_>, Vec<_>) =
        rows.iter().filter(|_| whole).cloned().partition(|row| row.category);
    let found = if whole { Vec::new() } else { rows };
    PoliciesView {
        loading: policies.policies.is_none(),
        searching: policies.query.is_some(),
        query: policies.query.as_deref().unwrap_or_default().into(),
        found: words::list(found.into_iter()),
        programmes: words::list(programmes.into_iter()),
        categories: words::list(categories.into_iter()),
        age: words::age(policies.freshness),
    }
}

fn row((place, policy): (usize, &&Policy)) -> Option<PolicyRow> {
    Some(PolicyRow {
        place: i32::try_from(place).ok()?,
        category: matches!(policy.about, Subject::Category(_)),
        title: policy.title.zh_hans.as_str().into(),
        summary: policy.summary.zh_hans.as_str().into(),
    })
}
