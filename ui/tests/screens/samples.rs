//! A screen of every kind, with invented people.

use central_api::{
    Application, Article, Deadline, Decision, DecisionOutcome, Fen, HouseholdMember, KioskHall,
    Notice, NoticeKind, Office, Payment, PolicySummary, Programme, Remedy, Stage, Status, Step,
    StepState, Text, Unit, VisitLevel,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use visit::{
    AccountView, Body, CardFault, CaseView, CentralFault, CodeView, Device, DeviceView, Fault,
    Frame, Health, NumberHint, NumberView, Overlay, PrintOutcome, PrinterFault, ProblemView,
    Screen, Waiting, Ways,
};
use zeroize::Zeroizing;

/// Masked number that must be gone once its screen is left.
pub(crate) const MASKED: &str = "639***********0244";

pub(crate) fn screen(body: Body) -> Screen {
    let home = body != Body::Home;
    let personal = matches!(
        body,
        Body::Account(_) | Body::Case(_) | Body::Code(_) | Body::Number(_) | Body::Slip { .. }
    );
    let ways = Ways { back: home, home, help: body != Body::Help, end: personal };
    let hall = "云岭县民政服务大厅".to_owned();
    let clock = date(2026, 11, 23).at(9, 42, 0, 0);
    Screen { frame: Frame { hall, clock, devices: Vec::new(), ways }, body, overlay: None }
}

/// Each screen with the name of its picture.
pub(crate) fn all() -> Vec<(&'static str, Screen)> {
    let slip = |outcome| screen(Body::Slip { outcome });
    let problem = |fault, retry, type_number| {
        screen(Body::Problem(ProblemView { fault, retry, type_number }))
    };
    let over = |overlay| Screen { overlay: Some(overlay), ..screen(case(in_progress())) };
    let sick = |device| DeviceView { device, health: Health::Failed };
    let mut troubled = screen(Body::AskCard { can_read: false });
    troubled.frame.devices = vec![sick(Device::IdReader), sick(Device::Printer)];
    let mut all_troubled = screen(Body::Home);
    all_troubled.frame.devices =
        [Device::IdReader, Device::SocialReader, Device::Printer, Device::Central, Device::Clock]
            .map(sick)
            .to_vec();
    vec![
        ("home", screen(Body::Home)),
        ("home-troubled", all_troubled),
        ("ask-card", screen(Body::AskCard { can_read: true })),
        ("ask-card-no-reader", troubled),
        ("number", screen(number("639926195103", NumberHint::Missing(6)))),
        ("number-wrong", screen(number("639926195103080245", NumberHint::Mistyped))),
        ("code", screen(code("7K3M9"))),
        ("reading-card", screen(Body::Waiting(Waiting::ReadingCard))),
        ("looking-up", screen(Body::Waiting(Waiting::LookingUp))),
        ("printing", screen(Body::Waiting(Waiting::Printing))),
        ("account", screen(account(vec![in_progress(), refused(), paid()]))),
        ("account-empty", screen(account(Vec::new()))),
        ("case", screen(case(in_progress()))),
        ("case-overdue", screen(case(overdue()))),
        ("case-refused", screen(case(refused()))),
        ("case-paid", screen(case(paid()))),
        ("slip-printed", slip(PrintOutcome::Printed)),
        ("slip-paper-out", slip(PrintOutcome::NotStarted(PrinterFault::PaperOut))),
        ("slip-unknown", slip(PrintOutcome::Unknown(PrinterFault::Gone))),
        ("problem-card", problem(Fault::Card(CardFault::MovedTooEarly), true, true)),
        ("problem-code", problem(Fault::Central(CentralFault::NotFound), true, true)),
        ("problem-central", problem(Fault::Central(CentralFault::Unreachable), true, false)),
        ("policies", screen(Body::Policies(Some(policies())))),
        ("policy", screen(Body::Policy(policies().remove(0)))),
        ("notices", screen(Body::Notices(Some(notices())))),
        ("complaints", screen(Body::Complaints(Some(hall())))),
        ("help", screen(Body::Help)),
        ("still-there", over(Overlay::StillThere { left_s: 24 })),
        ("another-card", over(Overlay::AnotherCard)),
    ]
}

pub(crate) fn number(typed: &str, hint: NumberHint) -> Body {
    let complete = hint == NumberHint::Good;
    Body::Number(NumberView { typed: Zeroizing::new(typed.to_owned()), hint, complete })
}

pub(crate) fn code(typed: &str) -> Body {
    let complete = typed.len() == 8;
    let typed = Zeroizing::new(typed.to_owned());
    Body::Code(CodeView { number: MASKED.to_owned(), typed, complete })
}

pub(crate) fn account(applications: Vec<Application>) -> Body {
    let number = MASKED.to_owned();
    let office = Some(office());
    Body::Account(AccountView { number, level: VisitLevel::Full, applications, office })
}

pub(crate) fn case(application: Application) -> Body {
    Body::Case(Box::new(CaseView {
        number: MASKED.to_owned(),
        level: VisitLevel::Full,
        application,
        today: date(2026, 11, 23),
        can_print: true,
    }))
}

pub(crate) fn office() -> Office {
    Office {
        name: Text::zh("河湾镇人民政府社会救助窗口"),
        address: Text::zh("河湾镇新街12号一楼"),
        phone: "0979-8000001".to_owned(),
        hours: Text::zh("工作日 8:30至17:30"),
    }
}

fn hall() -> KioskHall {
    let county = Office { name: Text::zh("云岭县民政局"), ..office() };
    KioskHall { name: Text::zh("云岭县民政服务大厅"), offices: vec![county, office()] }
}

fn rule(article: &str) -> Article {
    let instrument = "最低生活保障审核确认办法".to_owned();
    Article { instrument, article: article.to_owned() }
}

fn steps(at: usize, deadline: Option<&Deadline>) -> Vec<Step> {
    let way: [(Stage, Date); 8] = [
        (Stage::Submitted, date(2026, 11, 2)),
        (Stage::Accepted, date(2026, 11, 3)),
        (Stage::Verification, date(2026, 11, 5)),
        (Stage::Survey, date(2026, 11, 11)),
        (Stage::TownReview, date(2026, 11, 17)),
        (Stage::Publicity, date(2026, 11, 20)),
        (Stage::CountyConfirmation, date(2026, 11, 27)),
        (Stage::Delivery, date(2026, 12, 10)),
    ];
    let step = |(index, (stage, on)): (usize, (Stage, Date))| {
        let state = match index.cmp(&at) {
            std::cmp::Ordering::Less => StepState::Done,
            std::cmp::Ordering::Equal => StepState::Current,
            std::cmp::Ordering::Greater => StepState::Coming,
        };
        let deadline = deadline.filter(|_| state == StepState::Current).cloned();
        Step { stage, state, on: (state != StepState::Coming).then_some(on), deadline }
    };
    way.into_iter().enumerate().map(step).collect()
}

/// The same way, begun so many days before.
fn earlier(steps: Vec<Step>, days: i64) -> Vec<Step> {
    let sooner = |step: Step| Step { on: step.on.map(|on| on - days.days()), ..step };
    steps.into_iter().map(sooner).collect()
}

pub(crate) fn in_progress() -> Application {
    let deadline = Deadline {
        days: 7,
        unit: Unit::CalendarDays,
        due: Some(date(2026, 11, 26)),
        overdue_days: 0,
        article: rule("第十九条"),
    };
    Application {
        tracking_number: "YL2026-000123".to_owned(),
        programme: Programme::Dibao,
        category: None,
        applicant: "王*兰".to_owned(),
        submitted_on: date(2026, 11, 2),
        status: Status::InProgress,
        steps: steps(5, Some(&deadline)),
        next: Text::zh(
            "公示没有人提出异议，就由县民政局审核确认，结果会书面告诉您。您现在不用再交材料，请保持电话畅通。",
        ),
        office: office(),
        decision: None,
        grant_fen: None,
        members: Vec::new(),
        payments: Vec::new(),
    }
}

fn overdue() -> Application {
    let deadline = Deadline {
        days: 10,
        unit: Unit::WorkingDays,
        due: Some(date(2026, 11, 20)),
        overdue_days: 3,
        article: rule("第二十一条"),
    };
    Application {
        submitted_on: date(2026, 10, 12),
        steps: earlier(steps(6, Some(&deadline)), 21),
        next: Text::zh("县民政局应当已经作出决定。可以拿这张单子到窗口催问，也可以投诉。"),
        ..in_progress()
    }
}

fn refused() -> Application {
    let remedy = |way, body, until| Remedy {
        way: Text::zh(way),
        body: Text::zh(body),
        until: Some(until),
        article: Article {
            instrument: "社会救助法".to_owned(), article: "第七十六条".to_owned()
        },
    };
    Application {
        tracking_number: "YL2026-000088".to_owned(),
        programme: Programme::Temporary,
        submitted_on: date(2026, 10, 5),
        status: Status::Refused,
        steps: earlier(steps(8, None), 28).into_iter().take(7).collect(),
        next: Text::zh("家里情况有变化，可以随时重新申请。"),
        decision: Some(Decision {
            outcome: DecisionOutcome::Refused,
            decided_on: date(2026, 10, 30),
            reason: Text::zh(
                "家庭月人均收入高于本县标准。核对显示人均每月912元，标准为每月780元。",
            ),
            articles: vec![rule("第二十二条")],
            remedies: vec![
                remedy("行政复议", "云岭县人民政府", date(2026, 12, 29)),
                remedy("行政诉讼", "云岭县人民法院", date(2027, 4, 30)),
            ],
        }),
        ..in_progress()
    }
}

fn paid() -> Application {
    let payment = |month: i8| Payment {
        paid_on: date(2026, month, 10),
        amount_fen: Fen(184_600),
        purpose: Text::zh(format!("2026年{month}月低保金")),
    };
    let member = |name: &str, relation: &str| HouseholdMember {
        name: name.to_owned(),
        relation: relation.to_owned(),
    };
    Application {
        tracking_number: "YL2026-000057".to_owned(),
        submitted_on: date(2026, 8, 3),
        status: Status::Granted,
        steps: earlier(steps(8, None), 91),
        next: Text::zh(
            "每月10日前发到您的银行卡。家里收入、人口有变化，请及时告诉河湾镇人民政府。",
        ),
        grant_fen: Some(Fen(184_600)),
        members: vec![member("扎西·*", "配偶"), member("王*宁", "女儿")],
        payments: vec![payment(11), payment(10), payment(9)],
        ..in_progress()
    }
}

fn policies() -> Vec<PolicySummary> {
    let policy = |programme, title: &str, who: &str| PolicySummary {
        programme,
        title: Text::zh(title),
        who: Text::zh(who),
        what: Text::zh("按月发给差额，缺多少补多少；同时可以享受医疗、教育等其他救助。"),
        how: Text::zh("带上身份证和户口簿，到户籍所在地的乡镇人民政府或街道办事处申请。"),
        phone: "0979-8000000".to_owned(),
        articles: vec![rule("第四条")],
    };
    vec![
        policy(Programme::Dibao, "最低生活保障", "家里人均收入低于本县标准、财产符合规定的家庭。"),
        policy(
            Programme::Tekun,
            "特困人员救助供养",
            "没有劳动能力、没有生活来源、没有人赡养抚养的人。",
        ),
        policy(Programme::Medical, "医疗救助", "看病自己负担重的困难家庭。"),
        policy(Programme::Education, "教育救助", "在园、在校的困难家庭孩子。"),
        policy(Programme::Housing, "住房救助", "住房困难的困难家庭。"),
        policy(Programme::Employment, "就业救助", "有劳动能力、正在失业的困难家庭成员。"),
        policy(Programme::Disaster, "受灾人员救助", "基本生活受自然灾害严重影响的人。"),
        policy(
            Programme::Temporary,
            "临时救助",
            "遇到突发困难、基本生活暂时过不下去的家庭或个人。",
        ),
    ]
}

fn notices() -> Vec<Notice> {
    let notice = |kind, place: &str, applicant: &str, amount_fen| Notice {
        id: format!("{place}{applicant}"),
        kind,
        programme: Programme::Dibao,
        place: Text::zh(place),
        applicant: applicant.to_owned(),
        member_count: 3,
        amount_fen,
        from: date(2026, 11, 20),
        until: date(2026, 11, 26),
        article: rule("第十九条"),
    };
    vec![
        notice(NoticeKind::Publicity, "河湾镇东沟村", "王*兰", None),
        notice(NoticeKind::Publicity, "北山藏族乡牧场村", "扎西·*", None),
        notice(NoticeKind::Announcement, "城关镇向阳社区", "喆*", Some(Fen(78_000))),
        notice(NoticeKind::Announcement, "石桥镇回民村", "马*梅", Some(Fen(156_050))),
        notice(NoticeKind::Announcement, "石桥镇桥头村", "李*", Some(Fen(46_000))),
        notice(NoticeKind::Announcement, "石桥镇桥头村", "赵*民", Some(Fen(46_000))),
    ]
}
