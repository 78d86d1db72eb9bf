//! What anyone may read.

use central_api::{Notice, NoticeKind, PolicySummary};
use slint::ComponentHandle;
use visit::{Body, UiEvent};

use super::Sink;
use crate::generated::{AppWindow, NoticeRow, PolicyRow, PublicAdapter, PublicPage, PublicView};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    window
        .global::<PublicAdapter>()
        .on_choose(sink.says_with(|index| usize::try_from(index).ok().map(UiEvent::Choose)));
}

pub(super) fn view(body: &Body) -> Option<PublicView> {
    let page = |page, loading| PublicView { page, loading, ..PublicView::default() };
    Some(match body {
        Body::Policies(policies) => PublicView {
            policies: words::list(policies.iter().flatten().map(policy)),
            ..page(PublicPage::Policies, policies.is_none())
        },
        Body::Policy(one) => PublicView { policy: policy(one), ..page(PublicPage::Policy, false) },
        Body::Notices(notices) => PublicView {
            notices: words::list(notices.iter().flatten().map(notice)),
            ..page(PublicPage::Notices, notices.is_none())
        },
        Body::Complaints(hall) => PublicView {
            offices: words::list(
                hall.iter()
                    .flat_map(|hall| &hall.offices)
                    .map(|office| words::office(Some(office))),
            ),
            ..page(PublicPage::Complaints, false)
        },
        Body::Help => page(PublicPage::Help, false),
        _ => return None,
    })
}

fn policy(policy: &PolicySummary) -> PolicyRow {
    PolicyRow {
        programme: words::programme(policy.programme),
        title: policy.title.zh_hans.as_str().into(),
        who: policy.who.zh_hans.as_str().into(),
        what: policy.what.zh_hans.as_str().into(),
        how: policy.how.zh_hans.as_str().into(),
        phone: policy.phone.as_str().into(),
        articles: words::list(policy.articles.iter().map(words::article)),
    }
}

fn notice(notice: &Notice) -> NoticeRow {
    NoticeRow {
        before_decision: notice.kind == NoticeKind::Publicity,
        programme: words::programme(notice.programme),
        place: notice.place.zh_hans.as_str().into(),
        applicant: notice.applicant.as_str().into(),
        members: notice.member_count.into(),
        yuan: notice.amount_fen.map(words::yuan).unwrap_or_default(),
        first: words::day(Some(notice.from)),
        last: words::day(Some(notice.until)),
        instrument: notice.article.instrument.as_str().into(),
        article: notice.article.article.as_str().into(),
    }
}
