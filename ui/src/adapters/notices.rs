//! Public notices, standards, the use of funds.

use std::sync::Arc;

use central_api::{FundRow as Row, FundUse, Notice, NoticeKind};
use slint::{ComponentHandle, ModelRc, SharedString};
use visit::{Body, Key, Narrowing, UiEvent, Worded};

use super::{Sink, kept_place, policy};
use crate::generated::{
    AppWindow, FundRow, FundTable, NarrowBy, NoticePart, NoticeRow, NoticesAdapter, NoticesView,
    Words,
};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    let adapter = window.global::<NoticesAdapter>();
    adapter.on_choose(sink.says_place(UiEvent::Choose));
    adapter.on_search(sink.says(UiEvent::Search));
    adapter.on_key(sink.says_with(|sign: SharedString| words::key(&sign, Key::Character)));
    adapter.on_erase(sink.says(UiEvent::Key(Key::Erase)));
    adapter.on_show(sink.says_with(|part| {
        Some(UiEvent::Show(match part {
            NoticePart::Names => visit::NoticePart::Names,
            NoticePart::Standards => visit::NoticePart::Standards,
            NoticePart::Funds => visit::NoticePart::Funds,
        }))
    }));
    adapter.on_narrow(sink.says_with(|by| {
        Some(UiEvent::Narrow(match by {
            NarrowBy::Town => Narrowing::Town,
            NarrowBy::Programme => Narrowing::Programme,
            NarrowBy::Kind => Narrowing::Kind,
            NarrowBy::Month => Narrowing::Month,
        }))
    }));
    adapter.on_complain(sink.says_with(|about: SharedString| {
        Some(UiEvent::Complain(Worded { about: about.into(), text: String::new() }))
    }));
}

pub(super) fn show(window: &AppWindow, body: &Body) {
    let adapter = window.global::<NoticesAdapter>();
    match body {
        Body::Notices(notices) => adapter.set_view(view(window, notices)),
        _ if kept_place::keeps(body) => {}
        _ => adapter.set_view(NoticesView::default()),
    }
}

fn view(window: &AppWindow, notices: &visit::NoticesView) -> NoticesView {
    let names = window.global::<Words>();
    let names_part = notices.part == visit::NoticePart::Names;
    NoticesView {
        part: match notices.part {
            visit::NoticePart::Names => NoticePart::Names,
            visit::NoticePart::Standards => NoticePart::Standards,
            visit::NoticePart::Funds => NoticePart::Funds,
        },
        loading: names_part && notices.notices.is_none(),
        searching: notices.query.is_some(),
        query: notices.query.as_deref().unwrap_or_default().into(),
        town: notices.town.as_deref().unwrap_or_default().into(),
        programme: notices
            .programme
            .map(|of| names.invoke_programme(words::programme(of)))
            .unwrap_or_default(),
        kind: notices
            .kind
            .map(|kind| names.invoke_notice_kind(kind == NoticeKind::Publicity))
            .unwrap_or_default(),
        month: notices
            .month
            .map(|(year, month)| names.invoke_month(year.into(), month.into()))
            .unwrap_or_default(),
        rows: match &notices.notices {
            Some(all) => {
                let (all, found) = (Arc::clone(all), notices.found.clone());
                words::lazy_list(found.len(), move |row| all.get(*found.get(row)?).map(notice_row))
            }
            None => ModelRc::default(),
        },
        standards: words::list(notices.standards.iter().map(|of| policy::standard(window, of))),
        funds: words::list(
            notices.funds.iter().flat_map(|all| all.iter()).map(|of| table(window, of)),
        ),
        age: words::age(notices.freshness),
    }
}

fn notice_row(notice: &Notice) -> NoticeRow {
    NoticeRow {
        before_decision: notice.kind == NoticeKind::Publicity,
        programme: words::programme(notice.programme),
        place: slint::format!("{} {}", notice.town.zh_hans, notice.place.zh_hans),
        applicant: notice.applicant.as_str().into(),
        first: words::day(Some(notice.from)),
        last: words::day(Some(notice.until)),
    }
}

fn table(window: &AppWindow, fund: &FundUse) -> FundTable {
    let names = window.global::<Words>();
    FundTable {
        title: fund.title.zh_hans.as_str().into(),
        period: names.invoke_period(words::day(Some(fund.from)), words::day(Some(fund.until))),
        rows: words::list(fund.rows.iter().map(|row| fund_row(&names, row))),
        source: fund.source.zh_hans.as_str().into(),
        article: names.invoke_article(
            fund.article.instrument.as_str().into(),
            fund.article.article.as_str().into(),
        ),
    }
}

fn fund_row(names: &Words<'_>, row: &Row) -> FundRow {
    let count = |count: Option<u32>| i32::try_from(count.unwrap_or(0)).unwrap_or(i32::MAX);
    let mut given = row.quantity.as_ref().map_or("", |text| text.zh_hans.as_str()).to_owned();
    if let Some(amount) = row.amount_fen {
        if !given.is_empty() {
            given.push_str(" · ");
        }
        given.push_str(&words::large_sum(names, amount));
    }
    FundRow {
        item: row.item.zh_hans.as_str().into(),
        helped: names.invoke_helped(count(row.households), count(row.persons)),
        given: given.into(),
    }
}
