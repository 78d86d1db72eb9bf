//! What anyone may read, with invented people and figures.

use std::sync::Arc;

use central_api::{
    Category, DayLimit, Fen, FundRow, FundUse, KioskHall, Notice, NoticeKind, Office, Paper,
    Policy, PolicyStep, Programme, SealKey, Standard, Subject, Text, Unit, Value,
};
use jiff::civil::date;
use visit::{
    Body, ChoicesView, Freshness, NoticePart, NoticeView, NoticesView, Options, PoliciesView,
    PolicyView, Screen,
};

use super::{office, rule, screen};

pub(super) fn all() -> Vec<(&'static str, Screen)> {
    let fresh = Freshness { stale: false, synced: Some(date(2026, 11, 23).at(9, 30, 0, 0)) };
    let stale = Freshness { stale: true, ..fresh };
    let list = |query: Option<&str>, found, freshness| {
        screen(Body::Policies(PoliciesView {
            policies: Some(Arc::new(policies())),
            found,
            query: query.map(str::to_owned),
            freshness,
        }))
    };
    let choices = |options, chosen| screen(Body::Choices(ChoicesView { options, chosen }));
    let towns = ["城关镇", "河湾镇", "石桥镇", "北山藏族乡"].map(str::to_owned).to_vec();
    let programmes = [Programme::Dibao, Programme::Tekun, Programme::Temporary].to_vec();
    vec![
        ("policies", list(None, (0..policies().len()).collect(), fresh)),
        ("policies-offline", list(None, (0..policies().len()).collect(), stale)),
        ("policies-search", list(Some("linshi"), vec![7], fresh)),
        ("policies-nothing", list(Some("xyz"), Vec::new(), fresh)),
        ("policy", screen(policy(fresh))),
        ("notices", screen(notices(NoticePart::Names, None, fresh))),
        ("notices-offline", screen(notices(NoticePart::Names, None, stale))),
        ("notices-search", screen(notices(NoticePart::Names, Some("wang"), fresh))),
        ("notices-standards", screen(notices(NoticePart::Standards, None, fresh))),
        ("notices-funds", screen(notices(NoticePart::Funds, None, fresh))),
        ("notice", screen(notice(NoticeKind::Publicity))),
        ("notice-decided", screen(notice(NoticeKind::Announcement))),
        ("choices-town", choices(Options::Towns(towns), 2)),
        ("choices-programme", choices(Options::Programmes(programmes), 0)),
        ("offices", screen(Body::Offices(hall().offices))),
    ]
}

pub(crate) fn hall() -> KioskHall {
    let named = |name: &str, distance_m| Office { name: Text::zh(name), distance_m, ..office() };
    KioskHall {
        name: Text::zh("云岭县民政服务大厅"),
        offices: vec![
            named("云岭县民政局", None),
            named("城关镇人民政府社会救助窗口", Some(640)),
            office(),
            named("北山藏族乡人民政府社会救助窗口", Some(41_000)),
        ],
        complaint_routes: super::complaints::routes(),
        seal_key: SealKey {
            id: "k1".to_owned(),
            algorithm: "hpke-base-x25519-hkdf-sha256-aes256gcm".to_owned(),
            public_key: String::new(),
        },
    }
}

pub(crate) fn papers() -> Vec<Paper> {
    let paper =
        |name: &str, note: Option<&str>| Paper { name: Text::zh(name), note: note.map(Text::zh) };
    vec![
        paper("身份证", None),
        paper("户口簿", Some("和您一起生活的家里人都要")),
        paper("核对授权书", Some("窗口有，当场签字就行")),
        paper("残疾人证", Some("家里有残疾人的才需要")),
    ]
}

fn policies() -> Vec<Policy> {
    let article = || rule("第四条");
    let policy = |about, title: &str, summary: &str| Policy {
        id: title.to_owned(),
        about,
        title: Text::zh(title),
        summary: Text::zh(summary),
        who: [
            "一家人平均下来，每人每月的收入低于本县低保标准。",
            "存款、房子、车子等财产符合本县规定。",
        ]
        .map(Text::zh)
        .to_vec(),
        what: ["每月发低保金，缺多少补多少。", "看病、上学、住房还可以享受别的救助。"]
            .map(Text::zh)
            .to_vec(),
        papers: papers(),
        steps: vec![
            step("递交申请", "带上材料到乡镇窗口，填申请书，签核对授权书。", None),
            step(
                "公示",
                "名单在村里和大厅贴出来，听大家意见。",
                Some(DayLimit { days: 7, unit: Unit::CalendarDays, article: rule("第十九条") }),
            ),
            step(
                "县里确认",
                "县民政局看材料，作出决定，不批准的会书面告诉您理由。",
                Some(DayLimit { days: 10, unit: Unit::WorkingDays, article: rule("第二十条") }),
            ),
        ],
        place: Text::zh("户籍所在地的乡镇人民政府或街道办事处"),
        phone: "0979-8000000".to_owned(),
        articles: vec![article()],
        also_called: Vec::new(),
    };
    let programme = Subject::Programme;
    vec![
        policy(
            programme(Programme::Dibao),
            "最低生活保障",
            "家里人均收入低于本县标准的，按月补差额。",
        ),
        policy(programme(Programme::Tekun), "特困人员救助供养", "没人赡养抚养的人，吃住看病都管。"),
        policy(programme(Programme::Medical), "医疗救助", "看病自己负担太重的，再帮一把。"),
        policy(programme(Programme::Education), "教育救助", "困难家庭的孩子上学，减免费用。"),
        policy(programme(Programme::Housing), "住房救助", "没房住、房子危险的困难家庭。"),
        policy(programme(Programme::Employment), "就业救助", "能干活、没工作的困难家庭成员。"),
        policy(programme(Programme::Disaster), "受灾人员救助", "遭了灾，基本生活受影响的人。"),
        policy(programme(Programme::Temporary), "临时救助", "突然遇到难处，一时过不下去的。"),
        policy(Subject::Category(Category::Dibao), "低保家庭", "收入和财产都低于标准的家庭。"),
        policy(
            Subject::Category(Category::RigidExpense),
            "刚性支出困难家庭",
            "看病、上学等不得不花的钱太多的家庭。",
        ),
    ]
}

