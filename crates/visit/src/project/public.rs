//! What anyone may read, as screens.

use central_api::{NoticeKind, Programme};

use crate::event::NoticePart;
use crate::screen::{Body, ChoicesView, NoticeView, NoticesView, Options, PoliciesView};
use crate::session::Session;
use crate::state::{Finder, Narrowed, NoticeList, PolicyList, is_current};

impl Session {
    pub(super) fn policies_view(&self, list: &PolicyList) -> PoliciesView {
        PoliciesView {
            policies: self.public.policies.clone(),
            found: list.found.clone(),
            query: query(&list.finder),
            freshness: self.freshness(),
        }
    }

    pub(super) fn notices_body(&self, list: &NoticeList) -> Body {
        if let Some(by) = list.choosing {
            let options = self.options(by);
            let chosen = chosen(&list.narrowed, &options);
            return Body::Choices(ChoicesView { options, chosen });
        }
        let Narrowed { town, programme, kind, month } = list.narrowed.clone();
        let names = list.part == NoticePart::Names;
        Body::Notices(NoticesView {
            part: list.part,
            notices: self.public.notices.clone().filter(|_| names),
            found: list.found.clone(),
            query: query(&list.finder),
            town,
            programme,
            kind,
            month,
            standards: match list.part {
                NoticePart::Standards => self.public.standards_on(self.today()).cloned().collect(),
                _ => Vec::new(),
            },
            funds: self.public.funds.clone().filter(|_| list.part == NoticePart::Funds),
            freshness: self.freshness(),
        })
    }

    /// A notice whose days are over is not shown, even if it was on the screen at midnight.
    pub(super) fn notice_view(&self, id: &str) -> Option<NoticeView> {
        let today = self.today();
        let notice = self.public.notice(id).filter(|notice| is_current(notice, today))?;
        let town =
            |office: &central_api::Office| office.name.zh_hans.contains(&notice.town.zh_hans);
        let mut offices = self.offices();
        // The town's own window first; the order by distance stays within both groups.
        offices.sort_by_key(|office| !town(office));
        offices.truncate(2);
        Some(NoticeView {
            notice: notice.clone(),
            offices,
            days_left: NoticesView::days_left(notice, today),
        })
    }
}

fn query(finder: &Finder) -> Option<String> {
    finder.open.then(|| finder.query.expose().to_owned())
}

fn chosen(narrowed: &Narrowed, options: &Options) -> usize {
    let place = match options {
        Options::Towns(towns) => towns.iter().position(|of| narrowed.town.as_ref() == Some(of)),
        Options::Programmes(all) => {
            all.iter().position(|&of: &Programme| narrowed.programme == Some(of))
        }
        Options::Kinds(all) => all.iter().position(|&of: &NoticeKind| narrowed.kind == Some(of)),
        Options::Months(all) => all.iter().position(|&of| narrowed.month == Some(of)),
        Options::Subjects { .. } | Options::ComplaintKinds(_) => None,
    };
    place.map_or(0, |place| place + 1)
}
