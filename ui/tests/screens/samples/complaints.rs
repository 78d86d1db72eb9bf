//! The way of a complaint, with invented words.

use std::sync::Arc;

use central_api::{
    Article, Binds, ComplaintKind, ComplaintReply, ComplaintRoute, ComplaintStanding,
    ComplaintState, ComplaintSubject, DayLimit, Deadline, Programme, Text, Unit,
};
use jiff::civil::date;
use visit::{
    Body, ChoicesView, Entry, EntryView, FiledView, IdentityView, Options, ReviewView, Screen,
    StandingView, WriteView, Writing,
};
use zeroize::Zeroizing;

use super::{office, public, screen};

const TEXT: &str =
    "上个月交了低保申请，到现在没有人来家里调查，打电话也没人接。希望尽快来调查，告诉我还要多久。";

pub(super) fn all() -> Vec<(&'static str, Screen)> {
    let standing = |state, reply| screen(standing(state, reply));
    let reply = || ComplaintReply {
        on: date(2026, 11, 20),
        text: Text::zh(
            "您反映的情况已核实。11月18日已由两名工作人员入户调查，材料补齐后10个工作日内办结。耽误了您的时间，向您道歉。",
        ),
    };
    let kinds = Options::ComplaintKinds(routes());
    let hall = public::hall();
    let subjects =
        Options::Subjects { programmes: Programme::ALL.to_vec(), offices: hall.offices.clone() };
    let choices = |options| screen(Body::Choices(ChoicesView { options, chosen: usize::MAX }));
    vec![
        ("complaints", screen(Body::Complaints(Some(Arc::new(hall))))),
        ("choices-complaint", choices(kinds)),
        ("choices-subject", choices(subjects)),
        ("write-empty", screen(write(Writing::Complaint(ComplaintKind::Complaint), "", "", &[]))),
        (
            "write",
            screen(write(
                Writing::Complaint(ComplaintKind::Complaint),
                TEXT,
                "xiwang",
                &["希望", "西王", "系网", "希", "西", "系", "洗", "吸", "喜", "细"],
            )),
        ),
        ("write-name", screen(write(Writing::Name, "王秀", "lan", &["兰", "蓝", "栏", "拦"]))),
        ("identity", screen(identity(false))),
        ("identity-own-case", screen(identity(true))),
        ("phone", screen(entry(Entry::Phone, "0979800"))),
        ("review", screen(review())),
        ("filed", screen(filed())),
        ("tracking", screen(entry(Entry::Tracking, "7K3M9"))),
        ("tracking-code", screen(entry(Entry::TrackingCode, "7K3M"))),
        ("standing-waiting", standing(ComplaintState::Accepted, None)),
        ("standing-answered", standing(ComplaintState::Answered, Some(reply()))),
    ]
}

pub(crate) fn routes() -> Vec<ComplaintRoute> {
    let route = |kind, receiver: &str, promise: &str| ComplaintRoute {
        kind,
        receiver: Text::zh(receiver),
        phone: "0979-8000000".to_owned(),
        promise: Text::zh(promise),
        accept_within: None,
        answer_within: Some(DayLimit {
            days: 60,
            unit: Unit::CalendarDays,
            article: article("第三十四条"),
        }),
        articles: vec![article("第三十四条")],
    };
    vec![
        route(ComplaintKind::Question, "云岭县民政局", "本县承诺：3个工作日内答复。"),
        route(ComplaintKind::Complaint, "云岭县民政局", "本县承诺：13个工作日内答复。"),
        route(
            ComplaintKind::Petition,
            "云岭县信访局",
            "15天内告诉您受理不受理；受理后60天内办结，情况复杂的可以再延30天。",
        ),
        route(
            ComplaintKind::Accusation,
            "云岭县纪委监委",
            "没有规定哪一天答复。写了名字的，会告诉您处理结果。",
        ),
    ]
}

fn article(article: &str) -> Article {
    Article { instrument: "信访工作条例".to_owned(), article: article.to_owned() }
}

fn wiped(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

pub(crate) fn write(what: Writing, text: &str, open: &str, candidates: &[&str]) -> Body {
    Body::Write(WriteView {
        what,
        about: (!text.is_empty() && what != Writing::Name).then(|| "最低生活保障".to_owned()),
        text: wiped(text),
        open: wiped(open),
        candidates: candidates.iter().map(|text| wiped(text)).collect(),
        left: 1000 - text.chars().count(),
        complete: !text.is_empty(),
        card: what == Writing::Name,
    })
}

pub(crate) fn identity(own_case: bool) -> Body {
    let route = routes().into_iter().nth(1);
    Body::Identity(IdentityView { route, own_case })
}

pub(crate) fn entry(what: Entry, typed: &str) -> Body {
    let length = match what {
        Entry::Tracking => 10,
        Entry::TrackingCode => 8,
        Entry::Phone => 7,
    };
    let missing = length - typed.len();
    Body::Entry(EntryView { what, typed: wiped(typed), missing, complete: missing == 0 })
}

pub(crate) fn review() -> Body {
    Body::Review(Box::new(ReviewView {
        kind: ComplaintKind::Complaint,
        subject: ComplaintSubject::Programme(Programme::Dibao),
        about: None,
        text: wiped(TEXT),
        name: Some(wiped("王秀兰")),
        by_card: true,
        phone: wiped("09798000001"),
        route: routes().into_iter().nth(1),
    }))
}

pub(crate) fn filed() -> Body {
    Body::Filed(Box::new(FiledView {
        kind: ComplaintKind::Complaint,
        signed: false,
        tracking_number: wiped("7K3M9QTX2B"),
        query_code: wiped("7K3M9QTX"),
        route: routes().into_iter().nth(1),
        can_print: true,
    }))
}

fn standing(state: ComplaintState, reply: Option<ComplaintReply>) -> Body {
    let deadline = reply.is_none().then(|| Deadline {
        binds: Binds::FinishAll,
        days: 13,
        unit: Unit::WorkingDays,
        due: Some(date(2026, 12, 2)),
        overdue_days: 0,
        article: article("第三十四条"),
    });
    Body::Standing(Box::new(StandingView {
        standing: ComplaintStanding {
            tracking_number: "7K3M9QTX2B".to_owned(),
            kind: ComplaintKind::Complaint,
            received_on: date(2026, 11, 13),
            state,
            office: Some(office()),
            receiver: Text::zh("云岭县民政局"),
            deadline,
            reply,
        },
        can_print: true,
    }))
}