fn step(title: &str, what: &str, limit: Option<DayLimit>) -> PolicyStep {
    PolicyStep {
        stage: None,
        title: Text::zh(title),
        what: Text::zh(what),
        place: Some(Text::zh("乡镇窗口")),
        bring: None,
        limit,
    }
}

fn standards() -> Vec<Standard> {
    let standard = |name: &str, value, per: &str| Standard {
        id: name.to_owned(),
        about: Subject::Programme(Programme::Dibao),
        name: Text::zh(name),
        area_name: Text::zh("云岭县"),
        value,
        per: Text::zh(per),
        from: date(2026, 7, 1),
        until: None,
        source: Text::zh("云政办〔2026〕示例12号"),
    };
    vec![
        standard("城市低保标准", Value::Money(Fen(78_000)), "每人每月"),
        standard("农村低保标准", Value::Money(Fen(59_050)), "每人每月"),
        standard("医疗救助比例", Value::Percent(70), ""),
        standard("教育救助", Value::Words(Text::zh("学费全免，另发生活补助")), ""),
    ]
}

fn policy(freshness: Freshness) -> Body {
    Body::Policy(Box::new(PolicyView {
        policy: policies().remove(0),
        standards: standards(),
        ticked: vec![true, false, false, false],
        offices: hall().offices,
        can_print: true,
        freshness,
    }))
}

fn one(kind: NoticeKind, town: &str, place: &str, applicant: &str) -> Notice {
    Notice {
        id: format!("{place}{applicant}"),
        kind,
        programme: Programme::Dibao,
        town: Text::zh(town),
        place: Text::zh(place),
        applicant: applicant.to_owned(),
        member_count: 3,
        amount_fen: (kind == NoticeKind::Announcement).then_some(Fen(156_050)),
        from: date(2026, 11, 20),
        until: date(2026, 11, 26),
        article: rule("第十九条"),
    }
}

fn notice(kind: NoticeKind) -> Body {
    Body::Notice(Box::new(NoticeView {
        notice: one(kind, "河湾镇", "东沟村", "王*兰"),
        offices: hall().offices.into_iter().take(2).collect(),
        days_left: 3,
    }))
}

fn notices(part: NoticePart, query: Option<&str>, freshness: Freshness) -> Body {
    let (before, after) = (NoticeKind::Publicity, NoticeKind::Announcement);
    let few = [
        one(before, "河湾镇", "东沟村", "王*兰"),
        one(before, "北山藏族乡", "牧场村", "扎西·*"),
        one(after, "城关镇", "向阳社区", "喆*"),
        one(after, "石桥镇", "回民村", "马*梅"),
        one(after, "石桥镇", "桥头村", "古丽娜尔·***"),
    ];
    let all: Vec<Notice> = few.iter().cycle().take(60).cloned().collect();
    let found = if query.is_some() { vec![0] } else { (0..all.len()).collect() };
    let row = |item: &str, households, persons, amount_fen, quantity: Option<&str>| FundRow {
        item: Text::zh(item),
        households,
        persons,
        amount_fen,
        quantity: quantity.map(Text::zh),
    };
    let funds = vec![FundUse {
        id: "q3".to_owned(),
        title: Text::zh("2026年第三季度社会救助资金使用情况"),
        from: date(2026, 7, 1),
        until: date(2026, 9, 30),
        published_on: date(2026, 10, 15),
        rows: vec![
            row("城市低保金", Some(81), Some(109), Some(Fen(20_384_700)), None),
            row("农村低保金", Some(304), Some(478), Some(Fen(55_776_300)), None),
            row("冬春救助棉被", Some(160), None, None, Some("320床")),
        ],
        source: Text::zh("云岭县民政局"),
        article: rule("第六十七条"),
    }];
    Body::Notices(NoticesView {
        part,
        notices: (part == NoticePart::Names).then(|| Arc::new(all)),
        found,
        query: query.map(str::to_owned),
        town: query.map(|_| "河湾镇".to_owned()),
        programme: None,
        kind: None,
        month: None,
        standards: if part == NoticePart::Standards { standards() } else { Vec::new() },
        funds: (part == NoticePart::Funds).then(|| Arc::new(funds)),
        freshness,
    })
}
