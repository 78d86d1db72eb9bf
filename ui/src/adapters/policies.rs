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
    let is_category = |policy: &Policy| matches!(policy.about, Subject::Category(_));
    // Groups are told in the whole list; what a search finds stands best first.
    let whole = policies.query.as_deref().is_none_or(str::is_empty);
    let heads = |category: bool| {
        let first = found.iter().position(|policy| is_category(policy) == category);
        first.filter(|_| whole)
    };
    let (programmes, categories) = (heads(false), heads(true));
    let rows = found.iter().enumerate().map(|(place, policy)| PolicyRow {
        heads_programmes: programmes == Some(place),
        heads_categories: categories == Some(place),
        category: is_category(policy),
        title: policy.title.zh_hans.as_str().into(),
        summary: policy.summary.zh_hans.as_str().into(),
    });
    PoliciesView {
        loading: policies.policies.is_none(),
        searching: policies.query.is_some(),
        query: policies.query.as_deref().unwrap_or_default().into(),
        rows: words::list(rows),
        age: words::age(policies.freshness),
    }
}
