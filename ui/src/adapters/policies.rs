//! The list of policies.

use std::sync::Arc;

use central_api::{Policy, Subject};
use slint::{ComponentHandle, ModelRc, SharedString};
use visit::{Body, Key, UiEvent};

use super::Sink;
use crate::generated::{AppWindow, PoliciesAdapter, PoliciesView, PolicyRow, PolicyRowKind};
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
    let rows = policies.policies.as_ref().map_or_else(ModelRc::default, |all| {
        let (all, lines) = (Arc::clone(all), lines(policies, all));
        words::lazy_list(lines.len(), move |row| policy_row(&all, *lines.get(row)?))
    });
    PoliciesView {
        loading: policies.policies.is_none(),
        searching: policies.query.is_some(),
        query: policies.query.as_deref().unwrap_or_default().into(),
        rows,
        age: words::age(policies.freshness),
    }
}

/// A line of the list: a heading, or the policy at this place of what was found.
#[derive(Clone, Copy)]
enum Line {
    Head(PolicyRowKind),
    Policy { place: usize, of: usize },
}

/// Groups are told in the whole list; what a search finds stands best first.
fn lines(policies: &visit::PoliciesView, all: &[Policy]) -> Vec<Line> {
    let found = policies.found.iter().enumerate();
    let lines = found.map(|(place, &of)| (of, Line::Policy { place, of }));
    if policies.query.as_deref().is_some_and(|query| !query.is_empty()) {
        return lines.map(|(_, line)| line).collect();
    }
    let is_category = |of: usize| all.get(of).is_some_and(|of| kind(of) == PolicyRowKind::Category);
    let (categories, programmes): (Vec<_>, Vec<_>) = lines.partition(|&(of, _)| is_category(of));
    [(PolicyRowKind::ProgrammesHead, programmes), (PolicyRowKind::CategoriesHead, categories)]
        .into_iter()
        .filter(|(_, group)| !group.is_empty())
        .flat_map(|(head, group)| {
            std::iter::once(Line::Head(head)).chain(group.into_iter().map(|(_, line)| line))
        })
        .collect()
}

const fn kind(policy: &Policy) -> PolicyRowKind {
    match policy.about {
        Subject::Category(_) => PolicyRowKind::Category,
        Subject::Programme(_) => PolicyRowKind::Programme,
    }
}

fn policy_row(all: &[Policy], line: Line) -> Option<PolicyRow> {
    match line {
        Line::Head(kind) => Some(PolicyRow { kind, place: -1, ..PolicyRow::default() }),
        Line::Policy { place, of } => {
            let policy = all.get(of)?;
            Some(PolicyRow {
                kind: kind(policy),
                place: i32::try_from(place).ok()?,
                title: policy.title.zh_hans.as_str().into(),
                summary: policy.summary.zh_hans.as_str().into(),
            })
        }
    }
}
