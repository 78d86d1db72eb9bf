//! One public notice.

use central_api::NoticeKind;
use slint::{ComponentHandle, SharedString};
use visit::{Body, UiEvent, Worded};

use super::Sink;
use crate::generated::{AppWindow, NoticeAdapter, NoticeView};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    window.global::<NoticeAdapter>().on_complain(sink.says_with(|about: SharedString| {
        Some(UiEvent::Complain(Worded { about: about.into(), text: String::new() }))
    }));
}

shows!(NoticeAdapter, |window| Body::Notice(notice) => view(window, notice));

fn view(window: &AppWindow, shown: &visit::NoticeView) -> NoticeView {
    let notice = &shown.notice;
    NoticeView {
        before_decision: notice.kind == NoticeKind::Publicity,
        programme: words::programme(notice.programme),
        town: notice.town.zh_hans.as_str().into(),
        place: notice.place.zh_hans.as_str().into(),
        applicant: notice.applicant.as_str().into(),
        members: notice.member_count.into(),
        yuan: notice.amount_fen.map(words::yuan).unwrap_or_default(),
        first: words::day(Some(notice.from)),
        last: words::day(Some(notice.until)),
        days_left: shown.days_left,
        instrument: notice.article.instrument.as_str().into(),
        article: notice.article.article.as_str().into(),
        offices: words::list(shown.offices.iter().map(|of| words::office(window, Some(of)))),
    }
}
